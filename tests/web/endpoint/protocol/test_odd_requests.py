"""Whatever comes in, one of the documented statuses goes out, with CORS, and errors have one shape."""

# ruff: noqa: E501  (one case a line)

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOCUMENT = Path(__file__).parents[4] / "docs/endpoint.md"
STATUSES = {int(number) for number in re.findall(r"^\| (\d{3}) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)}
QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <http://example.org/thing>",
    "SELECT ?x WHERE { ?x",
    "DROP ALL",
    "ASK { SERVICE <http://127.0.0.1:9/> {} }",
    "",
    "\ufeffASK {}",
    "ASK { FILTER('\U0001f600' = '\x00') }",
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
ADDRESSES = ("/sparql", "/sparql/", "/graphs", "/graph/data/one", "/.well-known/void", "/.well-known/sparql-examples")
TYPES = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
    "application/sparql-query; charset=utf-16",
    "application/sparql-query; charset",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
    ";",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PARAMETERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["query", "update", "default-graph-uri", "named-graph-uri", "format", "timeout", "rows", "graph", "default", "lang"]
        ),
        st.one_of(
            st.sampled_from([*QUERIES, "http://example.org/elsewhere", "csv", "html", "ttl", "1", "-1", "1e99", "٣", "9" * 30]),
            WORDS,
        ),
    ),
    max_size=4,
)  # fmt: skip
HEADER = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60)
ACCEPTS = st.one_of(
    st.sampled_from(
        ["", "*/*", "text/html", "text/turtle", "application/json;q=0.3, text/csv", "image/png", '"', ";q="]
    ),
    HEADER,
)
REQUESTS = st.fixed_dictionaries(
    {
        "path": st.sampled_from(ADDRESSES),
        "method": st.sampled_from(METHODS),
        "query_string": st.one_of(PARAMETERS, st.binary(max_size=60).map(lambda octets: octets.decode("latin-1"))),
        "content_type": st.sampled_from(TYPES),
        "data": st.one_of(st.sampled_from([text.encode() for text in QUERIES]), st.binary(max_size=80)),
        "headers": st.fixed_dictionaries(
            {"Accept": ACCEPTS}, optional={"Accept-Language": HEADER, "If-None-Match": HEADER}
        ),
    }
)


def test_statuses_are_documented() -> None:
    assert {200, 204, 304, 400, 403, 404, 405, 406, 413, 415, 421, 503, 504} <= STATUSES


@given(REQUESTS)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_request(client: FlaskClient, request: dict) -> None:
    query = request.pop("query_string")
    address = query if isinstance(query, str) else urlencode(query)
    response = client.open(**request, query_string=address, buffered=True)

    assert response.status_code in STATUSES
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Length" in response.headers or response.status_code in {204, 304}
    if response.status_code >= 400 and request["method"] != "HEAD" and response.content_type == "application/json":
        error = json.loads(response.data)["error"]
        assert error["code"]
        assert error["message"].keys() == {"de", "en"}
    assert b"Traceback" not in response.data


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_programs_get_errors_they_can_read(client: FlaskClient, address: str, method: str) -> None:
    """Without a word about formats an error is JSON."""
    response = client.open(address, method=method, query_string={"query": "no", "format": "exe"})

    assert response.status_code >= 400
    assert json.loads(response.data)["error"]["message"].keys() == {"de", "en"}
