"""The releases that were made (``data/releases.csv``), and the version of what stands here.

A version is ``YYYY.MM.N``. Between two releases it is that of the next one with ``-dev`` behind it, so that what nobody
released is never taken for a release.
"""

import csv
import re
from dataclasses import dataclass

from chefsache.content.errors import ContentError
from chefsache.content.files import root

__all__ = ["UNRELEASED", "VERSION", "Release", "releases", "version_of"]

#: What a version ends with that is in preparation.
UNRELEASED = "-dev"
#: The form of a version.
VERSION = re.compile(r"(?P<month>\d{4}\.(?:0[1-9]|1[0-2]))\.[1-9]\d*")


@dataclass(frozen=True)
class Release:
    """A release: its version, its day, its snapshot, and where its folder is kept; empty where it is not any more."""

    version: str
    day: str
    snapshot: str
    address: str


def releases() -> tuple[Release, ...]:
    """Return the releases that were made, the oldest first; none where there is no table.

    Raises:
        ContentError: a line is not a release, has another kind of address, or is not younger than the one before it.
    """
    table = root() / "data" / "releases.csv"
    if not table.is_file():
        return ()
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, restval=""))
    found: list[Release] = []
    for line, row in enumerate(rows, 2):
        try:
            release = Release(row["version"], row["day"], row["snapshot"], row["address"])
        except KeyError as error:
            raise ContentError(table, 1, f"no column {error}") from error
        if not VERSION.fullmatch(release.version) or (found and _order(release) <= _order(found[-1])):
            raise ContentError(table, line, f"{release.version}: no version YYYY.MM.N after the one before")
        if release.address and not release.address.startswith("https://"):
            raise ContentError(table, line, f"{release.version}: no address https://…")
        found.append(release)
    return tuple(found)


def version_of(version: str, snapshot: str) -> str:
    """Return the version that names certain data: of a release itself, else with the name of the snapshot.

    >>> version_of("2026.11.1", "0123456789abcdef"), version_of("2026.11.1-dev", "0123456789abcdef")
    ('2026.11.1', '2026.11.1-dev+0123456789abcdef')
    """
    return f"{version}+{snapshot}" if version.endswith(UNRELEASED) else version


def _order(release: Release) -> list[int]:
    return [int(part) for part in release.version.split(".")]
