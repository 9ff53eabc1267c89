"""Service description, VoID and examples are right as RDF, in all formats, and say what is so."""

import json
import warnings
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, RDFS, SH, VOID, Dataset, Graph, Literal, Namespace, URIRef

from chefsache.content.names import BASE, PREFIXES, expand
from chefsache.content.questions import questions
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.local import LocalStore
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
HOME = "http://127.0.0.1:8000"
ADDRESSES = ("/sparql", "/.well-known/void", "/.well-known/sparql-examples", "/.well-known/sparql-examples/who-steers")
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


@pytest.fixture(scope="module")
def cities(two_cities: Snapshot) -> Iterator[FlaskClient]:
    with EmbeddedStore(two_cities.store_path, prefixes=PREFIXES) as store:
        store.wait_ready()
        yield create_app(two_cities, store, Settings()).test_client()


def parsed(data: bytes, form: str) -> Graph:
    merged = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its parsers
        for subject, predicate, value, _ in Dataset().parse(data=data, format=form).quads():
            merged.add((subject, predicate, value))
    return merged


def read(client: FlaskClient, address: str) -> Graph:
    return parsed(client.get(address, headers={"Accept": "application/n-triples"}).data, "nt")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_format_says_the_same(client: FlaskClient, address: str) -> None:
    expected = read(client, address)

    assert len(expected) > 10
    for media_type, form in FORMATS.items():
        response = client.get(address, headers={"Accept": media_type})
        assert response.headers["Content-Type"].partition(";")[0] == media_type
        assert parsed(response.data, form).isomorphic(expected), media_type


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_other_formats_are_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers={"Accept": "text/csv"}).status_code == 406


def test_the_service_is_described(client: FlaskClient) -> None:
    """The three cases of the W3C's service description suite: RDF comes, by the vocabulary, about this endpoint."""
    graph = read(client, "/sparql")
    service = graph.value(predicate=RDF.type, object=SD.Service)
    dataset = graph.value(service, SD.defaultDataset)

    assert graph.value(service, SD.endpoint) == URIRef(f"{HOME}/sparql")
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL10Query, SD.SPARQL11Query}
    assert not set(graph.objects(service, SD.feature))
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert (graph.value(dataset, SD.defaultGraph), RDF.type, SD.Graph) in graph
    assert len(set(graph.objects(service, SD.resultFormat))) == 10


def test_every_named_graph_is_described_with_its_size(cities: FlaskClient) -> None:
    """Those that the store has, and no other; the counts are those of queries."""
    graph = read(cities, "/sparql")
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = json.loads(cities.get("/sparql", query_string={"query": text}).data)["results"]["bindings"]
    dataset = graph.value(predicate=RDF.type, object=SD.Dataset)
    described = {
        str(graph.value(entry, SD.name)): int(graph.value(graph.value(entry, SD.graph), VOID.triples))
        for entry in graph.objects(dataset, SD.namedGraph)
    }

    assert described == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}


