"""Write what an engine found in the format that was asked for: bounded in bytes, cut at a number of rows on request."""

import contextlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, Generic, TypeVar

import pyoxigraph as ox

from chefsache.content.turtle import write as write_turtle
from chefsache.store.spreadsheet import SpreadsheetWriter

#: What an engine finds.
Found = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
_SAID = "incomplete: cut after {rows}, as the request asked; there is more"
_HASHED = {"text/turtle", "application/n-triples", "application/trig", "application/n-quads"}
_TAGGED = {"application/sparql-results+xml", "application/rdf+xml"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"

Item = TypeVar("Item")


class TooLargeError(Exception):
    """The answer has more bytes than it may have."""


class DiskFullError(Exception):
    """The disk has no room for the answer."""


class BoundedWriter:
    """Takes bytes up to a limit: the first in memory, all of them in a file once they are many."""

    def __init__(self, spool: str, inline: int, limit: int) -> None:
        self._spool, self._inline, self.limit = spool, inline, limit
        self._parts = bytearray()
        self._file: BinaryIO | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes; called by the serialiser.

        Raises:
            TooLargeError: there are more than allowed.
            DiskFullError: the disk takes no more.
        """
        self.size += len(data)
        if self.size > self.limit:
            raise TooLargeError
        try:
            self._take(data)
        except OSError as error:
            raise DiskFullError from error
        return len(data)

    def flush(self) -> None:
        """Do nothing; the serialiser asks for it."""

    def finish(self) -> bytes | None:
        """Return the bytes, or None if they are in the file.

        Raises:
            DiskFullError: the disk does not take the last of them.
        """
        if self._file is None:
            return bytes(self._parts)
        try:
            self._file.close()
        except OSError as error:
            raise DiskFullError from error
        return None

    def drop(self) -> None:
        """Give up what was written; a disk that is full may refuse the rest of it."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _take(self, data: bytes) -> None:
        if self._file is None and self.size > self._inline:
            self._file = open(self._spool, "xb")  # noqa: PTH123, SIM115  (closed in finish or drop)
            self._file.write(self._parts)
            self._parts.clear()
        if self._file is None:
            self._parts += data
        else:
            self._file.write(data)


class Feed:
    """A file to read from, fed by an iterator of bytes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most *size* bytes, none at the end."""
        if not self._rest:
            self._rest = next((piece for piece in self._pieces if piece), b"")
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken


class Cut(Generic[Item]):
    """Passes on so many items; `complete` says whether there were no more."""

    def __init__(self, items: Iterable[Item], limit: int) -> None:
        self._items, self._limit = items, limit
        self.complete = True

    def __iter__(self) -> Iterator[Item]:
        for number, item in enumerate(self._items):
            if number == self._limit:
                self.complete = False
                return
            yield item


def write(found: Found, request: dict[str, Any], writer: BoundedWriter) -> bool:
    """Write what was found; return whether it is complete."""
    media_type, rows = request["media_type"], request["rows"]
    if isinstance(found, ox.QueryBoolean):
        found.serialize(writer, RESULTS[media_type])  # type: ignore[arg-type]
        return True
    if isinstance(found, ox.QuerySolutions):
        return _write_table(found, media_type, rows, writer)
    if rows is None:
        _write_graph(found, request, writer)
        return True
    cut = Cut(found, rows)
    _write_graph(cut, request, writer)
    if not cut.complete:
        _say_cut(media_type, rows, writer)
    return cut.complete


def _write_table(found: ox.QuerySolutions, media_type: str, rows: int | None, writer: BoundedWriter) -> bool:
    if rows is None:
        _serialize(found, media_type, writer)
        return True
    names = [variable.value for variable in found.variables]
    cut = Cut(found, rows)
    if media_type == "application/sparql-results+json":
        held = _held(_json_rows(names, cut), writer)
        said = "" if cut.complete else f'"meta":{{"complete":false,"rows":{rows}}},'
        writer.write(_json_head(names, said))
        writer.write(held)
        return cut.complete
    # The engine writes its own solutions only; it reads them back from JSON as they come.
    feed = Feed(chain([_json_head(names)], _json_rows(names, cut)))
    _serialize(ox.parse_query_results(feed, format=ox.QueryResultsFormat.JSON), media_type, writer)  # type: ignore[arg-type]
    if not cut.complete:
        _say_cut(media_type, rows, writer)
    return cut.complete


def _held(pieces: Iterable[bytes], writer: BoundedWriter) -> bytes:
    """Return the pieces joined, no more of them than the writer takes.

    Whether rows are missing is known after the last one, but said before the first: readers may stop after the rows.
    """
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > writer.limit:
            raise TooLargeError
    return bytes(held)


def _serialize(found: ox.QuerySolutions | ox.QueryBoolean, media_type: str, writer: BoundedWriter) -> None:
    if media_type != "text/csv":
        found.serialize(writer, RESULTS[media_type])  # type: ignore[arg-type]
        return
    guarded = SpreadsheetWriter(writer)
    found.serialize(guarded, RESULTS[media_type])  # type: ignore[arg-type]
    guarded.flush()


def _write_graph(found: Iterable[ox.Triple], request: dict[str, Any], writer: BoundedWriter) -> None:
    media_type = request["media_type"]
    if request["ordered"] and media_type == "text/turtle":
        writer.write(write_turtle(found).encode())
        return
    triples = sorted(set(found), key=str) if request["ordered"] else found
    ox.serialize(triples, writer, GRAPHS[media_type], prefixes=request["prefixes"])  # type: ignore[arg-type]


def _say_cut(media_type: str, rows: int, writer: BoundedWriter) -> None:
    said = _SAID.format(rows=rows)
    if media_type in _HASHED:
        writer.write(f"# {said}\n".encode())
    elif media_type in _TAGGED:
        writer.write(f"<!-- {said} -->\n".encode())


def _json_head(names: list[str], said: str = "") -> bytes:
    return f'{{"head":{{"vars":{json.dumps(names)}}},{said}"results":{{"bindings":['.encode()


def _json_rows(names: list[str], rows: Iterable[ox.QuerySolution]) -> Iterator[bytes]:
    """Yield the rest of SPARQL 1.1 Query Results JSON row by row."""
    comma = ""
    for row in rows:
        cells = {name: _json_term(row[name]) for name in names if row[name] is not None}
        yield (comma + json.dumps(cells, ensure_ascii=False, separators=(",", ":"))).encode()
        comma = ","
    yield b"]}}"


def _json_term(term: object) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    assert isinstance(term, ox.Literal)  # noqa: S101
    cell = {"type": "literal", "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
        if term.direction:
            cell["its:dir"] = str(term.direction.value)
    elif term.datatype.value != _STRING:
        cell["datatype"] = term.datatype.value
    return cell
