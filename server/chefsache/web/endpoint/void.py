"""`/.well-known/void`: what the graph holds and how to get it (https://www.w3.org/TR/void/, 7.2).

Every number was counted when the snapshot was built; `entities` are the things of our own base.
"""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response

from chefsache.content.names import BASE, PREFIXES, compact, expand
from chefsache.pipeline.datasets import DATASETS, LINKS, WHOLE
from chefsache.pipeline.links import LINKED
from chefsache.web.pages import page_queries
from chefsache.web.portals import rdf
from chefsache.web.portals.files import CC_BY, MEDIA_TYPES, unpacked
from chefsache.web.portals.rdf import GRAPH_FORMATS, Description, both, count, term, text, typed
from chefsache.web.site import absolute, site

bp = Blueprint("void", __name__)

_WHOLE = DATASETS[0]
_LINKS = next(dataset for dataset in DATASETS if dataset.linked)
_ASSERTED = {"de": "chefsache: nur was die Dateien aussagen", "en": "chefsache: only what the files state"}
#: The datasets that ours links to: title, and the page about each.
_TARGETS = {
    "dcat-ap-de": ("DCAT-AP.de politicalGeocoding", "https://www.dcat-ap.de/def/"),
    "nuts": ("NUTS", "https://data.europa.eu/data/datasets/nuts"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/"),
}


@bp.get("/.well-known/void")
def void() -> Response:
    """Describe the graph."""
    return rdf.answer(_description())


def dataset_iri() -> str:
    """Return the name of the whole graph as this server offers it."""
    return absolute("/.well-known/void") + "#dataset"


def _description() -> Description:
    statistics = site().snapshot.statistics
    document, dataset = absolute("/.well-known/void"), dataset_iri()
    found = Description().types(document, "void:DatasetDescription")
    found.say(document, "dcterms:title", text("VoID", "en")).say(document, "foaf:primaryTopic", dataset)
    found.types(dataset, "void:Dataset")
    found.say(dataset, "dcterms:title", *both(_WHOLE.title)).say(
        dataset, "dcterms:description", *both(_WHOLE.description)
    )
    found.say(dataset, "dcterms:identifier", text(site().snapshot.digest))
    found.say(dataset, "dcterms:modified", typed(site().as_of, "xsd:date"))
    found.say(dataset, "dcterms:license", CC_BY)
    found.say(dataset, "foaf:homepage", absolute("/"))
    found.say(dataset, "void:sparqlEndpoint", absolute("/sparql"))
    found.say(dataset, "void:uriSpace", text(BASE))
    found.say(dataset, "void:feature", *(term(f"formats:{name}") for name in GRAPH_FORMATS))
    found.say(dataset, "void:vocabulary", *_vocabularies(statistics))
    found.say(dataset, "void:exampleResource", *_examples(statistics))
    _say_counts(found, statistics)
    _say_partitions(found, statistics)
    _say_dumps(found, dataset, WHOLE, "complete")
    _say_subsets(found, statistics)
    _say_linksets(found, statistics)
    return found


def _say_counts(found: Description, statistics: dict[str, Any]) -> None:
    numbers = {
        "triples": statistics["triples"]["complete"],
        "entities": statistics["entities"],
        "classes": len(statistics["classes"]),
        "properties": len(statistics["properties"]),
        "distinctSubjects": statistics["subjects"],
        "distinctObjects": statistics["objects"],
    }
    for name, number in numbers.items():
        found.say(dataset_iri(), f"void:{name}", count(number))


def _say_partitions(found: Description, statistics: dict[str, Any]) -> None:
    for number, (name, members) in enumerate(statistics["classes"].items(), 1):
        part = f"{absolute('/.well-known/void')}#class-{number}"
        found.say(dataset_iri(), "void:classPartition", part).types(part, "void:Dataset")
        found.say(part, "void:class", expand(name)).say(part, "void:entities", count(members))
    for number, (name, triples) in enumerate(statistics["properties"].items(), 1):
        part = f"{absolute('/.well-known/void')}#property-{number}"
        found.say(dataset_iri(), "void:propertyPartition", part).types(part, "void:Dataset")
        found.say(part, "void:property", expand(name)).say(part, "void:triples", count(triples))
        found.say(part, "void:distinctSubjects", count(statistics["property_subjects"][name]))
        found.say(part, "void:distinctObjects", count(statistics["property_objects"][name]))


def _say_dumps(found: Description, dataset: str, name: str, flavour: str) -> None:
    """State the files of a dataset in a flavour, with media type and size."""
    for file in unpacked(site().snapshot.dumps, name, flavour):
        dump = absolute(f"/dumps/{file.name}")
        found.say(dataset, "void:dataDump", dump)
        found.say(dump, "dcat:mediaType", MEDIA_TYPES + file.media_type)
        found.say(dump, "dcat:byteSize", typed(str(file.bytes), "xsd:nonNegativeInteger"))


def _say_subsets(found: Description, statistics: dict[str, Any]) -> None:
    """State what can be had alone: what the files state, and each graph that has a licence of its own."""
    asserted = f"{absolute('/.well-known/void')}#asserted"
    found.say(dataset_iri(), "void:subset", asserted).types(asserted, "void:Dataset")
    found.say(asserted, "dcterms:title", *both(_ASSERTED)).say(asserted, "dcterms:license", CC_BY)
    found.say(asserted, "void:triples", count(statistics["triples"]["asserted"]))
    _say_dumps(found, asserted, WHOLE, "asserted")
    for row in page_queries.ask("licences"):
        graph, licence = row["graph"].value, row["licence"].value
        found.say(dataset_iri(), "void:subset", graph).types(graph, "void:Dataset")
        found.say(graph, "void:triples", count(statistics["graphs"][compact(graph)]))
        found.say(graph, "dcterms:license", licence)
        found.say(graph, "void:dataDump", absolute(f"/{graph.removeprefix(BASE)}.nt"))


def _say_linksets(found: Description, statistics: dict[str, Any]) -> None:
    """State the links to other data sets, and the files that hold them all; https://www.w3.org/TR/void/, 5."""
    document = absolute("/.well-known/void")
    every, total = f"{document}#links", sum(sum(counts.values()) for counts in statistics["links"].values())
    found.say(dataset_iri(), "void:subset", every).types(every, "void:Dataset")
    found.say(every, "dcterms:title", *both(_LINKS.title)).say(every, "void:triples", count(total))
    _say_dumps(found, every, LINKS, "asserted")
    for name, counts in statistics["links"].items():
        if not counts:
            continue
        target, (title, page) = f"{document}#{name}", _TARGETS[name]
        found.types(target, "void:Dataset").say(target, "dcterms:title", text(title))
        found.say(target, "foaf:homepage", page).say(target, "void:uriSpace", text(LINKED[name]))
        for number, (link, triples) in enumerate(counts.items(), 1):
            linkset = f"{document}#{name}-links-{number}"
            found.types(linkset, "void:Linkset").say(every, "void:subset", linkset)
            found.say(linkset, "void:subjectsTarget", dataset_iri())
            found.say(linkset, "void:objectsTarget", target)
            found.say(linkset, "void:linkPredicate", expand(link)).say(linkset, "void:triples", count(triples))


def _vocabularies(statistics: dict[str, Any]) -> list[str]:
    """Return the namespaces of all properties and classes that occur."""
    names = [expand(name) for name in (*statistics["properties"], *statistics["classes"])]
    return sorted(space for space in PREFIXES.values() if any(name.startswith(space) for name in names))


def _examples(statistics: dict[str, Any]) -> Iterable[str]:
    """Return one thing of each class of ours, and of those that we use most."""
    return sorted({iri for iri in statistics["examples"].values() if iri.startswith(f"{BASE}id/")})
