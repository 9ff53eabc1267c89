"""The queries of the pages: read once, asked about things or texts by filling `VALUES ?thing { … }`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from chefsache.content.files import queries
from chefsache.content.headers import Header, read
from chefsache.store.protocol import Row
from chefsache.web.site import site

#: What may stand between angle brackets.
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_SLOT = re.compile(r"(VALUES \?(\w+) )\{[^{}]*\}")
#: Values filled in at once.
_BATCH = 300


@cache
def _headers() -> dict[str, Header]:
    return {path.stem: read(path) for path in queries("pages")}


def text(name: str, variable: str = "thing", iris: Iterable[str] = ()) -> str:
    """Return a query with the given IRIs in all its `VALUES ?variable { … }`.

    Raises:
        KeyError: there is no such query.
        ValueError: a value is no IRI.
    """
    values = list(iris)
    for value in values:
        if not is_iri(value):
            raise ValueError(f"no IRI: {value}")
    return _filled(name, {variable: " ".join(f"<{value}>" for value in values)})


def plain(name: str) -> str:
    """Return a query that needs nothing filled in."""
    return _headers()[name].text


def is_iri(text: str) -> bool:
    """Say whether a text can stand between angle brackets.

    >>> is_iri("https://w3id.org/chefsache/id/05916000"), is_iri("javascript> }")
    (True, False)
    """
    return bool(_IRI.fullmatch(text))


def ask(name: str, iri: str = "") -> tuple[Row, ...]:
    """Return the rows of a query about one thing; without a thing, of a query that needs none."""
    return site().store.select(text(name, "thing", [iri]) if iri else plain(name))


def ask_many(name: str, variable: str, iris: Iterable[str]) -> list[Row]:
    """Return the rows of a query about many things."""
    wanted = sorted(set(iris))
    return [
        row
        for start in range(0, len(wanted), _BATCH)
        for row in site().store.select(text(name, variable, wanted[start : start + _BATCH]))
    ]


def search(name: str, **values: str | ox.Literal) -> tuple[Row, ...]:
    """Return the rows of a query that looks for texts or other values, by the variable of each."""
    terms = {
        variable: str(value if isinstance(value, ox.Literal) else ox.Literal(value))
        for variable, value in values.items()
    }
    return site().store.select(_filled(name, terms))


def _filled(name: str, values: Mapping[str, str]) -> str:
    """Fill all slots in one pass, so that what is filled in is never read as a slot."""
    return _SLOT.sub(
        lambda match: f"{match[1]}{{ {values[match[2]]} }}" if match[2] in values else match[0], _headers()[name].text
    )
