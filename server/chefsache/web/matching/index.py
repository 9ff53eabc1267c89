"""The index of names of the application at hand: built once, beside the requests; who comes too early waits."""

import threading

from flask import Flask, current_app

from chefsache.store.errors import StoreError
from chefsache.store.names import Names
from chefsache.store.protocol import Store
from chefsache.web.http.problems import Problem

_NAME = "chefsache-names"
#: Seconds that a request waits for the index.
_PATIENCE = 10.0


class Index:
    """Builds the index in a thread of its own; what fails is tried again at the next request."""

    def __init__(self, store: Store, patience: float = _PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._names: Names | None = None
        self._error: StoreError | None = None

    def start(self) -> threading.Thread:
        """Start to build it, unless that is under way."""
        with self._lock:
            if self._thread is None or (self._names is None and not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._build, name="names", daemon=True)
                self._thread.start()
            return self._thread

    def get(self) -> Names:
        """Return the index, once it is there.

        Raises:
            Problem: it is not there yet; 503 with `Retry-After`.
            StoreError: the store did not answer.
        """
        if self._names is None:
            self.start().join(self._patience)
        if self._names is not None:
            return self._names
        if self._error is not None:
            raise self._error
        raise Problem(503, "index-not-ready", "Das Namensverzeichnis wird noch aufgebaut; bitte gleich noch einmal.",
                      "The index of names is still being built; please try again in a moment.",
                      {"Retry-After": "5"})  # fmt: skip

    def _build(self) -> None:
        try:
            self._names, self._error = Names.read(self._store), None
        except StoreError as error:
            self._error = error


def register(app: Flask, store: Store) -> None:
    """Give the application its index; it is built at the first need, or at `start`."""
    app.extensions[_NAME] = Index(store)


def start(app: Flask) -> threading.Thread:
    """Start to build the index of an application."""
    index: Index = app.extensions[_NAME]
    return index.start()


def names() -> Names:
    """Return the index of the application at hand; see `Index.get`."""
    index: Index = current_app.extensions[_NAME]
    return index.get()
