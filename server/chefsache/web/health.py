"""Is the server alive, and can it answer?"""

from flask import Blueprint, Response, jsonify

from chefsache.store.errors import StoreError
from chefsache.store.protocol import Query
from chefsache.web.site import site

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> Response:
    """Say that the process answers."""
    return _fresh({"status": "live"}, 200)


@bp.get("/ready")
def ready() -> Response:
    """Say whether queries are answered, and from which snapshot."""
    about = {"snapshot": site().snapshot.digest, "as_of": site().as_of}
    try:
        site().store.own(Query("ASK {}", seconds=2)).close()
    except StoreError as error:
        return _fresh({"status": "not ready", "reason": error.code, **about}, 503)
    return _fresh({"status": "ready", **about}, 200)


def _fresh(content: dict[str, str], status: int) -> Response:
    response = jsonify(content)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
