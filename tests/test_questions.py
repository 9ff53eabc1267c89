"""The competency questions: portable SPARQL 1.1, complete in their headers, with the answers of their golden files.

``pytest --golden`` writes the golden files anew (``tests/golden/questions/``); read what changed before you commit it.
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from chefsache.content.questions import Question, questions

Answer = Callable[..., tuple[list[str], list[list[str]]]]

GOLDEN = Path(__file__).parent / "golden/questions"
QUESTIONS = questions()
HERNE, GLADBECK = "id:05916000", "id:05562014"
DAYS = ["2019-06-01", "2022-01-15", "2024-06-01", "2026-11-22"]
#: golden file -> question and parameters
CASES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "announced-not-adopted": ("announced-not-adopted", {}),
    "by-key": ("by-key", {"key": ["05916000", "05562014", "nothing"]}),
    "career-herbe": ("career", {"person": ["id:person-pierre-herbe"]}),
    "career-zalkau": ("career", {"person": ["id:person-lukas-zalkau"]}),
    "changes-in-2018": ("changes-in-a-year", {"year": ["2018"]}),
    "changes-in-2022-and-2023": ("changes-in-a-year", {"year": ["2022", "2023"]}),
    "cities-without-lead": ("cities-without-lead", {}),
    "cities-without-strategy": ("cities-without-strategy", {"population": ["50000"]}),
    "committees": ("committees", {}),
    "contradictions": ("contradictions", {}),
    "coverage-by-land": ("coverage-by-land", {}),
    "course-digitalstrategie": ("course", {"thing": ["id:05916000-artefact-digitalstrategie-2030"]}),
    "course-leitbild": ("course", {"thing": ["id:05562014-artefact-leitbild-digitale-stadt"]}),
    "failed-bids": ("failed-bids", {}),
    "goals-and-measures-gladbeck": ("goals-and-measures", {"authority": [GLADBECK]}),
    "goals-and-measures-herne": ("goals-and-measures", {"authority": [HERNE]}),
    "identifiers": ("identifiers", {"authority": [HERNE, GLADBECK]}),
    "initiators": ("initiators", {}),
    "joint-papers": ("joint-papers", {}),
    "last-attested": ("last-attested", {}),
    "last-attested-2020": ("last-attested", {"day": ["2020-01-01"]}),
    "moves-between-authorities": ("moves-between-authorities", {}),
    "names": ("names", {}),
    "namesakes": ("namesakes", {}),
    "offices-gladbeck": ("offices", {"authority": [GLADBECK], "day": ["2022-01-15", "2026-11-22"]}),
    "offices-herne": ("offices", {"authority": [HERNE], "day": ["2019-06-01", "2024-06-01"]}),
    "partners-gladbeck": ("partners", {"authority": [GLADBECK]}),
    "partners-herne": ("partners", {"authority": [HERNE]}),
    "planned": ("planned", {"day": ["2021-12-01", "2026-02-12"]}),
    "possibly-same-persons": ("possibly-same-persons", {}),
    "remits": ("remits", {"authority": [HERNE, GLADBECK]}),
    "remits-steering": ("remits", {"day": DAYS, "field": ["vocab:steering"]}),
    "reorganisations": ("reorganisations", {}),
    "rests-on-article": ("rests-on-source", {"source": ["id:source-lokalkompass-a1665589"]}),
    "serves-another": ("serves-another", {}),
    "shared-posts": ("shared-posts", {}),
    "sources-interviews": ("sources", {"kind": ["vocab:interview"]}),
    "strategies": ("strategies", {"day": ["2022-06-01", "2026-11-22"]}),
    "unchecked-claims": ("unchecked-claims", {"authority": [HERNE, GLADBECK]}),
    "where-it-sits": ("where-it-sits", {"authority": [HERNE, GLADBECK], "day": DAYS}),
    "who-steers": ("who-steers", {"authority": [HERNE, GLADBECK], "day": DAYS}),
}


def test_every_question_has_a_golden_answer() -> None:
    """A question without an expected answer would promise what nobody checks."""
    assert set(QUESTIONS) == {name for name, _ in CASES.values()}
    assert {path.stem for path in GOLDEN.glob("*.csv")} <= set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_answer_is_the_golden_one(case: str, golden_answer: Answer, golden: bool) -> None:
    """On the small fixed graph, row by row and in order."""
    name, values = CASES[case]
    columns, rows = golden_answer(name, **values)
    file = GOLDEN / f"{case}.csv"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    if golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.getvalue(), encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text.getvalue()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_the_whole_graph_has_an_answer(question: Question, answer: Answer) -> None:
    """At least one row, with the defaults or with what the golden cases ask."""
    asked = [{}, *(values for name, values in CASES.values() if name == question.name)]

    assert any(answer(question.name, **values)[1] for values in asked)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_question_is_portable_sparql(question: Question) -> None:
    """A second parser, rdflib's, reads the text as it stands in the file, and as it is filled."""
    for text in (question.text, question.fill({}, "2026-11-22")):
        variables = [str(variable) for variable in prepareQuery(text).algebra["PV"]]

        assert list(question.columns) == variables


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_order_is_total(question: Question, answer: Answer) -> None:
    """Rows that differ never tie: the order names every IRI column, or there are no two rows alike in what it names."""
    _, rows = answer(question.name)
    columns = question.columns
    named = re.findall(r"\?(\w+)", question.text[question.text.rindex("ORDER BY") :])
    keys = [tuple(row[columns.index(name)] for name in named if name in columns) for row in rows]

    assert len(set(map(tuple, rows))) == len(rows)
    assert len(set(keys)) == len(rows)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_only_used_prefixes_are_listed(question: Question) -> None:
    """What is listed is used; what is used must be listed, or the query would not parse."""
    body = re.sub(r"^(#|PREFIX ).*$", "", question.text, flags=re.MULTILINE)
    listed = re.findall(r"^PREFIX (\w+):", question.text, flags=re.MULTILINE)

    assert listed == sorted(name for name in listed if re.search(rf"(?<![\w:]){name}:", body))


