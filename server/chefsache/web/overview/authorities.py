"""Authorities as a whole: of which the graph knows more than the register, in which Land they lie, who bears a name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chefsache.web import languages
from chefsache.web.pages.answers import Cell, label, labels, named
from chefsache.web.pages.page_queries import ask, ask_many
from chefsache.web.site import site

#: What is said to be known of an authority, in this order.
_COUNTED = ("offices", "tenures", "papers", "partnerships")


@dataclass(frozen=True)
class Entry:
    """An authority, and what is said beside its name."""

    item: Cell
    detail: str


@dataclass(frozen=True)
class Land:
    """A Land, and how many municipalities it has."""

    item: Cell
    municipalities: int


def known() -> dict[str, dict[str, int]]:
    """Return how many offices, tenures … the graph knows, of each authority that it knows any of."""
    return site().once("known", _known)


def lands(iris: Iterable[str]) -> dict[str, str]:
    """Return the Land in which each authority lies; what lies in none is missing."""
    return {row["thing"].value: row["land"].value for row in ask_many("lands", "thing", iris)}


def municipalities() -> Counter[str]:
    """Return how many municipalities each Land has."""
    return site().once("municipalities", _municipalities)


def lands_by_name() -> tuple[Land, ...]:
    """Return all Länder by name, with how many municipalities each has."""
    totals = municipalities()
    names = labels(totals)
    found = (Land(named(land, names), number) for land, number in totals.items())
    return tuple(sorted(found, key=lambda land: land.item.text.casefold()))


def known_by_land() -> dict[str, list[Entry]]:
    """Return the authorities of which more is known, by the name of their Land; those in none under an empty one."""
    numbers = known()
    places = lands(numbers)
    names = labels([*numbers, *places.values()])
    found: dict[str, list[Entry]] = {}
    for iri in numbers:
        land = label(places[iri], names)[0] if iri in places else ""
        found.setdefault(land, []).append(Entry(named(iri, names), words(numbers[iri])))
    return {
        land: sorted(found[land], key=lambda entry: entry.item.text.casefold())
        for land in sorted(found, key=lambda name: (not name, name))
    }


def words(numbers: Mapping[str, int]) -> str:
    """Say how much is known of an authority."""
    counted = ((name, numbers[name]) for name in _COUNTED if numbers.get(name))
    return ", ".join(
        str(languages.text(f"known-{name}{'-1' if number == 1 else ''}", count=languages.number(number)))
        for name, number in counted
    )


def _known() -> dict[str, dict[str, int]]:
    numbers: dict[str, dict[str, int]] = {}
    for row in ask("known"):
        numbers.setdefault(row["item"].value, {})[row["what"].value] = int(row["number"].value)
    return numbers


def _municipalities() -> Counter[str]:
    rows = ask("counted")
    above = {row["area"].value: row["above"].value for row in rows if "above" in row}
    above |= {row["item"].value: row["above"].value for row in ask_many("within", "thing", above.values())}
    counts: Counter[str] = Counter()
    for row in rows:
        area = row["area"].value
        while area in above:
            area = above[area]
        counts[area] += int(row["number"].value)
    return counts
