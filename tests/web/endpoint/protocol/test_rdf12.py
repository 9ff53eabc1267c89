"""What Oxigraph knows of SPARQL 1.2 and RDF 1.2 comes through: triple terms, directions, VERSION."""

# ruff: noqa: E501  (a query a line)

import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.web.portals.rdf import FORMATS

PREFIX = "PREFIX ex: <http://example.org/> "
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TERM = ox.Triple(*(ox.NamedNode(f"http://example.org/{name}") for name in ("herne", "mayor", "dudda")))
MOTTO = ox.Literal("مرحبا", language="ar", direction=ox.BaseDirection.RTL)
QUERIES = {
    "pattern": "SELECT ?who { GRAPH ?g { ?claim ex:says <<( ex:herne ex:mayor ?who )>> } }",
    "VERSION": 'VERSION "1.2" PREFIX ex: <http://example.org/> SELECT ?who { GRAPH ?g { ?c ex:says <<( ?x ?y ?who )>> } }',
    "functions": "SELECT (OBJECT(?t) AS ?who) { GRAPH ?g { ?c ex:says ?t FILTER(isTRIPLE(?t)) } }",
    "values": "SELECT (OBJECT(?t) AS ?who) { VALUES ?t { <<( ex:herne ex:mayor ex:dudda )>> } GRAPH ?g { ?c ex:says ?t } }",
    "lateral": "SELECT ?who { GRAPH ?g { ?c ex:says ?t } LATERAL { BIND(OBJECT(?t) AS ?who) } }",
}


def test_every_way_to_ask(client: FlaskClient) -> None:
    for name, query in QUERIES.items():
        text = query if "PREFIX" in query else PREFIX + query
        response = client.get("/sparql", query_string={"query": text})
        assert response.status_code == 200, (name, response.data)
        values = [row["who"]["value"] for row in json.loads(response.data)["results"]["bindings"]]
        assert values == ["http://example.org/dudda"], name


@pytest.mark.parametrize("media_type", TABLES)
def test_tables_keep_triple_terms_and_directions(client: FlaskClient, media_type: str) -> None:
    text = PREFIX + "SELECT ?t ?m { GRAPH ?g { ex:claim ex:says ?t . ex:herne ex:motto ?m } }"
    response = client.get("/sparql", query_string={"query": text}, headers={"Accept": media_type})
    rows = list(ox.parse_query_results(response.data, format=TABLES[media_type]))

    assert [(row["t"], row["m"]) for row in rows] == [(TERM, MOTTO)]


@pytest.mark.parametrize("media_type", [name for name in FORMATS if name != "application/ld+json"])
def test_graphs_keep_triple_terms_and_directions(client: FlaskClient, media_type: str) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { GRAPH <http://example.org/rdf12> { ?s ?p ?o } }"
    response = client.get("/sparql", query_string={"query": text}, headers={"Accept": media_type})

    assert {quad.object for quad in ox.parse(response.data, format=FORMATS[media_type])} == {TERM, MOTTO}


def test_what_json_ld_cannot_say_is_an_error(client: FlaskClient) -> None:
    """Not a graph with less in it."""
    text = "CONSTRUCT { ?s ?p ?o } { GRAPH <http://example.org/rdf12> { ?s ?p ?o } }"
    response = client.get("/sparql", query_string={"query": text, "format": "jsonld"})

    assert response.status_code == 400
    assert "JSON-LD" in json.loads(response.data)["error"]["message"]["en"]
