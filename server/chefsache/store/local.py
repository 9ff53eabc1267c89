"""Answer queries of the person at the terminal, in their own process: no deadline, Ctrl-C ends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph as ox

from chefsache.content.errors import ChefsacheError, ParameterError
from chefsache.content.files import queries
from chefsache.content.headers import read
from chefsache.content.names import PREFIXES
from chefsache.content.questions import Parameter, Question
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.naming import NoSuchThingError, meant
from chefsache.store.protocol import BASE_IRI

__all__ = ["RESULT_FORMATS", "LocalStore", "QueryError", "Table"]

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


class QueryError(ChefsacheError):
    """A query cannot be parsed or evaluated, or its answer not be written in that form."""


@dataclass(frozen=True)
class Table:
    """An answer as columns and rows; what is unbound is an empty text."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class LocalStore:
    """A store in the own process."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def of(cls, snapshot: Snapshot) -> "LocalStore":
        """Open the store of a snapshot, read-only."""
        return cls(ox.Store.read_only(str(snapshot.store_path)))

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
                [[_text(triple.subject), _text(triple.predicate), _text(triple.object)] for triple in answer],
            )
        columns = [variable.value for variable in answer.variables]
        return Table(columns, [[_text(row[column]) for column in columns] for row in answer])

    def write(self, text: str, format_: str, output: BinaryIO) -> None:
        """Answer any query in one of ``RESULT_FORMATS``.

        Raises:
            QueryError: the text is no query, or its answer has no such form.
        """
        answer = self._answer(text)
        graph = isinstance(answer, ox.QueryTriples)
        if graph != (format_ in _GRAPHS):
            del answer  # an error keeps what it could see, and the engine's rows must end in their own thread
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
            iri = parameter.term(name)[1:-1]
        except ParameterError:
            return meant(name, self._names(), self._known)
        if self._describes(iri):
            return iri
        raise NoSuchThingError(f"{name} kommt nicht vor", f"{name} does not occur")

    def _describes(self, iri: str) -> bool:
        return any(True for _ in self._store.quads_for_pattern(ox.NamedNode(iri), None, None))

    def _names(self) -> Iterator[tuple[str, str]]:
        return ((row[0], row[1]) for row in self._page_rows("named"))

    def _known(self) -> set[str]:
        """The authorities of which more is known than the register says."""
        return {row[0] for row in self._page_rows("known")}

    def _page_rows(self, name: str) -> Sequence[Sequence[str]]:
        return self.rows(next(read(path).text for path in queries("pages") if path.stem == name)).rows

    def _answer(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(text, base_iri=BASE_IRI)
        except SyntaxError as error:
            raise QueryError(f"keine SPARQL-Abfrage: {error.msg}", f"not a SPARQL query: {error.msg}") from error


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
