"""What stands in front of Flask: layers that every request passes, from the outside in.

1. *Record* (`logs`, `metrics`): gives the request its id and begins its line in the log. Outermost, so that what any
   other layer refuses or breaks is counted and written too.
2. *Bounds* (`bounds`): host, length of the address, headers, body. Before anything is read, parsed or looked up.
3. *Preflight*: CORS asks the same of every address, so it is answered once, here.
4. *Account* (`clients`, `rates`): who asks, and is there a request left in the account. Before the kept answers,
   because even they can be asked for too often; they cost a tenth.
5. *Kept answers* (`kept`): what was answered before goes out without entering Flask. Before the places and the query
   time, which only what must be computed takes.
6. *Places* (`rates`): a client computes only so much at once, and only so many seconds a minute. A place is held while
   a body comes in and while a stream goes out, too: each occupies a thread of the server, however slow the client is.
7. *Flask*: routes, negotiates, renders. It knows GET alone: HEAD is its answer without the body.

On the way out, between 5 and 1, `replies` codes the answer and leaves it out where the client has it (304): after the
kept answers, so that each is kept once and not for each coding and validator.

What is refused on the way in is still answered by Flask, which is told the problem in the environment: all errors look
alike, in the language and form that the client likes. Layers 1 to 4 belong to the process and may be shared by the
applications of several snapshots (`Door`); 5 belongs to the application of one snapshot.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from chefsache.store import usage
from chefsache.web.gateway import bounds, clients, codings, logs, metrics
from chefsache.web.gateway.kept import Asked, Kept
from chefsache.web.gateway.logs import Record
from chefsache.web.gateway.rates import Rates
from chefsache.web.gateway.replies import Headers, Reply
from chefsache.web.http import problems
from chefsache.web.http.problems import Problem
from chefsache.web.settings import Settings

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

#: Set by requests that the server asks itself: neither written nor counted nor limited.
INTERNAL = "chefsache.internal"
#: Larger answers go to the client as they come.
_WHOLE = 2_000_000
#: Addresses that answer however much a client has asked for.
_FREE = ("/health/", "/metrics")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range, *",
    "Access-Control-Max-Age": "86400",
}


@dataclass
class Door:
    """What belongs to the process, whichever snapshot is served: the clients' accounts and their names."""

    settings: Settings
    names: clients.Names = field(default_factory=clients.Names)
    rates: Rates = field(init=False)
    warned: bool = False

    def __post_init__(self) -> None:
        self.rates = Rates(self.settings.rates)

    def client(self, environ: Environ) -> clients.Client:
        """Return who asks; says once that a proxy seems to be missing from the settings."""
        found = clients.client(environ, self.settings.proxies, self.settings.proxy_header)
        if not (found.direct or found.trusted or self.warned) and found.address in clients.LOOPBACK:
            self.warned = True
            logs.warn("a-proxy-on-this-machine-is-not-in-CHEFSACHE_PROXIES,-its-clients-count-as-one")
        return found


