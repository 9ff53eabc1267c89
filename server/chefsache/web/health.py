"""Is the server alive, can it answer, and how is it doing?"""

from typing import Protocol, runtime_checkable

from flask import Blueprint, Response, current_app, jsonify, request

from chefsache.store.errors import LimitError, OverloadedError, StoreError
from chefsache.store.pool import PoolState
from chefsache.store.protocol import Query
from chefsache.web.gateway import clients, metrics
from chefsache.web.http.problems import Problem
from chefsache.web.site import site

bp = Blueprint("health", __name__)


@runtime_checkable
class _Pooled(Protocol):
    """A store that asks workers of ours."""

    def pools(self) -> dict[str, PoolState]:
        """Return how they are doing."""


@bp.get("/health/live")
def live() -> Response:
    """Say that the process answers."""
    return _fresh({"status": "live"}, 200)


@bp.get("/health/ready")
def ready() -> Response:
    """Say whether queries are answered, and from which snapshot.

    A busy server is ready: taken out of a balancer, it would leave its share to others as busy as itself.
    """
    about = {"snapshot": site().snapshot.digest, "as_of": site().as_of}
    store = site().store
    try:
        if not (store.ready() and _busy()):
            store.own(Query("ASK {}", seconds=2)).close()
    except (OverloadedError, LimitError):
        return _fresh({"status": "ready", **about}, 200) if store.ready() else _not_ready("overloaded", about)
    except StoreError as error:
        return _not_ready(error.code, about)
    return _fresh({"status": "ready", **about}, 200)


@bp.get("/metrics")
def numbers() -> Response:
    """Give the numbers for Prometheus, to those who may see them."""
    settings = site().settings
    client = clients.client(request.environ, settings.proxies, settings.proxy_header)
    if not (client.direct or client.trusted) or client.address not in settings.metrics:
        raise Problem(403, "metrics-closed", "Die Messwerte sind nicht öffentlich (CHEFSACHE_METRICS).",
                      "The metrics are not public (CHEFSACHE_METRICS).")  # fmt: skip
    metrics.show(_pools(), site().snapshot)
    metrics.keep(current_app.extensions["chefsache.kept"].size)
    response = Response(metrics.exposition(), content_type=metrics.CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _busy() -> bool:
    """Say whether all of our own workers live and work, so that asking one would only wait."""
    own = _pools().get("own")
    return own is not None and 0 < own.alive == own.busy


def _pools() -> dict[str, PoolState]:
    store = site().store
    return store.pools() if isinstance(store, _Pooled) else {}


def _not_ready(reason: str, about: dict[str, str]) -> Response:
    return _fresh({"status": "not ready", "reason": reason, **about}, 503)


def _fresh(content: dict[str, str], status: int) -> Response:
    response = jsonify(content)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response
