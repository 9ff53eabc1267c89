"""Split SPARQL into words, names, variables, IRIs, strings and marks, without judging whether it is right.

The scanner never fails: what it does not know is a mark of one character. Concatenated, the tokens and the
blanks between them are the text again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _NAME_START + "0-9_\u00b7\u0300-\u036f\u203f-\u2040"
_LOCAL = rf"(?:[{_NAME}:\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKENS = re.compile(
    rf"""
      (?P<blank>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:(?:\"\"?)?(?:[^"\\]|\\.))*\"\"\"|'''(?:(?:''?)?(?:[^'\\]|\\.))*'''
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$][{_NAME}]+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
    | (?P<bnode>_:[{_NAME}](?:[{_NAME}.\-]*[{_NAME}\-])?)
    | (?P<name>(?:[{_NAME_START}](?:[{_NAME}.\-]*[{_NAME}\-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|\.)*{_LOCAL})?)?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>\d+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Token:
    """A piece of a query: what it is, its text, and where it starts (offset from 0)."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query; blanks and comments are left out.

    >>> [t.text for t in tokens("ASK { ?service ex:service 'SERVICE' } # SERVICE")]
    ['ASK', '{', '?service', 'ex:service', "'SERVICE'", '}']
    """
    for match in _TOKENS.finditer(text):
        if match.lastgroup != "blank":
            yield Token(match.lastgroup or "mark", match.group(), match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an offset, both from 1.

    >>> position("ASK\n{ }", 4)
    (2, 1)
    """
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1


def unescaped(text: str) -> str:
    r"""Return a query with the characters that its \\u escapes stand for, as the parser reads it.

    >>> unescaped(r"SERVIC\u0045")
    'SERVICE'
    """
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]