def counted(store: LocalStore, pattern: str, what: str = "*") -> int:
    return int(next(iter(store.rows(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}").rows))[0])


def test_the_statistics_are_true(two_cities: Snapshot, cities: FlaskClient) -> None:
    """Each number of the VoID description is what a query counts."""
    graph, store = read(cities, "/.well-known/void"), LocalStore.of(two_cities)
    dataset = URIRef(f"{HOME}/.well-known/void#dataset")
    ours = f'FILTER(isIRI(?s) && STRSTARTS(STR(?s), "{BASE}"))'
    expected = {
        VOID.triples: counted(store, "?s ?p ?o"),
        VOID.entities: counted(store, f"?s ?p ?o {ours}", "DISTINCT ?s"),
        VOID.distinctSubjects: counted(store, "?s ?p ?o", "DISTINCT ?s"),
        VOID.distinctObjects: counted(store, "?s ?p ?o", "DISTINCT ?o"),
        VOID.classes: counted(store, "?s a ?o", "DISTINCT ?o"),
        VOID.properties: counted(store, "?s ?p ?o", "DISTINCT ?p"),
    }

    assert {name: graph.value(dataset, name).toPython() for name in expected} == expected


def rows(store: LocalStore, text: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in store.rows(text).rows}


def test_the_partitions_are_true(two_cities: Snapshot, cities: FlaskClient) -> None:
    graph, store = read(cities, "/.well-known/void"), LocalStore.of(two_cities)
    classes = {
        (str(graph.value(part, VOID["class"])), str(graph.value(part, VOID.entities)))
        for part in graph.objects(None, VOID.classPartition)
    }
    properties = {
        tuple(
            str(graph.value(part, name))
            for name in (VOID.property, VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        )
        for part in graph.objects(None, VOID.propertyPartition)
    }

    assert classes == rows(store, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert properties == rows(
        store,
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) (COUNT(DISTINCT ?o) AS ?k) { ?s ?p ?o } GROUP BY ?p",
    )


def test_the_linksets_are_true(two_cities: Snapshot, cities: FlaskClient) -> None:
    """Every triple that leads into a dataset we name is in one linkset, and its number is right."""
    graph, store = read(cities, "/.well-known/void"), LocalStore.of(two_cities)
    linksets = list(graph.subjects(RDF.type, VOID.Linkset))
    for linkset in linksets:
        space = graph.value(graph.value(linkset, VOID.objectsTarget), VOID.uriSpace)
        link = graph.value(linkset, VOID.linkPredicate)
        pattern = f'?s <{link}> ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{space}"))'
        assert counted(store, pattern) == graph.value(linkset, VOID.triples).toPython(), linkset

    assert linksets
    assert counted(store, '?s ?p ?o FILTER(STRSTARTS(STR(?o), "http://www.wikidata.org/entity/"))') == sum(
        graph.value(linkset, VOID.triples).toPython() for linkset in linksets if "wikidata" in linkset
    )


def test_what_void_names_is_there(cities: FlaskClient) -> None:
    """Dumps, example resources, graphs with their licence: each address answers."""
    graph = read(cities, "/.well-known/void")
    dataset = URIRef(f"{HOME}/.well-known/void#dataset")
    dumps, examples = set(graph.objects(None, VOID.dataDump)), set(graph.objects(dataset, VOID.exampleResource))
    licences = {graph.value(part, DCTERMS.license) for part in graph.objects(dataset, VOID.subset)}

    assert {str(dump).rpartition(".")[2] for dump in dumps} == {"ttl", "nt", "jsonld", "rdf", "trig", "nq"}
    assert all(cities.head(str(dump).removeprefix(HOME), follow_redirects=True).status_code == 200 for dump in dumps)
    assert examples
    assert all(
        cities.get("/" + str(iri).removeprefix(BASE), headers={"Accept": "text/turtle"}).status_code == 303
        for iri in examples
    )
    assert URIRef("https://www.w3.org/copyright/document-license/") in licences
    assert URIRef(expand("org:")) in set(graph.objects(dataset, VOID.vocabulary))
    assert graph.value(dataset, VOID.uriSpace) == Literal(BASE)


def test_every_question_is_an_example_that_runs(cities: FlaskClient) -> None:
    """As it stands, against its target, with the columns that the question promises."""
    graph = read(cities, "/.well-known/sparql-examples")
    known = questions()
    found = {str(iri).rpartition("/")[2]: iri for iri in graph.subjects(RDF.type, SH.SPARQLExecutable)}
    assert found.keys() == known.keys()

    for name, iri in found.items():
        assert (iri, RDF.type, SH.SPARQLSelectExecutable) in graph
        assert {label.language for label in graph.objects(iri, RDFS.label)} == {"de", "en"}
        assert {comment.language for comment in graph.objects(iri, RDFS.comment)} == {"de", "en"}
        target = str(graph.value(iri, URIRef(expand("schema:target"))))
        response = cities.get(target, query_string={"query": str(graph.value(iri, SH.select))})
        assert response.status_code == 200, name
        assert tuple(response.json["head"]["vars"]) == known[name].columns


def test_examples_declare_their_prefixes(client: FlaskClient) -> None:
    graph = read(client, "/.well-known/sparql-examples/who-steers")
    example = graph.value(predicate=RDF.type, object=SH.SPARQLExecutable)
    declared = graph.objects(graph.value(example, SH.prefixes), SH.declare)

    assert {str(graph.value(entry, SH.prefix)): str(graph.value(entry, SH.namespace)) for entry in declared} == PREFIXES
    assert client.get("/.well-known/sparql-examples/none").status_code == 404


def test_the_service_leads_to_the_rest(client: FlaskClient) -> None:
    graph = read(client, "/sparql")
    leads = {str(iri).removeprefix(HOME) for iri in graph.objects(None, RDFS.seeAlso)}

    assert leads == {"/.well-known/void", "/.well-known/sparql-examples"}
    assert all(client.get(address).status_code == 200 for address in leads)
