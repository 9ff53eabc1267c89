"""Turn terms and tables into what a page shows: labels, links, dates in words."""

import datetime
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from chefsache.content.names import compact, is_ours
from chefsache.store.protocol import Row, Table, Term
from chefsache.web import languages
from chefsache.web.pages import page_queries
from chefsache.web.site import href

_XSD = "http://www.w3.org/2001/XMLSchema#"
Labels = dict[str, dict[str, str]]
#: Columns of IRIs, separated by blanks.
_LISTS = frozenset({"sources", "firstSources", "secondSources", "otherSources"})
#: Columns of our questions that belong together although their names do not say so.
_PARTNERS = {
    "certainty": "claimIri",
    "headCertainty": "tenureIri",
    "municipality": "authority",
    "placementCertainty": "placementIri",
    "fieldLabel": "field",
    "kindLabel": "kind",
    "publisherLabel": "publisher",
    "schemeLabel": "scheme",
}


@dataclass(frozen=True)
class Cell:
    """One value on a page; *lang* is set where it is not the language of the page."""

    text: str
    href: str = ""
    lang: str = ""
    numeric: bool = False
    day: bool = False
    parts: "tuple[Cell, ...]" = ()


@dataclass(frozen=True)
class View:
    """A table on a page."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    boolean: bool | None = None


def labels(iris: Iterable[str]) -> Labels:
    """Return the labels of IRIs by language; an IRI without one is missing."""
    found: Labels = {}
    for row in page_queries.ask_many("labels", "iri", (iri for iri in iris if page_queries.is_iri(iri))):
        found.setdefault(row["iri"].value, {}).setdefault(row["label"].language or "", row["label"].value)
    return found


def label(iri: str, known: Labels) -> tuple[str, str]:
    """Return the label of an IRI for the reader, and its language where that is another than the page's."""
    by_language, wanted = known.get(iri, {}), languages.current()
    for language in (wanted, "", "de", "en", *by_language):
        if language in by_language:
            other = language if language not in {wanted, ""} else ""
            return by_language[language], other
    return compact(iri), ""


def named(iri: str, known: Labels) -> Cell:
    """Return the label of an IRI as a link to its page."""
    text, lang = label(iri, known)
    return Cell(text, href(iri), lang)


def cell(term: Term | None, known: Labels) -> Cell:
    """Return what a page shows for a term."""
    if term is None:
        return Cell("")
    if term.kind == "iri":
        return named(term.value, known)
    if term.datatype == f"{_XSD}date":
        return Cell(_day(term.value), day=True)
    if term.datatype in {f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}int", f"{_XSD}long"}:
        return Cell(languages.number(float(term.value)), numeric=True)
    if term.datatype == f"{_XSD}boolean":
        return Cell(str(languages.text("yes" if term.value in {"true", "1"} else "no")))
    key = f"value-{term.value}"
    if not term.language and languages.has_text(key):
        return Cell(str(languages.text(key)))
    other = term.language if term.language and term.language != languages.current() else ""
    return Cell(term.value, lang=other or "")


def view(table: Table, shown: int, without: Collection[str] = ()) -> View:
    """Return a table as a page shows it: a text and its IRI become one link, sources a list of links."""
    rows = table.rows[:shown]
    links = {name: iri for name, iri in _links(table.columns).items() if iri in table.columns}
    columns = tuple(name for name in table.columns if name not in links.values() and name not in without)
    known = labels(iri for row in rows for name, term in row.items() for iri in _iris(name, term))
    cells = tuple(tuple(_linked(row, name, links.get(name, ""), known) for name in columns) for row in rows)
    return View(columns, cells, len(table.rows))


def answer_table(body: bytes) -> View:
    """Return the JSON answer of the endpoint as a page shows it: IRIs as prefixed names, not as labels."""
    found = json.loads(body)
    if "boolean" in found:
        return View((), (), 1, boolean=found["boolean"])
    columns, bindings = tuple(found["head"]["vars"]), found["results"]["bindings"]
    rows = tuple(tuple(_plain(row.get(column)) for column in columns) for row in bindings)
    return View(columns, rows, len(bindings))


def heading(column: str) -> str:
    """Return the heading of a column of a question."""
    key = f"column-{column}"
    if languages.has_text(key):
        return str(languages.text(key))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " ").capitalize()


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: a, b und c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {languages.text('and')} {names[-1]}"


def _links(columns: Sequence[str]) -> dict[str, str]:
    """Say which column holds the IRI of which other."""
    found = {name: f"{name}Iri" for name in columns} | _PARTNERS
    return {name: iri for name, iri in found.items() if name in columns}


def _iris(name: str, term: Term) -> list[str]:
    if name in _LISTS:
        return term.value.split()
    return [term.value] if term.kind == "iri" else []


def _linked(row: Row, name: str, iri: str, known: Labels) -> Cell:
    if name in _LISTS and name in row:
        parts = (Term("iri", value) for value in row[name].value.split())
        return Cell("", parts=tuple(cell(part, known) for part in parts))
    found = cell(row.get(name), known)
    if iri in row and found.text:
        return Cell(found.text, href(row[iri].value), found.lang, found.numeric)
    return found


def _plain(found: dict[str, str] | None) -> Cell:
    if found is None:
        return Cell("")
    if found["type"] == "uri":
        iri = found["value"]
        return Cell(compact(iri), href(iri) if is_ours(iri) or iri.startswith("http") else "")
    if found["type"] == "bnode":
        return Cell(f"_:{found['value']}")
    return Cell(str(found["value"]), lang=found.get("xml:lang", ""))


def _day(text: str) -> str:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return text
    if day in {datetime.date.min, datetime.date.max}:
        return str(languages.text("open"))
    return languages.date(day)
