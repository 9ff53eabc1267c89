"""CSV opens in a spreadsheet without becoming a formula, and says the same to everybody else."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chefsache.store.spreadsheet import SpreadsheetWriter, safe


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+49 2323 16", "'+49 2323 16"),
        ("-5 km", "'-5 km"),
        ("\t=1", "'\t=1"),
        ('"\r=1"', '"\'\r=1"'),
        ('"=HYPERLINK(""x"",1)"', '"\'=HYPERLINK(""x"",1)"'),
        ("＝1+1", "'＝1+1"),
        ("-0044-03-15", "'-0044-03-15"),
        ("-5", "-5"),
        ("+5.5e-3", "+5.5e-3"),
        ("-INF", "-INF"),
        ("http://example.org/?a=b", "http://example.org/?a=b"),
        ('"a,=b"', '"a,=b"'),
        ('"a""=b\r\n=c"', '"a""=b\r\n=c"'),
        ("", ""),
    ],
)
def test_cells(cell: str, expected: str) -> None:
    for frame in ("{},x\r\n", "x,{}\r\n", "x,{},=1\r\n"):
        record = frame.format(cell).encode()
        assert safe(record) == frame.format(expected).replace(",=1\r", ",'=1\r").encode()


CELLS = st.text(st.sampled_from('a=+-@\t\r\n",5.＝'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=5), st.data())
def test_no_cell_is_a_formula_and_none_is_lost(rows: list[list[str]], data: st.DataObject) -> None:
    """Whatever the cells are and wherever the stream is cut, only apostrophes come in."""
    text = "".join(",".join(map(_cell, row)) + "\r\n" for row in rows).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    written = io.BytesIO()
    writer = SpreadsheetWriter(written)
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        writer.write(text[start:end])
    writer.flush()

    found = list(csv.reader(io.StringIO(written.getvalue().decode(), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in found] == rows
    assert not [cell for row in found for cell in row if cell[:1] in set("=@\t\r\n＝")]


def _cell(value: str) -> str:
    """Write a cell as the engine does."""
    return '"' + value.replace('"', '""') + '"' if set(value) & set('",\r\n') else value
