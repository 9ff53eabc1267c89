"""The application on the graph of two cities, with the gateway in front, and its description."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from chefsache.content.names import PREFIXES
from chefsache.pipeline import building
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.matching import index
from chefsache.web.settings import Settings


@pytest.fixture(scope="session")
def two_cities(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The graph of two cities, in a home of its own, where no other edition is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHEFSACHE_ROOT", str(small_root))
        patch.setenv("CHEFSACHE_HOME", str(tmp_path_factory.mktemp("interface")))
        return building.build()


@pytest.fixture(scope="module")
def app(small_root: Path, two_cities: Snapshot) -> Iterator[Flask]:
    """Small in data and limits."""
    limits = Limits(seconds=5.0, memory_mb=512, result_mb=4, workers=2)
    with pytest.MonkeyPatch.context() as patch, EmbeddedStore(two_cities.store_path, limits, PREFIXES) as store:
        patch.setenv("CHEFSACHE_ROOT", str(small_root))
        patch.setenv("CHEFSACHE_HOME", str(two_cities.path.parents[1]))
        store.wait_ready()
        made = create_app(two_cities, store, Settings(limits=limits, log="off"))
        index.start(made).join(timeout=60)
        yield made


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    """The description as a client gets it."""
    found: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return found
