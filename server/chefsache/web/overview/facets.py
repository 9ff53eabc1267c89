"""Narrow a list by facets: what is chosen, what else could be, and how many would remain. Knows of no request."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chefsache.web.pages.answers import Cell

#: Values of an entry, by facet.
Values = Mapping[str, frozenset[str]]
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Entry:
    """A thing in a list, what is said beside its name, and its values."""

    item: Cell
    detail: str
    values: Values


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, and how many entries would be left with it."""

    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its choices."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Narrowed:
    """A list after all choices."""

    facets: tuple[Facet, ...]
    entries: tuple[Entry, ...]
    total: int


def narrow(
    entries: Sequence[Entry],
    names: Sequence[str],
    chosen: Chosen,
    text: Callable[[str, str], str],
    ranks: Mapping[str, Sequence[str]],
) -> Narrowed:
    """Return the entries that have one of the chosen values in each facet where something is chosen.

    The numbers beside the choices of a facet count what the other facets leave.

    Args:
        entries: all there is.
        names: the facets, in the order in which they are shown; one in which nobody has a value is left out.
        chosen: values by facet.
        text: says a value of a facet.
        ranks: the order of the values of facets that are not sorted by their text.
    """
    facets = (_facet(name, entries, chosen, text, ranks.get(name, ())) for name in names)
    return Narrowed(
        facets=tuple(facet for facet in facets if facet.choices),
        entries=tuple(entry for entry in entries if _fits(entry, chosen)),
        total=len(entries),
    )


def _facet(
    name: str, entries: Sequence[Entry], chosen: Chosen, text: Callable[[str, str], str], rank: Sequence[str]
) -> Facet:
    others = {facet: values for facet, values in chosen.items() if facet != name}
    counts = Counter(value for entry in entries if _fits(entry, others) for value in entry.values.get(name, ()))
    values = {value for entry in entries for value in entry.values.get(name, ())} | set(chosen.get(name, ()))
    choices = (Choice(value, text(name, value), counts[value], value in chosen.get(name, ())) for value in values)
    ranked = {value: place for place, value in enumerate(rank)}
    shown = (choice for choice in choices if choice.count or choice.chosen)
    return Facet(
        name, tuple(sorted(shown, key=lambda c: (ranked.get(c.value, len(ranked)), c.text.casefold(), c.value)))
    )


def _fits(entry: Entry, chosen: Chosen) -> bool:
    return all(entry.values.get(name, frozenset()).intersection(values) for name, values in chosen.items() if values)