class TestWhoSteers:
    """What the first two articles were about: certain only as far as sources reach."""

    def _found(self, answer: Answer, authority: str, day: str) -> list[tuple[str, ...]]:
        columns, rows = answer("who-steers", authority=[authority], day=[day])
        wanted = [columns.index(name) for name in ("holder", "person", "certainty", "lastKnown")]
        return [tuple(row[number] for number in wanted) for row in rows]

    def test_herne(self, answer: Answer) -> None:
        """First the staff unit, then the department; on the release day no longer claimed to be in office."""
        assert self._found(answer, HERNE, "2019-06-01") == [
            ("Stabsstelle Digitalisierung", "Pierre Herbe", "documented", "")
        ]
        assert self._found(answer, HERNE, "2024-06-01") == [
            ("Fachbereich 16 Digitalisierung", "Pierre Herbe", "documented", "")
        ]
        assert self._found(answer, HERNE, "2026-11-22") == [
            ("Fachbereich 16 Digitalisierung", "Pierre Herbe", "last documented", "2025-02-10")
        ]

    def test_gladbeck(self, answer: Answer) -> None:
        """Nobody before the post was created; after the last report, silence is not turned into office."""
        assert self._found(answer, GLADBECK, "2019-06-01") == []
        assert self._found(answer, GLADBECK, "2022-01-15") == [
            ("Digitalisierungsbeauftragter", "Lukas Zalkau", "documented", "")
        ]
        for day in ("2024-06-01", "2026-11-22"):
            assert self._found(answer, GLADBECK, day) == [
                ("Digitalisierungsbeauftragter", "Lukas Zalkau", "last documented", "2022-03-15")
            ]
