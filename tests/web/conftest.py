"""The application on the repository's own graph, asked through Flask's test client."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from chefsache.content.names import PREFIXES
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.matching import index
from chefsache.web.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Tight limits, so that what ends at one ends soon."""
    return Settings(limits=Limits(seconds=3.0, memory_mb=256, result_mb=2, workers=3))


@pytest.fixture(scope="session")
def store(snapshot: Snapshot, settings: Settings) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(snapshot.store_path, settings.limits, PREFIXES) as store:
        store.wait_ready()
        yield store


@pytest.fixture(scope="session")
def client(snapshot: Snapshot, store: EmbeddedStore, settings: Settings) -> FlaskClient:
    app = create_app(snapshot, store, settings)
    app.testing = True
    return app.test_client()


@pytest.fixture(scope="session")
def matching(snapshot: Snapshot) -> Iterator[FlaskClient]:
    """The application with the usual limits, for the index of names reads more than the tight ones allow."""
    with EmbeddedStore(snapshot.store_path, Limits(workers=1), PREFIXES) as store:
        store.wait_ready()
        app = create_app(snapshot, store, Settings())
        app.testing = True
        index.start(app).join()
        yield app.test_client()
