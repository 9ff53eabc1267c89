"""The derivation rules: each case of ``tests/rules/RULE/`` gives exactly what its ``.expected.ttl`` says."""

import calendar
import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chefsache.content.names import expand
from chefsache.content.rules import rules
from chefsache.pipeline.derivation import derive

CASES = sorted(
    path for path in (Path(__file__).parent / "rules").glob("*/*.ttl") if not path.name.endswith(".expected.ttl")
)
RULES = {rule.name: rule for rule in rules()}
BOUNDS = [ox.NamedNode(expand(f"chef:{name}")) for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")]
FIRST, LAST = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)
CLAIM = ox.NamedNode(expand("id:05999000-tenure-muster"))
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
DATES = st.one_of(
    DAYS.map(lambda day: (day.isoformat(), "xsd:date")),
    DAYS.map(lambda day: (day.isoformat()[:7], "xsd:gYearMonth")),
    DAYS.map(lambda day: (day.isoformat()[:4], "xsd:gYear")),
)
CLAIMS = st.dictionaries(
    st.sampled_from(["schema:startDate", "schema:endDate", "chef:attestedOn", "dcterms:date"]),
    st.lists(DATES, min_size=1, max_size=3, unique=True),
)


def test_every_rule_has_cases() -> None:
    """No rule goes untested, and no case is for a rule that is gone."""
    assert {case.parent.name for case in CASES} == set(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_rule_derives_what_its_case_expects(case: Path) -> None:
    """One rule alone, on the asserted and inferred triples of its case."""
    found = _store(case).query(RULES[case.parent.name].text)

    assert {quad.triple for quad in _store(case.with_suffix(".expected.ttl"))} == set(found)


@settings(deadline=None)
@given(CLAIMS)
@example({"schema:startDate": [("2020", "xsd:gYear")], "schema:endDate": [("2018", "xsd:gYear")]})
@example({"chef:attestedOn": [("2018", "xsd:gYear"), ("2023-02", "xsd:gYearMonth")]})
@example({})
def test_four_bounds_always_exist_and_are_those_of_the_calendar(dates: dict[str, list[tuple[str, str]]]) -> None:
    """Whatever sources say: one of each bound, the narrowest; the starts before the ends, latest and earliest alike."""
    store = ox.Store()
    store.add(ox.Quad(CLAIM, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("chef:Claim"))))
    store.extend(
        ox.Quad(CLAIM, ox.NamedNode(expand(path)), ox.Literal(text, datatype=ox.NamedNode(expand(datatype))))
        for path, many in dates.items()
        for text, datatype in many
    )

    derive(store, datetime.date(2026, 11, 22))

    bounds = [[quad.object.value for quad in store.quads_for_pattern(CLAIM, bound, None, None)] for bound in BOUNDS]
    assert [set(values) for values in bounds] == [{day.isoformat()} for day in _bounds(dates)]
    earliest_start, latest_start, earliest_end, latest_end = (values[0] for values in bounds)
    assert latest_start <= latest_end
    assert earliest_start <= earliest_end


def test_later_rules_see_what_earlier_ones_derived() -> None:
    """An undated remit of a post in an office lives as long as the office, by way of rules 1 to 4."""
    store = ox.Store()
    store.load(
        b"""
        @prefix chef: <https://w3id.org/chefsache/ontology#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix id: <https://w3id.org/chefsache/id/> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix vocab: <https://w3id.org/chefsache/vocab/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        id:created a org:ChangeEvent , chef:Claim ; dcterms:type vocab:created ;
          dcterms:date "2018-10"^^xsd:gYearMonth ; org:resultingOrganization id:office .
        id:merged a org:ChangeEvent , chef:Claim ; dcterms:type vocab:merged ;
          dcterms:date "2023-02-01"^^xsd:date ; org:originalOrganization id:office .
        id:post a org:Post ; org:postIn id:office .
        id:05999000-tenure-muster a chef:Claim , chef:Remit ; chef:about id:post .
        """,
        format=ox.RdfFormat.TURTLE,
    )

    derive(store, datetime.date(2026, 11, 22))

    assert _of(store, CLAIM) == ["2018-10-01", "2018-10-31", "2023-01-31", "2023-01-31"]
    assert _of(store, ox.NamedNode(expand("id:office"))) == ["", "", "", ""]


def _of(store: ox.Store, thing: ox.NamedNode) -> list[str]:
    return [
        " ".join(sorted({quad.object.value for quad in store.quads_for_pattern(thing, bound, None, ox.DefaultGraph())}))
        for bound in BOUNDS
    ]


def _bounds(dates: dict[str, list[tuple[str, str]]]) -> list[datetime.date]:
    """The same bounds, worked out by the calendar of Python."""
    starts = [_days(text) for path in ("schema:startDate", "dcterms:date") for text, _ in dates.get(path, [])]
    ends = [_days(text) for path in ("schema:endDate", "dcterms:date") for text, _ in dates.get(path, [])]
    attested = [_days(text) for text, _ in dates.get("chef:attestedOn", [])]
    earliest_start = max((first for first, _ in starts), default=FIRST)
    latest_end = min((last for _, last in ends), default=LAST)
    return [
        earliest_start,
        min([last for _, last in starts + attested] + [latest_end]),
        max([first for first, _ in ends + attested] + [earliest_start]),
        latest_end,
    ]


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    last = month or 12
    return (
        datetime.date(year, month or 1, day or 1),
        datetime.date(year, last, day or calendar.monthrange(year, last)[1]),
    )


def _store(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path)
    return store
