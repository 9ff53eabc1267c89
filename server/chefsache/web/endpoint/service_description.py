"""What the endpoint can do and what it answers from (SPARQL 1.1 Service Description), so that clients can find out.

It names no `sd:feature`, because none holds: FROM dereferences nothing, SERVICE is refused, an empty graph does not
exist, a query needs no dataset of its own, and the default graph is the merge, written out, and no union that the
engine forms (which would count a triple once for each graph that states it).
"""

from chefsache.content.names import expand
from chefsache.web.endpoint.void import dataset_iri
from chefsache.web.portals.dcat import ENDPOINT
from chefsache.web.portals.rdf import GRAPH_FORMATS, Description, both, count, term, text
from chefsache.web.site import absolute, site

_RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")


def service_description() -> Description:
    """Return the description of the endpoint."""
    endpoint = absolute("/sparql")
    service, dataset = (f"{endpoint}#{part}" for part in ("service", "dataset"))
    found = Description().types(service, "sd:Service")
    found.say(service, "rdfs:label", *both(ENDPOINT))
    found.say(service, "sd:endpoint", endpoint)
    found.say(service, "sd:supportedLanguage", term("sd:SPARQL10Query"), term("sd:SPARQL11Query"))
    found.say(service, "sd:resultFormat", *(term(f"formats:{name}") for name in (*_RESULT_FORMATS, *GRAPH_FORMATS)))
    found.say(service, "sd:defaultEntailmentRegime", term("entailment:Simple"))
    found.say(service, "sd:defaultDataset", dataset)
    found.say(service, "rdfs:seeAlso", *map(absolute, ("/.well-known/void", "/.well-known/sparql-examples")))
    found.types(dataset, "sd:Dataset")
    found.say(dataset, "dcterms:identifier", text(site().snapshot.digest))
    found.say(dataset, "sd:defaultGraph", dataset_iri())
    found.types(dataset_iri(), "sd:Graph")
    found.say(dataset_iri(), "void:triples", count(site().snapshot.statistics["triples"]["complete"]))
    _say_graphs(found, dataset)
    return found


def _say_graphs(found: Description, dataset: str) -> None:
    """Describe the named graphs; each is at its own address, so its name is also its description's."""
    for number, (name, triples) in enumerate(site().snapshot.statistics["graphs"].items(), 1):
        entry, graph = f"{absolute('/sparql')}#graph-{number}", expand(name)
        found.say(dataset, "sd:namedGraph", entry)
        found.types(entry, "sd:NamedGraph").say(entry, "sd:name", graph).say(entry, "sd:graph", graph)
        found.types(graph, "sd:Graph").say(graph, "void:triples", count(triples))
