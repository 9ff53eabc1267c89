"""A client may ask for less than the server allows: time and rows; and is told what held."""

import datetime
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.protocol import Answer, Query
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

BODY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
LONG = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x }"
)


class Cutting:
    """A store that remembers what it was asked, and cuts where it may."""

    def __init__(self) -> None:
        self.asked: list[Query] = []

    def query(self, query: Query) -> Answer:
        """Answer with nothing, and say that it is not all if it need not be."""
        self.asked.append(query)
        return Answer("SELECT", query.media_type, len(BODY), BODY, complete=query.rows is None)


@pytest.fixture
def cutting() -> Cutting:
    return Cutting()


@pytest.fixture
def asking(cutting: Cutting) -> FlaskClient:
    return create_app(Snapshot(Path(), "none", datetime.date(2026, 11, 22)), cutting, Settings()).test_client()


@pytest.mark.parametrize(
    "request_",
    [
        {"query_string": {"query": "SELECT * {}", "rows": "5", "timeout": "1.5"}},
        {"method": "POST", "data": {"query": "SELECT * {}", "rows": "5", "timeout": "1.5"}},
        {"method": "POST", "data": {"query": "SELECT * {}"}, "query_string": {"rows": "5", "timeout": "1.5"}},
        {
            "method": "POST",
            "data": "SELECT * {}",
            "content_type": "application/sparql-query",
            "query_string": {"rows": "5", "timeout": "1.5"},
        },
        {"query_string": {"query": "SELECT * {}", "rows": "5", "timeout": "1.5", "format": "html"}},
    ],
    ids=["GET", "form", "form and address", "direct", "page"],
)
def test_limits_reach_the_store_and_the_headers(asking: FlaskClient, cutting: Cutting, request_: dict) -> None:
    response = asking.open("/sparql", **request_)

    assert [(query.rows, query.seconds) for query in cutting.asked] == [(5, 1.5)]
    assert response.headers["Chefsache-Truncated"] == "rows=5"
    assert response.headers["Chefsache-Timeout"] == "1.5"
    assert "Chefsache-Truncated" in response.headers["Access-Control-Expose-Headers"]


def test_without_limits_nothing_is_said(asking: FlaskClient, cutting: Cutting) -> None:
    response = asking.get("/sparql", query_string={"query": "SELECT * {}"})

    assert [(query.rows, query.seconds) for query in cutting.asked] == [(None, None)]
    assert "Chefsache-Truncated" not in response.headers
    assert "Chefsache-Timeout" not in response.headers


def test_more_time_than_the_server_has_is_less(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}", "timeout": "86400"})

    assert (response.status_code, response.headers["Chefsache-Timeout"]) == (200, "5")


def test_less_time_ends_a_query_earlier(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": LONG, "timeout": ".3"})
    error = json.loads(response.data)["error"]

    assert response.status_code == 504
    assert (error["code"], error["limit"]) == ("deadline", 0.3)


def test_a_page_has_the_status_of_its_error(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": LONG, "timeout": ".3", "format": "html"})

    assert response.status_code == 504
    assert response.headers["Content-Type"].startswith("text/html")
