"""Take up a new snapshot without dropping a request.

A server process serves one *house*: a snapshot, its store and the application on it. When another snapshot has become
the current one, its house is opened and warmed aside, and put in place in one step. Requests that the old house has
begun to answer end there; then its workers are ended, and its snapshot may be removed.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flask import Flask

from chefsache.pipeline.snapshot import Snapshot, current, published, sweep
from chefsache.store.protocol import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: Seconds between two looks at which snapshot is current.
INTERVAL = 1.0
#: An answer still on its way after this time is read from an open file, and needs no worker.
_LINGER = 60.0


@dataclass(eq=False)
class House:
    """A snapshot as it is served; open until `close`."""

    snapshot: Snapshot
    store: Store
    application: Flask
    hold: BinaryIO
    requests: int = 0

    def close(self) -> None:
        """End the workers and let the snapshot go."""
        self.store.close()
        self.hold.close()


class Switch:
    """The application that the server calls: hands each request to the house of the day."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        with self._lock:
            house = self._house
            house.requests += 1
        try:
            body = house.application(environ, start_response)
        except BaseException:
            self._leave(house)
            raise
        answer = _Body(body, lambda: self._leave(house))
        if environ["REQUEST_METHOD"] != "HEAD":
            return answer
        answer.close()  # the server would never ask for a body, and never close it
        return []

    @property
    def house(self) -> House:
        """The house that answers now."""
        return self._house

    def put(self, house: House) -> House:
        """Let another house answer from now on, and return the one that did."""
        with self._lock:
            old, self._house = self._house, house
        return old

    def _leave(self, house: House) -> None:
        with self._lock:
            house.requests -= 1


class _Body:
    """An answer on its way; says once when it has gone, also where the server drops it without closing it."""

    def __init__(self, body: Iterable[bytes], gone: Callable[[], None]) -> None:
        self._body, self._gone = body, gone
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Close the answer itself; a second time does nothing."""
        if not self._open:
            return
        self._open = False
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._gone()

    def __del__(self) -> None:
        self.close()


class Follower:
    """Keeps a switch on the snapshot that is current.

    Args:
        switch: what the server calls.
        opened: opens the house of a snapshot, ready to answer.
        say: told what was taken up, and what could not be.
    """

    def __init__(
        self, switch: Switch, opened: Callable[[Snapshot], House], say: Callable[[str], None] | None = None
    ) -> None:
        self._switch, self._opened, self._say = switch, opened, say or complain
        self._seen = published()
        self._leaving: list[tuple[House, float]] = []

    def start(self) -> None:
        """Look every second from now on."""
        threading.Thread(target=self._follow, name="takeover", daemon=True).start()

    def look(self) -> None:
        """Take up the current snapshot if it is another one, and close the houses that are done."""
        now = published()
        if now != self._seen:
            self._seen = now
            self._take_up()
        for house, since in list(self._leaving):
            if not house.requests or time.monotonic() - since > _LINGER:
                house.close()
                self._leaving.remove((house, since))
                sweep()

    def _follow(self) -> None:
        while True:
            time.sleep(INTERVAL)
            self.look()

    def _take_up(self) -> None:
        served = self._switch.house.snapshot
        try:
            snapshot = current()
            if snapshot is None or snapshot.path == served.path:
                return
            house = self._opened(snapshot)
        except Exception as error:  # noqa: BLE001  (whatever it is, the old snapshot goes on being served)
            self._say(f"chefsache: {served.digest} wird weiter bedient / is served on: {error}")
            return
        self._leaving.append((self._switch.put(house), time.monotonic()))
        self._say(f"chefsache: {snapshot.digest} statt / instead of {served.digest}")


def complain(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
