"""Write the folder of a release; the same input gives the same bytes."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.files import citation, root, version_in
from chefsache.content.names import CHEF, expand
from chefsache.content.releases import releases
from chefsache.pipeline.change_words import lines
from chefsache.pipeline.changes import Changes, both_labels, compare
from chefsache.pipeline.dumps import CHECKSUMS
from chefsache.pipeline.snapshot import Snapshot
from chefsache.releasable import Fault, NotReleasableError, notes_of_code, ontology_version

__all__ = ["NOTES", "write_release"]

NOTES = "NOTES.md"
#: What travels with the files, so that a folder alone says what it is and under which licence it may be used.
_ENCLOSED = ("CITATION.cff", "LICENSE-DATA")
_DEPRECATED = ox.NamedNode(expand("owl:deprecated"))


@dataclass(frozen=True)
class _Edition:
    """The folder of the release before, its version, and what changed since."""

    folder: Path
    version: str
    changes: Changes


def write_release(version: str, snapshot: Snapshot, catalogue: bytes, folder: Path, previous: Path | None) -> None:
    """Write the folder of a release: dumps, catalogue, citation, licence, notes, migration query, checksums of all.

    Args:
        version: ``YYYY.MM.N``.
        snapshot: what is released.
        catalogue: its catalogue, as Turtle.
        folder: is made, and must not be there.
        previous: the folder of the release before; none for the first.

    Raises:
        NotReleasableError: the folder is there, the release before is another one, an IRI was lost, or a term changed
            without a version of the ontology or was deprecated without a migration query.
    """
    if folder.exists():
        raise NotReleasableError((f"{folder}: gibt es schon", f"{folder}: is there already"))
    before = _before(previous, snapshot)
    migration = _migration(before.changes, version, ontology_version(snapshot.dumps_path)) if before else None
    folder.mkdir(parents=True)
    enclosed = [file for file in (root() / name for name in _ENCLOSED) if file.is_file()]
    for file in sorted([*snapshot.dumps_path.iterdir(), *enclosed]):
        shutil.copyfile(file, folder / file.name)
    (folder / "catalog.ttl").write_bytes(catalogue)
    (folder / NOTES).write_text("\n".join([*_notes(version, snapshot, before), ""]), encoding="utf-8")
    if migration:
        shutil.copyfile(migration, folder / "migration.rq")
    sums = (f"{_digest(file)}  {file.name}\n" for file in sorted(folder.iterdir()) if file.name != CHECKSUMS)
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")


def _before(folder: Path | None, snapshot: Snapshot) -> _Edition | None:
    """Return the release before, which must be the last of the table."""
    last = releases()[-1].version if releases() else ""
    found = _version_in(folder) if folder else ""
    if found != last:
        raise NotReleasableError((
            f"--previous: erwartet den Ordner von {last or 'keinem Release'}, nicht {found or 'keinen'} "
            "(data/releases.csv nennt, was schon gemacht wurde)",
            f"--previous: expected the folder of {last or 'no release'}, not {found or 'none'} "
            "(data/releases.csv lists what was made)",
        ))  # fmt: skip
    return _Edition(folder, found, compare(folder, snapshot.dumps_path)) if folder else None


def _version_in(folder: Path) -> str:
    file = folder / citation().name
    return (file.is_file() and version_in(file)) or str(folder)


def _migration(changes: Changes, version: str, ontology: str) -> Path | None:
    """Return the query that finds what must change, where a term was deprecated."""
    terms = [str(triple.subject)[1:-1] for triple in changes.added if _deprecates(triple)]
    query = root() / "queries" / "migration" / f"{version}.rq"
    faults: list[Fault] = []
    if changes.lost:
        listed = ", ".join(changes.lost)
        faults.append((f"ohne Nachfolge verschwunden: {listed}", f"lost without a successor: {listed}"))
    changed = ", ".join(thing.iri for thing in changes.things if thing.iri.startswith(CHEF))
    if changed and ontology != version:
        faults.append((
            f"ontology/: geändert wurden {changed}; owl:versionInfo und owl:versionIRI auf {version} setzen",
            f"ontology/: {changed} changed; set owl:versionInfo and owl:versionIRI to {version}",
        ))  # fmt: skip
    if terms and not query.is_file():
        listed = ", ".join(sorted(terms))
        faults.append((f"{query}: fehlt für {listed}", f"{query}: missing for {listed}"))
    if faults:
        raise NotReleasableError(*faults)
    return query if terms else None


def _deprecates(triple: ox.Triple) -> bool:
    """Say whether a statement marks a term of ours as no longer in use."""
    return triple.predicate == _DEPRECATED and str(triple.subject).startswith(f"<{CHEF}")


def _notes(version: str, snapshot: Snapshot, before: _Edition | None) -> list[str]:
    code = notes_of_code(version)
    return [
        f"# chefsache {version}",
        f"As of {snapshot.as_of}, snapshot {snapshot.digest}. How to cite it is in CITATION.cff, what each file is and "
        "its licence in catalog.ttl, what the columns of the tables mean in csv-metadata.json. "
        "`sha256sum --check SHA256SUMS` shows that all is whole.",
        "",
        *_data_notes(snapshot, before),
        *(["", "## Code, ontology and data as a whole", code] if code else []),
    ]


def _data_notes(snapshot: Snapshot, before: _Edition | None) -> list[str]:
    if before is None:
        return ["The first release; there is none before it."]
    known = both_labels(before.folder, snapshot.dumps_path, before.changes)
    return [f"## Changes of the data since {before.version}", *lines(before.changes, known, "en")]


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
