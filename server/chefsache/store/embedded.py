"""The embedded store: Oxigraph on a snapshot's folder, each query in a worker that can be killed."""

import contextlib
import json
import secrets
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any, Self

from chefsache.store import guard, parser
from chefsache.store.errors import EvaluationError, FormatError, MemoryLimitError, ResultSizeError
from chefsache.store.limits import INLINE_BYTES, OWN_WORKERS, Limits
from chefsache.store.pool import Pool, Worker
from chefsache.store.protocol import GRAPH_TYPES, RESULT_TYPES, Answer, Query, Row, Table, Term

#: Answers to questions of our own that are kept; the snapshot never changes, so they stay true.
_KEPT = 1024
_KINDS = {"uri": "iri", "literal": "literal", "bnode": "bnode"}


class EmbeddedStore:
    """Answers queries on one Oxigraph folder.

    Args:
        path: the folder, opened read-only by every worker.
        limits: what one query may take.
        prefixes: names that graphs are written with, and that error messages suggest.
    """

    def __init__(self, path: Path, limits: Limits | None = None, prefixes: dict[str, str] | None = None) -> None:
        self._limits = limits or Limits()
        self._prefixes = prefixes or {}
        self._public = Pool(path, self._limits.workers, self._limits)
        self._own = Pool(path, OWN_WORKERS, self._limits)
        self._kept: OrderedDict[str, Table] = OrderedDict()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, query: Query) -> Answer:
        """Answer a query of the public; see `Store.query`."""
        return self._run(self._public, query)

    def own(self, query: Query) -> Answer:
        """Answer a query of our own, on workers that the public cannot occupy."""
        return self._run(self._own, query)

    def table(self, text: str) -> Table:
        """Return the answer to a SELECT of our own; asked again, it is remembered."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        found = json.loads(self.own(Query(text)).read())
        rows = ({name: _term(cell) for name, cell in row.items()} for row in found["results"]["bindings"])
        table = Table(tuple(found["head"]["vars"]), tuple(rows))
        with self._lock:
            self._kept[text] = table
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return table

    def select(self, text: str) -> tuple[Row, ...]:
        """Return the rows of a SELECT of our own."""
        return self.table(text).rows

    def ready(self) -> bool:
        """Say whether both pools have workers."""
        return self._public.ready() and self._own.ready()

    def wait_ready(self) -> None:
        """Wait until a query would find a worker.

        Raises:
            WorkerLostError: the store cannot be opened; the message says why.
        """
        self._public.wait_ready()
        self._own.wait_ready()

    def close(self) -> None:
        """End all workers; a second time does nothing."""
        self._public.close()
        self._own.close()

    def _run(self, pool: Pool, query: Query) -> Answer:
        inspection = guard.inspect(query.text)
        table = inspection.form in {"SELECT", "ASK"}
        if query.media_type not in (RESULT_TYPES if table else GRAPH_TYPES):
            raise FormatError(query.media_type)
        seconds = min(query.seconds or self._limits.seconds, self._limits.seconds)
        # A name that nobody guesses; the worker creates the file only if it does not exist.
        spool = Path(tempfile.gettempdir()) / f"chefsache-answer-{secrets.token_hex(16)}"
        request = {
            "text": query.text,
            "media_type": query.media_type,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "prefixes": query.prefixes or self._prefixes,
            "ordered": query.ordered,
            "spool": str(spool),
            "inline": INLINE_BYTES,
            "limit": self._limits.result_mb * 2**20,
        }

        def job(worker: Worker) -> tuple[dict[str, Any], bytes]:
            return worker.ask(request, seconds)

        try:
            head, body = pool.run(job)
            if "error" in head:
                raise self._error(head, query.text, inspection)
            # The name goes at once; the open file keeps the bytes until it is closed.
            file = spool.open("rb") if head["spooled"] else None
        finally:
            with contextlib.suppress(FileNotFoundError):
                spool.unlink()
        return Answer(inspection.form, query.media_type, head["size"], body, file)

    def _error(self, head: dict[str, Any], text: str, inspection: guard.Inspection) -> Exception:
        if head["error"] == "SyntaxError":
            return parser.explain(head["text"], text, inspection.undeclared, self._prefixes)
        if head["error"] == "TooLargeError":
            return ResultSizeError(self._limits.result_mb)
        if head["error"] == "MemoryError":
            return MemoryLimitError(self._limits.memory_mb)
        return EvaluationError(head["text"])


def _term(cell: dict[str, str]) -> Term:
    kind = _KINDS[cell["type"]]
    return Term(kind, cell["value"], cell.get("xml:lang"), cell.get("datatype"))  # type: ignore[arg-type]
