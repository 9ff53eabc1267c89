"""One line for each request, at its end; with an id that the client sees, without anything about the client.

No address, no user agent, no query: a query may name a person, so only a keyed hash of it is written, with a key that
lives as long as the process. Equal queries can be told to be equal, but none can be looked up.

The lines go through the standard library's `logging`, which operators know how to redirect: they have one fixed set of
fields and one formatter, so structlog's processors would only add their time to answers that take 0.05 ms.
"""

import hashlib
import json
import logging
import re
import secrets
import sys
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal
from urllib.parse import quote

Form = Literal["text", "json", "off"]
FORMS: tuple[Form, ...] = ("text", "json", "off")
#: Where a request's record stands in its environment.
RECORD = "chefsache.record"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_KEY = secrets.token_bytes(16)
#: Characters of a path that are written.
_PATH = 200
_requests = logging.getLogger("chefsache.requests")
_errors = logging.getLogger("chefsache.errors")


@dataclass(slots=True)
class Record:
    """What is known of a request; layers and handlers add to it."""

    id: str
    method: str
    path: str
    query: str
    started: float = field(default_factory=time.perf_counter)
    status: int = 0
    bytes: int = 0
    #: How the answer came about: hit, joined, miss, or none where nothing is kept.
    cache: str = "none"
    #: The code of the problem, else ok.
    outcome: str = "ok"
    coding: str = ""
    #: Seconds of query time, and of waiting for a worker.
    seconds: float = 0.0
    waited: float = 0.0

    @classmethod
    def of(cls, environ: dict[str, Any], *, trusted: bool) -> "Record":
        """Begin a record; a trusted proxy may have given the request its id."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if trusted else ""
        return cls(
            given if _ID.fullmatch(given) else secrets.token_hex(8),
            environ.get("REQUEST_METHOD", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
        )

    def fields(self) -> dict[str, str | int | float]:
        """Return what is written."""
        took = time.perf_counter() - self.started
        found: dict[str, str | int | float] = {
            "time": _now(),
            "id": self.id,
            "method": self.method[:20],
            "path": quote(self.path[:_PATH].encode("latin-1", "replace"), safe="/.-_~:"),
            "status": self.status,
            "bytes": self.bytes,
            "ms": round(took * 1000, 2),
            "cache": self.cache,
            "outcome": self.outcome,
        }
        if self.query:
            found["query"] = hashlib.blake2b(self.query.encode(), key=_KEY, digest_size=6).hexdigest()
        if self.coding:
            found["coding"] = self.coding
        if self.seconds:
            found["query_ms"] = round(self.seconds * 1000, 2)
        if self.waited >= 0.001:
            found["waited_ms"] = round(self.waited * 1000, 2)
        return found


def start(form: Form) -> None:
    """Write requests in a form to standard error from now on, errors in any case; a second time changes the form."""
    for logger, made in ((_requests, form), (_errors, "json" if form == "json" else "text")):
        for old in [handler for handler in logger.handlers if isinstance(handler, _Stderr)]:
            logger.removeHandler(old)
        logger.addHandler(_handler("json" if made == "json" else "text"))
        logger.propagate = False
        logger.setLevel(logging.INFO)
    _requests.disabled = form == "off"


def write(record: Record) -> None:
    """Write the line of a request."""
    if not _requests.disabled and _requests.isEnabledFor(logging.INFO):
        _requests.info("request", extra={"fields": record.fields()})


def failure(
    id_: str, error: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
) -> None:
    """Write the trace of an error that is ours, under the id of its request."""
    _errors.error("error", exc_info=error, extra={"fields": {"time": _now(), "id": id_, "outcome": "error"}})


def warn(message: str) -> None:
    """Tell the operator of a setting that is probably wrong."""
    _errors.warning(message, extra={"fields": {"time": _now(), "outcome": message}})


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        found = _fields(record)
        if record.exc_info:
            found["trace"] = self.formatException(record.exc_info)
        return json.dumps(found, ensure_ascii=False)


class _Stderr(logging.StreamHandler[Any]):
    """Writes to what standard error is at the time, not to what it was at the start."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def _handler(form: Form) -> logging.Handler:
    handler = _Stderr()
    handler.setFormatter(_Json() if form == "json" else _Text())
    return handler


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return getattr(record, "fields", None) or {"outcome": record.getMessage()}


def _now() -> str:
    now = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now * 1000) % 1000:03}Z"
