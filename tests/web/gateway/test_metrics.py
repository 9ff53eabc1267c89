"""Numbers for who runs the server, and whether it is ready."""

import threading
import time
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.store.embedded import EmbeddedStore
from chefsache.store.errors import ClosedError
from chefsache.store.protocol import Answer, Query
from chefsache.web.settings import Settings

ASK = "/sparql?query=ASK%20%7B%7D"


def test_metrics(made: Any, settings: Settings) -> None:
    client = made(settings)
    here = {"REMOTE_ADDR": "127.0.0.1"}

    def number(name: str) -> float:
        text = client.get("/metrics", environ_overrides=here).text
        return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))

    names = (
        'chefsache_queries_total{outcome="ok"}',
        'chefsache_queries_total{outcome="syntax"}',
        'chefsache_refused_total{limit="address-too-long"}',
        'chefsache_request_seconds_count{area="sparql"}',
        'chefsache_requests_total{area="sparql",cache="hit"',
    )
    before = [number(name) for name in names]
    for address in (ASK, ASK, "/sparql?query=x", "/sparql?query=" + "x" * 40_000):
        client.get(address)
    after = [number(name) for name in names]

    assert [new - old for old, new in zip(before, after, strict=True)] == [2, 1, 1, 4, 1]
    deadline = time.monotonic() + 30
    while number('chefsache_workers{pool="own",state="alive"}') < 2:
        assert time.monotonic() < deadline, "the second worker has not come"
        time.sleep(0.05)
    assert number("chefsache_kept_bytes") > 0
    assert number("chefsache_snapshot{") == 1


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "198.51.100.1"}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, 403),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 200),
    ],
)
def test_metrics_are_not_public(made: Any, environ: dict[str, str], status: int) -> None:
    assert made().get("/metrics", environ_overrides=environ).status_code == status


def _closed(query: Query) -> Answer:
    raise ClosedError


def test_ready_while_busy(client: FlaskClient, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Busy is ready; without workers it is not, and says when to ask again."""
    entered, leave = threading.Barrier(3), threading.Event()

    def hold() -> None:
        def job(_: Any) -> tuple[dict[str, Any], bytes]:
            entered.wait(10)
            leave.wait(10)
            return {}, b""

        store._own.run(job)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    busy = client.get("/health/ready")
    leave.set()
    for thread in threads:
        thread.join(10)
    monkeypatch.setattr(store, "ready", lambda: False)
    monkeypatch.setattr(store, "own", _closed)
    closed = client.get("/health/ready")

    assert (busy.status_code, busy.json["status"]) == (200, "ready")
    assert (closed.status_code, closed.json["reason"], closed.headers["Retry-After"]) == (503, "closed", "5")
