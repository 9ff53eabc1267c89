"""Authorities side by side: which are meant, what is compared, and which are similar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request

from chefsache.content.errors import ParameterError
from chefsache.content.names import ID, compact
from chefsache.web.overview import aspects, authorities, coverage, sizes
from chefsache.web.pages import parameters
from chefsache.web.pages.answers import Cell, label, labels
from chefsache.web.pages.page_queries import ask_many
from chefsache.web.site import path

#: Authorities that are shown at once.
MOST = 6
#: Similar authorities that are offered.
_SIMILAR = 12


@dataclass(frozen=True)
class Column:
    """An authority, how it is written in the form, and the address of the page without it."""

    item: Cell
    key: str
    without: str


@dataclass(frozen=True)
class Aspect:
    """What is compared: its name, the address of the question behind it, and the answers of each authority."""

    name: str
    question: str
    cells: tuple[tuple[aspects.Line, ...], ...]


@dataclass(frozen=True)
class Compared:
    """Authorities and what is compared of them."""

    columns: tuple[Column, ...]
    aspects: tuple[Aspect, ...]


def wanted() -> list[str]:
    """Return the IRIs of the authorities that the address names.

    Raises:
        ParameterError: a name means nothing, or no authority, or there are too many.
    """
    iris = parameters.named("authority", request.args.getlist("authority"))
    if len(iris) > MOST:
        raise ParameterError(
            "authority",
            iris[MOST],
            f"authority: höchstens {MOST} Behörden nebeneinander; es sind {len(iris)}",
            f"authority: at most {MOST} authorities side by side; there are {len(iris)}",
        )
    found = {row["thing"].value for row in ask_many("keyed", "thing", iris)}
    for iri in iris:
        if iri not in found:
            raise ParameterError(
                "authority",
                iri,
                f"authority: {compact(iri)} ist keine Behörde",
                f"authority: {compact(iri)} is no authority",
            )
    return iris


def compared(iris: Sequence[str]) -> Compared:
    """Return what is known of authorities, aspect by aspect; nothing where none is asked for."""
    if not iris:
        return Compared((), ())
    given = aspects.gather(iris)
    return Compared(
        columns=tuple(_column(iri, iris, given) for iri in iris),
        aspects=tuple(
            Aspect(name, _behind(question, iris), tuple(answer(iri, given) for iri in iris))
            for name, question, answer in aspects.ASPECTS
        ),
    )


def address(iris: Iterable[str]) -> str:
    """Return the address of the page with authorities."""
    return path("/compare", authority=[iri.removeprefix(ID) for iri in iris])


def similar(iris: Sequence[str]) -> tuple[Cell, ...]:
    """Return links to the page with one more authority: of the kind and size of the first, those of its Land first."""
    if not iris or len(iris) == MOST:
        return ()
    counted, first = coverage.counted(), iris[0]
    people = counted.people | {
        row["thing"].value: int(row["number"].value) for row in ask_many("populations", "thing", [first])
    }
    land = authorities.lands([first]).get(first)

    def kind(iri: str) -> tuple[int, str]:
        return len(iri), sizes.size(people.get(iri, 0))

    def distance(iri: str) -> tuple[bool, int, str]:
        return counted.lands.get(iri) != land, abs(people.get(iri, 0) - people.get(first, 0)), iri

    alike = [iri for iri in authorities.known() if iri not in iris and kind(iri) == kind(first)]
    nearest = sorted(alike, key=distance)[:_SIMILAR]
    names = labels(nearest)
    return tuple(Cell(label(iri, names)[0], address([*iris, iri])) for iri in nearest)


def _column(iri: str, iris: Sequence[str], given: aspects.Material) -> Column:
    item = given.cell(iri)
    unique = parameters.known_names().count(item.text) == 1
    key = item.text if unique else iri.removeprefix(ID)
    return Column(item, key, address(other for other in iris if other != iri))


def _behind(question: str, iris: Iterable[str]) -> str:
    return path(f"/questions/{question}", authority=[compact(iri) for iri in iris]) if question else ""
