"""How far strategies are known: adopted, announced, or none, in municipalities by Land and by size class."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chefsache.web import languages
from chefsache.web.overview import authorities, coverage, sizes
from chefsache.web.pages.answers import Cell

#: How far the strategy of a municipality is known, the furthest first.
STANDINGS = ("adopted", "announced", "none")
#: By Land only municipalities of so many inhabitants count: of smaller ones so little is known that nothing is seen.
LEAST = sizes.SIZES["medium"]


@dataclass(frozen=True)
class Group:
    """Some municipalities: how many there are, and how many of them stand where."""

    item: Cell
    total: int
    numbers: Mapping[str, int]

    def share(self, standing: str) -> float:
        """Return the share of a standing."""
        return self.numbers[standing] / self.total if self.total else 0.0


def standing(iri: str) -> str:
    """Return how far the strategy of an authority is known; a paper whose adoption is not documented is announced."""
    numbers = coverage.counted().numbers.get(iri)
    if numbers and numbers.adopted:
        return "adopted"
    return "announced" if authorities.known().get(iri, {}).get("papers") else "none"


def by_size() -> tuple[Group, ...]:
    """Return the size classes, the largest first; all municipalities of the register count."""
    counts = Counter((sizes.size(place.population), standing(place.iri)) for place in sizes.municipalities())
    return tuple(_group(Cell(str(languages.text(f"size-{name}"))), name, counts) for name in sizes.SIZES)


def by_land(areas: Iterable[coverage.Area]) -> tuple[Group, ...]:
    """Return the Länder as given; municipalities of `LEAST` inhabitants or more count."""
    large = (place for place in sizes.municipalities() if place.population >= LEAST)
    counts = Counter((place.land, standing(place.iri)) for place in large)
    return tuple(
        _group(Cell(area.name, area.item.href, area.item.lang), sizes.land_of(area.iri), counts) for area in areas
    )


def _group(item: Cell, key: str, counts: Counter[tuple[str, str]]) -> Group:
    numbers = {name: counts[key, name] for name in STANDINGS}
    return Group(item, sum(numbers.values()), numbers)
