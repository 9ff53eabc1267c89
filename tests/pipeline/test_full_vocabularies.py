"""Closed with the full reused vocabularies, our data says nothing that we did not mean.

The pipeline reasons with the chosen axioms of ``ontology/``; whoever loads our data beside the whole of ORG, FOAF,
PROV-O, SKOS, DCTERMS and CPOV must not be surprised either.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.names import ID, compact
from chefsache.content.rules import hygiene_rules
from chefsache.content.turtle import parse
from chefsache.pipeline.loading import Content, load
from chefsache.pipeline.reasoning import infer

VOCABULARIES = sorted((Path(__file__).parents[1] / "vocabularies").glob("*.ttl"))
SAME = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

#: Every class that a thing or claim may turn out to be.
EXPECTED = {
    "adms:Identifier",
    "chef:Claim",
    "chef:Measure",
    "chef:Milestone",
    "chef:Naming",
    "chef:Office",
    "chef:Participation",
    "chef:Partnership",
    "chef:Placement",
    "chef:Remit",
    "chef:StrategyArtefact",
    "chef:Tenure",
    "cv:PublicOrganisation",
    "dcterms:Agent",
    "dcterms:Location",
    "foaf:Agent",
    "foaf:Document",
    "foaf:Organization",
    "foaf:Person",
    "geo:SpatialThing",
    "org:ChangeEvent",
    "org:FormalOrganization",
    "org:Membership",
    "org:Organization",
    "org:OrganizationalUnit",
    "org:Post",
    "prov:Activity",
    "prov:Agent",
    "prov:Entity",
    "prov:InstantaneousEvent",
    "http://schema.org/CreativeWork",
    "http://schema.org/Person",
    "http://www.w3.org/2000/10/swap/pim/contact#Person",
    "prov:Organization",
    "rdfs:Resource",
    "prov:Person",
    "org:Role",
    "skos:Concept",
}


@pytest.fixture(scope="module", params=["reasonable", "owlrl"])
def closure(request: pytest.FixtureRequest, gladbeck: Content) -> set[ox.Triple]:
    """All data under the fast reasoner, a part of it under the slow one."""
    content = load() if request.param == "reasonable" else gladbeck
    asserted = {*content.triples("ontology", "data"), *(triple for file in VOCABULARIES for triple in parse(file))}
    return asserted | infer(asserted, request.param)


def test_no_two_things_become_one(closure: set[ox.Triple]) -> None:
    """Nothing is owl:sameAs anything else."""
    same = {str(triple) for triple in closure if triple.predicate == SAME and triple.subject != triple.object}

    assert same == set()


def test_every_type_is_meant(closure: set[ox.Triple]) -> None:
    """A thing or claim of ours is of classes on the list only."""
    found = {
        compact(triple.object.value)
        for triple in closure
        if triple.predicate == TYPE and triple.subject.value.startswith(ID) and isinstance(triple.object, ox.NamedNode)
    }

    assert found <= EXPECTED


def test_it_is_consistent(closure: set[ox.Triple]) -> None:
    """No individual is in two disjoint classes, also by the axioms of the full vocabularies."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in closure)
    rule = next(rule for rule in hygiene_rules() if rule.name == "disjoint-classes")

    assert [str(row) for row in store.query(rule.text)] == []
