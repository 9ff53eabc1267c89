"""The lists of authorities, persons, partnerships and papers, with what they can be narrowed by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request

from chefsache.content.names import ID, VOCAB
from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.overview import authorities, coverage, facets, sizes, strategy_coverage
from chefsache.web.overview.facets import Chosen, Entry, Narrowed
from chefsache.web.pages.answers import Labels, label, labels, named
from chefsache.web.pages.page_queries import ask, ask_many
from chefsache.web.site import path, site

LISTS = ("municipalities", "persons", "partnerships", "artefacts")
#: What each list can be narrowed by.
FACETS = {
    "municipalities": ("land", "size", "kind", "form", "lead", "strategy"),
    "persons": ("land", "role", "remit"),
    "partnerships": ("land", "kind", "field", "status"),
    "artefacts": ("land", "size", "kind", "field", "status"),
}
#: Facets whose values have an order of their own.
_RANKS = {"size": tuple(sizes.SIZES), "lead": ("yes", "no"), "strategy": strategy_coverage.STANDINGS}
#: The facets that are said beside the names of a list.
_SAID = {"persons": ("role",), "partnerships": ("kind",), "artefacts": ("kind", "by", "status")}
#: The latest start of a step that no source dates.
_UNDATED = "9999-12-31"


@dataclass(frozen=True)
class Chip:
    """A choice that can be taken back at an address."""

    facet: str
    text: str
    href: str


@dataclass(frozen=True)
class _Raw:
    """A list as the store has it: the values of each thing, and all names."""

    values: dict[str, dict[str, frozenset[str]]]
    names: Labels


def chosen(name: str) -> Chosen:
    """Return what the address chooses in a list, by facet."""
    found = {facet: [value for value in request.args.getlist(facet) if value] for facet in FACETS[name]}
    return {facet: values for facet, values in found.items() if values}


def chips(name: str, wanted: Chosen, narrowed: Narrowed) -> tuple[Chip, ...]:
    """Return the choices made, each with the address of the list without it."""
    texts = {(facet.name, choice.value): choice.text for facet in narrowed.facets for choice in facet.choices}
    found = []
    for facet, values in wanted.items():
        for value in values:
            left = {f: [v for v in vs if (f, v) != (facet, value)] for f, vs in wanted.items()}
            address = path(f"/{name}", **{f: vs for f, vs in left.items() if vs})
            found.append(Chip(facet, texts.get((facet, value), value), address))
    return tuple(found)


def listed(name: str, wanted: Chosen) -> Narrowed:
    """Return a list by name, narrowed by what is wanted."""
    raw = site().once(f"browsed-{name}", _authorities if name == "municipalities" else lambda: _things(name))
    numbers = authorities.known() if name == "municipalities" else {}
    entries = [
        Entry(named(iri, raw.names), authorities.words(numbers[iri]) if numbers else _said(name, values, raw.names), {
            facet: frozenset(map(_short, found)) for facet, found in values.items()
        })
        for iri, values in raw.values.items()
    ]  # fmt: skip
    entries.sort(key=lambda entry: entry.item.text.casefold())
    long = {_short(iri): iri for iri in raw.names}
    return facets.narrow(
        entries, FACETS[name], wanted, lambda facet, value: _text(facet, value, long, raw.names), _RANKS
    )


def steps(rows: Iterable[Row], as_of: str) -> dict[str, frozenset[str]]:
    """Return where things stand: the last steps dated up to a day, and those that no source dates."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row["what"].value == "status":
            found[row["item"].value].append((row["day"].value, row["value"].value))
    return {iri: _last(days, as_of) for iri, days in found.items()}


def _last(days: Iterable[tuple[str, str]], as_of: str) -> frozenset[str]:
    known = list(days)
    last = max((day for day, _ in known if day <= as_of), default="")
    return frozenset(step for day, step in known if day in {last, _UNDATED})


def _things(name: str) -> _Raw:
    """Read the things of a list; the Land and size of one are those of the authorities that it belongs to."""
    rows = ask(f"browsed-{name}")
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if row["what"].value != "status":
            values[row["item"].value][row["what"].value].add(row["value"].value)
    for iri, last in steps(rows, site().as_of).items():
        values[iri]["status"] |= last
    at = {iri for found in values.values() for iri in found["by"]}
    lands = authorities.lands(at)
    people = _populations(at)
    for found in values.values():
        found["land"] = {lands[iri] for iri in found["by"] if iri in lands}
        found["size"] = {sizes.size(people[iri]) for iri in found["by"] if iri in people}
    return _raw(values)


def _authorities() -> _Raw:
    """Read the authorities of which more is known than their keys."""
    known, counted = authorities.known(), coverage.counted()
    values: dict[str, dict[str, set[str]]] = {iri: defaultdict(set) for iri in known}
    for row in ask_many("browsed-authorities", "thing", known):
        values[row["thing"].value][row["what"].value].add(row["value"].value)
    lands, people = authorities.lands(known), _populations(known)
    for iri, found in values.items():
        found["land"] = {lands[iri]} if iri in lands else set()
        found["size"] = {sizes.size(people[iri])} if iri in people else set()
        found["lead"] = {"yes" if iri in counted.leads else "no"}
        found["strategy"] = {strategy_coverage.standing(iri)}
    return _raw(values)


def _populations(iris: Iterable[str]) -> dict[str, int]:
    """Return how many people live in municipalities; other areas are left out."""
    rows = ask_many("populations", "thing", iris)
    return {row["thing"].value: int(row["number"].value) for row in rows if "municipality" in row}


def _raw(values: Mapping[str, Mapping[str, set[str]]]) -> _Raw:
    fixed = {iri: {facet: frozenset(found) for facet, found in by.items()} for iri, by in values.items()}
    iris = {iri for by in fixed.values() for found in by.values() for iri in found if ":" in iri}
    return _Raw(fixed, labels([*fixed, *iris]))


def _said(name: str, values: Mapping[str, frozenset[str]], names: Labels) -> str:
    """Return what is said beside a name: its kind, who made it, where it stands."""
    texts = (label(iri, names)[0] for facet in _SAID[name] for iri in sorted(values.get(facet, ())))
    return ", ".join(dict.fromkeys(texts))


def _text(facet: str, value: str, long: Mapping[str, str], names: Labels) -> str:
    key = f"{facet}-{value}"
    if facet in _RANKS and languages.has_text(key):
        return str(languages.text(key))
    text = label(long[value], names)[0] if value in long else value
    return sizes.short(text) if facet == "land" else text


def _short(iri: str) -> str:
    """Return how a value stands in an address: the last part of its IRI.

    >>> _short("https://w3id.org/chefsache/vocab/staff-unit"), _short("large")
    ('staff-unit', 'large')
    """
    return iri.removeprefix(VOCAB).removeprefix(ID)
