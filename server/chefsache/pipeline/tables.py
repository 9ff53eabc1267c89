"""Write the flat tables (CSV, RFC 4180) and what their columns mean (CSVW, https://www.w3.org/TR/tabular-metadata/).

A table can be opened in a spreadsheet without harm: a text that a spreadsheet would take for a formula begins with an
apostrophe. Names are German where a thing has names in several languages.
"""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox

from chefsache.content.names import CHEF, VOCAB, expand
from chefsache.pipeline.columns import SEPARATOR, TABLES, Column, Table
from chefsache.pipeline.parts import Parts

__all__ = ["METADATA", "Reader", "both", "csv_text", "in_one_language", "metadata", "rows", "safe", "table_text"]

#: The name of the file that describes all tables; a CSVW processor looks for it beside a table.
METADATA = "csv-metadata.json"

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Values = dict[ox.NamedNode, list[_Term]]
#: A thing and its claim, where the row has one.
_Row = tuple[_Term, _Term | None]

_TYPE = ox.NamedNode(expand("rdf:type"))
_OPEN = ("0001-01-01", "9999-12-31")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LANGUAGES = ("de", None)


class Reader:
    """Follows paths through a graph, as the columns of tables say them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._read: dict[_Term, _Values] = {}

    def of_class(self, name: str) -> list[_Term]:
        """Return the things of a class, or of that classification, in canonical order."""
        return self._parts.of_class(expand(name))

    def values(self, thing: _Term, name: ox.NamedNode) -> Sequence[_Term]:
        """Return the values of a property, each once, in canonical order."""
        return (self._read.get(thing) or self._reading(thing)).get(name, ())

    def follow(self, start: _Term, path: str) -> Sequence[_Term]:
        """Return where a path leads, each place once; see ``Column``."""
        found: list[_Term] = []
        for alternatives in _steps(path):
            for steps in alternatives:
                terms: Sequence[_Term] = (start,)
                for step in steps:
                    terms = [value for term in terms for value in self.values(term, step)]
                if terms:
                    found += terms
                    break
        return found if len(found) < 2 else list(dict.fromkeys(found))

    def _reading(self, thing: _Term) -> _Values:
        found: _Values = {}
        last = None
        for quad in self._parts.described.get(thing, ()):
            if quad.triple != last:  # two graphs can state the same
                found.setdefault(quad.predicate, []).append(quad.object)
                last = quad.triple
        self._read[thing] = found
        return found


def rows(graph: Reader, table: Table, as_of: datetime.date) -> Iterator[list[str]]:
    """Yield the rows of a table, in canonical order; *as_of* is the day of the certainty."""
    for thing, claim in _pairs(graph, table):
        starts = {"thing": thing, "claim": claim}
        yield [safe(_cell(graph, column, starts[column.start], as_of)) for column in table.columns]


def table_text(table: Table, lines: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV in UTF-8."""
    return csv_text((column.name for column in table.columns), lines)


def csv_text(header: Iterable[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return lines below their header as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue().encode()


def metadata(*others: dict[str, Any]) -> bytes:
    """Return the description of all tables as CSVW, with their keys and what refers to what.

    Args:
        others: the descriptions of tables that are made elsewhere.
    """
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "de"}],
        "dialect": {"header": True, "encoding": "utf-8"},
        "tables": [*map(_table_metadata, TABLES.values()), *others],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _pairs(graph: Reader, table: Table) -> Iterator[_Row]:
    about: dict[_Term, list[_Term]] = {}
    for kind in table.claims:
        for claim in graph.of_class(kind):
            for thing in graph.values(claim, _property(table.about)):
                about.setdefault(thing, []).append(claim)
    for thing in graph.of_class(table.of_class):
        yield from ((thing, claim) for claim in about.get(thing, [None]))


