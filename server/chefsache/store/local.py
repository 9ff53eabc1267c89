"""Answer queries of the person at the terminal, in their own process: no deadline, Ctrl-C ends it."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph as ox

from chefsache.content.errors import ChefsacheError, ParameterError
from chefsache.content.names import ID, PREFIXES, expand
from chefsache.content.questions import Parameter, Question
from chefsache.pipeline.snapshot import Snapshot

__all__ = ["RESULT_FORMATS", "LocalStore", "NoSuchThingError", "QueryError", "Table"]

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "turtle": ox.RdfFormat.TURTLE,
}
#: The forms of an answer: four for rows and yes/no, four for graphs.
RESULT_FORMATS = (*_RESULTS, *_GRAPHS)

_NAMED = """
PREFIX chef: <https://w3id.org/chefsache/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  { ?thing skos:prefLabel|skos:altLabel ?name MINUS { ?thing a chef:Claim } }
  UNION { ?naming chef:about ?thing ; chef:name ?name }
}
ORDER BY ?thing ?name
"""


class NoSuchThingError(ChefsacheError):
    """A name means nothing in the graph, or more than one thing."""


class QueryError(ChefsacheError):
    """A query cannot be parsed or evaluated, or its answer not be written in that form."""


@dataclass(frozen=True)
class Table:
    """An answer as columns and rows; what is unbound is an empty text."""

    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


class LocalStore:
    """The store of one snapshot, opened read-only."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._store = ox.Store.read_only(str(snapshot.store_path))

    def rows(self, text: str) -> Table:
        """Answer any query as a table: a graph as its triples, ASK as true or false.

        Raises:
            QueryError: the text is no query.
        """
        answer = self._answer(text)
        if isinstance(answer, ox.QueryBoolean):
            return Table(["answer"], [[str(bool(answer)).lower()]])
        if isinstance(answer, ox.QueryTriples):
            return Table(
                ["subject", "predicate", "object"],
                ([_text(triple.subject), _text(triple.predicate), _text(triple.object)] for triple in answer),
            )
        columns = [variable.value for variable in answer.variables]
        return Table(columns, ([_text(row[column]) for column in columns] for row in answer))

    def write(self, text: str, format_: str, output: BinaryIO) -> None:
        """Answer any query in one of ``RESULT_FORMATS``.

        Raises:
            QueryError: the text is no query, or its answer has no such form.
        """
        answer = self._answer(text)
        graph = isinstance(answer, ox.QueryTriples)
        if graph != (format_ in _GRAPHS):
            fitting = ", ".join(_GRAPHS if graph else _RESULTS)
            raise QueryError(
                f"--format {format_} passt nicht zu dieser Abfrage; möglich: {fitting}",
                f"--format {format_} does not fit this query; possible: {fitting}",
            )
        if isinstance(answer, ox.QueryTriples):
            ox.serialize(answer, output, format=_GRAPHS[format_], prefixes=PREFIXES)
        else:
            answer.serialize(output, format=_RESULTS[format_])

    def resolved(self, question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return the values of a question's parameters, with things named by key, IRI or label as IRIs.

        Raises:
            NoSuchThingError: a name means nothing, or more than one thing.
        """
        kinds = {parameter.name: parameter for parameter in question.parameters}
        return {name: [self._value(kinds.get(name), value) for value in many] for name, many in values.items()}

    def _value(self, parameter: Parameter | None, value: str) -> str:
        if parameter is None or parameter.datatype != "iri" or value == "":
            return value
        return self._iri(parameter, value)

    def _iri(self, parameter: Parameter, name: str) -> str:
        try:
            candidates = [parameter.term(name)[1:-1]]
        except ParameterError:
            candidates = [f"{ID}{name}"]
        known = [iri for iri in candidates if self._describes(iri)]
        if known:
            return known[0]
        names = list(self._names())
        found = sorted({iri for iri, label in names if label.casefold() == name.casefold()})
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(found)
            raise NoSuchThingError(f"{name} ist mehrdeutig: {listed}", f"{name} means more than one thing: {listed}")
        near = ", ".join(difflib.get_close_matches(name, sorted({label for _, label in names}), 5, 0.6))
        raise NoSuchThingError(
            f"{name} kommt nicht vor" + (f"; ähnlich: {near}" if near else ""),
            f"{name} does not occur" + (f"; similar: {near}" if near else ""),
        )

    def _describes(self, iri: str) -> bool:
        try:
            return any(True for _ in self._store.quads_for_pattern(ox.NamedNode(iri), None, None))
        except ValueError:
            return False

    def _names(self) -> Iterator[tuple[str, str]]:
        answer = self._answer(_NAMED)
        if isinstance(answer, ox.QuerySolutions):
            for row in answer:
                yield _text(row["thing"]), _text(row["name"])

    def _answer(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(text, base_iri=expand("id:"))
        except SyntaxError as error:
            raise QueryError(f"keine SPARQL-Abfrage: {error.msg}", f"not a SPARQL query: {error.msg}") from error


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
