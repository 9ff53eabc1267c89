"""Every reused term is pinned, an excerpt says what its vocabulary says, and files keep to their form.

The excerpts of reused vocabularies are compared with the whole copies in ``tests/vocabularies/``.
"""

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS

from chefsache.content.names import BASE, CHEF, PREFIXES, VOCAB, expand

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
EXCERPTS = sorted((ONTOLOGY / "excerpts").glob("*.ttl"))
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
DATA = sorted((ROOT / "data").rglob("*.ttl"))

#: The namespace of each excerpt.
NAMESPACES = {path.stem: PREFIXES["cv" if path.stem == "cpov" else path.stem] for path in EXCERPTS}
#: The whole copy that an excerpt is taken from, where it is not named alike; BY_HAND has none.
COPIES = {"dcterms": "dublin-core-terms", "prov": "prov-o"}
BY_HAND = {"crm", "geo", "schema"}
BUILT_IN = (str(OWL), str(RDF), str(RDFS))


@pytest.fixture(scope="module")
def pinned(ontology: Any) -> set[str]:
    """The terms that stand in an excerpt."""
    return {name for excerpt in EXCERPTS for name in ontology.facts(excerpt)}


@pytest.fixture(scope="module")
def own(ontology: Any) -> set[str]:
    """The terms, concepts and schemes of the project."""
    return {*ontology.terms, *ontology.concepts, *ontology.of_kind(expand("skos:ConceptScheme"), *ontology.schemes)}


@pytest.mark.parametrize("path", [*FILES, *DATA], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_uses_terms_that_exist(ontology: Any, pinned: set[str], own: set[str], path: Path) -> None:
    """Reused terms stand in an excerpt; own terms and concepts in the ontology."""
    used = {term.value for triple in ontology.triples(path) for term in triple if isinstance(term, ox.NamedNode)}
    predicates = {triple.predicate.value for triple in ontology.triples(path)}
    classes = {triple.object.value for triple in ontology.triples(path) if triple.predicate.value == str(RDF.type)}

    reused = {name for name in used for namespace in NAMESPACES.values() if re.fullmatch(rf"{namespace}\w+", name)}
    assert reused <= pinned
    assert {name for name in used if name.startswith((CHEF, VOCAB))} - {CHEF} <= own
    assert {name for name in predicates | classes if not name.startswith(BUILT_IN)} <= pinned | own


@pytest.mark.parametrize("path", EXCERPTS, ids=lambda path: path.stem)
def test_an_excerpt_says_where_it_is_from(ontology: Any, path: Path) -> None:
    """The header names source, version and licence, and all terms are of one namespace."""
    header = f"{BASE}graph/ontology/excerpts/{path.stem}"
    about = ontology.facts(path)

    for said_by in ("dcterms:source", "dcterms:license", "dcterms:created", "dcterms:title", "dcterms:description"):
        assert about[header][expand(said_by)]
    assert about[header][str(OWL.versionInfo)]
    assert {name for name in about if not name.startswith(NAMESPACES[path.stem])} == {header}
    assert all(str(RDF.type) in about[name] for name in about)


@pytest.mark.parametrize("path", [path for path in EXCERPTS if path.stem not in BY_HAND], ids=lambda path: path.stem)
def test_an_excerpt_says_what_its_vocabulary_says(ontology: Any, path: Path) -> None:
    """Every statement about a term stands in the whole vocabulary, word for word."""
    whole = set(ontology.triples(ROOT / "tests" / "vocabularies" / f"{COPIES.get(path.stem, path.stem)}.ttl"))

    about_terms = {
        triple for triple in ontology.triples(path) if triple.subject.value.startswith(NAMESPACES[path.stem])
    }
    assert about_terms
    assert about_terms <= whole


@pytest.mark.parametrize("path", [path for path in EXCERPTS if path.stem in BY_HAND], ids=lambda path: path.stem)
def test_an_excerpt_by_hand_infers_nothing(ontology: Any, path: Path) -> None:
    """What is not compared with a whole copy states labels and explanations only."""
    allowed = {str(RDF.type), str(RDFS.label), str(RDFS.comment), str(RDFS.isDefinedBy)}

    predicates = {
        t.predicate.value for t in ontology.triples(path) if t.subject.value.startswith(NAMESPACES[path.stem])
    }
    assert predicates == allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ONTOLOGY).as_posix())
def test_a_file_has_no_comment_and_no_loose_blank_node(ontology: Any, path: Path) -> None:
    """What is worth saying is a triple; a blank node is a list or a restriction."""
    blank = {triple.subject for triple in ontology.triples(path) if isinstance(triple.subject, ox.BlankNode)}
    nested = {
        triple.subject
        for triple in ontology.triples(path)
        if triple.predicate.value == str(RDF.first)
        or (triple.predicate.value == str(RDF.type) and triple.object.value == str(OWL.Restriction))
    }

    assert blank <= nested
    assert not [line for line in path.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("#")]
