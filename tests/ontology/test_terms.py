"""Every term and concept is described in both languages, and named, placed and stated as the house does."""

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import OWL, RDFS, URIRef

from chefsache.content.names import BASE, CHEF, PREFIXES, VOCAB, expand

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


def _languages(values: list[Any]) -> list[str | None]:
    return sorted(value.language for value in values)


def test_a_term_is_described_in_german_and_english(ontology: Any, term: str) -> None:
    """One label, definition and example in each language, and the ontology that defines it."""
    about = ontology.facts(ontology.own)[term]

    for described_by in (str(RDFS.label), expand("skos:definition"), expand("skos:example")):
        assert _languages(about[described_by]) == ["de", "en"]
    assert _languages(about.get(expand("skos:scopeNote"), [])) in ([], ["de", "en"])
    assert [value.value for value in about[str(RDFS.isDefinedBy)]] == [f"{BASE}ontology"]


def test_a_definition_is_one_short_sentence_that_does_not_repeat_the_label(ontology: Any, term: str) -> None:
    """A definition fits into a sentence: at most 44 words, no full stop, none of it the label."""
    about = ontology.facts(ontology.own)[term]
    labels = {label.language: label.value for label in about[str(RDFS.label)]}

    for definition in about[expand("skos:definition")]:
        assert len(definition.value.split()) <= 44
        assert not re.search(r"[.;:](\s|$)", definition.value)
        assert not re.search(rf"\b{re.escape(labels[definition.language])}\b", definition.value, re.IGNORECASE)


def test_terms_are_named_by_house_style(ontology: Any) -> None:
    """Classes in UpperCamelCase, properties in lowerCamelCase."""
    classes = set(ontology.of_kind(str(OWL.Class), ontology.own))

    expected = {term for term in ontology.terms if term.removeprefix(CHEF)[0].isupper()}
    assert classes == expected


def test_own_terms_keep_to_the_profile(ontology: Any) -> None:
    """Own terms and concepts use nothing of OWL but what is listed, all of it in OWL 2 RL."""
    own = [ontology.own, ontology.alignments, *ontology.schemes]
    used = {
        URIRef(term.value)
        for path in own
        for triple in ontology.triples(path)
        for term in (triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(OWL))
    }

    assert used <= PROFILE


def test_own_terms_state_axioms_about_themselves_only(ontology: Any) -> None:
    """No axiom on a foreign term, no range that OWL 2 does not know, no mapping that makes a term a concept."""
    stated = [*ontology.triples(ontology.own), *ontology.triples(ontology.alignments)]

    assert {triple.subject.value for triple in stated if not triple.subject.value.startswith(BASE)} == set()
    assert not [t for t in stated if t.predicate.value == str(RDFS.range) and "XMLSchema#" in t.object.value]
    assert not [t for t in stated if re.fullmatch(rf"{PREFIXES['skos']}\w+Match", t.predicate.value)]


def test_a_scheme_has_a_file_of_its_name(ontology: Any, scheme_file: Path) -> None:
    """One scheme a file, described like a dataset, and each of its concepts stated in that file only."""
    about = ontology.facts(scheme_file)
    scheme = f"{VOCAB}{scheme_file.stem}"

    assert ontology.of_kind(expand("skos:ConceptScheme"), scheme_file) == [scheme]
    for described_by in (
        expand("dcterms:title"),
        expand("dcterms:description"),
        expand("skos:prefLabel"),
    ):
        assert _languages(about[scheme][described_by]) == ["de", "en"]
    assert {expand("dcterms:license"), expand("dcterms:created")} <= about[scheme].keys()
    elsewhere = {name for other in ontology.schemes if other != scheme_file for name in ontology.facts(other)}
    assert not about.keys() & elsewhere


def test_a_concept_is_described_in_german_and_english(ontology: Any, concept: str) -> None:
    """Label and definition in each language, a notation, and schemes that exist, that of its file among them."""
    [path] = [path for path in ontology.schemes if concept in ontology.facts(path)]
    about = ontology.facts(path)[concept]
    schemes = {value.value for value in about[expand("skos:inScheme")]}

    assert _languages(about[expand("skos:prefLabel")]) == ["de", "en"]
    assert _languages(about[expand("skos:definition")]) == ["de", "en"]
    assert [value.value for value in about[expand("skos:notation")]] == [concept.removeprefix(VOCAB)]
    assert f"{VOCAB}{path.stem}" in schemes <= set(ontology.of_kind(expand("skos:ConceptScheme"), *ontology.schemes))
    broader = {value.value for value in about.get(expand("skos:broader"), [])}
    assert broader <= ontology.facts(path).keys() - {concept}


def test_roles_are_roles(ontology: Any) -> None:
    """What stands in a scheme of roles is an org:Role, and nothing else is."""
    roles = {f"{VOCAB}post-roles", f"{VOCAB}participation-roles"}
    about = ontology.facts(*ontology.schemes)

    expected = [
        name for name in ontology.concepts if roles & {value.value for value in about[name][expand("skos:inScheme")]}
    ]
    assert ontology.of_kind(expand("org:Role"), *ontology.schemes) == expected
