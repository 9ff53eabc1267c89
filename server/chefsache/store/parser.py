"""Turn the engine's complaints about a query into errors that have a place and say what to do."""

import re
from collections.abc import Iterable, Mapping

from chefsache.store.errors import SyntaxFault
from chefsache.store.scanner import Token, position

_SENTENCE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
#: Character classes and escapes in the engine's list of what it expected; nobody can act on them.
_CLASSES = re.compile(r"\[(?:[^\[\]]|'\['|'\]')*\](?:\s*\|\s*)?,?")


def explain(complaint: str, text: str, undeclared: Iterable[Token], known: Mapping[str, str]) -> SyntaxFault:
    """Return the error for a complaint; a prefix that is not declared explains it better than the engine does.

    >>> explain("error at 1:8: expected one of [_], WHERE", "ASK {{ }", (), {}).details["parser"]
    'expected WHERE'
    """
    for token in undeclared:
        prefix = token.text.split(":", 1)[0]
        line, column = position(text, token.start)
        addition = f"PREFIX {prefix}: <{known.get(prefix, 'http://…')}>"
        hint = {"de": f"Am Anfang ergänzen: {addition}", "en": f"Add at the top: {addition}"}
        return SyntaxFault(f"prefix {prefix}: is not declared", line, column, hint)
    match = _SENTENCE.match(complaint)
    if match is None:
        return SyntaxFault(_plain(complaint), 1, 1)
    return SyntaxFault(f"expected {_plain(match[3])}", int(match[1]), int(match[2]))


def _plain(detail: str) -> str:
    words = re.sub(r"\s+", " ", _CLASSES.sub("", detail)).removeprefix("one of ").strip(" ,|\n")
    return words or "something else"
