"""Draw an organigram: the tree from left to right, and below it what no source places; or both as lists."""

from collections.abc import Callable, Mapping, Sequence

from chefsache.web.pictures import trees
from chefsache.web.pictures.organigrams import Node, Organigram
from chefsache.web.pictures.scene import Box, Branch, Line, Path, Point, Scene, Words, boxed, elbow

_WIDTH, _ACROSS, _DOWN, _MARGIN = 224, 36, 20, 12
#: Room above the boxes that no source places.
_HEADING = 52
#: Columns that there is always room for.
_LEAST = 3
#: Heads that a box names; all are in the table.
_NAMED = 4

#: Writes a text of the table of texts.
Text = Callable[[str], str]


def draw(organigram: Organigram, text: Text) -> Scene | None:
    """Return the picture of an organigram, None where there is nothing to draw."""
    if not organigram.nodes:
        return None
    nodes, children, loose = _tree(organigram)
    sizes = {iri: _box(node, Point(0, 0), text).height for iri, node in nodes.items()}
    places = {
        iri: Point(_MARGIN + column * (_WIDTH + _ACROSS), _MARGIN + top)
        for iri, (column, top) in trees.placed(children, sizes, _DOWN).items()
    }
    bottom = max((at.y + sizes[iri] for iri, at in places.items()), default=-_MARGIN)
    columns = max(_LEAST, *(1 + at.x // (_WIDTH + _ACROSS) for at in places.values()), _LEAST)
    heading = Line(text("organigram-unplaced"), _MARGIN, bottom + _HEADING - 18, "strong")
    places |= _grid(loose, sizes, columns, bottom + _HEADING)
    boxes = tuple(_box(nodes[iri], at, text) for iri, at in places.items())
    return Scene(
        width=_MARGIN + columns * (_WIDTH + _ACROSS) - _ACROSS + _MARGIN,
        height=max((box.y + box.height for box in boxes), default=0) + _MARGIN,
        paths=tuple(_paths(nodes, children, places, sizes)),
        boxes=boxes,
        lines=(heading,) if loose else (),
    )


def outline(organigram: Organigram, text: Text) -> tuple[tuple[Branch, ...], tuple[Branch, ...]]:
    """Return the tree as lists in lists, and what no source places."""
    nodes, children, loose = _tree(organigram)

    def branch(iri: str) -> Branch:
        placement = nodes[iri].placements[0].level if nodes[iri].placements else ""
        return Branch(_words(nodes[iri], text), placement, tuple(map(branch, children[iri])))

    return tuple(map(branch, children[""])), tuple(map(branch, loose))


def _tree(organigram: Organigram) -> tuple[dict[str, Node], dict[str, list[str]], list[str]]:
    """Return the nodes, the children of each, and what stands alone since no source places it."""
    nodes = {node.iri: node for node in organigram.nodes}
    children = trees.forest(nodes, {iri: node.above for iri, node in nodes.items() if node.above})
    loose = [iri for iri in children[""] if not children[iri] and not nodes[iri].top]
    return nodes, {**children, "": [iri for iri in children[""] if iri not in loose]}, loose


def _box(node: Node, at: Point, text: Text) -> Box:
    return boxed(at.x, at.y, _WIDTH, _words(node, text), node.level)


def _words(node: Node, text: Text) -> tuple[Words, ...]:
    words = [Words(node.item.text, "strong", node.item.href)]
    if node.form and node.form.casefold() not in node.item.text.casefold():
        words.append(Words(node.form, "small"))
    for head in node.heads[:_NAMED]:
        words.append(Words(head.item.text, "plain", head.item.href, head.level))
        if head.level != "documented":
            words.append(Words(head.words, "small"))
    if len(node.heads) > _NAMED:
        words.append(Words(text("organigram-more-heads"), "small"))
    return tuple(words)


def _paths(
    nodes: Mapping[str, Node],
    children: Mapping[str, list[str]],
    places: Mapping[str, Point],
    sizes: Mapping[str, int],
) -> list[Path]:
    """Join what is above with what is below; the look says how certain it is."""
    found = []
    for above, below in ((node, child) for node in nodes for child in children[node]):
        start = Point(places[above].x + _WIDTH, places[above].y + sizes[above] // 2)
        end = Point(places[below].x, places[below].y + sizes[below] // 2)
        placement = nodes[below].placements[0]
        title = f"{nodes[below].item.text} → {nodes[above].item.text}: {placement.words}"
        found.append(Path(elbow(start, end), placement.level, title))
    return found


def _grid(nodes: Sequence[str], sizes: Mapping[str, int], columns: int, top: int) -> dict[str, Point]:
    """Return places in rows; a row is as high as its highest box."""
    found: dict[str, Point] = {}
    for start in range(0, len(nodes), columns):
        row = nodes[start : start + columns]
        found |= {iri: Point(_MARGIN + place * (_WIDTH + _ACROSS), top) for place, iri in enumerate(row)}
        top += max(sizes[iri] for iri in row) + _DOWN
    return found
