"""Every thing has an address that answers as a page or as RDF; the Host header never builds a link."""

import warnings

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

HERNE = "https://w3id.org/chefsache/id/05916000"
OFFICE = "/id/05916000-office-fachbereich-16"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("address", "accept", "location"),
    [
        ("/id/05916000", BROWSER, "/id/05916000.html"),
        ("/id/05916000", "", "/id/05916000.html"),
        ("/id/05916000", "text/turtle", "/id/05916000.ttl"),
        ("/id/05916000", "application/rdf+xml;q=0.5, application/ld+json", "/id/05916000.jsonld"),
        ("/id/05916000?format=nt", BROWSER, "/id/05916000.nt"),
        ("/id/05916000?lang=en", BROWSER, "/id/05916000.html?lang=en"),
        ("/vocab/staff-unit", "application/rdf+xml", "/vocab/staff-unit.rdf"),
        ("/vocab/staff-unit", "application/trig", "/vocab/staff-unit.trig"),
    ],
)
def test_things_lead_to_documents(client: FlaskClient, address: str, accept: str, location: str) -> None:
    response = client.get(address, headers={"Accept": accept} if accept else {})

    assert (response.status_code, response.headers["Location"]) == (303, location)
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("suffix", "form", "media_type"),
    [
        ("ttl", "turtle", "text/turtle; charset=utf-8"),
        ("nt", "nt", "application/n-triples"),
        ("jsonld", "json-ld", "application/ld+json"),
        ("rdf", "xml", "application/rdf+xml"),
        ("trig", "trig", "application/trig"),
        ("nq", "nquads", "application/n-quads"),
    ],
)
def test_documents_describe_the_thing_and_its_claims(
    client: FlaskClient, suffix: str, form: str, media_type: str
) -> None:
    """The same graph in each format: the thing, the claims about it, their sources, labels of what is mentioned."""
    response = client.get(f"{OFFICE}.{suffix}")
    graph = _parsed(response.data, form)
    chef = "https://w3id.org/chefsache/ontology#"
    office = URIRef(f"https://w3id.org/chefsache{OFFICE}")
    claims = set(graph.subjects(URIRef(f"{chef}about"), office))
    source = URIRef("http://purl.org/dc/terms/source")

    assert response.headers["Content-Type"] == media_type
    assert claims
    assert all(graph.value(claim, source) for claim in claims)
    assert all((graph.value(claim, source), None, None) in graph for claim in claims)


def _parsed(data: bytes, form: str) -> Graph:
    graph = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its JSON-LD parser
        return graph.parse(data=data, format=form)


@pytest.mark.parametrize(
    "address",
    [
        "/ontology",
        "/shapes",
        "/ontology.ttl",
        "/shapes.rdf",
        "/graph/ontology/chefsache",
        "/graph/ontology/chefsache.nt",
    ],
)
def test_documents_of_the_base(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "text/turtle"})

    assert response.status_code == 200
    assert b"w3id.org/chefsache" in response.data
    assert not response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "address",
    [
        "/id/nothing",
        "/id/nothing.ttl",
        "/id/nothing.html",
        "/vocab/nothing",
        "/graph/none",
        "/id/%3E%20x",
        "/ontology.exe",
        "/x",
        "/id/",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/json"])
def test_unknown_addresses(client: FlaskClient, address: str, accept: str) -> None:
    response = client.get(address, headers={"Accept": accept})

    assert response.status_code == 404


def test_unacceptable(client: FlaskClient) -> None:
    assert client.get("/id/05916000", headers={"Accept": "image/png"}).status_code == 406


def test_validators_differ_by_format_and_language(client: FlaskClient) -> None:
    german, english, turtle = (
        client.get(address).headers["ETag"]
        for address in (f"{OFFICE}.html?lang=de", f"{OFFICE}.html?lang=en", f"{OFFICE}.ttl")
    )
    again = client.get(f"{OFFICE}.html?lang=de", headers={"If-None-Match": german})

    assert len({german, english, turtle}) == 3
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/", OFFICE + ".html", OFFICE + ".ttl", "/sparql", "/dumps/", "/health/ready"])
def test_head(client: FlaskClient, address: str) -> None:
    got, head = client.get(address, buffered=True), client.head(address, buffered=True)

    assert (head.status_code, head.data) == (got.status_code, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["Content-Length"] == str(len(got.data))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST:1", 200),
        ("example.org", 421),
        ("127.0.0.1.example.org", 421),
        ("", 421),
    ],
)
def test_hosts(client: FlaskClient, host: str, status: int) -> None:
    assert client.get("/health/live", headers={"Host": host}).status_code == status


def test_links_do_not_come_from_the_host_header(client: FlaskClient) -> None:
    response = client.get("/", headers={"Host": "localhost:1234", "X-Forwarded-Host": "evil.example"})

    assert b"localhost:1234" not in response.data
    assert b"evil.example" not in response.data
    assert b'rel="canonical" href="http://127.0.0.1:8000/"' in response.data


def test_health(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "live"}
    assert client.get("/health/ready").json["status"] == "ready"
