"""Answers kept in front of Flask, bounded in bytes: the snapshot never changes, so neither do they.

A cache belongs to the application of one snapshot, so nothing is served across snapshots. What an answer depends on it
says itself, in its Vary: the first answer at an address tells which headers of a request count there (RFC 9111, 4.1),
and these count in their normal form. So one page is kept once for all browsers that ask for the same language. An
answer is kept where it is whole, 200 or 303, and its Cache-Control does not forbid it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import parse_qsl

from chefsache.web.gateway.replies import Reply
from chefsache.web.languages import chosen

#: An address: its path and its fields, in the order of their names.
Address = tuple[str, tuple[tuple[str, str], ...]]
Key = tuple[Address, tuple[tuple[str, str], ...]]
#: How an answer came about: from memory, from the same request beside it, or made now.
How = Literal["hit", "joined", "miss"]
#: How long a request waits for the same one beside it.
_PATIENCE = 60.0
#: Those that an answer may depend on, and how each is brought to its normal form.
_FORMS: dict[str, Callable[[str], str]] = {
    "accept": lambda value: value.replace(" ", "").lower(),
    "accept-language": lambda value: chosen("", value),
}


class Asked:
    """A request, as far as an answer depends on it; the fields of one name stay in their order."""

    def __init__(self, environ: dict[str, Any]) -> None:
        query = environ.get("QUERY_STRING", "")
        fields = parse_qsl(query, keep_blank_values=True, encoding="latin-1") if query else []
        self.address: Address = environ.get("PATH_INFO", ""), tuple(sorted(fields, key=lambda entry: entry[0]))
        self._environ = environ

    def key(self, names: tuple[str, ...]) -> Key:
        """Return what an answer that depends on these headers is kept under."""
        return self.address, tuple((name, self._field(name)) for name in names)

    def _field(self, name: str) -> str:
        value: str = self._environ.get("HTTP_" + name.upper().replace("-", "_"), "")
        return _FORMS[name](value) if name in _FORMS else value


class Kept:
    """The answers asked for last, as many as fit."""

    def __init__(self, limit: int) -> None:
        self._limit, self.size = limit, 0
        self._replies: OrderedDict[Key, tuple[Reply, int]] = OrderedDict()
        #: By address: the headers that answers there depend on, and how many answers are kept.
        self._names: dict[Address, tuple[tuple[str, ...], int]] = {}
        self._making: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._replies)

    def answer(self, asked: Asked, make: Callable[[], Reply]) -> tuple[Reply, How]:
        """Return the kept answer, or make it; of equal requests at once one makes it, the others wait for it."""
        found = self.find(asked)
        if found is not None:
            return found, "hit"
        with self._alone(asked.key(tuple(_FORMS))) as first:
            if not first and (found := self.find(asked)) is not None:
                return found, "joined"
            reply = make()
            if self._keepable(reply):
                self.keep(asked, reply)
            return reply, "miss"

    def find(self, asked: Asked) -> Reply | None:
        """Return a kept answer, if there is one."""
        with self._lock:
            names = self._names.get(asked.address)
            if names is None:
                return None
            key = asked.key(names[0])
            if key not in self._replies:
                return None
            self._replies.move_to_end(key)
            return self._replies[key][0]

    def keep(self, asked: Asked, reply: Reply) -> None:
        """Keep an answer, and let go those not asked for longest; one that takes an eighth of the room is not kept."""
        size = reply.size + 4 * sum(len(name) + len(value) for name, value in asked.address[1])
        if size > self._limit // 8:
            return
        with self._lock:
            known = self._names.get(asked.address, ((), 0))[0]
            names = tuple(sorted(_varying(reply).union(known)))
            if names != known:
                self._forget(asked.address)  # they were kept under too few headers
            key = asked.key(names)
            self._drop(key)
            self._replies[key] = reply, size
            self._names[asked.address] = names, self._names.get(asked.address, ((), 0))[1] + 1
            self.size += size
            self._shrink()

    def grown(self, asked: Asked, reply: Reply) -> None:
        """Count a kept answer again, after it was brought into another coding."""
        with self._lock:
            names = self._names.get(asked.address)
            key = asked.key(names[0]) if names else None
            if key is None or key not in self._replies or self._replies[key][0] is not reply:
                return
            size = reply.size
            self.size += size - self._replies[key][1]
            self._replies[key] = reply, size
            self._shrink()

    def _keepable(self, reply: Reply) -> bool:
        control = reply.get("cache-control")
        return (
            reply.stream is None
            and reply.code in {200, 303}
            and bool(control)
            and "no-store" not in control
            and not reply.get("set-cookie")
            and "*" not in reply.get("vary")
        )

    def _shrink(self) -> None:
        while self.size > self._limit:
            self._drop(next(iter(self._replies)))

    def _drop(self, key: Key) -> None:
        if key not in self._replies:
            return
        self.size -= self._replies.pop(key)[1]
        names, count = self._names[key[0]]
        if count > 1:
            self._names[key[0]] = names, count - 1
        else:
            del self._names[key[0]]

    def _forget(self, address: Address) -> None:
        for key in [key for key in self._replies if key[0] == address]:
            self._drop(key)

    @contextmanager
    def _alone(self, key: Key) -> Iterator[bool]:
        """Say whether this is the first of equal requests; else wait until the first has its answer."""
        with self._lock:
            event = self._making.get(key)
            if event is None:
                mine = self._making[key] = threading.Event()
        if event is not None:
            event.wait(_PATIENCE)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._making[key]
            mine.set()


def _varying(reply: Reply) -> set[str]:
    """Return the headers in Vary; codings are made from the kept answer, so they do not count."""
    return {name.strip().lower() for name in reply.get("vary").split(",")} - {"", "accept-encoding"}
