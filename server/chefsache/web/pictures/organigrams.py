"""The organigram of an authority on a day, as data: which offices and posts may exist, where they sit, who holds them.

Placements and tenures are claims with four bounds, so each is documented, last documented or possible on the day; what
no source says is not drawn as if one did. An office is left out only where it is documented to begin later or to have
ended before.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from chefsache.content.names import VOCAB
from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.pages import periods, structures
from chefsache.web.pages.answers import Cell, label, named
from chefsache.web.pages.periods import Bounds
from chefsache.web.pages.statements import Statement, bounds, certainty, collect, may_hold, sources
from chefsache.web.pages.structures import Structure, grouped, structure
from chefsache.web.site import href

#: Kinds of things that have an organigram.
KINDS = frozenset({"authority"})
#: Changes shown on either side of the day.
_NEAR = 4
#: Roles of those who stand for an office in its box.
_HEADS = frozenset(
    f"{VOCAB}{role}" for role in ("head", "head-of-administration", "managing-director", "chair", "commissioner")
)
_TOP = f"{VOCAB}head-of-administration"


@dataclass(frozen=True)
class Claim:
    """A placement or tenure on the day: what it leads to, how certain, from when until when, after which source."""

    item: Cell
    post: Cell
    leads: bool
    level: str
    words: str
    when: str
    sources: tuple[Cell, ...]
    href: str
    #: The last day that it is documented for.
    until: datetime.date


@dataclass(frozen=True)
class Node:
    """An office or post; *above* is the node that it is drawn under, empty where no source says."""

    iri: str
    item: Cell
    form: str
    above: str
    placements: tuple[Claim, ...]
    holders: tuple[Claim, ...]
    #: Whether it is the post at the head of the administration.
    top: bool = False

    @property
    def level(self) -> str:
        """The best certainty of anything said of it."""
        return min((claim.level for claim in (*self.placements, *self.holders)), key=_rank, default="possible")

    @property
    def heads(self) -> tuple[Claim, ...]:
        """Those holders who lead it, each with the best that is known."""
        leading: dict[Cell, Claim] = {}
        for claim in self.holders:
            if claim.leads:
                leading.setdefault(claim.item, claim)
        return tuple(leading.values())


@dataclass(frozen=True)
class Organigram:
    """An authority on a day."""

    day: datetime.date
    nodes: tuple[Node, ...]
    #: Days on which something is documented to have changed, in order.
    days: tuple[datetime.date, ...]

    @property
    def before(self) -> datetime.date | None:
        """The last day of change before this one."""
        return max((day for day in self.days if day < self.day), default=None)

    @property
    def after(self) -> datetime.date | None:
        """The next day of change after this one."""
        return min((day for day in self.days if day > self.day), default=None)


def organigram(authority: str, day: datetime.date) -> Organigram:
    """Return the organigram of an authority on a day, in the reader's language."""
    found = structure(authority)
    alive = structures.lives(found)
    offices = [
        iri for iri in found.offices if iri not in alive or alive[iri].earliest_start <= day < alive[iri].latest_end
    ]
    above = {iri: _above(found, iri, day) for iri in offices}
    parents = {_parent(found, rows[0]) for rows in above.values() if rows}
    top = {iri for iri, rows in found.tenures.items() if any(_is(row, _TOP) for row in rows)}
    posts = [
        iri
        for iri in {*found.tenures, *parents} - {*found.offices, authority}
        if iri in parents
        or iri in top
        or (_at(found, iri) and any(_holds(found, row, day) for row in found.tenures[iri]))
    ]
    nodes = (
        *(_node(found, iri, day, (), top=iri in top) for iri in _named(found, posts, top)),
        *((_node(found, authority, day, ()),) if authority in parents else ()),
        *(_node(found, iri, day, above[iri]) for iri in _named(found, offices)),
    )
    return Organigram(day, nodes, tuple(sorted(structures.days(found))))


