"""Read JSON that clients send, and only what can be answered with again (RFC 8259, 6 and 8.2; RFC 7493)."""

import json
from typing import Any, NoReturn


def read(text: str) -> Any:  # noqa: ANN401  (any JSON)
    r"""Return what a text says.

    >>> read('{"limit": 3}')
    {'limit': 3}

    Raises:
        ValueError: it is not JSON, or holds half of a character (``"\\ud800"``) or a number that is none (``NaN``).
        RecursionError: its brackets are too deep.
    """
    found = json.loads(text, parse_constant=_no_number)
    if "\\ud" in text.lower():
        json.dumps(found, ensure_ascii=False).encode()  # half a character has no encoding
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"not a number of JSON: {name}")
