"""Read the header of a query file: ``# key: value`` lines before its first line of SPARQL."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.errors import ContentError
from chefsache.content.files import read_text

__all__ = ["Header", "read"]

_PLACE = re.compile(r"error at (\d+):")


@dataclass(frozen=True)
class Header:
    """The header of one query file, and its whole text."""

    path: Path
    text: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def one(self, key: str) -> str:
        """Return the single value of a key.

        Raises:
            ContentError: the key is missing or stands twice.
        """
        values = self.values.get(key, [])
        if len(values) != 1:
            raise ContentError(self.path, 1, f"the header needs one line '# {key}: …'")
        return values[0]

    def many(self, key: str) -> list[str]:
        """Return all values of a key, in their order."""
        return self.values.get(key, [])

    def both(self, key: str) -> dict[str, str]:
        """Return the German and the English value of a key (``key`` and ``key-en``)."""
        return {"de": self.one(key), "en": self.one(f"{key}-en")}


def read(path: Path) -> Header:
    """Read a query file.

    Raises:
        ContentError: the file cannot be read, is not SPARQL, or has a header line that is not ``# key: value``.
    """
    text = read_text(path)
    values: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if not colon:
            raise ContentError(path, number, "a header line reads '# key: value'")
        values.setdefault(key.strip(), []).append(value.strip())
    _parse(path, text)
    return Header(path, text, values)


def _parse(path: Path, text: str) -> None:
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        place = _PLACE.search(error.msg)
        raise ContentError(path, int(place[1]) if place else 0, error.msg) from error
