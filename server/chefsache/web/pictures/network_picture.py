"""Draw a network in columns: who set it up, what was set up, who takes part; curves join them. Or as lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chefsache.web.pictures.networks import Impulse, Network, Taking, best
from chefsache.web.pictures.scene import Branch, Path, Point, Scene, Words, boxed

_WIDTH, _ACROSS, _DOWN, _MARGIN = 212, 56, 14, 12

Stated = TypeVar("Stated", Taking, Impulse)

#: So many columns leave little room between them.
_WIDE = 3


@dataclass(frozen=True)
class _Knot:
    words: tuple[Words, ...]
    look: str = ""


@dataclass(frozen=True)
class _Edge:
    """From a knot of a column to one of a column further right."""

    start: tuple[int, str]
    end: tuple[int, str]
    look: str
    title: str


def draw(network: Network) -> Scene | None:
    """Return the picture of a network; None where nobody is known to take part in anything."""
    if not network.takings and not network.impulses:
        return None
    columns, edges = _authority(network) if network.kind == "authority" else _partnership(network)
    return _scene(columns, edges, _ACROSS if len(columns) > _WIDE else 3 * _ACROSS // 2)


def outline(network: Network) -> tuple[tuple[Branch, ...], tuple[Branch, ...]]:
    """Return who takes part as lists in lists, and who set up what."""
    founders = tuple(
        Branch((_words(group[0].who.text, group[0].who.href),), "", tuple(_founded(each) for each in group))
        for group in _by(network.impulses, "initiator").values()
    )
    if network.kind == "authority":
        shared = _by(network.takings, "partnership").values()
        return tuple(_shared(takings, network.own) for takings in shared), founders
    return tuple(_taking(takings) for takings in _by(network.takings, "partner").values()), founders


def _shared(takings: Sequence[Taking], own: frozenset[str]) -> Branch:
    """Return a partnership with the others in it."""
    ours = [taking for taking in takings if taking.partner in own]
    others = _by((taking for taking in takings if taking.partner not in own), "partner")
    return Branch(_joint(ours).words, best(taking.level for taking in ours), tuple(map(_taking, others.values())))


def _taking(takings: Sequence[Taking]) -> Branch:
    return Branch(_partner(takings).words, best(taking.level for taking in takings))


def _founded(impulse: Impulse) -> Branch:
    return Branch((_words(impulse.what.text, impulse.what.href),), "impulse")


def _partnership(network: Network) -> tuple[list[dict[str, _Knot]], list[_Edge]]:
    """Return initiators by their distance, the partnership, those who take part."""
    (centre,) = network.own
    depth = _depths(centre, network.impulses)
    middle = max(depth.values())
    columns: list[dict[str, _Knot]] = [{} for _ in range(middle + 2)]
    for impulse in network.impulses:
        columns[middle - depth[impulse.initiator]][impulse.initiator] = _Knot(
            (_words(impulse.who.text, impulse.who.href),)
        )
    columns[middle][centre] = _Knot((Words(network.centre.text, "strong"),), "centre")
    edges = [
        _Edge(
            (middle - depth[impulse.initiator], impulse.initiator),
            (middle - depth[impulse.result], impulse.result),
            "impulse",
            f"{impulse.who.text} → {impulse.what.text}",
        )
        for impulse in network.impulses
        if depth[impulse.initiator] > depth[impulse.result]
    ]
    for iri, takings in _by(network.takings, "partner").items():
        columns[middle + 1][iri] = _partner(takings)
        edges.append(_edge((middle, centre), (middle + 1, iri), takings))
    return columns, edges


def _authority(network: Network) -> tuple[list[dict[str, _Knot]], list[_Edge]]:
    """Return the authority, its partnerships, the others in them beside those with whom they share most."""
    centre = min(network.own, key=len)
    partnerships = _by(network.takings, "partnership")
    columns: list[dict[str, _Knot]] = [{centre: _Knot((Words(network.centre.text, "strong"),), "centre")}, {}, {}]
    edges = []
    for iri, takings in partnerships.items():
        own = [taking for taking in takings if taking.partner in network.own]
        columns[1][iri] = _joint(own)
        edges.append(_edge((0, centre), (1, iri), own))
    others = _by((taking for taking in network.takings if taking.partner not in network.own), "partner")
    order = list(partnerships)

    def middle(takings: Sequence[Taking]) -> float:
        return sum(order.index(taking.partnership) for taking in takings) / len(takings)

    for iri, takings in sorted(others.items(), key=lambda entry: (middle(entry[1]), entry[0])):
        columns[2][iri] = _Knot((_words(takings[0].who.text, takings[0].who.href),))
        edges += [_edge((1, one), (2, iri), group) for one, group in _by(takings, "partnership").items()]
    return columns, edges


def _partner(takings: Sequence[Taking]) -> _Knot:
    """Return one who takes part, with the roles."""
    return _Knot((_words(takings[0].who.text, takings[0].who.href), _roles(takings)))


def _joint(takings: Sequence[Taking]) -> _Knot:
    """Return what is taken part in, with the roles."""
    return _Knot((_words(takings[0].what.text, takings[0].what.href), _roles(takings)))


def _roles(takings: Sequence[Taking]) -> Words:
    roles = ", ".join(dict.fromkeys(taking.role.text for taking in takings if taking.role.text))
    return Words(roles, "small", mark=best(taking.level for taking in takings))


def _words(text: str, href: str) -> Words:
    return Words(text, "plain", href)


def _edge(start: tuple[int, str], end: tuple[int, str], takings: Sequence[Taking]) -> _Edge:
    level = best(taking.level for taking in takings)
    words = next(taking.words for taking in takings if taking.level == level)
    return _Edge(start, end, level, f"{takings[0].who.text} – {takings[0].what.text}: {words}")


def _by(statements: Iterable[Stated], name: str) -> dict[str, list[Stated]]:
    groups: dict[str, list[Stated]] = defaultdict(list)
    for statement in statements:
        groups[getattr(statement, name)].append(statement)
    return dict(groups)


def _depths(centre: str, impulses: Sequence[Impulse]) -> dict[str, int]:
    """Return by how many impulses each initiator is away from what was set up."""
    depth, ring = {centre: 0}, [centre]
    while ring:
        ring = sorted({each.initiator for each in impulses if each.result in ring} - set(depth))
        depth |= dict.fromkeys(ring, max(depth.values()) + 1)
    return depth


def _scene(columns: Sequence[Mapping[str, _Knot]], edges: Iterable[_Edge], across: int) -> Scene:
    """Stack each column in the middle of the highest, with room between them, and join them."""
    heights = [{iri: boxed(0, 0, _WIDTH, knot.words).height for iri, knot in column.items()} for column in columns]
    totals = [sum(each.values()) + _DOWN * max(0, len(each) - 1) for each in heights]
    boxes = {}
    for place, column in enumerate(columns):
        at = _MARGIN + (max(totals) - totals[place]) // 2
        for iri, knot in column.items():
            boxes[place, iri] = boxed(_MARGIN + place * (_WIDTH + across), at, _WIDTH, knot.words, knot.look)
            at += heights[place][iri] + _DOWN
    paths = []
    for edge in edges:
        first, second = boxes[edge.start], boxes[edge.end]
        start = Point(first.x + first.width, first.y + first.height // 2)
        end = Point(second.x, second.y + second.height // 2)
        bend = (start.x + end.x) // 2
        paths.append(
            Path(f"M{start.x} {start.y}C{bend} {start.y} {bend} {end.y} {end.x} {end.y}", edge.look, edge.title)
        )
    width = 2 * _MARGIN + len(columns) * (_WIDTH + across) - across
    return Scene(width, 2 * _MARGIN + max(totals), tuple(paths), (), tuple(boxes.values()))
