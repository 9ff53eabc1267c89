"""Questions are read from files, and filled with values that cannot break out of their place."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from chefsache.content.errors import ContentError, ParameterError
from chefsache.content.questions import Question, question, questions

TEXT = """\
# question: Wer?
# question-en: Who?
# description: Wer es ist.
# description-en: Who it is.
# parameter: day | xsd:date | as-of | Tag | day
# parameter: who | iri | | Wer | who
# parameter: name | xsd:string | a | Name | name
# columns: s
# answer: one row

SELECT ?s WHERE {
  VALUES ?day { "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?who { UNDEF }
  VALUES ?name { "a" }
  ?s ?p ?o .
}
ORDER BY ?s
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Question:
    file = tmp_path_factory.mktemp("questions") / "example.rq"
    file.write_text(TEXT, encoding="utf-8")
    return question(file)


def test_defaults_fill_what_is_not_given(example: Question) -> None:
    """The as-of day stands for itself, a parameter without default is unbound."""
    text = example.fill({}, "2026-11-22")

    assert 'VALUES ?day { "2026-11-22"^^<http://www.w3.org/2001/XMLSchema#date> }' in text
    assert "VALUES ?who { UNDEF }" in text


def test_several_values(example: Question) -> None:
    """A parameter takes as many values as are given; an empty one counts as not given."""
    text = example.fill({"who": ["id:05916000", "", "https://example.org/x"]}, "2026-11-22")

    assert "VALUES ?who { <https://w3id.org/chefsache/id/05916000> <https://example.org/x> }" in text


@pytest.mark.parametrize(
    ("values", "parameter"),
    [
        ({"day": ["2026-02-30"]}, "day"),
        ({"day": ["today"]}, "day"),
        ({"day": ["20260201"]}, "day"),
        ({"who": ["Herne"]}, "who"),
        ({"who": ["https://example.org/> } #"]}, "who"),
        ({"who": ["nope:x"]}, "who"),
        ({"nope": ["x"]}, "nope"),
    ],
)
def test_what_does_not_fit_is_refused(example: Question, values: dict[str, list[str]], parameter: str) -> None:
    """The error names the parameter, in German and English."""
    with pytest.raises(ParameterError) as caught:
        example.fill(values, "2026-11-22")

    assert caught.value.parameter == parameter
    assert parameter in caught.value.message["de"]
    assert caught.value.message.keys() == {"de", "en"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_breaks_out_of_its_string(example: Question, value: str) -> None:
    """Whatever the text, the query stays one, and finds that text."""
    text = example.fill({"name": [value]}, "2026-11-22").replace("SELECT ?s", "SELECT ?name").replace("?s ?p ?o .", "")
    rows = list(ox.Store().query(text.replace("ORDER BY ?s", "")))

    assert [row["name"].value for row in rows] == [value or "a"]


@given(st.text())
def test_no_iri_breaks_out(example: Question, value: str) -> None:
    """A value is either refused or a single IRI."""
    try:
        text = example.fill({"who": [value]}, "2026-11-22")
    except ParameterError:
        return

    ox.Store().query(text)


@pytest.mark.parametrize(
    "change",
    [
        ("# question-en: Who?\n", ""),
        ("# columns: s\n", ""),
        ("| Wer | who", "| Wer"),
        ("| iri |", "| xsd:anyURI |"),
        ("VALUES ?who { UNDEF }", ""),
        ("# answer: one row", "# answer"),
    ],
)
def test_an_incomplete_header_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    """A question that could not be asked is an error of its file."""
    file = tmp_path / "broken.rq"
    file.write_text(TEXT.replace(*change), encoding="utf-8")

    with pytest.raises(ContentError):
        question(file)


@pytest.mark.parametrize("name", questions())
def test_each_question_runs_as_it_stands(name: str) -> None:
    """The text is portable SPARQL 1.1: rdflib and Oxigraph parse it; its columns are as its header says."""
    example = questions()[name]
    for text in (example.text, example.fill({}, "2026-11-22")):
        prepareQuery(text)
        rows = ox.Store().query(text)
        assert tuple(variable.value for variable in rows.variables) == example.columns
