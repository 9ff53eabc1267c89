"""The ontology: every term and concept is described, every reused term is pinned, and nothing false follows.

The excerpts of reused vocabularies are compared with the whole copies in ``tests/vocabularies/``; the same copies close
a small example and the traps of ``ontology/README.md``, once with each reasoner.
"""

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import reasonable
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from chefsache.pipeline.reasoning import close_with_owlrl

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology"
EXCERPTS = sorted((ONTOLOGY / "excerpts").glob("*.ttl"))
SCHEMES = sorted((ONTOLOGY / "vocab").glob("*.ttl"))
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
DATA = sorted((ROOT / "data").rglob("*.ttl"))

BASE = "https://w3id.org/chefsache/"
CHEF = f"{BASE}ontology#"
VOCAB = f"{BASE}vocab/"
W3 = "http://www.w3.org/"
SKOS = f"{W3}2004/02/skos/core#"
NAMESPACES = {
    "adms": f"{W3}ns/adms#",
    "cpov": "http://data.europa.eu/m8g/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": f"{W3}2003/01/geo/wgs84_pos#",
    "org": f"{W3}ns/org#",
    "prov": f"{W3}ns/prov#",
    "schema": "https://schema.org/",
    "skos": SKOS,
    "vann": "http://purl.org/vocab/vann/",
}
#: The whole copy that an excerpt is taken from, where it is not named alike; BY_HAND has none.
COPIES = {"dcterms": "dublin-core-terms", "prov": "prov-o"}
BY_HAND = {"crm", "geo", "schema"}
BUILT_IN = (str(OWL), str(RDF), str(RDFS))
#: All that the project's own terms state in OWL; every bit of it is in the RL profile.
PROFILE = {
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.ObjectProperty,
    OWL.Ontology,
    OWL.SymmetricProperty,
    OWL.disjointWith,
    OWL.versionIRI,
    OWL.versionInfo,
}

Facts = dict[str, dict[str, list[Node]]]


@cache
def _triples(path: Path) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))


@cache
def _facts(*paths: Path) -> Facts:
    facts: Facts = {}
    for path in paths:
        for triple in _triples(path):
            about = facts.setdefault(str(triple.subject.value), {})
            about.setdefault(triple.predicate.value, []).append(triple.object)
    return facts


def _languages(values: list[Node]) -> list[str | None]:
    return sorted(value.language for value in values)


def _of_kind(kind: str, *paths: Path) -> list[str]:
    return sorted(
        name
        for name, about in _facts(*paths).items()
        if any(value.value == kind for value in about.get(str(RDF.type), []))
    )


TERMS = sorted(name for name in _facts(ONTOLOGY / "chefsache.ttl") if name.startswith(CHEF))
CONCEPTS = _of_kind(f"{SKOS}Concept", *SCHEMES)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(CHEF))
def test_a_term_is_described_in_german_and_english(term: str) -> None:
    """One label, definition and example in each language, and the ontology that defines it."""
    about = _facts(ONTOLOGY / "chefsache.ttl")[term]

    for described_by in (str(RDFS.label), f"{SKOS}definition", f"{SKOS}example"):
        assert _languages(about[described_by]) == ["de", "en"]
    assert _languages(about.get(f"{SKOS}scopeNote", [])) in ([], ["de", "en"])
    assert [value.value for value in about[str(RDFS.isDefinedBy)]] == [f"{BASE}ontology"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(CHEF))
def test_a_definition_is_one_short_sentence_that_does_not_repeat_the_label(term: str) -> None:
    """A definition fits into a sentence: at most 44 words, no full stop, none of it the label."""
    about = _facts(ONTOLOGY / "chefsache.ttl")[term]
    labels = {label.language: label.value for label in about[str(RDFS.label)]}

    for definition in about[f"{SKOS}definition"]:
        assert len(definition.value.split()) <= 44
        assert not re.search(r"[.;:](\s|$)", definition.value)
        assert not re.search(rf"\b{re.escape(labels[definition.language])}\b", definition.value, re.IGNORECASE)


def test_terms_are_named_by_house_style() -> None:
    """Classes in UpperCamelCase, properties in lowerCamelCase."""
    classes = set(_of_kind(str(OWL.Class), ONTOLOGY / "chefsache.ttl"))

    expected = {term for term in TERMS if term.removeprefix(CHEF)[0].isupper()}
    assert classes == expected


