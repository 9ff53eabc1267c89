"""The map of what is covered, as data: a dot for each municipality, a mark for each authority with more than keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chefsache.content.names import ID
from chefsache.web import languages
from chefsache.web.overview import coverage, projection
from chefsache.web.overview.projection import Frame, Point
from chefsache.web.overview.sizes import land_of, size
from chefsache.web.pages.answers import Cell
from chefsache.web.pages.page_queries import ask
from chefsache.web.site import site

#: Units of the picture: its width, and how tall it may become.
_WIDTH, _TALLEST, _MARGIN = 640, 860, 14
#: Dots stand on a grid of so many units.
_GRID = 2
#: How large a mark is, by the size of the municipality.
_RADII = {"metropolis": 8, "large": 6, "medium": 4, "small": 3, "rural": 3}
#: The shares of the inhabitants of a Land whose digital lead is known, from which its dots are darker.
TONES = (0.0, 0.25, 0.5)
#: Names written on the map of the country, and of a Land, at most.
_NAMES, _NAMES_OF_LAND = 16, 40
#: So many of them are written on a phone too, in larger letters.
_NAMES_OF_PHONE = 6
#: How wide a letter and how tall a line is at most, on a phone and on a desk.
_LETTERS, _LINES = (15.0, 9.5), (26, 16)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """An authority on the map; *words* say what is known."""

    key: str
    name: str
    words: str
    x: int
    y: int
    radius: int
    square: bool
    lead: bool
    adopted: bool


@dataclass(frozen=True)
class Name:
    """A name beside its mark."""

    text: str
    x: float
    y: float
    end: bool


@dataclass(frozen=True)
class Dots:
    """The municipalities of a Land, as one path."""

    path: str
    tone: int


@dataclass(frozen=True)
class Row:
    """An authority in the table behind the picture."""

    item: Cell
    land: str
    population: int
    lead: bool
    adopted: int
    claims: int


@dataclass(frozen=True)
class Map:
    """All that the page shows; *area* is the Land that is looked at, else the country."""

    width: int
    height: int
    grid: int
    dots: tuple[Dots, ...]
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    lands: tuple[coverage.Area, ...]
    rows: tuple[Row, ...]
    area: coverage.Area


def lands() -> frozenset[str]:
    """Return the Länder that have a map, each by the first two digits of its keys."""
    return frozenset(key[:2] for key in _points())


def drawn(land: str = "") -> Map:
    """Return the map of the country, or of a Land by the two digits of its key."""
    known = coverage.coverage()
    points = _points()
    tones = {land_of(area.iri): tone(area.led_share) for area in known.lands}
    shown = [point for key, point in points.items() if not land or key.startswith(land)]
    frame = Frame.around(shown, _WIDTH, _TALLEST, _MARGIN if not land else 3 * _MARGIN)
    inside = [entry for entry in known.authorities if not land or land_of(entry.land) == land]
    marks = _marks(inside, frame)
    return Map(
        width=frame.width,
        height=frame.height,
        grid=_GRID,
        dots=_dots(points, frame, tones, land),
        marks=marks,
        names=tuple(_names(marks, frame, _NAMES_OF_LAND if land else _NAMES)),
        lands=known.lands,
        rows=tuple(_row(entry, known.lands) for entry in inside),
        area=next((area for area in known.lands if land_of(area.iri) == land), known.country),
    )


def tone(share: float) -> int:
    """Return how dark the dots of a Land are: 0 where no lead is known, else one more for each bound it passes.

    >>> [tone(share) for share in (0.0, 0.1, 0.25, 1.0)]
    [0, 1, 2, 3]
    """
    return sum(share >= least for least in TONES) if share > 0 else 0


def _points() -> dict[str, Point]:
    """Return where the municipalities lie, by key."""
    return site().once("map", _read)


def _read() -> dict[str, Point]:
    rows = (row["position"].value.split() for row in ask("places"))
    return {key: projection.project(float(latitude), float(longitude)) for key, latitude, longitude in rows}


def _place(key: str) -> Point | None:
    """Return where an authority lies: a municipality as stated, a district in the middle of its municipalities."""
    points = _points()
    if key in points or len(key) != 5 or not key.isdigit():
        return points.get(key)
    inside = [point for other, point in points.items() if other.startswith(key)]
    return (sum(x for x, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)) if inside else None


def _dots(points: Mapping[str, Point], frame: Frame, tones: Mapping[str, int], land: str) -> tuple[Dots, ...]:
    """Draw each Land as one path; around a Land that is looked at, the others are faint."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, point in points.items():
        x, y = frame.at(point)
        if frame.holds((x, y)):
            places[key[:2]].append((round(x / _GRID), round(y / _GRID)))
    return tuple(
        Dots(projection.dots(found), tones.get(key, 0) if land in {"", key} else -1)
        for key, found in sorted(places.items())
    )


def _marks(entries: Iterable[coverage.Authority], frame: Frame) -> tuple[Mark, ...]:
    """Draw the largest first, so that the small ones lie on top; what has no position is in the table only."""
    found = []
    for entry in entries:
        key = entry.iri.removeprefix(ID)
        point = _place(key)
        if point is None:
            continue
        x, y = frame.at(point)
        found.append(
            Mark(key, entry.item.text, words(entry), x, y, _RADII[size(entry.population)], not entry.municipality,
                 entry.lead, entry.numbers.adopted > 0)
        )  # fmt: skip
    return tuple(found)


def words(entry: coverage.Authority) -> str:
    """Say what is known of an authority."""
    adopted = entry.numbers.adopted
    said = (
        str(languages.text("map-lead" if entry.lead else "map-no-lead")),
        str(languages.text("map-adopted-1" if adopted == 1 else "map-adopted", count=adopted)) if adopted else "",
    )
    return ", ".join(part for part in said if part)


def _row(entry: coverage.Authority, areas: Iterable[coverage.Area]) -> Row:
    land = next((area.name for area in areas if area.iri == entry.land), "")
    return Row(entry.item, land, entry.population, entry.lead, entry.numbers.adopted, entry.numbers.claims)


def _names(marks: Iterable[Mark], frame: Frame, most: int) -> Iterable[Name]:
    """Write the names of the largest beside their marks, right or left, where no other name or mark is in the way."""
    entries = list(marks)
    taken: list[Box] = []
    written = 0
    for mark in (mark for mark in entries if not mark.square):
        if written == most:
            return
        for end in (False, True):
            box = _box(mark, end, written >= _NAMES_OF_PHONE)
            inside = box[0] >= 0 and box[2] <= frame.width
            others = (_around(other) for other in entries if other is not mark and other.radius >= mark.radius)
            if inside and not any(_meet(box, other) for other in (*taken, *others)):
                taken.append(box)
                written += 1
                yield Name(mark.name, mark.x + (-1 if end else 1) * (mark.radius + 4), mark.y + 5, end)
                break


def _box(mark: Mark, end: bool, desk: bool) -> Box:
    width, half = _LETTERS[desk] * len(mark.name), _LINES[desk] / 2
    left = mark.x - mark.radius - 4 - width if end else mark.x + mark.radius + 4
    return left, mark.y - half, left + width, mark.y + half


def _around(mark: Mark) -> Box:
    return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
