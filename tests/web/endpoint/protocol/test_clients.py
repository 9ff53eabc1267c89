"""Clients that nobody here wrote, without special settings, against the real server."""

import subprocess
import warnings
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

HERNE = "https://w3id.org/chefsache/id/05916000"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
SELECT = f"SELECT ?label {{ <{HERNE}> <{LABEL}> ?label }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{HERNE}> <{LABEL}> ?label }}"


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_tables(server: str, form: str, method: str) -> None:
    """It asks by Accept and by three parameters at once."""
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    answer = wrapper.queryAndConvert()

    text = answer if isinstance(answer, bytes) else str(answer if form == JSON else answer.toxml()).encode()
    assert b"Herne" in text


@pytest.mark.parametrize("form", [None, XML, RDFXML, TURTLE, N3, JSONLD])
def test_sparqlwrapper_graphs(server: str, form: str | None) -> None:
    """Also where it asks for nothing, which it spells as XML."""
    wrapper = SPARQLWrapper(f"{server}/sparql", **({"returnFormat": form} if form else {}))
    wrapper.setQuery(CONSTRUCT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its JSON-LD parser
        answer = wrapper.queryAndConvert()
    graph = Graph().parse(data=answer, format="turtle") if isinstance(answer, bytes) else answer

    assert str(graph.value(URIRef(HERNE), URIRef(LABEL))) == "Herne"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv"])
def test_rdflib_store(server: str, method: str, form: str) -> None:
    store = SPARQLStore(f"{server}/sparql", method=method, returnFormat=form)
    graph = Graph(store)

    assert [str(row.label) for row in graph.query(SELECT)] == ["Herne"]


def test_rdflib_store_as_a_graph(server: str) -> None:
    """Patterns, yes/no, graphs, and one named graph alone."""
    store = SPARQLStore(f"{server}/sparql")
    merged = Graph(store)
    one = Graph(store, identifier=URIRef("https://w3id.org/chefsache/graph/data/one"))

    assert str(merged.value(URIRef(HERNE), URIRef(LABEL))) == "Herne"
    assert bool(merged.query("ASK {}"))
    assert len(merged.query(CONSTRUCT).graph) == 1
    assert {str(label) for label in one.objects(None, URIRef(LABEL))} == {"Herne", "Kreis Unna"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--data-urlencode", f"query={SELECT}"], '"Herne"'),
        (["--get", "--data-urlencode", f"query={SELECT}", "--data", "format=csv"], "Herne"),
        (["-H", "Content-Type: application/sparql-query", "--data-binary", SELECT], '"Herne"'),
        (["-H", "Accept: text/turtle", "--data-urlencode", f"query={CONSTRUCT}"], '"Herne"@de'),
        (["-H", "Transfer-Encoding: chunked", "-H", "Content-Type: application/sparql-query", "-d", SELECT], '"Herne"'),
        (["-H", "Expect: 100-continue", "--data-urlencode", f"query={SELECT}"], '"Herne"'),
        (["--head", "--get", "--data-urlencode", f"query={SELECT}"], "200"),
        ([], "sd:endpoint"),
    ],
)
def test_curl(server: str, curl: str, arguments: list[str], expected: str) -> None:
    command = [curl, "--silent", "--show-error", "--fail", "--max-time", "20", *arguments, f"{server}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert done.returncode == 0, done.stderr
    assert expected in done.stdout


def test_curl_fetches_a_query_from_a_file(server: str, curl: str, tmp_path: Path) -> None:
    """With a byte order mark, as some editors write it."""
    file = tmp_path / "query.rq"
    file.write_text(SELECT, encoding="utf-8-sig")
    kind = "Content-Type: application/sparql-query"
    command = [curl, "--silent", "--fail", "-H", kind, "--data-binary", f"@{file}", f"{server}/sparql?format=tsv"]

    assert '"Herne"@de' in subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
