"""What was withdrawn: IRIs that once named a person, or what says who held which post, and name nothing any more.

``data/withdrawn.csv`` holds the SHA-256 of each such IRI and the day of its withdrawal. The IRI itself has the name
in it, so it stands nowhere: who asks for it is told that it is gone, and who reads the table learns nothing. What is
gone for another reason stays in the data, marked ``owl:deprecated`` with its successor (``dcterms:isReplacedBy``).
"""

import csv
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from chefsache.content.files import root

__all__ = ["any_withdrawn", "digest", "table", "withdrawn", "withdrawn_among"]


def digest(iri: str) -> str:
    """Return what the table knows an IRI by.

    >>> digest("https://w3id.org/chefsache/id/person-erika-mustermann")[:12]
    'c4252b2a8c51'
    """
    return hashlib.sha256(iri.encode()).hexdigest()


def table() -> Path:
    """Return the file that lists what was withdrawn."""
    return root() / "data" / "withdrawn.csv"


def withdrawn(iri: str) -> bool:
    """Say whether an IRI was withdrawn."""
    return digest(iri) in _table(table())


def any_withdrawn() -> bool:
    """Say whether anything was ever withdrawn."""
    return bool(_table(table()))


def withdrawn_among(iris: Iterable[str]) -> list[str]:
    """Return those of some IRIs that were withdrawn, sorted."""
    gone = _table(table())
    return sorted(iri for iri in iris if digest(iri) in gone) if gone else []


def _table(path: Path) -> frozenset[str]:
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else frozenset()


@cache
def _read(path: Path, _: int) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["sha256"] for row in csv.DictReader(file))
