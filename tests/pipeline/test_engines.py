"""The fast engines agree with the reference engines, on good data and on broken data."""

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.term import _toPythonMapping

from chefsache.pipeline.loading import Content, load
from chefsache.pipeline.reasoning import close_with_owlrl, infer
from chefsache.pipeline.validation import validate


@pytest.fixture(scope="module")
def content() -> Content:
    """Ontology and shapes, and every eighth file of the data: with the rest the reference engines take minutes.

    What the files left out would have said is missing, so there is more to find.
    """
    files = load().files
    data = [path for path in sorted(files) if "data" in path.parts]
    return Content({path: file for path, file in files.items() if path not in data or path in data[::8]})


def test_reasonable_infers_what_owlrl_infers(content: Content) -> None:
    """Both give the same triples about things of ours."""
    asserted = list(content.triples("ontology", "data"))

    fast = infer(asserted, "reasonable")
    reference = infer(asserted, "owlrl")

    assert fast
    assert _compared(fast) == _compared(reference)


def test_owlrl_leaves_rdflib_as_it_was() -> None:
    """After a closure, an ill-typed date is as ill-typed as before."""
    before = dict(_toPythonMapping)
    close_with_owlrl(Graph())

    assert _toPythonMapping == before


def _compared(triples: set[ox.Triple]) -> set[str]:
    """As text, so that a plain literal and an xsd:string are one (RDF 1.1)."""
    return {str(triple) for triple in triples}


def test_pyshifty_finds_what_pyshacl_finds(content: Content) -> None:
    """Both find the same, and something."""
    found = validate(content, "pyshifty")

    assert found
    assert found == validate(content, "pyshacl")


@pytest.mark.parametrize("change", ["no sources", "no types", "two values", "wrong types", "other dates"])
def test_pyshifty_finds_what_pyshacl_finds_in_broken_data(gladbeck: Content, change: str) -> None:
    """Gladbeck's data is broken in one way in many places; both engines report the same results."""
    files = dict(gladbeck.files)
    path = next(path for path in files if path.stem == "herne-and-gladbeck")
    files[path] = [broken for triple in files[path] for broken in CHANGES[change](triple)]
    broken = Content(files)

    fast = validate(broken, "pyshifty")

    assert len(fast) > 5
    assert fast == validate(broken, "pyshacl")


def _without(word: str, triple: ox.Triple) -> list[ox.Triple]:
    return [] if triple.predicate.value.endswith(word) else [triple]


def _twice(triple: ox.Triple) -> list[ox.Triple]:
    if not isinstance(triple.object, ox.NamedNode) or triple.predicate.value.endswith("type"):
        return [triple]
    return [
        triple,
        ox.Triple(triple.subject, triple.predicate, ox.NamedNode("https://w3id.org/chefsache/id/person-frank-dudda")),
    ]


def _typed(triple: ox.Triple) -> list[ox.Triple]:
    if not triple.predicate.value.endswith("#type") or "Office" not in str(triple.object):
        return [triple]
    return [ox.Triple(triple.subject, triple.predicate, ox.NamedNode("https://w3id.org/chefsache/ontology#Measure"))]


def _dated(triple: ox.Triple) -> list[ox.Triple]:
    if not isinstance(triple.object, ox.Literal) or "2001/XMLSchema#" not in triple.object.datatype.value:
        return [triple]
    value = triple.object.value.replace("-01", "-13").replace("-0", "-")
    return [ox.Triple(triple.subject, triple.predicate, ox.Literal(value, datatype=triple.object.datatype))]


CHANGES = {
    "no sources": lambda triple: _without("terms/source", triple),
    "no types": lambda triple: _without("#type", triple),
    "two values": _twice,
    "wrong types": _typed,
    "other dates": _dated,
}
