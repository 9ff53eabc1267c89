"""What the W3C's protocol suite asks of a server that answers queries, as a table, asked of the real server.

The suite's thirty-four cases are nineteen of queries, all here, and fifteen of updates: each kind of those is here as
a request that is refused.
"""

# ruff: noqa: E501  (one case a line)

import http.client
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import pytest

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
ONE, TWO, ELSEWHERE = (
    "https://w3id.org/chefsache/graph/data/one",
    "https://w3id.org/chefsache/graph/data/two",
    "http://example.org/elsewhere",
)
HERNE, UNNA, OFFICE = (
    f"<https://w3id.org/chefsache/id/{name}>" for name in ("05916000", "05978", "05916000-office-it")
)
INSERT = "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
#: In one of them each, in both, in neither.
DEFAULT_TWO = f"ASK {{ {UNNA} ?p ?o . {OFFICE} ?q ?r FILTER NOT EXISTS {{ <http://example.org/thing> ?s ?t }} }}"
DEFAULT_ONE = f"ASK {{ {UNNA} ?p ?o FILTER NOT EXISTS {{ {OFFICE} ?q ?r }} }}"
NAMED_TWO = f"ASK {{ GRAPH ?g {{ {UNNA} ?p ?o }} GRAPH ?h {{ {OFFICE} ?q ?r }} FILTER NOT EXISTS {{ GRAPH ?i {{ <http://example.org/thing> ?s ?t }} }} FILTER NOT EXISTS {{ ?x ?y ?z }} }}"
FULL = f"ASK {{ {UNNA} ?p ?o GRAPH ?h {{ {OFFICE} ?q ?r }} FILTER NOT EXISTS {{ {OFFICE} ?s ?t }} FILTER NOT EXISTS {{ GRAPH ?i {{ {UNNA} ?u ?v }} }} }}"
OVERRIDDEN = f"ASK FROM <{TWO}> {{ {UNNA} ?p ?o FILTER NOT EXISTS {{ {OFFICE} ?q ?r }} }}"


def pairs(*values: tuple[str, str]) -> str:
    return urlencode(values)


@dataclass(frozen=True)
class Case:
    """A request, and what must come of it."""

    status: int
    address: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    #: What the answer to ASK must be.
    true: bool = False
    #: What the media type of the answer must be one of.
    types: tuple[str, ...] = ()


TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")


def form(status: int, *values: tuple[str, str], **more: object) -> Case:
    return Case(status, method="POST", headers={"Content-Type": FORM}, body=pairs(*values).encode(), **more)


def direct(status: int, query: str, address: str = "", **more: object) -> Case:
    return Case(status, address, "POST", {"Content-Type": QUERY}, query.encode(), **more)


