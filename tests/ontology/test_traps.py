"""Nothing false follows: the whole vocabularies close a small example and the traps of ``ontology/README.md``.

Once with each reasoner; the copies of the vocabularies stand in ``tests/vocabularies/``.
"""

from functools import cache
from pathlib import Path

import pytest
import reasonable
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from chefsache.content.names import BASE, PREFIXES, expand
from chefsache.pipeline.reasoning import close_with_owlrl

ROOT = Path(__file__).parents[2]

#: One of each kind of thing and claim, as data states them; Herne's reorganisation and Gladbeck's commissioner.
EXAMPLE = """
id:herne a cv:PublicOrganisation ; org:classification vocab:municipality ; adms:identifier id:herne-ags .
id:herne-ags a adms:Identifier ; skos:notation "05916000" ; dcterms:type vocab:ags .
id:staff-unit a chef:Office ; org:classification vocab:staff-unit ; org:unitOf id:herne ; dcterms:source id:source .
id:department a chef:Office ; org:classification vocab:department ; org:unitOf id:herne .
id:council a org:Organization ; org:classification vocab:council ; org:subOrganizationOf id:herne .
id:company a org:FormalOrganization ; org:classification vocab:municipal-company .
id:mayor a org:Post ; org:postIn id:herne ; org:role vocab:head-of-administration ; chef:initiatedBy id:council .
id:person a foaf:Person ; skos:prefLabel "Pierre Herbe" ; foaf:title "Dr." ; chef:possiblySameAs id:other .
id:other a foaf:Person ; skos:prefLabel "Pierre Golz" .
id:tenure a chef:Tenure ; org:member id:person ; chef:post id:mayor ; org:role vocab:acting ;
    schema:startDate "2018"^^xsd:gYear ; chef:attestedOn "2019-05"^^xsd:gYearMonth ;
    chef:checkedOn "2026-11-22"^^xsd:date .
id:tenure-other a chef:Tenure ; org:member id:other ; chef:post id:mayor ; chef:contradicts id:tenure .
id:remit a chef:Remit ; chef:about id:company ; chef:field vocab:smart-city ; chef:serves id:herne .
id:placement a chef:Placement ; chef:about id:staff-unit ; chef:under id:mayor ; chef:modality vocab:planned .
id:naming a chef:Naming ; chef:about id:person ; chef:name "Pierre Golz" .
id:strategy a chef:StrategyArtefact ; dcterms:type vocab:strategy ; dcterms:creator id:herne .
id:measure a chef:Measure ; dcterms:type vocab:goal ; dcterms:creator id:herne ; dcterms:isPartOf id:strategy .
id:partnership a chef:Partnership ; dcterms:type vocab:network .
id:participation a chef:Participation ; chef:about id:partnership ; chef:participant id:person ;
    org:role vocab:initiator .
id:drafting a chef:Participation ; chef:about id:strategy ; chef:participant id:mayor ; org:role vocab:drafter .
id:milestone a chef:Milestone ; chef:about id:strategy ; dcterms:type vocab:adopted ; chef:actor id:council ;
    dcterms:date "2023-09"^^xsd:gYearMonth ; dcterms:source id:source .
id:change a org:ChangeEvent , chef:Claim ; dcterms:type vocab:merged ; dcterms:date "2023-02-01"^^xsd:date ;
    org:originalOrganization id:staff-unit ; org:resultingOrganization id:department ; chef:actor id:mayor .
id:source a foaf:Document ; dcterms:publisher id:company ; dcterms:issued "2023"^^xsd:gYear ;
    schema:url <https://example.org/> .
"""

AGENT = {"dcterms:Agent", "foaf:Agent"}
ORGANISATION = {*AGENT, "foaf:Organization", "org:Organization"}
OFFICE = {*ORGANISATION, "chef:Office", "org:OrganizationalUnit"}
#: Every type that the example may have under the whole vocabularies, whatever the reasoner.
TYPES = {
    "change": {"chef:Claim", "org:ChangeEvent", "prov:Activity"},
    "company": {*ORGANISATION, "org:FormalOrganization"},
    "council": ORGANISATION,
    "department": {*OFFICE, "prov:Entity"},
    "drafting": {"chef:Claim", "chef:Participation"},
    "herne": {*ORGANISATION, "cv:PublicOrganisation", "org:FormalOrganization"},
    "herne-ags": {"adms:Identifier"},
    "mayor": {"org:Post"},
    "measure": {"chef:Measure"},
    "milestone": {"chef:Claim", "chef:Milestone"},
    "naming": {"chef:Claim", "chef:Naming"},
    "other": {*AGENT, "foaf:Person"},
    "participation": {"chef:Claim", "chef:Participation"},
    "partnership": {"chef:Partnership"},
    "person": {*AGENT, "foaf:Person"},
    "placement": {"chef:Claim", "chef:Placement"},
    "remit": {"chef:Claim", "chef:Remit"},
    "source": {"foaf:Document"},
    "staff-unit": {*OFFICE, "prov:Entity"},
    "strategy": {"chef:StrategyArtefact"},
    "tenure": {"chef:Claim", "chef:Tenure", "org:Membership"},
    "tenure-other": {"chef:Claim", "chef:Tenure", "org:Membership"},
}