class Gateway:
    """The layers in front of one application."""

    def __init__(self, app: Application, door: Door, headers: dict[str, str]) -> None:
        self._app, self._door, self._settings = app, door, door.settings
        self._at_home = self._settings.at_home
        self._preflight = Reply("204 No Content", [*headers.items(), *_PREFLIGHT.items()])
        self.kept = Kept(door.settings.cache_bytes)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        client = self._door.client(environ)
        record = environ[logs.RECORD] = Record.of(environ, trusted=client.trusted)
        try:
            reply = self._finished(environ, self._answer(environ, client, record), record)
        except Exception:  # noqa: BLE001  (the outermost layer: nothing may reach the server)
            logs.failure(record.id, sys.exc_info())
            reply = problems.last_resort(record)
        record.status = reply.code
        start_response(reply.status, [*reply.headers, ("X-Request-ID", record.id)])
        silent = INTERNAL in environ
        if reply.stream is not None and record.method != "HEAD":
            return _Counted(reply, record, silent=silent)
        reply.close()
        body = b"" if record.method == "HEAD" else reply.body
        record.bytes = len(body)
        if not silent:
            _ended(record)
        return [body]

    def _answer(self, environ: Environ, client: clients.Client, record: Record) -> Reply:
        problem = bounds.refusal(environ, self._settings)
        if problem is not None:
            return self._refuse(environ, problem)
        if record.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            return self._preflight
        try:
            if record.path.startswith(_FREE):
                return self._ask(environ, record)
            if INTERNAL in environ or (self._at_home and client.local):
                return self._known(environ, record, lambda: self._ask(environ, record))
            return self._limited(environ, client, record)
        except Problem as refused:
            return self._refuse(environ, refused)

    def _limited(self, environ: Environ, client: clients.Client, record: Record) -> Reply:
        rates, name = self._door.rates, self._door.names.name(client.address)
        rates.enter(name)

        def make() -> Reply:
            with ExitStack() as held:
                held.enter_context(rates.place(name))
                try:
                    reply = self._ask(environ, record)
                finally:
                    rates.spend(name, record.seconds)
                return reply if reply.stream is None else reply.until_closed(held.pop_all().close)

        reply = self._known(environ, record, make)
        if record.cache == "hit":
            rates.was_cheap(name)
        return reply

    def _known(self, environ: Environ, record: Record, make: Callable[[], Reply]) -> Reply:
        """Answer from memory where that is possible."""
        if record.method not in {"GET", "HEAD"} or "HTTP_RANGE" in environ:
            return make()
        asked = Asked(environ)
        reply, record.cache = self.kept.answer(asked, make)
        liked = codings.preferred(environ.get("HTTP_ACCEPT_ENCODING"))
        if not liked:
            if reply.code != 200:
                return reply
            reply.close()
            return self._refuse(environ, problems.no_coding())
        coded = reply.coded(liked)
        if coded is not reply:
            record.coding = coded.get("content-encoding")
            if reply.stream is None:
                self.kept.grown(asked, reply)
        return coded

    def _finished(self, environ: Environ, reply: Reply, record: Record) -> Reply:
        if record.method in {"GET", "HEAD"}:
            return reply.unless_known(environ.get("HTTP_IF_NONE_MATCH"))
        return reply

    def _refuse(self, environ: Environ, problem: Problem) -> Reply:
        told = {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0", problems.REFUSED: problem}
        return self._ask({**environ, **told}, environ[logs.RECORD])

    def _ask(self, environ: Environ, record: Record) -> Reply:
        """Ask Flask; what is small or known is read whole, so that it can be kept."""
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _: object = None) -> None:
            started[:] = [(status, headers)]

        asked = {**environ, "REQUEST_METHOD": "GET" if record.method == "HEAD" else record.method}
        if record.method == "POST":
            bounds.receive(asked)
        with usage.counted() as used, ExitStack() as opened:
            try:
                body = self._app(asked, start)
            finally:
                record.seconds += used.seconds
                record.waited += used.waited
            opened.callback(getattr(body, "close", lambda: None))
            status, headers = started[0]
            reply = Reply(status, headers, stream=body)
            length = reply.get("content-length")
            if not length.isdigit() or int(length) > _WHOLE:
                opened.pop_all()
                return reply
            return Reply(status, headers, b"".join(body))


class _Counted:
    """A stream that is counted, and written down when it ends or is given up."""

    def __init__(self, reply: Reply, record: Record, *, silent: bool) -> None:
        assert reply.stream is not None  # noqa: S101
        self._reply, self._record, self._silent = reply, record, silent
        self._pieces = iter(reply.stream)
        self._whole = self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece = next(self._pieces)
        except StopIteration:
            self._whole = True
            self.close()
            raise
        self._record.bytes += len(piece)
        return piece

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._reply.close()
        if not self._whole:
            self._record.outcome = "aborted"
        if not self._silent:
            _ended(self._record)


def _ended(record: Record) -> None:
    metrics.count(record)
    metrics.time_of(record, time.perf_counter() - record.started)
    logs.write(record)
