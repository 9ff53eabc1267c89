"""A tiny store of its own: these tests are about workers and limits, not about the graph."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits

#: Limits that a test reaches within two seconds.
LIMITS = Limits(seconds=1.0, memory_mb=192, result_mb=4, workers=3, patience=2.0, waiting=8)


@pytest.fixture(scope="session")
def limits() -> Limits:
    return LIMITS


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oxigraph") / "store"
    store = ox.Store(str(path))
    for number in range(300):
        thing = ox.NamedNode(f"http://example.org/{number}")
        store.add(
            ox.Quad(thing, ox.NamedNode("http://example.org/next"), ox.NamedNode(f"http://example.org/{number + 1}"))
        )
        store.add(
            ox.Quad(thing, ox.NamedNode("http://example.org/name"), ox.Literal(f"Nummer {number}", language="de"))
        )
    graph = ox.NamedNode("http://example.org/graph")
    store.add(ox.Quad(graph, ox.NamedNode("http://example.org/name"), ox.Literal("named"), graph))
    store.flush()
    del store
    return path


@pytest.fixture(scope="session")
def store(folder: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(folder, LIMITS, {"ex": "http://example.org/"}) as store:
        store.wait_ready()
        yield store
