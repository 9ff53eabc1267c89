"""The competency questions: what the graph must be able to answer, and how each is asked.

A question is a file ``queries/questions/NAME.rq``. Its header names it in German and English and lists its parameters:
``# parameter: day | xsd:date | as-of | Stichtag | day``: name, datatype (``iri`` or an ``xsd:`` name), default values
separated by blanks (``as-of`` is the release day; none means: any), label in German, label in English. In the text each
parameter stands once as ``VALUES ?day { … }``; what stands between the braces is replaced when it is asked, so the
file and every filled text are complete SPARQL 1.1 that runs anywhere.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chefsache.content.errors import ContentError, ParameterError
from chefsache.content.files import queries
from chefsache.content.headers import Header, read
from chefsache.content.names import PREFIXES, expand

__all__ = ["Parameter", "Question", "question", "questions"]

_UNDEFINED = "UNDEF"
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_PREFIXED_NAME = re.compile(rf"(?:{'|'.join(PREFIXES)}):[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LEXICAL = {
    "xsd:integer": (re.compile(r"[+-]?[0-9]{1,18}"), "eine ganze Zahl", "a whole number"),
    "xsd:gYear": (re.compile(r"[0-9]{4}"), "ein Jahr, vierstellig", "a year of four digits"),
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    datatype: str
    defaults: tuple[str, ...]
    label: dict[str, str]

    def term(self, value: str) -> str:
        """Write a value as a SPARQL term.

        Raises:
            ParameterError: the value is no such IRI, date or number.
        """
        if self.datatype == "iri":
            return f"<{self._iri(value)}>"
        if self.datatype == "xsd:string":
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
        if self.datatype == "xsd:date":
            return f'"{self._date(value)}"^^<{expand(self.datatype)}>'
        pattern, de, en = _LEXICAL[self.datatype]
        if not pattern.fullmatch(value):
            raise ParameterError(self.name, value, f"{self.name}: erwartet {de}", f"{self.name}: expected {en}")
        return f'"{value}"^^<{expand(self.datatype)}>'

    def _iri(self, value: str) -> str:
        if _IRI.fullmatch(value):
            return value
        if _PREFIXED_NAME.fullmatch(value):
            return expand(value)
        raise ParameterError(
            self.name,
            value,
            f"{self.name}: erwartet eine IRI wie id:05916000",
            f"{self.name}: expected an IRI such as id:05916000",
        )

    def _date(self, value: str) -> str:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise ParameterError(
            self.name,
            value,
            f"{self.name}: erwartet einen Tag wie 2024-06-01",
            f"{self.name}: expected a day such as 2024-06-01",
        )


@dataclass(frozen=True)
class Question:
    """One competency question."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    answer: str
    text: str

    def fill(self, values: Mapping[str, Sequence[str]], as_of: str) -> str:
        """Return the SPARQL text with the given values, and the defaults for the others.

        *as_of* is the release day, which defaults may refer to.

        Raises:
            ParameterError: a value does not fit, or the question has no such parameter.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise _unknown(name, sorted(known))
        text = self.text
        for parameter in self.parameters:
            given = [value for value in values.get(parameter.name, ()) if value != ""]
            chosen = given or [as_of if value == "as-of" else value for value in parameter.defaults]
            terms = " ".join(parameter.term(value) for value in chosen) or _UNDEFINED
            text = _slot(parameter.name).sub(lambda match, terms=terms: f"{match[1]} {terms} }}", text, count=1)  # type: ignore[misc]
        return text


def questions() -> dict[str, Question]:
    """Return all questions by name, in the order of their names.

    Raises:
        ContentError: a question's file cannot be read, or its header is not complete.
    """
    return {path.stem: question(path) for path in queries("questions")}


def question(path: Path) -> Question:
    """Read one question from its file.

    Raises:
        ContentError: the file cannot be read, or its header is not complete.
    """
    header = read(path)
    return Question(
        name=path.stem,
        title=header.both("question"),
        description=header.both("description"),
        parameters=tuple(_parameter(header, line) for line in header.many("parameter")),
        columns=tuple(column.strip() for column in header.one("columns").split(",")),
        answer=header.one("answer"),
        text=header.text,
    )


def _parameter(header: Header, line: str) -> Parameter:
    fields = [part.strip() for part in line.split("|")]
    if len(fields) != 5:
        raise ContentError(header.path, 1, "a parameter reads 'name | datatype | defaults | Name | name'")
    name, datatype, defaults, de, en = fields
    if datatype not in {"iri", "xsd:date", "xsd:string", *_LEXICAL}:
        raise ContentError(header.path, 1, f"unknown datatype {datatype} of parameter {name}")
    if len(_slot(name).findall(header.text)) != 1:
        raise ContentError(header.path, 1, f"the text needs 'VALUES ?{name} {{ … }}' once")
    return Parameter(name, datatype, tuple(defaults.split()), {"de": de, "en": en})


def _slot(name: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES\s+\?{name}\s*\{{)[^{{}}]*\}}")


def _unknown(name: str, known: list[str]) -> ParameterError:
    listed = ", ".join(known)
    return ParameterError(
        name,
        "",
        f"diese Frage kennt keinen Parameter {name}; sie kennt: {listed or '(keinen)'}",
        f"this question has no parameter {name}; it has: {listed or '(none)'}",
    )