#: What must not be written, and the two disjoint classes in which it shows; the node is named like the case.
CLASHES = {
    "about-on-a-person": ("id:about-on-a-person a foaf:Person ; chef:about id:x .", "chef:Claim", "foaf:Agent"),
    "artefact-classified": (
        "id:artefact-classified a chef:StrategyArtefact ; org:classification vocab:strategy .",
        "chef:StrategyArtefact",
        "foaf:Agent",
    ),
    "artefact-created-by-an-event": (
        "id:x1 a org:ChangeEvent ; org:resultingOrganization id:artefact-created-by-an-event . "
        "id:artefact-created-by-an-event a chef:StrategyArtefact .",
        "chef:StrategyArtefact",
        "foaf:Agent",
    ),
    "claim-as-source": ("id:claim-as-source a chef:Naming , foaf:Document .", "chef:Claim", "foaf:Document"),
    "event-derived-from-its-source": (
        "id:event-derived-from-its-source a org:ChangeEvent ; prov:wasDerivedFrom id:x .",
        "prov:Activity",
        "prov:Entity",
    ),
    "office-as-post": (
        "id:office-as-post a chef:Office . id:x2 chef:post id:office-as-post .",
        "chef:Office",
        "org:Post",
    ),
    "office-over-a-unit": (
        "id:office-over-a-unit a chef:Office . id:x3 a chef:Office ; org:unitOf id:office-over-a-unit .",
        "chef:Office",
        "org:FormalOrganization",
    ),
    "partnership-as-person": (
        "id:partnership-as-person a chef:Partnership , foaf:Person .",
        "chef:Partnership",
        "foaf:Person",
    ),
    "person-in-a-collaboration": (
        "id:person-in-a-collaboration a foaf:Person . "
        "id:x4 a org:OrganizationalCollaboration ; org:hasMember id:person-in-a-collaboration .",
        "foaf:Organization",
        "foaf:Person",
    ),
    "remit-with-under": ("id:remit-with-under a chef:Remit ; chef:under id:x .", "chef:Placement", "chef:Remit"),
    "tenure-started-at": (
        'id:tenure-started-at a chef:Tenure ; prov:startedAtTime "2021-12-01T00:00:00"^^xsd:dateTime .',
        "chef:Tenure",
        "prov:Activity",
    ),
    "tenure-that-holds": ("id:tenure-that-holds a chef:Tenure ; org:holds id:x .", "chef:Claim", "foaf:Agent"),
}

#: What must not be written and shows in no clash: it gives a type that is not meant, or makes two things one.
FALSE_TYPES = {
    "document-as-organisation": ("id:x5 org:resultingOrganization id:document-as-organisation .", "org:Organization"),
    "partnership-classified": ("id:partnership-classified org:classification vocab:network .", "org:Organization"),
    "post-as-organisation": (
        "id:post-as-organisation a org:Post . id:x6 org:originalOrganization id:post-as-organisation .",
        "org:Organization",
    ),
    "town-as-concept": ("id:town-as-concept skos:exactMatch id:x .", "skos:Concept"),
}
FALSE_IDENTITIES = {
    "two-members": ("id:x7 a chef:Tenure ; org:member id:two-members , id:second .", "second"),
    "two-organisations": ("id:x8 a chef:Tenure ; org:organization id:two-organisations , id:another .", "another"),
}
#: Traps that one reasoner only springs; the other lacks the rule (chains and keys).
OWLRL_ONLY = {
    "unit-from-itself": (
        "id:x9 org:originalOrganization id:unit-from-itself ; org:resultingOrganization id:unit-from-itself .",
        expand("prov:wasDerivedFrom"),
        "unit-from-itself",
    ),
    "same-key": (
        'id:same-key a org:Organization ; org:identifier "1" . '
        'id:same-key-too a org:Organization ; org:identifier "1" .',
        str(OWL.sameAs),
        "same-key-too",
    ),
}
TRAPS = "\n".join(case[0] for table in (CLASHES, FALSE_TYPES, FALSE_IDENTITIES, OWLRL_ONLY) for case in table.values())


