"""Errors as answers: one JSON shape for programs, one page for people, in German and English."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable

from chefsache.content.errors import ParameterError
from chefsache.store import errors as store
from chefsache.web import languages
from chefsache.web.gateway import codings
from chefsache.web.gateway.logs import RECORD, Record
from chefsache.web.gateway.replies import Reply
from chefsache.web.http import negotiation

#: Where the problem of a request that the gateway refuses stands in its environment.
REFUSED = "chefsache.refused"
#: What a machine may want to know.
Detail = str | int | float | list[str]

#: Where programs are expected rather than readers.
_MACHINES = ("/sparql", "/reconcile", "/lookup", "/graph", "/.well-known/")
#: The status of each error of the store; the first class that fits counts.
_STATUS: tuple[tuple[type[store.StoreError], int], ...] = (
    (store.UpdateError, 403),
    (store.ServiceError, 403),
    (store.FormatError, 406),
    (store.QueryError, 400),
    (store.DeadlineError, 504),
    (store.LimitError, 503),
    (store.UnavailableError, 503),
    (store.StoreError, 500),
)


class Problem(Exception):  # noqa: N818  (as in RFC 9457)
    """A request that cannot be answered: status, code, messages, and what a machine may want to know."""

    def __init__(
        self, status: int, code: str, de: str, en: str, headers: Mapping[str, str] | None = None, **details: Detail
    ) -> None:
        super().__init__(en)
        self.status, self.code, self.message = status, code, {"de": de, "en": en}
        self.headers, self.details = dict(headers or {}), details


def register(app: Flask) -> None:
    """Let the application answer errors in our shape."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(store.StoreError, lambda error: _answer(_from_store(error)))
    app.register_error_handler(ParameterError, lambda error: _answer(_from_parameter(error)))
    app.register_error_handler(HTTPException, lambda error: _answer(_from_http(error)))


def not_found(what: str = "") -> Problem:
    """Return the problem of an address that leads nowhere."""
    name = f" {what}" if what else ""
    return Problem(
        404,
        "not-found",
        f"Unter dieser Adresse gibt es nichts:{name}".rstrip(":"),
        f"There is nothing here:{name}".rstrip(":"),
    )


def not_acceptable(offers: tuple[negotiation.Offer, ...]) -> Problem:
    """Return the problem of a format that we do not have, with those that we do."""
    available = [offer.sent for offer in offers]
    listed = ", ".join(available)
    return Problem(
        406, "not-acceptable",
        f"Dieses Format gibt es nicht. Möglich: {listed}",
        f"No such format. Available: {listed}",
        available=available,
    )  # fmt: skip


def no_coding() -> Problem:
    """Return the problem of a client that takes the answer neither coded as we can nor as it is."""
    available = [*codings.CODINGS, codings.IDENTITY]
    listed = ", ".join(available)
    return Problem(
        406, "no-such-coding",
        f"In dieser Kodierung wird nicht gesendet. Möglich: {listed}",
        f"No such content coding. Available: {listed}",
        available=available,
    )  # fmt: skip


def last_resort(record: Record) -> Reply:
    """Return the answer where even Flask failed; it says the request's id and nothing else."""
    record.outcome = "internal-server-error"
    words = languages.texts()["status-500"]
    body = json.dumps({"error": {"code": record.outcome, "message": words, "request_id": record.id}}).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
               ("Access-Control-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff")]  # fmt: skip
    return Reply("500 Internal Server Error", headers, body)


def shown(page: Response, error: store.StoreError) -> Response:
    """Return a page that shows an error of the store as the answer that this error has; nobody keeps it."""
    problem = _from_store(error)
    _logged(problem)
    return _stated(page, problem)


def _answer(problem: Problem) -> Response:
    id_ = _logged(problem)
    machine = request.path.startswith(_MACHINES) or request.path.endswith(
        (".json", ".csv", ".ttl", ".nt", ".rdf", ".jsonld")
    )
    header = request.headers.get("Accept", "")
    page = negotiation.prefers_html(header) or (not machine and "json" not in header)
    if page:
        response = make_response(
            render_template("error.html", problem=problem, status=HTTPStatus(problem.status).phrase, id=id_)
        )
    else:
        about = {"code": problem.code, "message": problem.message, "request_id": id_}
        response = jsonify({"error": {**about, **problem.details}})
    return _stated(response, problem)


def status(error: store.StoreError) -> int:
    """Return the status that says what kind of error this is."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def _logged(problem: Problem) -> str:
    """Note a problem in the log; return the id of the request."""
    record = request.environ.get(RECORD)
    if not isinstance(record, Record):
        return ""
    record.outcome = problem.code
    return record.id


def _stated(response: Response, problem: Problem) -> Response:
    response.status_code = problem.status
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    return response


def _from_store(error: store.StoreError) -> Problem:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, store.UnavailableError) else {}
    return Problem(status(error), error.code, error.message["de"], error.message["en"], headers, **error.details)


def _from_parameter(error: ParameterError) -> Problem:
    return Problem(400, "parameter", error.message["de"], error.message["en"], parameter=error.parameter)


def _no_such_part(size: int) -> Problem:
    return Problem(
        416,
        "range",
        f"Diesen Teil gibt es nicht; die Datei hat {size} Bytes.",
        f"There is no such part; the file has {size} bytes.",
        {"Content-Range": f"bytes */{size}"},
    )


def _from_http(error: HTTPException) -> Problem:
    if isinstance(error, RequestedRangeNotSatisfiable):
        return _no_such_part(error.length or 0)
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After", "Location"}}
    key = f"status-{status}"
    words = languages.texts().get(key, {"de": HTTPStatus(status).phrase, "en": HTTPStatus(status).phrase})
    return Problem(status, HTTPStatus(status).phrase.lower().replace(" ", "-"), words["de"], words["en"], headers)
