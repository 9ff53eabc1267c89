"""What a store can do, whichever engine is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from chefsache.content.names import ID

#: What relative IRIs of a query are relative to: the service says so (SPARQL 1.1 Protocol, 2.1.1; Query, 4.1.1.2).
BASE_IRI = ID
#: The four forms of a SPARQL query.
Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
#: Media types of tables and yes/no answers, best first.
RESULT_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
#: Media types of graphs, best first.
GRAPH_TYPES = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
)
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Dataset:
    """Graphs whose merge is the default graph, and graphs that GRAPH finds; what is not named is empty."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A query as it goes to the store: its text, its dataset and how the answer shall be written."""

    text: str
    media_type: str = RESULT_TYPES[0]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    #: Prefixes with which a graph is written; the query must declare its own.
    prefixes: dict[str, str] = field(default_factory=dict, hash=False)
    #: Write a graph without duplicates and in a fixed order; for documents, not for millions of triples.
    ordered: bool = False
    #: Seconds for this query, if fewer than the store allows.
    seconds: float | None = None
    #: At most so many rows, or triples of a graph; an answer that is cut there says so.
    rows: int | None = None


@dataclass
class Answer:
    """A complete answer: in memory, or in a file that vanishes when it is closed."""

    form: Form
    media_type: str
    size: int
    body: bytes = b""
    file: BinaryIO | None = None
    #: Whether this is all that there is; if not, it was cut at the rows that were asked for.
    complete: bool = True

    def read(self) -> bytes:
        """Return the whole answer and close it."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """Yield the answer piece by piece and close it at the end."""
        if self.file is None:
            yield self.body
            return
        try:
            while chunk := self.file.read(_CHUNK):
                yield chunk
        finally:
            self.close()

    def close(self) -> None:
        """Give up the file, if there is one."""
        if self.file is not None:
            self.file.close()


@dataclass(frozen=True)
class Term:
    """An RDF term in a row of an answer.

    >>> str(Term("literal", "Herne", language="de"))
    'Herne'
    """

    kind: Literal["iri", "literal", "bnode"]
    value: str
    language: str | None = None
    datatype: str | None = None

    def __str__(self) -> str:
        return self.value


Row = dict[str, Term]


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT: its columns in their order, and its rows; what is unbound is missing from its row."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Store(Protocol):
    """Answers SPARQL queries on one immutable snapshot."""

    def query(self, query: Query) -> Answer:
        """Answer a query of the public.

        Raises:
            StoreError: see `chefsache.store.errors` for the tree.
        """

    def own(self, query: Query) -> Answer:
        """Answer a query of our own, on workers that the public cannot occupy."""

    def table(self, text: str) -> Table:
        """Return the answer to a SELECT of our own."""

    def select(self, text: str) -> tuple[Row, ...]:
        """Return the rows of a SELECT of our own."""

    def ready(self) -> bool:
        """Say whether an answer can be expected now."""

    def close(self) -> None:
        """End all workers; a second time does nothing."""
