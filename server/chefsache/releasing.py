"""Make a release: check that it may stand, and write its folder; the same input gives the same bytes."""

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from chefsache.content.errors import ChefsacheError
from chefsache.content.files import release, root
from chefsache.content.names import BASE, CHEF, expand
from chefsache.pipeline.change_words import lines
from chefsache.pipeline.changes import Changes, both_labels, compare
from chefsache.pipeline.dumps import CHECKSUMS
from chefsache.pipeline.snapshot import Snapshot

__all__ = ["NOTES", "NotReleasableError", "check_release", "write_release"]

NOTES = "NOTES.md"
_NAME = re.compile(r"v(?P<version>(?P<month>\d{4}\.(?:0[1-9]|1[0-2]))\.[1-9]\d*)")
_DEPRECATED = expand("owl:deprecated")


class NotReleasableError(ChefsacheError):
    """A release may not be made; says what has to be put right."""


@dataclass(frozen=True)
class _Edition:
    """The folder of the release before, and what changed since."""

    folder: Path
    changes: Changes


def check_release(name: str, snapshot: Snapshot) -> None:
    """See that name, citation, release day and, in a checkout, tag and files agree.

    Raises:
        NotReleasableError: they do not.
    """
    stated = _NAME.fullmatch(name)
    if not stated:
        raise NotReleasableError(f"{name}: erwartet vJJJJ.MM.N, etwa v2026.11.1", f"{name}: expected vYYYY.MM.N")
    if release() != stated["version"]:
        raise NotReleasableError(
            f"CITATION.cff: version ist {release()}, nicht {stated['version']}",
            f"CITATION.cff: version is {release()}, not {stated['version']}",
        )
    if f"{snapshot.as_of:%Y.%m}" != stated["month"]:
        raise NotReleasableError(
            f"{name}: der Stichtag {snapshot.as_of} liegt in einem anderen Monat",
            f"{name}: the release day {snapshot.as_of} is in another month",
        )
    if (root() / ".git").exists():
        _check_checkout(name)


def write_release(name: str, snapshot: Snapshot, catalogue: bytes, folder: Path, previous: Path | None = None) -> None:
    """Write the folder of a release: dumps, catalogue, notes, migration query, checksums of all.

    Args:
        name: the tag.
        snapshot: what is released.
        catalogue: its catalogue, as Turtle.
        folder: is made, and must not be there.
        previous: the folder of the release before; none for the first.

    Raises:
        NotReleasableError: the folder is there, an IRI was lost, or a term was deprecated without a migration query.
    """
    if folder.exists():
        raise NotReleasableError(f"{folder}: gibt es schon", f"{folder}: is there already")
    before = _Edition(previous, compare(previous, snapshot.dumps_path)) if previous else None
    migration = _migration(before.changes, name.removeprefix("v")) if before else None
    folder.mkdir(parents=True)
    for file in sorted(snapshot.dumps_path.iterdir()):
        shutil.copyfile(file, folder / file.name)
    (folder / "catalog.ttl").write_bytes(catalogue)
    (folder / NOTES).write_text("\n".join([*_notes(name, snapshot, before), ""]), encoding="utf-8")
    if migration:
        shutil.copyfile(migration, folder / "migration.rq")
    sums = (f"{_digest(file)}  {file.name}\n" for file in sorted(folder.iterdir()) if file.name != CHECKSUMS)
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")


def _check_checkout(name: str) -> None:
    if _git("status", "--porcelain"):
        raise NotReleasableError("Es gibt Änderungen, die nicht eingecheckt sind.", "There are uncommitted changes.")
    if name not in _git("tag", "--points-at", "HEAD").split():
        raise NotReleasableError(f"{name}: dieser Stand trägt das Tag nicht", f"{name}: this commit has no such tag")


def _git(*arguments: str) -> str:
    try:
        run = subprocess.run(["git", *arguments], cwd=root(), capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotReleasableError(f"git {arguments[0]}: {error}", f"git {arguments[0]}: {error}") from error
    return run.stdout


def _migration(changes: Changes, version: str) -> Path | None:
    """Return the query that finds what must change, where a term was deprecated."""
    if changes.lost:
        listed = ", ".join(changes.lost)
        raise NotReleasableError(f"ohne Nachfolge verschwunden: {listed}", f"lost without a successor: {listed}")
    terms = sorted(
        str(triple.subject)
        for triple in changes.added
        if triple.predicate.value == _DEPRECATED and str(triple.subject).startswith(f"<{CHEF}")
    )
    query = root() / "queries" / "migration" / f"{version}.rq"
    if terms and not query.is_file():
        raise NotReleasableError(f"{query}: fehlt für {', '.join(terms)}", f"{query}: missing for {', '.join(terms)}")
    return query if terms else None


def _notes(name: str, snapshot: Snapshot, before: _Edition | None) -> list[str]:
    head = [
        f"# {name}",
        f"{BASE}dumps/{snapshot.digest}/, as of {snapshot.as_of}.",
        "",
    ]
    if before is None:
        return [*head, "The first release; there is none before it."]
    known = both_labels(before.folder, snapshot.dumps_path, before.changes)
    return [*head, *lines(before.changes, known, "en")]


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