def changes(authority: str, day: datetime.date) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return the reorganisations nearest to a day: the last ones that may have begun by then, and the next ones."""
    found = [each for section in collect(("history",), authority) for each in section.statements]
    dated = [each for each in found if each.before or each.after if each.time != Bounds()]
    dated.sort(key=lambda each: (each.time.latest_start, each.claim))
    before = [each for each in dated if each.time.latest_start <= day]
    after = [each for each in dated if each.time.latest_start > day]
    return tuple(before[-_NEAR:]), tuple(after[:_NEAR])


def _above(found: Structure, iri: str, day: datetime.date) -> list[Row]:
    """Return the placements that may hold on a day, the best documented first, then what is known to begin last."""

    def rank(row: Row) -> tuple[int, int, str]:
        time = bounds(found.values[row["claim"].value])
        begun = 0 if time.latest_start == periods.OPEN_END else -time.latest_start.toordinal()
        return _rank(time.on(day)), begun, row["claim"].value

    return sorted((row for row in found.placements.get(iri, ()) if _holds(found, row, day)), key=rank)


def _parent(found: Structure, row: Row) -> str:
    """Return the node that a placement leads to: a post of the authority itself, else the office of the post."""
    body = row["body"].value if "body" in row else ""
    return body if body in found.offices else row["above"].value


def _node(found: Structure, iri: str, day: datetime.date, above: Iterable[Row], *, top: bool = False) -> Node:
    rows = list(above)
    tenures = [
        row for post in found.tenures.values() for row in post if iri in {row["unit"].value, row["detail"].value}
    ]
    claims: dict[str, list[Row]] = grouped((row for row in tenures if _holds(found, row, day)), "claim")
    holders = [_holder(found, group, day, iri) for group in claims.values() if iri != found.authority]
    form = found.offices.get(iri, "")
    return Node(
        iri=iri,
        item=named(iri, found.known),
        form=label(form, found.known)[0] if form else "",
        above=_parent(found, rows[0]) if rows else "",
        placements=tuple(_claim(found, row, "above", day) for row in rows),
        holders=tuple(sorted(holders, key=_order)),
        top=top,
    )


def _order(claim: Claim) -> tuple[bool, int, int, str]:
    """Those who lead come first, then by certainty; of those last documented, the one documented last."""
    return not claim.leads, _rank(claim.level), -claim.until.toordinal(), claim.item.text


def _holder(found: Structure, rows: list[Row], day: datetime.date, iri: str) -> Claim:
    leads = rows[0]["detail"].value == iri or any("role" in row and row["role"].value in _HEADS for row in rows)
    return _claim(found, rows[0], "item", day, leads=leads)


def _claim(found: Structure, row: Row, column: str, day: datetime.date, *, leads: bool = False) -> Claim:
    values = found.values[row["claim"].value]
    level, words = certainty(values, day)
    return Claim(
        item=named(row[column].value, found.known),
        post=named(row["detail"].value, found.known) if "detail" in row else Cell(""),
        leads=leads,
        level=level,
        words=words,
        when=periods.duration(bounds(values), languages.current()),
        sources=sources(values, found.known),
        href=href(row["claim"].value),
        until=bounds(values).earliest_end,
    )


def _holds(found: Structure, row: Row, day: datetime.date) -> bool:
    return may_hold(found.values[row["claim"].value], day)


def _at(found: Structure, post: str) -> bool:
    """Say whether a post is one of the authority itself, not of an office."""
    return any(row["unit"].value == found.authority for row in found.tenures[post])


def _is(row: Row, role: str) -> bool:
    return "role" in row and row["role"].value == role


def _rank(level: str) -> int:
    return periods.HOLDING.index(level)


def _named(found: Structure, iris: Iterable[str], first: Collection[str] = ()) -> list[str]:
    """Sort by name, with some first."""
    return sorted(iris, key=lambda iri: (iri not in first, label(iri, found.known)[0].casefold(), iri))
