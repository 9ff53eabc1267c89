"""How much of the country the graph covers, as data: overall, by Land, by authority; and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from chefsache.content.names import expand
from chefsache.web.overview import authorities, sizes
from chefsache.web.pages.answers import Cell, labels, named
from chefsache.web.pages.page_queries import ask, ask_many, search
from chefsache.web.pages.statements import partial_date
from chefsache.web.site import site

#: Above so many inhabitants, what is missing is listed by name.
LARGE = 100_000
#: How certain tenures are, as they are counted.
LEVELS = ("documented", "last", "possible")


@dataclass
class Numbers:
    """What is counted of an authority, or of several."""

    offices: int = 0
    tenures: dict[str, int] = field(default_factory=dict)
    adopted: int = 0
    claims: int = 0
    checked: int = 0
    sources: int = 0
    latest: str = ""

    @property
    def share(self) -> float:
        """The share of claims that an editor compared with their source."""
        return self.checked / self.claims if self.claims else 0.0

    @property
    def until(self) -> str:
        """The day of the newest source, as exactly as it is known, in words."""
        return partial_date(self.latest) if self.latest else ""


@dataclass(frozen=True)
class Authority:
    """An authority with its numbers; *land* is the IRI of the Land, empty if it lies in none."""

    iri: str
    item: Cell
    population: int
    numbers: Numbers
    land: str
    lead: bool
    municipality: bool


@dataclass(frozen=True)
class Area:
    """A Land, or the country: how many municipalities and inhabitants it has, and those of which something is known."""

    iri: str
    item: Cell
    municipalities: int
    known: int
    population: int
    covered: int
    led: int
    numbers: Numbers

    @property
    def name(self) -> str:
        """The name of the Land among others."""
        return sizes.short(self.item.text)

    @property
    def share(self) -> float:
        """The share of the inhabitants in municipalities of which something is known."""
        return self.covered / self.population if self.population else 0.0

    @property
    def led_share(self) -> float:
        """The share of the inhabitants in municipalities whose digital lead is known."""
        return self.led / self.population if self.population else 0.0


@dataclass(frozen=True)
class Coverage:
    """All that the page shows."""

    country: Area
    lands: tuple[Area, ...]
    authorities: tuple[Authority, ...]
    large: int
    without_lead: tuple[Authority, ...]
    without_strategy: tuple[Authority, ...]
    population_day: str


@dataclass(frozen=True)
class Found:
    """What the queries say, by IRI."""

    numbers: dict[str, Numbers]
    lands: dict[str, str]
    people: dict[str, int]
    municipalities: frozenset[str]
    totals: Mapping[str, int]
    leads: frozenset[str]
    #: Municipalities of more than `LARGE` inhabitants, the largest first.
    large: tuple[str, ...]
    day: str


def counted() -> Found:
    """Return what the queries say; they are asked once."""
    return site().once("coverage", _find)


def coverage() -> Coverage:
    """Return what is covered, in the reader's language."""
    found = counted()
    names = labels([*found.numbers, *found.totals, *found.large])

    def authority(iri: str) -> Authority:
        return Authority(
            iri=iri,
            item=named(iri, names),
            population=found.people.get(iri, 0),
            numbers=found.numbers.get(iri, Numbers()),
            land=found.lands.get(iri, ""),
            lead=iri in found.leads,
            municipality=iri in found.municipalities,
        )

    inside: dict[str, list[str]] = defaultdict(list)
    for iri in found.numbers:
        inside[found.lands.get(iri, "")].append(iri)
    lands = [_area(land, named(land, names), [land], inside[land], found) for land in found.totals]
    country = _area("", Cell(""), list(found.totals), list(found.numbers), found)
    return Coverage(
        country=country,
        lands=tuple(sorted(lands, key=lambda area: area.name.casefold())),
        authorities=tuple(sorted(map(authority, found.numbers), key=lambda a: (-a.population, a.item.text.casefold()))),
        large=len(found.large),
        without_lead=tuple(authority(iri) for iri in found.large if iri not in found.leads),
        without_strategy=tuple(authority(iri) for iri in found.large if not found.numbers.get(iri, Numbers()).adopted),
        population_day=partial_date(found.day),
    )


def _area(iri: str, item: Cell, lands: Iterable[str], iris: list[str], found: Found) -> Area:
    municipalities = [iri for iri in iris if iri in found.municipalities]
    states = list(lands)
    return Area(
        iri=iri,
        item=item,
        municipalities=sum(found.totals[land] for land in states),
        known=len(municipalities),
        population=sum(found.people.get(land, 0) for land in states),
        covered=sum(found.people[iri] for iri in municipalities),
        led=sum(found.people[iri] for iri in municipalities if iri in found.leads),
        numbers=_sum(found.numbers[iri] for iri in iris),
    )


def _sum(numbers: Iterable[Numbers]) -> Numbers:
    """Add up; a source or claim of two authorities counts for each."""
    total = Numbers(tenures=dict.fromkeys(LEVELS, 0))
    for one in numbers:
        total.offices += one.offices
        total.adopted += one.adopted
        total.claims += one.claims
        total.checked += one.checked
        total.sources += one.sources
        total.latest = max(total.latest, one.latest)
        for level, number in one.tenures.items():
            total.tenures[level] += number
    return total


def _find() -> Found:
    day = ox.Literal(site().as_of, datatype=ox.NamedNode(expand("xsd:date")))
    numbers = {
        row["item"].value: Numbers(
            claims=int(row["claims"].value),
            checked=int(row["checked"].value),
            sources=int(row["sources"].value),
            latest=row["latest"].value if "latest" in row else "",
        )
        for row in ask("covered")
    }
    for iri, known in authorities.known().items():
        numbers.setdefault(iri, Numbers()).offices = known.get("offices", 0)
    for row in search("covered-tenures", day=day):
        numbers.setdefault(row["item"].value, Numbers()).tenures[row["level"].value] = int(row["number"].value)
    for row in ask("covered-papers"):
        if row["item"].value in numbers:
            numbers[row["item"].value].adopted = int(row["number"].value)
    totals = authorities.municipalities()
    people = ask_many("populations", "thing", [*numbers, *totals])
    large = {place.iri: place.population for place in sizes.municipalities() if place.population > LARGE}
    return Found(
        numbers=numbers,
        lands=authorities.lands(numbers),
        people=large | {row["thing"].value: int(row["number"].value) for row in people},
        municipalities=frozenset(row["thing"].value for row in people if "municipality" in row),
        totals=totals,
        leads=frozenset(row["item"].value for row in search("covered-leads", day=day)),
        large=tuple(sorted(large, key=lambda iri: (-large[iri], iri))),
        day=max((row["day"].value for row in people if "day" in row), default=""),
    )