CASES = {
    "GET": Case(200, pairs(("query", "ASK {}")), true=True),
    "form POST": form(200, ("query", "ASK {}"), true=True),
    "direct POST": direct(200, "ASK {}", true=True),
    "default graphs, GET": Case(200, pairs(("query", DEFAULT_TWO), ("default-graph-uri", ONE), ("default-graph-uri", TWO)), true=True),
    "default graphs, form": form(200, ("query", DEFAULT_TWO), ("default-graph-uri", ONE), ("default-graph-uri", TWO), true=True),
    "default graphs, direct": direct(200, DEFAULT_TWO, pairs(("default-graph-uri", ONE), ("default-graph-uri", TWO)), true=True),
    "named graphs, GET": Case(200, pairs(("query", NAMED_TWO), ("named-graph-uri", ONE), ("named-graph-uri", TWO)), true=True),
    "named graphs, form": form(200, ("query", NAMED_TWO), ("named-graph-uri", ONE), ("named-graph-uri", TWO), true=True),
    "full dataset": form(200, ("query", FULL), ("default-graph-uri", ONE), ("named-graph-uri", TWO), true=True),
    "the request's dataset wins": Case(200, pairs(("query", OVERRIDDEN), ("default-graph-uri", ONE)), true=True),
    "SELECT": Case(200, pairs(("query", "SELECT (1 AS ?n) {}")), types=TABLES),
    "ASK": Case(200, pairs(("query", "ASK {}")), types=TABLES),
    "DESCRIBE": Case(200, pairs(("query", f"DESCRIBE {HERNE}")), types=GRAPHS),
    "CONSTRUCT": Case(200, pairs(("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")), types=GRAPHS),
    "neither GET nor POST": Case(405, pairs(("query", "ASK {}")), "PUT"),
    "two queries": Case(400, pairs(("query", "ASK {}"), ("query", "SELECT * {}"))),
    "another media type": Case(415, method="POST", headers={"Content-Type": "text/plain"}, body=b"ASK {}"),
    "a form that does not say so": Case(415, method="POST", body=b"query=ASK%20%7B%7D"),
    "a query that does not say so": Case(415, method="POST", body=b"ASK {}"),
    "UTF-16 that does not say so": Case(400, method="POST", headers={"Content-Type": QUERY}, body="ASK {}".encode("utf-16")),
    "UTF-16 that says so": Case(415, method="POST", headers={"Content-Type": f"{QUERY}; charset=UTF-16"}, body="ASK {}".encode("utf-16")),
    "no SPARQL": direct(400, "ASK WHERE FOO"),
    "update as a form": form(403, ("update", INSERT)),
    "update as the body": Case(403, method="POST", headers={"Content-Type": UPDATE}, body=INSERT.encode()),
    "update by GET": Case(403, pairs(("update", INSERT))),
    "update as a query": Case(403, pairs(("query", INSERT))),
    "update as a direct query": direct(403, "CLEAR ALL"),
    "update with its dataset": form(403, ("update", INSERT), ("using-graph-uri", ONE), ("using-named-graph-uri", TWO)),
    "two updates": form(403, ("update", INSERT), ("update", INSERT)),
    "query and update": form(403, ("query", "ASK {}"), ("update", INSERT)),
    # Beyond the suite.
    "a query in both places": direct(400, "ASK {}", pairs(("query", "ASK {}"))),
    "a form and a query in its address": Case(400, pairs(("query", "ASK {}")), "POST", {"Content-Type": FORM}, b"query=ASK%20%7B%7D"),
    "a byte order mark": Case(200, method="POST", headers={"Content-Type": QUERY}, body=b"\xef\xbb\xbfASK {}", true=True),
    "charset in quotes": Case(200, method="POST", headers={"Content-Type": f'{QUERY}; charset="UTF-8"'}, body=b"ASK {}", true=True),
    "broken octets in the address": Case(400, "query=ASK%20%7B%7D%20%23%ff"),
    "broken octets in a form": Case(400, method="POST", headers={"Content-Type": FORM}, body=b"query=ASK%7B%7D%23%ff"),
    "unknown parameters": Case(200, pairs(("query", "ASK {}"), ("using-graph-uri", ONE), ("debug", "on"))),
    "an empty query": Case(400, "query="),
    "a plus sign is a blank": Case(200, "query=ASK+%7B+%7D", true=True),
    "percent signs are decoded once": Case(200, pairs(("query", "ASK { FILTER('a%2Fb' != 'a/b') }")), true=True),
    "percent signs in a graph's name": Case(200, pairs(("query", "ASK { FILTER NOT EXISTS { GRAPH <http://example.org/a%2Fb> { ?s ?p ?o } } }")), true=True),
    "DELETE": Case(405, pairs(("query", "ASK {}")), "DELETE"),
    "PATCH": Case(405, pairs(("query", "ASK {}")), "PATCH"),
    "a relative graph": Case(400, pairs(("query", "ASK {}"), ("default-graph-uri", "data/one"))),
    "no such format": Case(406, pairs(("query", "ASK {}"), ("format", "ttl"))),
    "time that is no number": Case(400, pairs(("query", "ASK {}"), ("timeout", "soon"))),
    "no time at all": Case(400, pairs(("query", "ASK {}"), ("timeout", "0"))),
    "endless time": Case(400, pairs(("query", "ASK {}"), ("timeout", "inf"))),
    "rows that are no number": Case(400, pairs(("query", "ASK {}"), ("rows", "-1"))),
}  # fmt: skip


def ask(server: str, case: Case) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request(case.method, f"/sparql?{case.address}", case.body or None, case.headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize("name", CASES)
def test_case(server: str, name: str) -> None:
    case = CASES[name]
    response, body = ask(server, case)
    media_type = response.headers["Content-Type"].partition(";")[0]

    assert response.status == case.status, body
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if case.status != 200:
        error = json.loads(body)["error"]
        assert error["message"].keys() == {"de", "en"}
    if case.status == 405:
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    if case.true:
        assert json.loads(body)["boolean"] is True
    if case.types:
        assert media_type in case.types


def test_syntax_errors_have_a_place(server: str) -> None:
    _, body = ask(server, direct(400, "SELECT *\nWHERE { ?s ?p }"))
    error = json.loads(body)["error"]

    assert (error["code"], error["line"]) == ("syntax", 2)
    assert error["column"] in {15, 16}


def test_a_query_that_is_too_long(server: str) -> None:
    """The longest is a million bytes; a form may take three for one."""
    fits = form(200, ("query", "ASK {} #" + "ü" * 400_000))
    longer = direct(413, "ASK {} #" + "x" * 1_000_000)

    assert ask(server, fits)[0].status == 200
    assert json.loads(ask(server, longer)[1])["error"]["code"] == "query-too-long"


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }", ""]
)
def test_head(server: str, query: str) -> None:
    """HEAD has the headers of GET and no body."""
    address = pairs(("query", query)) if query else ""
    got, body = ask(server, Case(200, address))
    head, nothing = ask(server, Case(200, address, "HEAD"))

    assert nothing == b""
    assert head.status == 200
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(body))
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_options(server: str) -> None:
    response, body = ask(server, Case(204, method="OPTIONS", headers={"Origin": "https://example.org"}))

    assert (response.status, body) == (204, b"")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
