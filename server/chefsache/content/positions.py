"""Find the line of a statement in its Turtle file, or in its table of the register.

rdflib's Turtle parser knows the line it reads; a listener on it notes where each object stood. Only files with a
finding are read this way, so its speed does not matter.
"""

from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser

from chefsache.content import register
from chefsache.content.names import compact

__all__ = ["Positions", "first_line", "positions"]


class Positions:
    """Where subjects and statements stand in one file; lines count from 1."""

    def __init__(self) -> None:
        self._statements: dict[tuple[str, str, str], int] = {}
        self._properties: dict[tuple[str, str], int] = {}
        self._subjects: dict[str, int] = {}

    def note(self, subject: str, predicate: str, value: str, line: int) -> None:
        """Keep the first line of a statement, and of its property."""
        self._statements.setdefault((subject, predicate, value), line)
        self._properties.setdefault((subject, predicate), line)

    def note_subject(self, subject: str, line: int) -> None:
        """Keep the first line of a subject."""
        self._subjects.setdefault(subject, line)

    def line(self, subject: str, predicate: str | None = None, value: str | None = None) -> int | None:
        """Return the line of the statement; where it is missing, of its property, then of its subject."""
        if predicate is not None and value is not None and (subject, predicate, value) in self._statements:
            return self._statements[subject, predicate, value]
        if predicate is not None and (subject, predicate) in self._properties:
            return self._properties[subject, predicate]
        return self._subjects.get(subject)


@cache
def positions(path: Path) -> Positions:
    """Read where everything stands in a file that is known to be well-formed."""
    found = Positions()
    if path.suffix == ".csv":
        for subject, line in register.lines(path).items():
            found.note_subject(subject, line)
        return found
    parser = _Listener(RDFSink(Graph()), found)
    parser.loadBuf(path.read_text(encoding="utf-8"))
    return found


def first_line(path: Path, subject: str) -> int | None:
    """Return the line on which the block of a subject begins in a Turtle file in its form; None without one."""
    names = {compact(subject), f"<{subject}>"}
    with path.open(encoding="utf-8") as file:
        return next((number for number, line in enumerate(file, 1) if line.rstrip("\n") in names), None)


class _Listener(SinkParser):
    def __init__(self, sink: RDFSink, found: Positions) -> None:
        super().__init__(sink, baseURI="https://w3id.org/chefsache/", turtle=True)
        self._found = found
        self._lines: dict[int, int] = {}

    def object(self, argstr: str, i: int, res: Any) -> int:  # noqa: ANN401 - the parser's own signature
        start = self.skipSpace(argstr, i)
        line = self.lines + 1
        end = super().object(argstr, start, res)
        if end >= 0:
            self._lines[id(res[-1])] = line
        return end

    def subject(self, argstr: str, i: int, res: Any) -> int:  # noqa: ANN401 - the parser's own signature
        start = self.skipSpace(argstr, i)
        line = self.lines + 1
        end = super().subject(argstr, start, res)
        if end >= 0:
            self._found.note_subject(_text(res[-1]), line)
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: ANN401, N802 - the parser's own signature
        _, predicate, subject, value = quadruple
        line = self._lines.get(id(value))
        if line is not None:
            self._found.note(_text(subject), _text(predicate), _text(value), line)
        super().makeStatement(quadruple)


def _text(term: Any) -> str:  # noqa: ANN401 - a pair or a node
    return str(term[1]) if isinstance(term, tuple) else str(term)