def _cell(graph: Reader, column: Column, start: _Term | None, as_of: datetime.date) -> str:
    if start is None:
        return ""
    if column.name == "certainty":
        return _certainty(graph, start, as_of)
    if column.name == "claim_kind":
        return _kind(graph, start)
    terms: Sequence[_Term] = graph.follow(start, column.path) if column.path else [start]
    if len(terms) > 1 and column.path.endswith("skos:prefLabel") and not column.many:
        terms = in_one_language(terms)
    texts = [_text(term).removeprefix(VOCAB) if column.concepts else _text(term) for term in terms]
    texts = [text for text in texts if re.fullmatch(column.form, text)] if column.form else texts
    if column.datatype == "date":
        texts = [text for text in texts if text not in _OPEN]
    return SEPARATOR.join(texts if column.many else texts[:1])


def _kind(graph: Reader, claim: _Term) -> str:
    """Return the name of a claim's class, in small letters."""
    names = (_text(kind).removeprefix(CHEF) for kind in graph.values(claim, _TYPE))
    return next((name.lower() for name in names if name.isalpha() and name != "Claim"), "")


def _certainty(graph: Reader, claim: _Term, day: datetime.date) -> str:
    """Say how certain a claim is on a day; of one without bounds nothing is said."""
    names = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    found = [graph.values(claim, _property(f"chef:{name}")) for name in names]
    if not all(found):
        return ""
    earliest, begun, lasted, latest = (datetime.date.fromisoformat(_text(values[0])) for values in found)
    if latest < day:
        return "past"
    if day < earliest:
        return "future"
    if begun <= day <= lasted:
        return "documented"
    if begun <= day and lasted > datetime.date.min:
        return "last documented"
    return "possible"


def in_one_language(terms: Sequence[_Term]) -> Sequence[_Term]:
    """Return those of some names that are German, else those of no language, else all."""
    for language in _LANGUAGES:
        found = [term for term in terms if isinstance(term, ox.Literal) and term.language == language]
        if found:
            return found
    return terms


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula.

    >>> safe("=1+1"), safe("--12-01"), safe("Herne")
    ("'=1+1", "'--12-01", 'Herne')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


@cache
def _steps(path: str) -> list[list[list[ox.NamedNode]]]:
    """Read a path: all of these, of each the first that leads somewhere, step by step."""
    return [
        [[_property(step) for step in alternative.split("/") if step] for alternative in part.split("|")]
        for part in path.split("&")
    ]


@cache
def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _text(term: _Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _table_metadata(table: Table) -> dict[str, Any]:
    columns = table.columns
    schema: dict[str, Any] = {
        "aboutUrl": f"{{+{columns[0].name}}}",
        "primaryKey": list(table.key),
        "columns": [*(_column_metadata(table, column) for column in columns), _class_metadata(table)],
    }
    if table.name != "municipalities" and any(column.name == "ags" for column in columns):
        reference = {"resource": "municipalities.csv", "columnReference": "ags"}
        schema["foreignKeys"] = [{"columnReference": "ags", "reference": reference}]
    return {
        "url": f"{table.name}.csv",
        "dc:title": both(table.title),
        "tableSchema": schema,
    }


def _column_metadata(table: Table, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "titles": column.name, "dc:description": both(column.title)}
    described["datatype"] = {"base": "string", "format": column.form} if column.form else column.datatype
    if column.many:
        described["separator"] = SEPARATOR
    if column.name in table.key and column.start != "claim":
        described["required"] = True
    about = column.of or ("claim" if column.start == "claim" else "")
    if about:
        described["aboutUrl"] = f"{{+{about}}}"
    if not column.path or column.many or (len(column.path.split("/")) > 1 and not column.of):
        return described | {"suppressOutput": True}
    described["propertyUrl"] = expand(column.path.split("|")[0].split("/")[-1])
    if column.datatype == "anyURI":
        described["valueUrl"] = f"{{+{column.name}}}"
    return described


def _class_metadata(table: Table) -> dict[str, Any]:
    """Return the column that is in no cell: what every row is."""
    name = "cv:PublicOrganisation" if table.of_class.startswith("vocab:") else table.of_class
    return {"virtual": True, "name": "type", "propertyUrl": expand("rdf:type"), "valueUrl": expand(name)}


def both(text: Mapping[str, str]) -> list[dict[str, str]]:
    """Return words in their languages, as JSON-LD."""
    return [{"@value": words, "@language": language} for language, words in text.items()]
