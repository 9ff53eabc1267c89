"""One worker: opens the store read-only, answers query after query from a pipe, and can be killed at any time.

Started as `python -m chefsache.store.worker STORE MEMORY_MB`. It says that it is ready with an empty message.
"""

import os
import signal
import sys
from typing import Any, BinaryIO

import pyoxigraph as ox

from chefsache.content.turtle import write as write_turtle
from chefsache.store import frames, sandbox

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class TooLargeError(Exception):
    """The answer has more bytes than it may have."""


class BoundedWriter:
    """Takes bytes up to a limit: the first in memory, all of them in a file once they are many."""

    def __init__(self, spool: str, inline: int, limit: int) -> None:
        self._spool, self._inline, self._limit = spool, inline, limit
        self._parts = bytearray()
        self._file: BinaryIO | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes; called by the serialiser."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooLargeError
        if self._file is None and self.size > self._inline:
            self._file = open(self._spool, "xb")  # noqa: PTH123, SIM115  (closed in finish)
            self._file.write(self._parts)
            self._parts.clear()
        if self._file is None:
            self._parts += data
        else:
            self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing; the serialiser asks for it."""

    def finish(self) -> bytes | None:
        """Return the bytes, or None if they are in the file."""
        if self._file is None:
            return bytes(self._parts)
        self._file.close()
        return None


def main(path: str, memory_mb: int) -> None:
    """Serve until the pipe closes."""
    sandbox.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that a library prints may end up between the messages.
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sandbox.no_sockets()
    store = ox.Store.read_only(path)
    sandbox.cap_memory(memory_mb)
    at_rest = sandbox.data_bytes()
    frames.write(pipe, {})
    while (message := frames.read(sys.stdin.buffer)) is not None:
        head, body = _answer(store, message[0])
        head["grown"] = sandbox.data_bytes() - at_rest
        frames.write(pipe, head, body)


def _answer(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    writer = BoundedWriter(request["spool"], request["inline"], request["limit"])
    try:
        _write(store, request, writer)
        body = writer.finish()
    except (TooLargeError, MemoryError, SyntaxError, ValueError, OSError, RuntimeError) as error:
        writer.finish()
        return {"error": type(error).__name__, "text": str(error.args[0]) if error.args else ""}, b""
    return {"size": writer.size, "spooled": body is None}, body or b""


def _write(store: ox.Store, request: dict[str, Any], writer: BoundedWriter) -> None:
    given: dict[str, Any] = {}
    if request["default_graphs"] or request["named_graphs"]:
        # With a dataset in the request, what it does not name is empty (SPARQL 1.1 Protocol, 2.1.4).
        given["default_graph"] = [ox.NamedNode(iri) for iri in request["default_graphs"]]
        given["named_graphs"] = [ox.NamedNode(iri) for iri in request["named_graphs"]]
    answer = store.query(request["text"], **given)
    media_type = request["media_type"]
    if not isinstance(answer, ox.QueryTriples):
        answer.serialize(writer, _RESULTS[media_type])  # type: ignore[arg-type]
        return
    if request["ordered"] and media_type == "text/turtle":
        writer.write(write_turtle(answer).encode())
        return
    triples = sorted(set(answer), key=str) if request["ordered"] else answer
    ox.serialize(triples, writer, _GRAPHS[media_type], prefixes=request["prefixes"])  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
