"""What the W3C's graph store suite asks of a server that is only read, and what it writes, refused.

Of its nineteen cases eight get a graph (by its own address, by `?graph=`, the default one; one that is gone), two take
HEAD (of a graph that is there, of one that is not) and nine write (PUT four times, POST thrice, DELETE twice).
"""

import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.web.portals.rdf import FORMATS

ONE = "https://w3id.org/chefsache/graph/data/one"
INDIRECT, DIRECT, DEFAULT = f"/graphs?graph={ONE}", "/graph/data/one", "/graphs?default"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE = "<http://example.org/a> <http://example.org/b> 1 ."


def test_reading_existing_graphs(client: FlaskClient) -> None:
    """Direct and indirect identification lead to the same statements; the default graph is the merge."""
    direct, indirect, default = (
        set(ox.parse(client.get(address, buffered=True).data, format=ox.RdfFormat.TURTLE))
        for address in (DIRECT, INDIRECT, DEFAULT)
    )

    assert direct == indirect
    assert len(direct) == 3
    assert len(default) == 6
    assert direct < default


@pytest.mark.parametrize("address", [DIRECT, INDIRECT, DEFAULT, "/graphs?graph=http%3A%2F%2Fexample.org%2Felsewhere"])
@pytest.mark.parametrize("media_type", FORMATS)
def test_formats(client: FlaskClient, address: str, media_type: str) -> None:
    """Each graph in each format is the same graph, whole, with its length, by GET and HEAD."""
    expected = {quad.triple for quad in ox.parse(client.get(address, buffered=True).data, format=ox.RdfFormat.TURTLE)}
    got = client.get(address, headers={"Accept": media_type}, buffered=True)
    head = client.head(address, headers={"Accept": media_type}, buffered=True)

    assert {quad.triple for quad in ox.parse(got.data, format=FORMATS[media_type])} == expected
    assert got.headers["Content-Type"].partition(";")[0] == media_type
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_a_graph_is_at_its_own_address(client: FlaskClient) -> None:
    """200 with the graph to programs, a page to readers; Content-Location leads to that form."""
    graph, page = client.get(DIRECT), client.get(DIRECT, headers={"Accept": BROWSER})

    assert (graph.status_code, graph.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    assert graph.headers["Content-Location"] == "http://127.0.0.1:8000/graph/data/one.ttl"
    assert client.get("/graph/data/one.ttl").data == graph.data
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["Content-Location"] == "http://127.0.0.1:8000/graph/data/one.html"
    assert "Accept" in page.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/graphs", 400),
        ("/graphs?graph=", 400),
        (f"/graphs?default&graph={ONE}", 400),
        (f"/graphs?graph={ONE}&graph={ONE}", 400),
        ("/graphs?graph=data/one", 400),
        ("/graphs?graph=http://example.org/none", 404),
        ("/graph/data/none", 404),
        ("/graph/data/none.ttl", 404),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_such_graph(client: FlaskClient, address: str, status: int, method: str) -> None:
    response = client.open(address, method=method)

    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if method == "GET":
        assert json.loads(response.data)["error"]["message"].keys() == {"de", "en"}


@pytest.mark.parametrize("address", [DIRECT, INDIRECT, DEFAULT, "/graph/data/new", "/graphs"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_refused(client: FlaskClient, address: str, method: str) -> None:
    response = client.open(address, method=method, data=TURTLE, content_type="text/turtle")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert json.loads(response.data)["error"]["code"] == "update-refused"
    assert client.get(DIRECT).status_code == 200


def test_unacceptable(client: FlaskClient) -> None:
    assert client.get(INDIRECT, headers={"Accept": "image/png"}).status_code == 406
