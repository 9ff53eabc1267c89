"""What the endpoint can do, as RDF (SPARQL 1.1 Service Description), so that clients can find out."""

import pyoxigraph as ox

from chefsache.content.names import BASE
from chefsache.web import page_queries
from chefsache.web.site import absolute, site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "formats": _FORMATS,
    "sd": _SD,
    "void": _VOID,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def service_description(format_: ox.RdfFormat) -> bytes:
    """Return the description in an RDF format."""
    return ox.serialize(_triples(), format=format_, prefixes=_PREFIXES) or b""


def _triples() -> list[ox.Triple]:
    service, dataset, default = (
        ox.NamedNode(absolute("/sparql") + part) for part in ("#service", "#dataset", "#default")
    )
    found = [
        ox.Triple(service, _TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(absolute("/sparql"))),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, _TYPE, _sd("Graph")),
        ox.Triple(dataset, ox.NamedNode("http://purl.org/dc/terms/identifier"), ox.Literal(site().snapshot.digest)),
        ox.Triple(dataset, ox.NamedNode("http://purl.org/dc/terms/source"), ox.NamedNode(BASE)),
        ox.Triple(dataset, ox.NamedNode(f"{_VOID}dataDump"), ox.NamedNode(absolute("/dumps/chefsache.nq"))),
    ]
    found += [ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS]
    for number, iri in enumerate(_graph_names()):
        graph = ox.NamedNode(f"{absolute('/sparql')}#graph-{number}")
        found += [
            ox.Triple(dataset, _sd("namedGraph"), graph),
            ox.Triple(graph, _TYPE, _sd("NamedGraph")),
            ox.Triple(graph, _sd("name"), ox.NamedNode(iri)),
        ]
    return found


def _graph_names() -> list[str]:
    return [row["graph"].value for row in page_queries.ask("graphs")]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
