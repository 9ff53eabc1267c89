"""The line of a statement is found in its file."""

from pathlib import Path

import pytest

from chefsache.content.positions import positions

TEXT = '''@prefix id: <https://w3id.org/chefsache/id/> .

id:a
    a id:C ;
    id:p
        "ü\\nx" ,
        """two
lines""" ,
        id:c ;
.

id:b id:p "x" ; id:q [
        id:r id:c ;
    ] .
'''
ID = "https://w3id.org/chefsache/id/"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "example.ttl"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("a",), 3),
        (("a", "p"), 6),
        (("a", "p", f"{ID}c"), 9),
        (("a", "p", "two\nlines"), 7),
        (("a", "p", "not there"), 6),
        (("a", "not-there"), 3),
        (("b", "p", "x"), 12),
        (("nobody",), None),
    ],
)
def test_the_nearest_line(file: Path, where: tuple[str, ...], line: int | None) -> None:
    """The statement's line; where it is missing, its property's, then its subject's."""
    subject, predicate, value = (*where, None, None)[:3]

    assert positions(file).line(ID + subject, predicate and ID + predicate, value) == line
