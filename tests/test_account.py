"""The account of the dossiers adds up, and what it says stands in the graph does.

``docs/account.csv`` has one row for each entry of the dossiers that the facts were first collected as.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from chefsache.content.files import turtle_files
from chefsache.content.names import expand
from chefsache.content.turtle import parse

DOCS = Path(__file__).parents[1] / "docs"
ROWS = list(csv.DictReader((DOCS / "account.csv").read_text(encoding="utf-8").splitlines()))
PAGE = (DOCS / "account.md").read_text(encoding="utf-8").splitlines()
OUTCOMES = ("in graph", "merged", "left out")


def of(outcome: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["outcome"] == outcome]


@pytest.fixture(scope="module")
def described() -> set[str]:
    """The IRIs that the data describe."""
    return {triple.subject.value for file in turtle_files("data") for triple in parse(file)}


def test_what_is_in_the_graph_is_described(described: set[str]) -> None:
    """So is the thing that an entry was merged with; a renamed or dropped one needs a new row."""
    lost = [row for row in of("in graph") + of("merged") if expand(row["iri"]) not in described]
    assert not lost


def test_what_is_left_out_has_a_reason() -> None:
    """And no IRI."""
    assert not [row for row in of("left out") if not row["reason"] or row["iri"]]


def test_each_thing_stands_once() -> None:
    """Of several entries of one thing, one is in the graph, the others are merged with it."""
    first = Counter(row["iri"] for row in of("in graph"))
    assert max(first.values()) == 1
    assert {row["iri"] for row in of("merged")} <= set(first)


def test_no_entry_is_counted_twice() -> None:
    """An entry is a collection, a kind and an item."""
    assert len({(row["collection"], row["kind"], row["item"]) for row in ROWS}) == len(ROWS)


def test_the_rows_are_sorted() -> None:
    """By collection, kind and item; each has one of the three outcomes."""
    entries = [(row["collection"], row["kind"], row["item"]) for row in ROWS]
    assert entries == sorted(entries)
    assert {row["outcome"] for row in ROWS} == set(OUTCOMES)


def test_the_page_counts_the_rows() -> None:
    """Its tables are those of the rows: entries of a kind = in graph + merged + left out."""
    kinds = sorted({row["kind"] for row in ROWS})
    counts = Counter((row["kind"], row["outcome"]) for row in ROWS)
    numbers = {kind: [counts[kind, outcome] for outcome in OUTCOMES] for kind in kinds}
    numbers["all"] = [len(of(outcome)) for outcome in OUTCOMES]
    reasons = sorted(Counter((row["kind"], row["reason"]) for row in of("left out")).items())
    expected = [_line(kind, sum(parts), *parts) for kind, parts in numbers.items()]
    expected += [_line(*entry, number) for entry, number in reasons]
    assert [line for line in PAGE if line.startswith("| ") and line.rstrip(" |")[-1].isdigit()] == expected


def _line(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"
