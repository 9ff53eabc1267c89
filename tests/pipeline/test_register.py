"""The register in the graph: seen whole by the rules, and as far as it is mentioned by shapes and reasoner."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.files import register as register_folder
from chefsache.content.files import root
from chefsache.content.names import expand
from chefsache.pipeline.loading import REGISTER, Content, load
from chefsache.pipeline.reasoning import classes_above, infer
from chefsache.pipeline.validation import validate

#: The folders of which sources, terms and the register are kept.
KEPT = {"ontology", "register", "shapes", "sources"}
SOURCE = ox.NamedNode(expand("dcterms:source"))
#: One of each kind, and the five that have no coordinates.
SAMPLE = (
    *("01051", "02000000", "03153019", "031", "04011000", "05", "05334", "05562014", "05916000", "071", "07132502"),
    *("08111000", "09172124", "091", "11000000", "14522275", "16063105", "16065089"),
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def mentioning(content: Content, *names: str) -> Content:
    """Return the content with a partnership in the named areas, and of the data no more than sources."""
    thing, place = ox.NamedNode(expand("id:partnership-sample")), ox.NamedNode(expand("dcterms:spatial"))
    files = {path: stated for path, stated in content.files.items() if KEPT & set(path.relative_to(root()).parts)}
    triples = [ox.Triple(thing, place, ox.NamedNode(expand(f"id:{name}"))) for name in names]
    return Content({**files, Path("sample.ttl"): triples})


def test_what_is_mentioned_comes_with_what_lies_above_it(content: Content) -> None:
    """Gladbeck brings its Kreis, Regierungsbezirk and Land, their seats, and each the source of its graph."""
    found = set(mentioning(content, "05562014").mentioned())

    things = {triple.subject.value for triple in found}
    for name in ("05562014", "05562014-identifier-ags", "05562", "055", "05", "05562032", "05515000", "05111000"):
        assert expand(f"id:{name}") in things
    assert {triple.subject.value for triple in found if triple.predicate == SOURCE} == things
    assert expand("id:09172124") not in things


def test_a_sample_of_each_kind_conforms(content: Content) -> None:
    """The shapes find nothing in the register itself."""
    sample = mentioning(content, *SAMPLE)

    assert [finding for finding in validate(sample) if finding.file.startswith("data/register/2")] == []


def test_the_classes_above_are_what_the_reasoner_infers(content: Content) -> None:
    """On a sample, adding the classes above gives all that the closure gives."""
    ontology = list(content.triples("ontology"))
    things = {expand(f"id:{name}") for name in SAMPLE}
    every = content.triples(REGISTER)
    sample = [triple for triple in every if triple.subject.value.partition("-identifier-")[0] in things]

    inferred = {triple for triple in infer([*ontology, *sample]) if triple.subject.value.startswith(expand("id:"))}

    assert inferred
    assert classes_above(ontology, sample) == inferred


def test_a_line_of_a_table_is_found(content: Content) -> None:
    """A finding about a municipality that no other file describes names its row."""
    path = register_folder() / "2023-11-30" / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, row in enumerate(lines, 1) if row.startswith("09172124,"))

    assert content.locate(expand("id:09172124"), "", "") == ("data/register/2023-11-30/municipalities.csv", line)
