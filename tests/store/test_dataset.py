"""FROM clauses are found and resolved as the engine does it."""

import pytest

from chefsache.store import guard
from chefsache.store.dataset import clauses, without
from chefsache.store.protocol import Dataset
from chefsache.store.scanner import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", None),
        ("SELECT * FROM <x:a> { ?s ?p ?o }", Dataset(("x:a",))),
        ("select *from<x:a>from named<x:b>where{}", Dataset(("x:a",), ("x:b",))),
        ("SELECT * FROM <x:a> FROM <x:a> FROM <x:b> {}", Dataset(("x:a", "x:b"))),
        ("BASE <http://e/x/> ASK FROM <../a> FROM NAMED <b> {}", Dataset(("http://e/a",), ("http://e/x/b",))),
        ("PREFIX : <x:> CONSTRUCT { ?s ?p ?o } FROM:a {}", Dataset(("x:a",))),
        ("PREFIX : <x:> DESCRIBE :t FROM NAMED:a FROMNAMED :b", Dataset((), ("x:a", "x:b"))),
        (r"PREFIX e: <x:> ASK FROM e:a\,b {}", Dataset(("x:a,b",))),
        (r"ASK FR\u004FM <x:\u0061> {}", Dataset(("x:a",))),
        ('VERSION "1.2" PREFIX e: <x:> ASK FROM e:a {}', Dataset(("x:a",))),
        ("SELECT (' FROM <x:a> ' AS ?from) { ?from ?named <x:FROM> } # FROM <x:a>", None),
        ("SELECT ?s { { SELECT * { ?s ?p 'FROM' } } }", None),
        ("ASK FROM e:undeclared {}", None),
    ],
)
def test_finds_the_dataset(text: str, expected: Dataset | None) -> None:
    assert guard.inspect(text).dataset == expected


def test_takes_the_clauses_out() -> None:
    """Everything else stays in its place."""
    text = "SELECT * FROM <x:a>\nFROM NAMED <x:b> { ?s ?p ' FROM <x:c>' }"
    plain = without(text, clauses(list(tokens(text))))

    assert plain.split() == ["SELECT", "*", "{", "?s", "?p", "'", "FROM", "<x:c>'", "}"]
    assert len(plain) == len(text)
