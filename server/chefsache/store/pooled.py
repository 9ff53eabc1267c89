"""What all stores share: a query is looked at, runs in a worker that can be killed, and its answer is whole."""

import contextlib
import json
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from chefsache.store import guard, parser
from chefsache.store.errors import (
    CalledServiceError,
    CutError,
    DeadlineError,
    EvaluationError,
    FormatError,
    MemoryLimitError,
    NoRoomError,
    RemoteStoreError,
    ResultSizeError,
    UnknownGraphError,
)
from chefsache.store.limits import INLINE_BYTES, OWN_WORKERS, Limits
from chefsache.store.pool import Pool, PoolState, Worker
from chefsache.store.protocol import GRAPH_TYPES, RESULT_TYPES, Answer, Dataset, Query, Row, Table, Term

#: Answers to questions of our own that are kept; the snapshot never changes, so they stay true.
_KEPT = 1024
_KINDS = {"uri": "iri", "literal": "literal", "bnode": "bnode"}
#: What the store behind cannot evaluate although it is SPARQL, and what it refuses to.
_REFUSED = "the store behind does not take it"


class PooledStore:
    """Answers queries with workers.

    Args:
        opening: what a worker opens.
        limits: what one query may take.
        prefixes: names that graphs are written with, and that error messages suggest.
        services: endpoints that a query may call; such queries have workers of their own.
    """

    def __init__(
        self,
        opening: Mapping[str, Any],
        limits: Limits | None = None,
        prefixes: Mapping[str, str] | None = None,
        services: frozenset[str] = frozenset(),
    ) -> None:
        self._limits = limits or Limits()
        self._prefixes = dict(prefixes or {})
        self._services = services
        self._public = Pool({**opening, "calls": False}, self._limits.workers, self._limits)
        self._own = Pool({**opening, "calls": False}, OWN_WORKERS, self._limits)
        self._calling = Pool({**opening, "calls": True}, OWN_WORKERS, self._limits) if services else self._public
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

    def pools(self) -> dict[str, PoolState]:
        """Return how the workers for the public and our own are doing."""
        return {"public": self._public.state(), "own": self._own.state()}

    def wait_ready(self) -> None:
        """Wait until a query would find a worker.

        Raises:
            WorkerLostError: the store cannot be opened; the message says why.
        """
        for pool in (self._public, self._own, self._calling):
            pool.wait_ready()

    def close(self) -> None:
        """End all workers; a second time does nothing."""
        for pool in (self._public, self._own, self._calling):
            pool.close()

    def _run(self, pool: Pool, query: Query) -> Answer:
        inspection = guard.inspect(query.text, self._services)
        table = inspection.form in {"SELECT", "ASK"}
        if query.media_type not in (RESULT_TYPES if table else GRAPH_TYPES):
            raise FormatError(query.media_type)
        seconds = min(query.seconds or self._limits.seconds, self._limits.seconds)
        # A name that nobody guesses; the worker creates the file only if it does not exist.
        spool = Path(tempfile.gettempdir()) / f"chefsache-answer-{secrets.token_hex(16)}"
        dataset = _dataset(query) or inspection.dataset
        request = {
            "text": query.text,
            "media_type": query.media_type,
            "dataset": [dataset.default, dataset.named] if dataset else None,
            "prefixes": query.prefixes or self._prefixes,
            "ordered": query.ordered,
            "rows": query.rows,
            "spool": str(spool),
            "inline": INLINE_BYTES,
            "limit": self._limits.result_mb * 2**20,
        }
        if inspection.calls and pool is self._public:
            pool = self._calling

        def job(worker: Worker) -> tuple[dict[str, Any], bytes]:
            return worker.ask(request, seconds)

        try:
            head, body = pool.run(job)
            if "error" in head:
                raise self._error(head, query.text, inspection, seconds)
            # The name goes at once; the open file keeps the bytes until it is closed.
            file = spool.open("rb") if head["spooled"] else None
        finally:
            with contextlib.suppress(FileNotFoundError):
                spool.unlink()
        return Answer(inspection.form, query.media_type, head["size"], body, file, head["complete"])

    def _error(self, head: dict[str, Any], text: str, inspection: guard.Inspection, seconds: float) -> Exception:
        match head:
            case {"error": "SyntaxError", "stage": "ask"}:
                return parser.explain(head["text"], text, inspection.undeclared, self._prefixes)
            case {"error": "SyntaxError"}:
                return RemoteStoreError("broken")
            case {"error": "UnknownError"}:
                return UnknownGraphError(head["text"])
            case {"error": "TooLargeError"}:
                return ResultSizeError(self._limits.result_mb)
            case {"error": "DiskFullError"}:
                return NoRoomError()
            case {"error": "MemoryError"}:
                return MemoryLimitError(self._limits.memory_mb)
            case {"error": "RemoteError"}:
                return _remote(head, seconds)
        return CalledServiceError() if inspection.calls else EvaluationError(head["text"])


def _dataset(query: Query) -> Dataset | None:
    """Return the dataset of the request, which comes before the query's own (SPARQL 1.1 Protocol, 2.1.4)."""
    if not query.default_graphs and not query.named_graphs:
        return None
    return Dataset(tuple(dict.fromkeys(query.default_graphs)), tuple(dict.fromkeys(query.named_graphs)))


def _remote(head: dict[str, Any], seconds: float) -> Exception:
    match head["kind"]:
        case "timeout":
            return DeadlineError(seconds)
        case "cut":
            return CutError()
        case "refused" | "foreign":
            line = f" (line {head['line']})" if head["line"] else ""
            return EvaluationError(_REFUSED + line)
    return RemoteStoreError(f"{head['kind']} {head['text']}".strip())


def _term(cell: dict[str, str]) -> Term:
    kind = _KINDS[cell["type"]]
    return Term(kind, cell["value"], cell.get("xml:lang"), cell.get("datatype"))  # type: ignore[arg-type]