def test_own_terms_keep_to_the_profile() -> None:
    """Own terms and concepts use nothing of OWL but what is listed, all of it in OWL 2 RL."""
    own = [ONTOLOGY / "chefsache.ttl", ONTOLOGY / "alignments.ttl", *SCHEMES]
    used = {
        URIRef(term.value)
        for path in own
        for triple in _triples(path)
        for term in (triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(OWL))
    }

    assert used <= PROFILE


def test_own_terms_state_axioms_about_themselves_only() -> None:
    """No axiom on a foreign term, no range that OWL 2 does not know, no mapping that makes a term a concept."""
    stated = [*_triples(ONTOLOGY / "chefsache.ttl"), *_triples(ONTOLOGY / "alignments.ttl")]

    assert {triple.subject.value for triple in stated if not triple.subject.value.startswith(BASE)} == set()
    assert not [t for t in stated if t.predicate.value == str(RDFS.range) and "XMLSchema#" in t.object.value]
    assert not [t for t in stated if re.fullmatch(rf"{SKOS}\w+Match", t.predicate.value)]


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_scheme_has_a_file_of_its_name(path: Path) -> None:
    """One scheme a file, described like a dataset, and each of its concepts stated in that file only."""
    about = _facts(path)
    scheme = f"{VOCAB}{path.stem}"

    assert _of_kind(f"{SKOS}ConceptScheme", path) == [scheme]
    for described_by in ("http://purl.org/dc/terms/title", "http://purl.org/dc/terms/description", f"{SKOS}prefLabel"):
        assert _languages(about[scheme][described_by]) == ["de", "en"]
    assert {"http://purl.org/dc/terms/license", "http://purl.org/dc/terms/created"} <= about[scheme].keys()
    elsewhere = {name for other in SCHEMES if other != path for name in _facts(other)}
    assert not about.keys() & elsewhere


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.removeprefix(VOCAB))
def test_a_concept_is_described_in_german_and_english(concept: str) -> None:
    """Label and definition in each language, a notation, and schemes that exist, that of its file among them."""
    [path] = [path for path in SCHEMES if concept in _facts(path)]
    about = _facts(path)[concept]
    schemes = {value.value for value in about[f"{SKOS}inScheme"]}

    assert _languages(about[f"{SKOS}prefLabel"]) == ["de", "en"]
    assert _languages(about[f"{SKOS}definition"]) == ["de", "en"]
    assert [value.value for value in about[f"{SKOS}notation"]] == [concept.removeprefix(VOCAB)]
    assert f"{VOCAB}{path.stem}" in schemes <= set(_of_kind(f"{SKOS}ConceptScheme", *SCHEMES))
    broader = {value.value for value in about.get(f"{SKOS}broader", [])}
    assert broader <= _facts(path).keys() - {concept}


def test_roles_are_roles() -> None:
    """What stands in a scheme of roles is an org:Role, and nothing else is."""
    roles = {f"{VOCAB}post-roles", f"{VOCAB}participation-roles"}
    about = _facts(*SCHEMES)

    expected = [name for name in CONCEPTS if roles & {value.value for value in about[name][f"{SKOS}inScheme"]}]
    assert _of_kind(f"{NAMESPACES['org']}Role", *SCHEMES) == expected