@pytest.fixture(scope="module", params=["owlrl", "reasonable"])
def reasoner(request: pytest.FixtureRequest) -> str:
    """Each of the two reasoners in turn."""
    return request.param


@cache
def _closed(reasoner: str, data: str) -> Graph:
    """The closure of *data* under own terms and the whole vocabularies."""
    header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph = Graph().parse(data=header + data, format="turtle")
    whole = sorted((ROOT / "tests" / "vocabularies").glob("*.ttl"))
    for path in [ROOT / "ontology" / "chefsache.ttl", ROOT / "ontology" / "alignments.ttl", *whole]:
        graph.parse(path)
    if reasoner == "owlrl":
        close_with_owlrl(graph)
        return graph
    engine = reasonable.PyReasoner()
    engine.from_graph(graph)
    for triple in engine.reason():
        graph.add(triple)
    return graph


def _iri(name: str) -> URIRef:
    return URIRef(expand(name if ":" in name else f"id:{name}"))


def _same(graph: Graph, name: str) -> set[Node]:
    return set(graph.objects(_iri(name), OWL.sameAs)) - {_iri(name)}


def _clashes(graph: Graph) -> set[tuple[Node, Node, Node]]:
    return {
        (thing, one, other)
        for one, other in graph.subject_objects(OWL.disjointWith)
        for thing in set(graph.subjects(RDF.type, one)) & set(graph.subjects(RDF.type, other))
        if str(thing).startswith(BASE)
    }


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_example_has_the_types_that_are_meant(reasoner: str, name: str) -> None:
    """Under the whole vocabularies a thing or claim gets no type but those on the list."""
    types = {kind for kind in _closed(reasoner, EXAMPLE).objects(_iri(name), RDF.type) if isinstance(kind, URIRef)}

    expected = {_iri(kind) for kind in TYPES[name]} | {
        URIRef("http://schema.org/CreativeWork"),
        URIRef("http://schema.org/Person"),
    }
    elsewhere = {
        OWL.Thing,
        RDFS.Resource,
        URIRef("http://www.w3.org/2000/10/swap/pim/contact#Person"),
        URIRef("http://www.w3.org/2003/01/geo/wgs84_pos#SpatialThing"),
    }
    assert types - elsewhere <= expected
    assert {_iri(kind) for kind in TYPES[name]} - {_iri("dcterms:Agent"), _iri("prov:Entity")} <= types


def test_the_example_is_consistent_and_keeps_things_apart(reasoner: str) -> None:
    """Nothing is in two disjoint classes, and no two things are one."""
    graph = _closed(reasoner, EXAMPLE)

    assert _clashes(graph) == set()
    assert {
        pair for pair in graph.subject_objects(OWL.sameAs) if pair[0] != pair[1] and str(pair[0]).startswith(BASE)
    } == set()


@pytest.mark.parametrize("name", sorted(CLASHES))
def test_a_trap_is_found_by_disjoint_classes(reasoner: str, name: str) -> None:
    """What must not be written puts a node into two disjoint classes, where a query finds it."""
    _, one, other = CLASHES[name]

    clashes = _clashes(_closed(reasoner, TRAPS))
    assert {(_iri(name), _iri(one), _iri(other)), (_iri(name), _iri(other), _iri(one))} & clashes


@pytest.mark.parametrize("name", sorted(FALSE_TYPES))
def test_a_trap_gives_a_false_type(reasoner: str, name: str) -> None:
    """What must not be written gives a type that is not meant."""
    assert (_iri(name), RDF.type, _iri(FALSE_TYPES[name][1])) in _closed(reasoner, TRAPS)


@pytest.mark.parametrize("name", sorted(FALSE_IDENTITIES))
def test_a_trap_makes_two_things_one(reasoner: str, name: str) -> None:
    """What must not be written makes two things one."""
    assert _iri(FALSE_IDENTITIES[name][1]) in _same(_closed(reasoner, TRAPS), name)


@pytest.mark.parametrize("name", sorted(OWLRL_ONLY))
def test_a_reasoner_lacks_chains_and_keys(reasoner: str, name: str) -> None:
    """Property chains and keys work in owlrl and not in reasonable, so nothing of ours rests on them."""
    _, predicate, value = OWLRL_ONLY[name]

    found = (_iri(name), URIRef(predicate), _iri(value)) in _closed(reasoner, TRAPS)
    assert found == (reasoner == "owlrl")
