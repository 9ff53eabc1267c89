"""Numbers for Prometheus, at `/metrics`.

With several server processes each scrape meets another one; so where `PROMETHEUS_MULTIPROC_DIR` names an empty folder,
the library adds up what all processes wrote there. No label holds anything that a client chooses.
"""

import os
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.pool import PoolState
from chefsache.web.gateway.logs import Record

__all__ = ["CONTENT_TYPE_LATEST", "count", "exposition", "keep", "show"]

_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_REGISTRY = CollectorRegistry()
_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_requests = Counter(
    "chefsache_requests", "Answered requests.", ["area", "method", "status", "cache"], registry=_REGISTRY
)
_seconds = Histogram(
    "chefsache_request_seconds", "Time to the end of the answer.", ["area"], buckets=_BUCKETS, registry=_REGISTRY
)
_bytes = Counter("chefsache_answer_bytes", "Bytes of bodies sent.", ["area", "coding"], registry=_REGISTRY)
_queries = Counter(
    "chefsache_queries", "Queries at the endpoint by what became of them.", ["outcome"], registry=_REGISTRY
)
_query_seconds = Histogram(
    "chefsache_query_seconds", "Time of workers for one request.", buckets=_BUCKETS, registry=_REGISTRY
)
_refused = Counter("chefsache_refused", "Requests that met a limit.", ["limit"], registry=_REGISTRY)
_workers = Gauge(
    "chefsache_workers", "Query workers.", ["pool", "state"], registry=_REGISTRY, multiprocess_mode="livesum"
)
_waiting = Gauge(
    "chefsache_waiting", "Queries waiting for a worker.", ["pool"], registry=_REGISTRY, multiprocess_mode="livesum"
)
_started = Gauge(
    "chefsache_workers_started", "Query workers started so far.", ["pool"], registry=_REGISTRY,
    multiprocess_mode="livesum",
)  # fmt: skip
_kept = Gauge("chefsache_kept_bytes", "Bytes of answers kept.", registry=_REGISTRY, multiprocess_mode="livesum")
_snapshot = Gauge(
    "chefsache_snapshot", "The snapshot that is served.", ["digest", "as_of"], registry=_REGISTRY,
    multiprocess_mode="liveall",
)  # fmt: skip

#: Codes of problems that say that a limit was met.
LIMITS = frozenset({
    "address-too-long", "body-too-large", "deadline", "headers-too-large", "memory", "overloaded", "query-too-long",
    "rate-places", "rate-requests", "rate-seconds", "result-size", "too-many-fields",
})  # fmt: skip


def count(record: Record) -> None:
    """Count a request that has ended."""
    area = _area(record.path)
    method = record.method if record.method in _METHODS else "other"
    _counter(_requests, area, method, str(record.status), record.cache).inc()
    _counter(_bytes, area, record.coding or "identity").inc(record.bytes)
    if area == "sparql" and (record.method == "POST" or "query=" in record.query):
        _queries.labels(record.outcome).inc()
    if record.seconds:
        _query_seconds.observe(record.seconds)
    if record.outcome in LIMITS:
        _refused.labels(record.outcome).inc()


def time_of(record: Record, seconds: float) -> None:
    """Note how long a request took."""
    _histogram(_area(record.path)).observe(seconds)


def show(pools: dict[str, PoolState], snapshot: Snapshot) -> None:
    """Note the state of the workers, and which snapshot they serve."""
    for name, state in pools.items():
        _workers.labels(name, "alive").set(state.alive)
        _workers.labels(name, "busy").set(state.busy)
        _waiting.labels(name).set(state.waiting)
        _started.labels(name).set(state.started)
    _snapshot.clear()
    _snapshot.labels(snapshot.digest, snapshot.as_of.isoformat()).set(1)


def keep(size: int) -> None:
    """Note how many bytes of answers are kept."""
    _kept.set(size)


def exposition() -> bytes:
    """Return all numbers in the text format of Prometheus."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(_REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


@cache
def _counter(counter: Counter, *labels: str) -> Counter:
    return counter.labels(*labels)


@cache
def _histogram(area: str) -> Histogram:
    return _seconds.labels(area)


def _area(path: str) -> str:
    first = path.strip("/").partition("/")[0].partition(".")[0]
    return first if first in _AREAS else "page" if not first else "other"


_AREAS = frozenset({
    "artefacts", "catalog", "changes", "compare", "coverage", "dumps", "graph", "health", "id", "lookup", "map",
    "metrics", "municipalities", "ontology", "partnerships", "persons", "questions", "reconcile", "search", "shapes",
    "sparql", "static", "timeline", "vocab",
})  # fmt: skip
