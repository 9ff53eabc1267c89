"""Layout of pictures without a graph: nothing overlaps, nothing is lost, the same input gives the same places."""

import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chefsache.web.pages.answers import Cell
from chefsache.web.pages.periods import OPEN_END, OPEN_START, Bounds
from chefsache.web.pages.statements import Section, Statement
from chefsache.web.pictures import timeline_picture, trees
from chefsache.web.pictures.network_picture import draw as draw_network
from chefsache.web.pictures.network_picture import outline as outline_network
from chefsache.web.pictures.networks import Impulse, Network, Taking
from chefsache.web.pictures.organigram_picture import draw as draw_organigram
from chefsache.web.pictures.organigram_picture import outline as outline_organigram
from chefsache.web.pictures.organigrams import Claim, Node, Organigram
from chefsache.web.pictures.scene import Branch, Scene, wrapped

DAY = datetime.date(2024, 6, 1)
NAMES = [f"office-{number:02}" for number in range(14)]
LEVELS = ["documented", "last", "possible", "undated"]
nodes = st.lists(st.sampled_from(NAMES), unique=True, min_size=1)
parents = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([*NAMES, "elsewhere"]))
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))


def _claim(text: str, level: str) -> Claim:
    return Claim(Cell(text, f"/id/{text}"), Cell(""), True, level, f"{level} words", "", (), "", DAY)


def _node(name: str, above: str, level: str, heads: int) -> Node:
    placements = (_claim(above, level),) if above else ()
    return Node(name, Cell(name), "", above, placements, tuple(_claim(f"head {each}", level) for each in range(heads)))


def _apart(scene: Scene) -> bool:
    """Say whether all boxes lie within the picture and none lies over another."""
    pairs = itertools.combinations(scene.boxes, 2)
    inside = all(box.x + box.width <= scene.width and box.y + box.height <= scene.height for box in scene.boxes)
    return inside and all(
        a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y for a, b in pairs
    )


def _said(branches: tuple[Branch, ...]) -> list[str]:
    """Return all words of lists in lists."""
    return [text for each in branches for text in (*(part.text for part in each.words), *_said(each.below))]


@given(nodes, parents)
def test_forest_keeps_every_node_once(listed: list[str], above: dict[str, str]) -> None:
    """Circles, unknown parents, a node above itself: each node stands exactly once, and every way leads down."""
    children = trees.forest(listed, above)
    seen, waiting = [], list(children[""])
    while waiting:
        node = waiting.pop()
        seen.append(node)
        waiting += children[node]

    assert sorted(seen) == sorted(listed)


@settings(max_examples=60)
@given(nodes, parents, st.sampled_from(LEVELS), st.integers(0, 6))
def test_organigram_draws_all_without_overlap(listed: list[str], above: dict[str, str], level: str, heads: int) -> None:
    """And the lists for narrow screens say what the boxes say, each once."""
    drawn = tuple(_node(name, above.get(name, ""), level, heads) for name in listed)
    organigram = Organigram(DAY, drawn, ())
    scene = draw_organigram(organigram, lambda key: key)

    assert scene is not None
    assert scene == draw_organigram(organigram, lambda key: key)
    assert sorted(box.title.split("; ")[0] for box in scene.boxes) == sorted(listed)
    assert _apart(scene)
    assert {path.look for path in scene.paths} <= {level}
    placed, loose = outline_organigram(organigram, lambda key: key)
    assert sorted(_said(placed + loose)) == sorted(text for box in scene.boxes for text in box.title.split("; "))
    assert not any(branch.below for branch in loose)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(LEVELS)), min_size=1),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([*NAMES, "centre"]))),
)
def test_networks_draw_all_without_overlap(
    takings: list[tuple[str, str, str]], impulses: list[tuple[str, str]]
) -> None:
    """Both ways of drawing: everyone who takes part has a box, also where initiators go round in a circle."""
    made = tuple(
        Taking(who, what, Cell(who), Cell("partner"), Cell(what), "", level, level, (), "")
        for who, what, level in takings
    )
    own = tuple(
        Taking("centre", what, Cell("centre"), Cell("host"), Cell(what), "", "last", "last", (), "")
        for what in {what for _, what, _ in takings}
    )
    shared = Network(Cell("centre"), "authority", frozenset({"centre"}), (*made, *own), ())
    behind = tuple(Impulse(first, second, Cell(first), Cell(second)) for first, second in _reaching(impulses))
    joint = Network(Cell("centre"), "partnership", frozenset({"centre"}), made, behind)

    for network in (shared, joint):
        scene = draw_network(network)
        assert scene is not None
        assert _apart(scene)
        shown = {box.title.split("; ")[0] for box in scene.boxes}
        assert {who for who, _, _ in takings} <= shown
        taking, founding = outline_network(network)
        assert shown - {"centre"} <= {*_said(taking + founding)}
    partnership = draw_network(joint)
    assert partnership is not None
    assert {impulse.initiator for impulse in behind} <= {box.title.split("; ")[0] for box in partnership.boxes}


