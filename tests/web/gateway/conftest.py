"""The application as the world sees it, and what it logs meanwhile."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.app import create_app
from chefsache.web.gateway import logs
from chefsache.web.gateway.clients import Networks
from chefsache.web.gateway.rates import RateLimits
from chefsache.web.settings import Settings


@pytest.fixture(scope="session")
def public(settings: Settings) -> Settings:
    """Settings of a public server behind a proxy, with low rates."""
    return replace(
        settings,
        public_url="https://graph.example.org",
        hosts=frozenset({"localhost"}),  # as the test client calls it
        proxies=Networks.read("10.0.0.0/8"),
        rates=RateLimits(requests=10, seconds=60, burst=1, places=1, patience=0.1),
    )


@pytest.fixture
def made(snapshot: Snapshot, store: EmbeddedStore, settings: Settings, public: Settings) -> Any:
    """A function that makes an application with other settings, as the world sees it."""

    def make(chosen: Settings = public) -> FlaskClient:
        app = create_app(snapshot, store, chosen)
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
        return client

    yield make
    logs.start(settings.log)


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """The fields of what is logged meanwhile."""
    found: list[dict[str, Any]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append({**record.__dict__["fields"], "error": record.exc_info})

    handler = Handler()
    loggers = [logging.getLogger(name) for name in ("chefsache.requests", "chefsache.errors")]
    for logger in loggers:
        logger.addHandler(handler)
    yield found
    for logger in loggers:
        logger.removeHandler(handler)
