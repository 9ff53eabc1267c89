"""Bounds of a request, and the headers of every answer: refusals, CORS, request ids, content security."""

# ruff: noqa: E501  (one case a line)

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.web.gateway import bounds

ASK = "/sparql?query=ASK%20%7B%7D"

REFUSED = {
    "host": (421, "unknown-host", {"headers": {"Host": "evil.example"}}),
    "two hosts": (421, "unknown-host", {"headers": {"Host": "localhost:80,evil.example"}}),
    "two hosts in brackets": (421, "unknown-host", {"headers": {"Host": "[::1],evil.example"}}),
    "no host": (421, "unknown-host", {"headers": {"Host": ""}}),
    "address": (414, "address-too-long", {"query_string": "query=" + "x" * bounds.ADDRESS_BYTES}),
    "fields": (400, "too-many-fields", {"query_string": "a&" * bounds.FIELDS}),
    "form fields": (400, "too-many-fields", {"method": "POST", "data": "a=b&" * (bounds.FIELDS + 1), "content_type": "application/x-www-form-urlencoded"}),
    "headers": (431, "headers-too-large", {"headers": {f"X-{number}": "x" for number in range(bounds.HEADERS)}}),
    "header": (431, "headers-too-large", {"headers": {"Accept": "x" * bounds.HEADER_BYTES}}),
    "all headers": (431, "headers-too-large", {"headers": {f"X-{number}": "x" * 8000 for number in range(5)}}),
    "body": (413, "body-too-large", {"method": "POST", "data": b" " * (bounds.BODY_BYTES + 1), "content_type": "application/sparql-query"}),
    "length": (400, "length", {"method": "POST", "environ_overrides": {"CONTENT_LENGTH": "-1"}}),
    "coding": (406, "no-such-coding", {"headers": {"Accept-Encoding": "identity;q=0, compress"}}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bounds(client: FlaskClient, case: str) -> None:
    """Each refusal has our shape, both languages, the request's id, and CORS."""
    status, code, request = REFUSED[case]
    response = client.open("/sparql", **request)
    error = json.loads(response.data)["error"]

    assert (response.status_code, error["code"]) == (status, code)
    assert error["message"].keys() == {"de", "en"}
    assert error["request_id"] == response.headers["X-Request-ID"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("size", [bounds.BODY_BYTES + 1, 1_000_001])
def test_a_body_without_length_is_bounded_too(client: FlaskClient, size: int) -> None:
    """And never cut in silence."""
    chunked = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    response = client.post(
        "/sparql", data=b" " * size, content_type="application/sparql-query", environ_overrides=chunked
    )

    assert response.status_code == 413


def test_a_body_that_breaks_off_is_not_read(client: FlaskClient) -> None:
    response = client.post(
        "/sparql",
        data=b"ASK {}",
        content_type="application/sparql-query",
        environ_overrides={"CONTENT_LENGTH": "40"},
    )

    assert (response.status_code, response.json["error"]["code"]) == (400, "incomplete")


def test_a_body_without_length_is_read(client: FlaskClient) -> None:
    chunked = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    response = client.post(
        "/sparql", data=b"ASK {}", content_type="application/sparql-query", environ_overrides=chunked
    )

    assert response.json["boolean"] is True


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/questions"},
        {"path": ASK},
        {"path": "/id/05916000"},
        {"path": "/vocab/staff-unit.ttl"},
        {"path": "/nowhere"},
        {"path": "/static/chefsache.css"},
        {"path": "/dumps/SHA256SUMS"},
        {"path": "/health/live"},
        {"path": "/sparql", "method": "DELETE"},
        {"path": "/", "headers": {"Host": "evil.example"}},
        {"path": "/nowhere", "method": "OPTIONS", "headers": {"Access-Control-Request-Method": "POST"}},
        {"path": "/sparql?query=x"},
    ],
    ids=str,
)
def test_every_answer_has_its_headers(client: FlaskClient, request_: dict[str, Any]) -> None:
    response = client.open(**request_)
    page = response.mimetype == "text/html"

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert {"ETag", "Link", "Retry-After", "X-Request-ID", "Chefsache-Truncated"} <= set(
        response.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"[0-9a-f]{16}", response.headers["X-Request-ID"])
    assert "Strict-Transport-Security" not in response.headers
    if response.status_code != 204:
        assert response.headers["Cross-Origin-Resource-Policy"] == ("same-origin" if page else "cross-origin")


def test_strict_transport_where_the_public_address_is_secure(made: Any) -> None:
    assert made().get("/health/live").headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("peer", "given", "taken"),
    [
        ("10.0.0.1", "abc-123.DEF_4", True),
        ("10.0.0.1", "short", False),
        ("10.0.0.1", "x" * 65, False),
        ("10.0.0.1", "with blank and\tmore", False),
        ("198.51.100.1", "abc-123.DEF_4", False),
    ],
)
def test_request_ids(made: Any, peer: str, given: str, taken: bool) -> None:
    """A trusted proxy may give them; in a page of an error they can be read."""
    response = made().get(
        "/nowhere", headers={"X-Request-ID": given, "Accept": "text/html"}, environ_overrides={"REMOTE_ADDR": peer}
    )

    assert (response.headers["X-Request-ID"] == given) is taken
    assert response.headers["X-Request-ID"] in response.text