def _reaching(impulses: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep what stands behind the centre, as the query does."""
    found, ring = [], {"centre"}
    while step := [pair for pair in impulses if pair[1] in ring and pair not in found]:
        found += step
        ring |= {first for first, _ in step}
    return found


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    """Four bounds in order, each of which may be open."""
    low, begin, end, high = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    return Bounds(
        draw(st.sampled_from([low, OPEN_START])), draw(st.sampled_from([begin, OPEN_END])),
        draw(st.sampled_from([end, begin, OPEN_START])), draw(st.sampled_from([high, OPEN_END])),
    )  # fmt: skip


@settings(max_examples=100)
@given(st.lists(st.tuples(bounds(), st.booleans()), min_size=1), st.sampled_from([304, 1040]))
def test_timeline_draws_each_dated_statement(times: list[tuple[Bounds, bool]], width: int) -> None:
    """Every statement with a day has something drawn and its words beside, within the picture; the others are left."""
    statements = tuple(
        Statement((Cell(f"person {number}"),), (Cell("post"),), claim=f"/id/{number}", time=time, lasting=lasting)
        for number, (time, lasting) in enumerate(times)
    )
    scene = timeline_picture.draw((Section("tenures", statements),), DAY, lambda key: key, width)
    dated = {each.claim for each in statements if each.time != Bounds()}

    assert (scene is None) == (not dated)
    if scene is not None:
        assert {line.href for line in scene.lines if line.href} == dated
        assert all(shape.x >= 0 and shape.x + shape.width <= scene.width for shape in scene.shapes)
        assert all(shape.y + shape.height <= scene.height for shape in scene.shapes)
        assert len({shape.title for shape in scene.shapes}) == len(dated)


@pytest.mark.parametrize(
    ("time", "looks"),
    [
        (Bounds(DAY, DAY, datetime.date(2025, 1, 1), datetime.date(2025, 1, 1)), ["sure"]),
        (Bounds(latest_start=DAY, earliest_end=DAY), ["maybe begin", "sure", "maybe end"]),
        (Bounds(latest_start=datetime.date(2019, 12, 31), earliest_end=datetime.date(2019, 1, 1)),
         ["maybe begin", "maybe", "maybe end"]),
        (Bounds(earliest_start=DAY), ["maybe end"]),
    ],
)  # fmt: skip
def test_bar_is_whole_only_where_documented(time: Bounds, looks: list[str]) -> None:
    """From the latest start to the earliest end it is documented; before and after it is possible, open ends fade."""
    statement = Statement((Cell("a"),), (Cell("b"),), time=time, lasting=True)
    scene = timeline_picture.draw((Section("tenures", (statement,)),), DAY, lambda key: key)

    assert scene is not None
    assert [shape.look for shape in scene.shapes] == looks


@given(st.text(st.characters(categories=["L", "Zs"]), max_size=300), st.integers(40, 300))
def test_wrapped_text_keeps_its_width(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert 1 <= len(lines) <= 3
    assert all(len(line) * 7 <= width + 8 for line in lines)
