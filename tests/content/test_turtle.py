"""Turtle is read with the line of an error, and written in one form."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chefsache.content.errors import ContentError
from chefsache.content.files import turtle_files
from chefsache.content.turtle import format_text, parse, parse_text, write

PREFIX = "@prefix id: <https://w3id.org/chefsache/id/> .\n"
HERE = Path("example.ttl")

BROKEN = {
    "a full stop is missing": (PREFIX + "id:a id:b id:c\nid:d id:e id:f .\n", 3),
    "an unknown prefix": (PREFIX + "\nid:a nope:b id:c .\n", 3),
    "an open string": (PREFIX + 'id:a id:b "c .\n', 2),
    "a space in an IRI": (PREFIX + "id:a id:b <https://example.org/a b> .\n", 2),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_error_names_file_and_line(name: str) -> None:
    """What cannot be parsed is reported with its place."""
    text, line = BROKEN[name]

    with pytest.raises(ContentError) as caught:
        parse_text(text, HERE)

    assert (caught.value.path, caught.value.line) == (HERE, line)
    assert caught.value.message.keys() == {"de", "en"}


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    """A Latin-1 file is not read as something else."""
    file = tmp_path / "latin.ttl"
    file.write_bytes(PREFIX.encode() + 'id:a id:b "Büro" .'.encode("latin-1"))

    with pytest.raises(ContentError) as caught:
        parse(file)

    assert caught.value.line == 2


ORDERED = """\
id:a
    id:p id:c ;
.

id:a-b
    id:p id:c ;
.

id:b
    a id:C ;
    id:p 1 ;
    id:q
        "a"@en ,
        "x"@de ;
.
"""
NESTED = """\
id:a
    id:p (
        id:x
        [
            id:q 1 ;
        ]
    ) ;
.
"""
FORMS = {
    "subjects by IRI, a first, one value per line": (
        'id:b id:q "x"@de , "a"@en ; id:p 1 ; a id:C .\nid:a-b id:p id:c .'
        " <https://w3id.org/chefsache/id/a> id:p id:c .",
        ORDERED,
    ),
    "lists and alternatives nest": ("id:a id:p ( id:x [ id:q 1 ] ) .", NESTED),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form(name: str) -> None:
    """Each rule of the form, shown on an example."""
    text, body = FORMS[name]

    assert format_text(PREFIX + text, HERE) == f"{PREFIX}\n{body}"


def test_only_used_prefixes_are_declared() -> None:
    """A prefix inside a string or an IRI is not a use."""
    assert (
        format_text(PREFIX + '<urn:a:org:b> <urn:p> "org:Post id:x" .', HERE)
        == '\n<urn:a:org:b>\n    <urn:p> "org:Post id:x" ;\n.\n'
    )


@pytest.mark.parametrize("text", ["# a comment\n", "id:a id:b id:c . # why\n", 'id:a id:b """x\ny""" .\n\n#\n'])
def test_comments_are_refused(text: str) -> None:
    """A comment would be lost in silence, so it is an error."""
    with pytest.raises(ContentError):
        format_text(PREFIX + text, HERE)


def test_a_hash_in_a_string_or_iri_is_no_comment() -> None:
    """Only real comments count."""
    text = PREFIX + 'id:a <https://example.org/#p> "# no" , """no\n# comment""" .'

    assert "# no" in format_text(text, HERE)


CIRCLES = ["_:a id:p _:b . _:b id:p _:a .", "id:x id:p _:a , _:b . _:b id:q _:a ."]


@pytest.mark.parametrize("text", CIRCLES)
def test_blank_nodes_that_cannot_be_nested_are_refused(text: str) -> None:
    """Nothing is lost: a shared or circular blank node is an error."""
    with pytest.raises(ValueError, match="blank node"):
        write(parse_text(PREFIX + text, HERE))


iris = st.sampled_from(
    [f"https://w3id.org/chefsache/id/{name}" for name in ("05916000", "05916000-a", "a.b", "a.", "ä", "-a", "a/b")]
)
nodes = iris.map(ox.NamedNode)
literals = (
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"])))
    | st.builds(lambda text, tag: ox.Literal(text, language=tag), st.text('a"\\\n#é'), st.sampled_from(["de", "en"]))
    | st.integers().map(
        lambda number: ox.Literal(str(number), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    )
)


@given(st.lists(st.builds(ox.Triple, nodes, nodes, nodes | literals), max_size=12))
def test_nothing_is_lost_and_order_does_not_matter(triples: list[ox.Triple]) -> None:
    """Writing and reading gives the same triples; the text does not depend on their order."""
    text = write(triples)

    assert set(parse_text(text, HERE)) == set(triples)
    assert write(reversed(triples)) == text


@pytest.mark.parametrize("file", turtle_files(), ids=lambda file: file.stem)
def test_the_repository_is_in_form(file: Path) -> None:
    """Every Turtle file of the project is in the form, so formatting it again changes nothing."""
    text = file.read_text(encoding="utf-8")

    assert format_text(text, file) == text
