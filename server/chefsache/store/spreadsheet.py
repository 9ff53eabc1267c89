"""Make CSV safe to open in a spreadsheet, which takes a cell that begins with = + - @ for a formula.

Such a cell gets an apostrophe before it, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection),
unless it is a number. This is the one deviation from SPARQL 1.1 Query Results CSV; TSV and JSON hold exact values.
"""

import re
from typing import Protocol

#: What a formula begins with, also in its full-width form, and the blanks before it that a spreadsheet drops.
_START = rb"(?:[=+\-@\t\r\n]|\xef\xbc[\x9d\x8b\x8d\xa0])"
_SUSPICIOUS = re.compile(rb'(?:^|[,\n"])' + _START)
_CELL = re.compile(rb'"[^"]*(?:""[^"]*)*"|[^,"\r\n]+')
_FORMULA = re.compile(rb'"?' + _START)
_NUMBER = re.compile(rb"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]INF")


class Writer(Protocol):
    """Takes bytes."""

    def write(self, data: bytes) -> int:
        """Take some bytes; return how many."""


class SpreadsheetWriter:
    """Passes CSV on record by record, with an apostrophe before what a spreadsheet would take for a formula."""

    def __init__(self, target: Writer) -> None:
        self._target = target
        self._held = bytearray()
        self._quoted = False

    def write(self, data: bytes) -> int:
        """Take some bytes; they are passed on when a record is whole."""
        self._held += data
        self._quoted ^= bool(data.count(b'"') % 2)
        if not self._quoted and self._held.endswith(b"\n"):
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Pass on what is held."""
        if self._held:
            self._target.write(safe(bytes(self._held)))
            self._held.clear()


def safe(records: bytes) -> bytes:
    r"""Return whole records of CSV with harmless cells.

    >>> safe(b'=1+1,-5,"@a,b",-5 km\r\n')
    b'\'=1+1,-5,"\'@a,b",\'-5 km\r\n'
    """
    if not _SUSPICIOUS.search(records):
        return records
    return _CELL.sub(_harmless, records)


def _harmless(match: re.Match[bytes]) -> bytes:
    cell = match[0]
    if not _FORMULA.match(cell) or _NUMBER.fullmatch(cell):
        return cell
    return b"\"'" + cell[1:] if cell.startswith(b'"') else b"'" + cell
