"""How much one client may ask for: requests, seconds of query time, and requests at once.

Two buckets a client, each refilled steadily: one holds requests, one seconds of query time. Seconds are known only
afterwards, so that bucket may be overdrawn and must fill again first; a minute of queries a minute, as at Wikidata.
Beside them a client has a number of places: what it asks beyond them waits, and what cannot wait is refused, so that
one client never takes all workers. The table is bounded: who was not heard of longest is forgotten first.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chefsache.web.http.problems import Problem

#: What an answer from memory costs, in requests.
CHEAP = 0.1
#: Clients remembered at once.
_CLIENTS = 10_000
#: How many requests of a client may wait for one of its places, for each place.
_WAITING = 3


@dataclass(frozen=True)
class RateLimits:
    """What one client may ask for in a minute, how much of it at once, and for how long a place is waited for."""

    requests: float = 1200.0
    seconds: float = 60.0
    #: How many minutes' worth may be saved up.
    burst: float = 2.0
    places: int = 2
    patience: float = 5.0


@dataclass(slots=True)
class _Account:
    requests: float
    seconds: float
    seen: float
    running: int = 0
    waiting: int = 0


class Rates:
    """The accounts of all clients; one for the whole process, whatever snapshot is served."""

    def __init__(
        self, limits: RateLimits | None = None, clock: Callable[[], float] = time.monotonic, size: int = _CLIENTS
    ) -> None:
        self.limits = limits or RateLimits()
        self._clock, self._size = clock, size
        self._accounts: OrderedDict[bytes, _Account] = OrderedDict()
        self._freed = threading.Condition()

    def __len__(self) -> int:
        return len(self._accounts)

    def enter(self, client: bytes) -> None:
        """Take one request from a client's account.

        Raises:
            Problem: it has none left; 429.
        """
        with self._freed:
            account = self._account(client)
            if account.requests < 1:
                raise _requests(self.limits, (1 - account.requests) * 60 / self.limits.requests)
            account.requests -= 1

    def was_cheap(self, client: bytes) -> None:
        """Give back most of a request that was answered from memory."""
        with self._freed:
            self._account(client).requests += 1 - CHEAP

    @contextmanager
    def place(self, client: bytes) -> Iterator[None]:
        """Hold one of a client's places.

        Raises:
            Problem: its query time is used up, or its places are taken; 429.
        """
        with self._freed:
            account = self._account(client)
            if account.seconds <= 0:
                raise _seconds(self.limits, -account.seconds * 60 / self.limits.seconds)
            self._wait(account)
            account.running += 1
        try:
            yield
        finally:
            with self._freed:
                account.running -= 1
                self._freed.notify_all()

    def spend(self, client: bytes, seconds: float) -> None:
        """Take seconds of query time from a client's account."""
        with self._freed:
            self._account(client).seconds -= seconds

    def _wait(self, account: _Account) -> None:
        places = self.limits.places
        if account.running < places:
            return
        if account.waiting >= _WAITING * places:
            raise _places(self.limits)
        account.waiting += 1
        try:
            if not self._freed.wait_for(lambda: account.running < places, self.limits.patience):
                raise _places(self.limits)
        finally:
            account.waiting -= 1

    def _account(self, client: bytes) -> _Account:
        now, limits = self._clock(), self.limits
        full = limits.requests * limits.burst, limits.seconds * limits.burst
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = _Account(*full, seen=now)
            if len(self._accounts) > self._size:
                self._forget()
            return account
        self._accounts.move_to_end(client)
        minutes = (now - account.seen) / 60
        account.requests = min(full[0], account.requests + minutes * limits.requests)
        account.seconds = min(full[1], account.seconds + minutes * limits.seconds)
        account.seen = now
        return account

    def _forget(self) -> None:
        """Let the account go that was idle longest; one that holds a place stays."""
        idle = (name for name, account in self._accounts.items() if not account.running and not account.waiting)
        oldest = next(idle, None)
        if oldest is not None:
            del self._accounts[oldest]


def _requests(limits: RateLimits, wait: float) -> Problem:
    return Problem(
        429,
        "rate-requests",
        f"Mehr als {limits.requests:g} Anfragen in der Minute. Bitte langsamer; ganze Bestände gibt es als Dump.",
        f"More than {limits.requests:g} requests a minute. Please slow down; all data is there as a dump.",
        _retry(wait),
        limit=limits.requests,
        unit="requests a minute",
        setting="CHEFSACHE_RATE_REQUESTS",
    )


def _seconds(limits: RateLimits, wait: float) -> Problem:
    return Problem(
        429,
        "rate-seconds",
        f"Mehr als {limits.seconds:g} Sekunden Rechenzeit in der Minute. Bitte später weiter, oder mit einem Dump.",
        f"More than {limits.seconds:g} seconds of query time a minute. Please go on later, or with a dump.",
        _retry(wait),
        limit=limits.seconds,
        unit="seconds a minute",
        setting="CHEFSACHE_RATE_SECONDS",
    )


def _places(limits: RateLimits) -> Problem:
    return Problem(
        429,
        "rate-places",
        f"Mehr als {limits.places} Anfragen gleichzeitig. Bitte erst die Antworten abwarten.",
        f"More than {limits.places} requests at once. Please wait for the answers first.",
        _retry(1),
        limit=limits.places,
        unit="requests at once",
        setting="CHEFSACHE_RATE_PLACES",
    )


def _retry(wait: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, math.ceil(wait)))}
