"""Keep rendered documents: the snapshot never changes, so neither do they."""

import threading
from collections import OrderedDict

#: A document's address, query, language and media type.
Key = tuple[str, bytes, str, str]
#: Bytes kept in each process.
_LIMIT = 48_000_000


class Documents:
    """The documents asked for last, as many as fit.

    >>> documents = Documents(limit=80)
    >>> documents.put(("/", b"", "de", "text/html"), b"<h1>Herne")
    >>> documents.get(("/", b"", "de", "text/html"))
    b'<h1>Herne'
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit, self._size = limit, 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> bytes | None:
        """Return a document, or None where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, body: bytes) -> None:
        """Keep a document, and let go those not asked for longest; one that takes an eighth of the room is not kept."""
        if len(body) > self._limit // 8:
            return
        with self._lock:
            self._size += len(body) - len(self._kept.pop(key, b""))
            self._kept[key] = body
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])
