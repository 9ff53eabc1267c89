"""Look at a query before it runs: what form it has, and whether it wants to write or to call out.

Names, variables, strings and IRIs may say "service"; the keyword may not. Oxigraph's parser is laxer than the
standard's longest match, and the guard follows it: it reads keywords without asking where they end
(`SERVICE:x {`, `trueSERVICE<…> {`), and it takes `<` for "less than" where the standard sees an IRI
(`?a<'>'`). From such an ambiguous `<` on, nobody can say what is a string, so a query that has one may not
contain the letters at all. Workers cannot open sockets either (`sandbox`), so this is one lock of two.
"""

import itertools
from dataclasses import dataclass
from typing import get_args

from chefsache.store.dataset import clauses, dataset
from chefsache.store.errors import NestingError, ServiceError, SyntaxFault, UpdateError
from chefsache.store.protocol import Dataset, Form
from chefsache.store.scanner import Token, position, tokens, unescaped

#: Brackets inside each other that we follow; the engine's own stack ends between 1,000 and 3,000.
MAX_DEPTH = 250
_FORMS: tuple[Form, ...] = get_args(Form)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OPERANDS = frozenset({"variable", "string", "language", "number", "name", "iri", "bnode", "word"})
_PAIRS = {")": "(", "}": "{", "]": "["}


@dataclass(frozen=True)
class Inspection:
    """What the guard found: the form of the query, its dataset, whether it calls a service, names without prefix."""

    form: Form
    undeclared: tuple[Token, ...] = ()
    dataset: Dataset | None = None
    calls: bool = False


def inspect(text: str, services: frozenset[str] = frozenset()) -> Inspection:
    r"""Return what a query is, or refuse it; it may call *services*, each named by its whole IRI, and no others.

    >>> inspect("PREFIX ex: <http://example.org/> SELECT * { ?s ex:service 'SERVICE' }").form
    'SELECT'

    Raises:
        UpdateError: it is an update.
        ServiceError: it has the keyword SERVICE, also written with \\u escapes, and no allowed IRI after it.
        NestingError: its brackets are too deep.
        SyntaxFault: it is none of the four forms.
    """
    found = list(tokens(text))
    form = _form(text, found)
    calls = _look_for_calls(text, found, services)
    decoded = unescaped(text)
    if decoded != text:
        found = list(tokens(decoded))
        calls = _look_for_calls(decoded, found, services) or calls
    return Inspection(form, tuple(_undeclared(found)), dataset(found, clauses(found)), calls)


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


def _look_for_calls(text: str, found: list[Token], services: frozenset[str]) -> bool:
    """Walk through the tokens with their brackets, refuse what may call out, say whether there are allowed calls.

    *data* is the depth of an open VALUES block.
    """
    brackets: list[str] = []
    values, data, calls = False, 0, False
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
        if not suspicious:
            continue
        if _allowed(found, index, services):
            calls = True
        elif _calls(found, index, inside="{" in brackets) or (
            not data and brackets[-1:] == ["("] and _ambiguous(found, index)
        ):
            raise ServiceError(*position(text, token.start))
    return calls


def _allowed(found: list[Token], index: int, services: frozenset[str]) -> bool:
    """Say whether a token is the keyword, and the IRI of an allowed service follows, letter by letter."""
    if not services or found[index].kind != "word" or found[index].text.upper() != "SERVICE":
        return False
    following = found[index + 1 : index + 3]
    if following and following[0].text.upper() == "SILENT":
        following = following[1:]
    return bool(following) and following[0].kind == "iri" and following[0].text[1:-1] in services


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