@pytest.mark.parametrize("path", [*FILES, *DATA], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_uses_terms_that_exist(path: Path) -> None:
    """Reused terms stand in an excerpt; own terms and concepts in the ontology."""
    pinned = {name for excerpt in EXCERPTS for name in _facts(excerpt)}
    own = {*TERMS, *CONCEPTS, *_of_kind(f"{SKOS}ConceptScheme", *SCHEMES)}
    used = {term.value for triple in _triples(path) for term in triple if isinstance(term, ox.NamedNode)}
    predicates = {triple.predicate.value for triple in _triples(path)}
    classes = {triple.object.value for triple in _triples(path) if triple.predicate.value == str(RDF.type)}

    reused = {name for name in used for namespace in NAMESPACES.values() if re.fullmatch(rf"{namespace}\w+", name)}
    assert reused <= pinned
    assert {name for name in used if name.startswith((CHEF, VOCAB))} - {CHEF} <= own
    assert {name for name in predicates | classes if not name.startswith(BUILT_IN)} <= pinned | own


@pytest.mark.parametrize("path", EXCERPTS, ids=lambda path: path.stem)
def test_an_excerpt_says_where_it_is_from(path: Path) -> None:
    """The header names source, version and licence, and all terms are of one namespace."""
    header = f"{BASE}graph/ontology/excerpts/{path.stem}"
    about = _facts(path)

    for said_by in ("dcterms:source", "dcterms:license", "dcterms:created", "dcterms:title", "dcterms:description"):
        assert about[header][NAMESPACES["dcterms"] + said_by.removeprefix("dcterms:")]
    assert about[header][str(OWL.versionInfo)]
    assert {name for name in about if not name.startswith(NAMESPACES[path.stem])} == {header}
    assert all(str(RDF.type) in about[name] for name in about)


@pytest.mark.parametrize("path", [path for path in EXCERPTS if path.stem not in BY_HAND], ids=lambda path: path.stem)
def test_an_excerpt_says_what_its_vocabulary_says(path: Path) -> None:
    """Every statement about a term stands in the whole vocabulary, word for word."""
    whole = set(_triples(ROOT / "tests" / "vocabularies" / f"{COPIES.get(path.stem, path.stem)}.ttl"))

    about_terms = {triple for triple in _triples(path) if triple.subject.value.startswith(NAMESPACES[path.stem])}
    assert about_terms
    assert about_terms <= whole


@pytest.mark.parametrize("path", [path for path in EXCERPTS if path.stem in BY_HAND], ids=lambda path: path.stem)
def test_an_excerpt_by_hand_infers_nothing(path: Path) -> None:
    """What is not compared with a whole copy states labels and explanations only."""
    allowed = {str(RDF.type), str(RDFS.label), str(RDFS.comment), str(RDFS.isDefinedBy)}

    predicates = {t.predicate.value for t in _triples(path) if t.subject.value.startswith(NAMESPACES[path.stem])}
    assert predicates == allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ONTOLOGY).as_posix())
def test_a_file_has_no_comment_and_no_loose_blank_node(path: Path) -> None:
    """What is worth saying is a triple; a blank node is a list or a restriction."""
    blank = {triple.subject for triple in _triples(path) if isinstance(triple.subject, ox.BlankNode)}
    nested = {
        triple.subject
        for triple in _triples(path)
        if triple.predicate.value == str(RDF.first)
        or (triple.predicate.value == str(RDF.type) and triple.object.value == str(OWL.Restriction))
    }

    assert blank <= nested
    assert not [line for line in path.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("#")]


PREFIXES = f"""
@prefix adms: <{W3}ns/adms#> .
@prefix chef: <{CHEF}> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix id: <{BASE}id/> .
@prefix org: <{W3}ns/org#> .
@prefix prov: <{W3}ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <{SKOS}> .
@prefix vocab: <{VOCAB}> .
@prefix xsd: <{W3}2001/XMLSchema#> .
"""

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
        f"{NAMESPACES['prov']}wasDerivedFrom",
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
    graph = Graph().parse(data=PREFIXES + data, format="turtle")
    whole = sorted((ROOT / "tests" / "vocabularies").glob("*.ttl"))
    for path in [ONTOLOGY / "chefsache.ttl", ONTOLOGY / "alignments.ttl", *whole]:
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
    prefix, _, local = name.rpartition(":")
    spaces = {**NAMESPACES, "chef": CHEF, "cv": NAMESPACES["cpov"], "": f"{BASE}id/"}
    return URIRef(spaces[prefix] + local)


def _same(graph: Graph, name: str) -> set[Node]:
    return set(graph.objects(_iri(name), OWL.sameAs)) - {_iri(name)}


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
        URIRef(f"{W3}2000/10/swap/pim/contact#Person"),
        URIRef(f"{W3}2003/01/geo/wgs84_pos#SpatialThing"),
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


def _clashes(graph: Graph) -> set[tuple[Node, Node, Node]]:
    return {
        (thing, one, other)
        for one, other in graph.subject_objects(OWL.disjointWith)
        for thing in set(graph.subjects(RDF.type, one)) & set(graph.subjects(RDF.type, other))
        if str(thing).startswith(BASE)
    }
