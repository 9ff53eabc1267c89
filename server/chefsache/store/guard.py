"""Look at a query before it runs: what form it has, and whether it wants to write or to call out.

Names, variables, strings and IRIs may say "service"; the keyword may not. Oxigraph's parser is laxer than the
standard's longest match, and the guard follows it: it reads keywords without asking where they end
(`SERVICE:x {`, `trueSERVICE<…> {`), and it takes `<` for "less than" where the standard sees an IRI
(`?a<'>'`). From such an ambiguous `<` on, nobody can say what is a string, so a query that has one may not
contain the letters at all. Workers cannot open sockets either (`sandbox`), so this is one lock of two.
"""

import itertools
import re
from dataclasses import dataclass
from typing import get_args

from chefsache.store.errors import NestingError, ServiceError, SyntaxFault, UpdateError
from chefsache.store.protocol import Form
from chefsache.store.scanner import Token, position, tokens

#: Brackets inside each other that we follow; the engine's own stack ends between 1,000 and 3,000.
MAX_DEPTH = 250
_FORMS: tuple[Form, ...] = get_args(Form)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPERANDS = frozenset({"variable", "string", "language", "number", "name", "iri", "bnode", "word"})
_PAIRS = {")": "(", "}": "{", "]": "["}


@dataclass(frozen=True)
class Inspection:
    """What the guard found: the form of the query, and the names whose prefix it does not declare."""

    form: Form
    undeclared: tuple[Token, ...] = ()


def inspect(text: str) -> Inspection:
    r"""Return the form of a query, or refuse it.

    >>> inspect("PREFIX ex: <http://example.org/> SELECT * { ?s ex:service 'SERVICE' }").form
    'SELECT'

    Raises:
        UpdateError: it is an update.
        ServiceError: it has the keyword SERVICE, also written with \\u escapes.
        NestingError: its brackets are too deep.
        SyntaxFault: it is none of the four forms.
    """
    found = list(tokens(text))
    form = _form(text, found)
    _refuse_calls(text, found)
    decoded = _ESCAPE.sub(_character, text)
    if decoded != text:
        _refuse_calls(decoded, list(tokens(decoded)))
    return Inspection(form, tuple(_undeclared(found)))


def _form(text: str, found: list[Token]) -> Form:
    """Find the first word after the prologue."""
    expected = "expected SELECT, ASK, CONSTRUCT or DESCRIBE"
    for token in found:
        word = token.text.upper()
        if token.kind != "word" or word in {"PREFIX", "BASE", "VERSION"}:
            continue
        for form in _FORMS:
            if word.startswith(form):
                return form
        for update in _UPDATES:
            if word.startswith(update):
                raise UpdateError(update, *position(text, token.start))
        raise SyntaxFault(f"{expected}, found {token.text[:40]}", *position(text, token.start))
    raise SyntaxFault(expected, *position(text, len(text)))


def _refuse_calls(text: str, found: list[Token]) -> None:
    """Walk through the tokens with their brackets; *data* is the depth of an open VALUES block."""
    brackets: list[str] = []
    values, data = False, 0
    suspicious = "SERVICE" in text.upper()
    for index, token in enumerate(found):
        if token.kind == "mark":
            if token.text in "({[":
                brackets.append(token.text)
                if token.text == "{" and values:
                    values, data = False, len(brackets)
                if len(brackets) > MAX_DEPTH:
                    raise NestingError(MAX_DEPTH, *position(text, token.start))
            elif brackets and _PAIRS.get(token.text) == brackets[-1]:
                brackets.pop()
                data = data if len(brackets) >= data else 0
            continue
        values = values or token.text.upper() == "VALUES"
        if suspicious and (
            _calls(found, index, inside="{" in brackets)
            or (not data and brackets[-1:] == ["("] and _ambiguous(found, index))
        ):
            raise ServiceError(*position(text, token.start))


def _calls(found: list[Token], index: int, *, inside: bool) -> bool:
    """Say whether a token is the keyword, or a name that the engine would split before a brace."""
    token = found[index]
    if token.kind == "word":
        return "SERVICE" in token.text.upper()
    if token.kind != "name" or not inside or "SERVICE" not in token.text.split(":", 1)[0].upper():
        return False
    follows = found[index + 1].text if index + 1 < len(found) else ""
    return follows == "{" and found[index - 1].text.upper() != "GRAPH"


def _ambiguous(found: list[Token], index: int) -> bool:
    """Say whether an IRI stands where "less than" could, and hides what opens a string, comment or bracket."""
    token, before = found[index], found[index - 1]
    operand = before.kind in _OPERANDS or before.text == ")"
    return token.kind == "iri" and operand and any(mark in token.text for mark in "'#()[]")


def _undeclared(found: list[Token]) -> list[Token]:
    declared = {following.text for token, following in itertools.pairwise(found) if token.text.upper() == "PREFIX"}
    return [t for t in found if t.kind == "name" and t.text.split(":", 1)[0] + ":" not in declared]


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]
