"""The SPARQL 1.1 Protocol, as clients use it."""

# ruff: noqa: E501  (one case a line)

import json

import pytest
from flask.testing import FlaskClient

SELECT = "SELECT ?s { ?s a <http://xmlns.com/foaf/0.1/Person> } ORDER BY ?s LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 2"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json, text/turtle;q=0.9, */*;q=0.1", "application/sparql-results+json"),
        (SELECT, "text/*", "text/csv; charset=utf-8; header=present"),
        (SELECT, BROWSER, "text/html; charset=utf-8"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (
            CONSTRUCT,
            "application/sparql-results+json, application/n-triples;q=0.1",
            "application/n-triples",
        ),
    ],
)
def test_negotiation(client: FlaskClient, query: str, accept: str, expected: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept} if accept else {})

    assert (response.status_code, response.headers["Content-Type"]) == (200, expected)
    assert response.headers["Content-Length"] == str(len(response.data))
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (SELECT, "csv", "text/csv; charset=utf-8; header=present"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "nt", "application/n-triples"),
        (CONSTRUCT, "json", "application/ld+json"),
    ],
)
def test_format_by_name(client: FlaskClient, query: str, name: str, expected: str) -> None:
    """A name wins over the Accept header."""
    response = client.get("/sparql", query_string={"query": query, "format": name}, headers={"Accept": "image/png"})

    assert (response.status_code, response.headers["Content-Type"]) == (200, expected)


def test_three_ways_to_ask(client: FlaskClient) -> None:
    """GET, a form and the query as the body answer alike; percent signs are decoded once."""
    query = 'SELECT ("a%2Fb" AS ?text) {}'
    answers = [
        client.get("/sparql", query_string={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", data=query, content_type="application/sparql-query; charset=UTF-8"),
        client.post("/sparql/", data=query.encode(), content_type="application/sparql-query"),
    ]

    assert {response.data for response in answers} == {answers[0].data}
    assert json.loads(answers[0].data)["results"]["bindings"][0]["text"]["value"] == "a%2Fb"


def test_head_is_get_without_a_body(client: FlaskClient) -> None:
    got = client.get("/sparql", query_string={"query": SELECT})
    head = client.head("/sparql", query_string={"query": SELECT})

    assert head.data == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_dataset_of_the_request(client: FlaskClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    everything, ontology = (
        json.loads(client.get("/sparql", query_string={"query": query, **graph}).data)["results"]["bindings"][0]["n"][
            "value"
        ]
        for graph in ({}, {"default-graph-uri": "https://w3id.org/chefsache/graph/ontology/chefsache"})
    )

    assert 100 < int(ontology) < int(everything)


#: Long, but not large: all combinations of four concepts.
LONG = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT (COUNT(*) AS ?n) { ?a a skos:Concept . ?b a skos:Concept . ?c a skos:Concept . ?d a skos:Concept }
"""
SEND = {
    "no query": (400, "no-query", {"method": "POST", "data": {"other": "x"}}),
    "two queries": (400, "several-queries", {"query_string": "query=ASK%7B%7D&query=ASK%7B%7D"}),
    "no SPARQL": (400, "syntax", {"query_string": {"query": "SELECT ?x WHERE { ?x"}}),
    "relative graph": (400, "graph-iri", {"query_string": {"query": "ASK {}", "default-graph-uri": "graph"}}),
    "not UTF-8": (400, "encoding", {"method": "POST", "data": b"ASK { } # \xff", "content_type": "application/sparql-query"}),
    "update": (403, "update-refused", {"query_string": {"query": "DROP ALL"}}),
    "update field": (403, "update-refused", {"method": "POST", "data": {"update": "DROP ALL"}}),
    "update body": (403, "update-refused", {"method": "POST", "data": "x", "content_type": "application/sparql-update"}),
    "service": (403, "service-refused", {"query_string": {"query": "ASK { SERVICE <http://example.org/> {} }"}}),
    "method": (405, "method-not-allowed", {"method": "DELETE"}),
    "put": (405, "method-not-allowed", {"method": "PUT", "data": "x"}),
    "format": (406, "not-acceptable", {"query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}),
    "format name": (406, "not-acceptable", {"query_string": {"query": "ASK {}", "format": "ttl"}}),
    "too long": (413, "query-too-long", {"method": "POST", "data": "#" * 1_000_001, "content_type": "application/sparql-query"}),
    "media type": (415, "media-type", {"method": "POST", "data": "ASK {}", "content_type": "text/plain"}),
    "no media type": (415, "media-type", {"method": "POST", "data": "ASK {}"}),
    "charset": (415, "charset", {"method": "POST", "data": "ASK {}", "content_type": "application/sparql-query; charset=utf-16"}),
    "deadline": (504, "deadline", {"query_string": {"query": LONG}}),
    "result": (503, "result-size", {"query_string": {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}}),
}  # fmt: skip


@pytest.mark.parametrize("case", SEND)
def test_errors_have_one_shape(client: FlaskClient, case: str) -> None:
    """Status, stable code, German and English; never a body that could be taken for an answer."""
    status, code, request = SEND[case]
    response = client.open("/sparql", **request)
    error = json.loads(response.data)["error"]

    assert (response.status_code, error["code"]) == (status, code)
    assert error["message"]["de"]
    assert error["message"]["en"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_limits_are_named(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SEND["deadline"][2]["query_string"]["query"]})
    error = json.loads(response.data)["error"]

    assert (error["limit"], error["unit"], error["setting"]) == (3.0, "seconds", "CHEFSACHE_QUERY_SECONDS")


def test_preflight(client: FlaskClient) -> None:
    response = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    ("accept", "start"), [("text/turtle", b"@prefix"), ("application/rdf+xml", b"<?xml"), ("", b"@prefix")]
)
def test_service_description(client: FlaskClient, accept: str, start: bytes) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})

    assert response.status_code == 200
    assert response.data.startswith(start)
    assert b"sparql-service-description#" in response.data


def test_page_for_browsers_works_without_script(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})

    assert b"<script>" not in response.data
    assert b'<form class="query" method="get" action="/sparql">' in response.data
    assert b"PREFIX chef:" in response.data


def test_page_shows_what_is_wrong_with_a_query(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT <b>", "format": "html", "lang": "en"})

    assert response.status_code == 400
    assert b"cannot be read" in response.data
    assert b"SELECT &lt;b&gt;" in response.data


def test_unchanged_answers_are_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": SELECT})
    again = client.get("/sparql", query_string={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(
        "/sparql",
        query_string={"query": SELECT},
        headers={"If-None-Match": first.headers["ETag"], "Accept": "text/csv"},
    )

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200
    assert other.headers["ETag"] != first.headers["ETag"]


def test_fleeting_answers_have_no_validator(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"})

    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
