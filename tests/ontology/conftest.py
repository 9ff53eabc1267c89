"""The ontology as its files state it, and each of its terms, concepts and schemes in turn."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF

from chefsache.content.names import CHEF, VOCAB, expand

ROOT = Path(__file__).parents[2]

Facts = dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]


class Ontology:
    """What the files state, each read once."""

    own = ROOT / "ontology" / "chefsache.ttl"
    alignments = ROOT / "ontology" / "alignments.ttl"
    schemes = sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))

    def __init__(self) -> None:
        self.terms = sorted(name for name in self.facts(self.own) if name.startswith(CHEF))
        self.concepts = self.of_kind(expand("skos:Concept"), *self.schemes)

    @staticmethod
    @cache
    def triples(path: Path) -> tuple[ox.Triple, ...]:
        """The triples of a file."""
        return tuple(quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))

    @staticmethod
    @cache
    def facts(*paths: Path) -> Facts:
        """The values of each property of each thing of some files."""
        facts: Facts = {}
        for path in paths:
            for triple in Ontology.triples(path):
                about = facts.setdefault(str(triple.subject.value), {})
                about.setdefault(triple.predicate.value, []).append(triple.object)
        return facts

    @staticmethod
    def of_kind(kind: str, *paths: Path) -> list[str]:
        """The things of a class in some files."""
        return sorted(
            name
            for name, about in Ontology.facts(*paths).items()
            if any(value.value == kind for value in about.get(str(RDF.type), []))
        )


ONTOLOGY = Ontology()


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology."""
    return ONTOLOGY


@pytest.fixture(params=ONTOLOGY.terms, ids=lambda term: term.removeprefix(CHEF))
def term(request: pytest.FixtureRequest) -> str:
    """Each own term in turn."""
    return request.param


@pytest.fixture(params=ONTOLOGY.concepts, ids=lambda concept: concept.removeprefix(VOCAB))
def concept(request: pytest.FixtureRequest) -> str:
    """Each concept in turn."""
    return request.param


@pytest.fixture(params=ONTOLOGY.schemes, ids=lambda path: path.stem)
def scheme_file(request: pytest.FixtureRequest) -> Path:
    """The file of each scheme in turn."""
    return request.param
