"""What the W3C's protocol suite asks of a server that answers queries, as a table, asked of the real server.

The suite has thirty-four cases: thirteen queries that are answered, seven that are not, and fourteen updates, which are
refused here. `SUITE` says for each, by the suite's own name, which cases stand for it; the graphs are ours.
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
WITH = f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"


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
    "the request's named graphs win": direct(200, f"ASK FROM <{ELSEWHERE}> {{ GRAPH ?g {{ {UNNA} ?p ?o }} GRAPH ?h {{ {OFFICE} ?q ?r }} }}", pairs(("named-graph-uri", ONE), ("named-graph-uri", TWO)), true=True),
    "full dataset, direct": direct(200, FULL, pairs(("default-graph-uri", ONE), ("named-graph-uri", TWO)), true=True),
    "named graphs, direct": direct(200, NAMED_TWO, pairs(("named-graph-uri", ONE), ("named-graph-uri", TWO)), true=True),
    "a form, its dataset in the address": form(200, ("query", DEFAULT_ONE), address=pairs(("default-graph-uri", ONE)), true=True),
    "SELECT": Case(200, pairs(("query", "SELECT (1 AS ?n) {}")), types=TABLES),
    "ASK": Case(200, pairs(("query", "ASK {}")), types=TABLES),
    "DESCRIBE": Case(200, pairs(("query", f"DESCRIBE {HERNE}")), types=GRAPHS),
    "CONSTRUCT": Case(200, pairs(("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")), types=GRAPHS),
    "SELECT, direct": direct(200, "SELECT (1 AS ?value) {}", pairs(("default-graph-uri", ONE)), types=TABLES),
    "ASK, direct": direct(200, "ASK {}", pairs(("default-graph-uri", ONE)), true=True, types=TABLES),
    "DESCRIBE of what is unknown": direct(200, "DESCRIBE <http://example.org/>", pairs(("default-graph-uri", ONE)), types=GRAPHS),
    "CONSTRUCT with relative IRIs": direct(200, "CONSTRUCT { <s> <p> 1 } WHERE {}", pairs(("default-graph-uri", ONE)), types=GRAPHS),
    "the service's base": direct(200, f"ASK {{ <05978> ?p ?o FILTER(<05978> = {UNNA}) }}", true=True),
    "the query's base": direct(200, "BASE <http://example.org/> ASK { GRAPH <elsewhere> { <thing> ?p ?o } }", true=True),
    "neither GET nor POST": Case(405, pairs(("query", "ASK {}")), "PUT"),
    "two queries": Case(400, pairs(("query", "ASK {}"), ("query", "SELECT * {}"))),
    "another media type": Case(415, method="POST", headers={"Content-Type": "text/plain"}, body=b"ASK {}"),
    "a form that does not say so": Case(415, method="POST", body=b"query=ASK%20%7B%7D"),
    "a query that does not say so": Case(415, method="POST", body=b"ASK {}"),
    "UTF-16 that does not say so": Case(400, method="POST", headers={"Content-Type": QUERY}, body="ASK {}".encode("utf-16")),
    "UTF-16 that says so": Case(415, method="POST", headers={"Content-Type": f"{QUERY}; charset=UTF-16"}, body="ASK {}".encode("utf-16")),
    "no SPARQL": direct(400, "ASK WHERE FOO"),
    "no SPARQL, GET": Case(400, pairs(("query", "ASK {"))),
    "update as a form": form(403, ("update", INSERT)),
    "update as the body": Case(403, method="POST", headers={"Content-Type": UPDATE}, body=INSERT.encode()),
    "update by GET": Case(403, pairs(("update", INSERT))),
    "update as a query": Case(403, pairs(("query", INSERT))),
    "update as a direct query": direct(403, "CLEAR ALL"),
    "update with its dataset": form(403, ("update", INSERT), ("using-graph-uri", ONE), ("using-named-graph-uri", TWO)),
    "two updates": form(403, ("update", INSERT), ("update", INSERT)),
    "query and update": form(403, ("query", "ASK {}"), ("update", INSERT)),
    "update with its default graph": Case(403, pairs(("using-graph-uri", ONE)), "POST", {"Content-Type": UPDATE}, INSERT.encode()),
    "update with its default graphs": Case(403, pairs(("using-graph-uri", ONE), ("using-graph-uri", TWO)), "POST", {"Content-Type": UPDATE}, INSERT.encode()),
    "update with its named graphs": Case(403, pairs(("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO)), "POST", {"Content-Type": UPDATE}, INSERT.encode()),
    "update with relative IRIs": Case(403, method="POST", headers={"Content-Type": UPDATE}, body=b"INSERT DATA { <s> <p> <test> }"),
    "update of another media type": Case(415, method="POST", headers={"Content-Type": "text/plain"}, body=b"CLEAR NAMED"),
    "update as a form that does not say so": Case(415, method="POST", body=b"update=CLEAR%20NAMED"),
    "update in UTF-16": Case(403, method="POST", headers={"Content-Type": f"{UPDATE}; charset=UTF-16"}, body="CLEAR NAMED".encode("utf-16")),
    "update that is none": form(403, ("update", "CLEAR XYZ")),
    "update with two datasets": form(403, ("update", WITH), ("using-graph-uri", TWO)),
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


#: The suite's cases by their names, and those here that stand for each.
SUITE = {
    "query_post_form": ("form POST", "a form, its dataset in the address"),
    "query_dataset_default_graphs_get": ("default graphs, GET",),
    "query_dataset_default_graphs_post": ("default graphs, direct", "default graphs, form"),
    "query_dataset_named_graphs_post": ("named graphs, direct", "named graphs, form"),
    "query_dataset_named_graphs_get": ("named graphs, GET",),
    "query_dataset_full": ("full dataset, direct", "full dataset"),
    "query_multiple_dataset": ("the request's named graphs win", "the request's dataset wins"),
    "query_get": ("GET",),
    "query_content_type_select": ("SELECT, direct", "SELECT"),
    "query_content_type_ask": ("ASK, direct", "ASK"),
    "query_content_type_describe": ("DESCRIBE of what is unknown", "DESCRIBE"),
    "query_content_type_construct": ("CONSTRUCT with relative IRIs", "CONSTRUCT"),
    "update_dataset_default_graph": ("update with its default graph",),
    "update_dataset_default_graphs": ("update with its default graphs",),
    "update_dataset_named_graphs": ("update with its named graphs",),
    "update_dataset_full": ("update with its dataset",),
    "update_post_form": ("update as a form",),
    "update_post_direct": ("update as the body",),
    "update_base_uri": ("update with relative IRIs", "the service's base"),
    "query_post_direct": ("direct POST",),
    "bad_query_method": ("neither GET nor POST",),
    "bad_multiple_queries": ("two queries",),
    "bad_query_wrong_media_type": ("another media type",),
    "bad_query_missing_form_type": ("a form that does not say so",),
    "bad_query_missing_direct_type": ("a query that does not say so",),
    "bad_query_non_utf8": ("UTF-16 that says so", "UTF-16 that does not say so"),
    "bad_query_syntax": ("no SPARQL, GET", "no SPARQL"),
    "bad_update_get": ("update by GET",),
    "bad_multiple_updates": ("two updates",),
    "bad_update_wrong_media_type": ("update of another media type",),
    "bad_update_missing_form_type": ("update as a form that does not say so",),
    "bad_update_non_utf8": ("update in UTF-16",),
    "bad_update_syntax": ("update that is none",),
    "bad_update_dataset_conflict": ("update with two datasets",),
}


def ask(server: str, case: Case) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request(case.method, f"/sparql?{case.address}", case.body or None, case.headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_the_whole_suite_is_here() -> None:
    """Each case of the suite is stood for, each by the outcome that it wants: answered, or refused with 4xx."""
    assert len(SUITE) == 34
    for name, stands in SUITE.items():
        refused = name.startswith(("bad_", "update_"))
        assert all((400 <= CASES[case].status < 500) is refused for case in stands if case != "the service's base")


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
