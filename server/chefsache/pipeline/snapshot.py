"""A snapshot: an immutable folder, named by its digest, with store, dumps, report and statistics.

::

    HOME/current -> snapshots/DIGEST         switched atomically
    HOME/snapshots/DIGEST/snapshot.json      digest, as-of day, versions
                          store/             Oxigraph: default graph = RDF merge, each file a named graph
                          dumps/             the datasets as files, tables, SHA256SUMS
                          dumps.json         what is known of each file
                          report.json        what the checks found
                          statistics.json    triples, classes, properties, graphs, links

``HOME`` is ``CHEFSACHE_HOME``, else the user's cache folder. Paths are resolved when a snapshot is opened, so that who
opened one keeps it while a newer one takes its place. Who serves one holds it: a shared lock, which `prune` respects.
"""

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import platformdirs

from chefsache.content.errors import ChefsacheError

__all__ = [
    "NotWrittenError",
    "Snapshot",
    "SnapshotError",
    "current",
    "find",
    "hold",
    "home",
    "kept",
    "prune",
    "published",
    "sweep",
    "switch",
    "withhold",
]


class SnapshotError(ChefsacheError):
    """A snapshot cannot be opened; says which one, why, and how to come by a whole one."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: der Snapshot ist beschädigt ({reason}); den Ordner entfernen und neu bauen: chefsache build",
            f"{path}: the snapshot is damaged ({reason}); remove the folder and build again: chefsache build",
        )


class NotWrittenError(ChefsacheError):
    """A snapshot could not be written; what stood before stands."""

    def __init__(self, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(
            f"{home()}: der Snapshot konnte nicht geschrieben werden ({reason}); die bisherigen bleiben, wie sie sind",
            f"{home()}: the snapshot could not be written ({reason}); those before it stay as they are",
        )


#: Written last; it says what the snapshot is, and is what who serves it locks.
_STATED = "snapshot.json"
#: The same of a snapshot that must go and is still held: nobody finds it any more.
_WITHHELD = "withheld.json"


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot."""

    path: Path
    digest: str
    as_of: datetime.date

    @property
    def store_path(self) -> Path:
        """The folder of the Oxigraph store, to be opened read-only."""
        return self.path / "store"

    @property
    def dumps_path(self) -> Path:
        """The folder of the dumps."""
        return self.path / "dumps"

    @cached_property
    def dumps(self) -> list[dict[str, Any]]:
        """What is known of each dump: name, dataset, flavour, format, packing, count, bytes, sha256."""
        index = self.path / "dumps.json"
        files: list[dict[str, Any]] = _json(index)["files"] if index.is_file() else []
        return files

    @cached_property
    def report(self) -> dict[str, Any]:
        """What the checks found."""
        return _json(self.path / "report.json")

    @cached_property
    def statistics(self) -> dict[str, Any]:
        """Counts of triples, by graph, class and property."""
        return _json(self.path / "statistics.json")


def home() -> Path:
    """Return the folder that holds the snapshots."""
    return Path(os.environ.get("CHEFSACHE_HOME") or platformdirs.user_cache_path("chefsache")).resolve()


def find(digest: str) -> Snapshot | None:
    """Return the snapshot of that digest, or None where it does not stand.

    Raises:
        SnapshotError: it is damaged.
    """
    return _open(home() / "snapshots" / digest)


def current() -> Snapshot | None:
    """Return the snapshot that was published last, or None.

    Raises:
        SnapshotError: it is damaged.
    """
    return _open((home() / "current").resolve())


def kept() -> tuple[Snapshot, ...]:
    """Return the snapshots that stand, the newest first; a damaged one is left out."""
    found = []
    for folder in _by_age():
        try:
            found.append(_open(folder))
        except SnapshotError:
            continue
    return tuple(snapshot for snapshot in found if snapshot is not None)


def published() -> tuple[str, int]:
    """Return where `current` points and when that was said last: cheap, and different after every switch."""
    link = home() / "current"
    try:
        return str(link.readlink()), link.lstat().st_mtime_ns
    except OSError:
        return "", 0


def hold(snapshot: Snapshot) -> BinaryIO:
    """Keep a snapshot from being removed until the file that comes back is closed, or this process has ended.

    Raises:
        SnapshotError: it has been removed already.
    """
    try:
        file = (snapshot.path / _STATED).open("rb")
    except OSError as error:
        raise SnapshotError(snapshot.path, error.strerror or "cannot be opened") from error
    fcntl.flock(file, fcntl.LOCK_SH)
    if os.fstat(file.fileno()).st_nlink:
        return file
    file.close()
    raise SnapshotError(snapshot.path, "removed meanwhile")


def switch(snapshot: Snapshot) -> None:
    """Make a snapshot the current one, in one step."""
    link = home() / "current"
    fresh = link.with_name(f".current-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(snapshot.path.relative_to(home()))
    fresh.replace(link)


def prune(keep: Snapshot) -> None:
    """Remove all but the newest ``CHEFSACHE_KEEP`` snapshots (3); *keep* and what a server holds stay in any case."""
    number = max(1, int(os.environ.get("CHEFSACHE_KEEP") or 3))
    others = [folder for folder in _by_age() if folder != keep.path and not (folder / _WITHHELD).exists()]
    for folder in others[number - 1 :]:
        _remove(folder)


def withhold(snapshot: Snapshot) -> None:
    """Let nobody open a snapshot again, and remove it as soon as nobody holds it (see `sweep`)."""
    (snapshot.path / _STATED).rename(snapshot.path / _WITHHELD)
    _remove(snapshot.path, _WITHHELD)


def sweep() -> None:
    """Remove what is withheld and no longer held, as far as this process may."""
    for folder in _by_age():
        if (folder / _WITHHELD).exists():
            with suppress(PermissionError):
                _remove(folder, _WITHHELD)


def _by_age() -> list[Path]:
    folders = (home() / "snapshots").iterdir() if (home() / "snapshots").is_dir() else ()
    return [folder for _, _, folder in sorted(_aged(folders), reverse=True)]


def _aged(folders: Iterable[Path]) -> Iterator[tuple[float, str, Path]]:
    for folder in folders:
        with suppress(FileNotFoundError):  # another process removes what is too old
            yield folder.stat().st_mtime, folder.name, folder


def _remove(folder: Path, name: str = _STATED) -> None:
    stated = folder / name
    try:
        with stated.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stated.unlink()
    except BlockingIOError:
        return
    except FileNotFoundError:
        pass
    shutil.rmtree(folder, ignore_errors=True)


def _open(path: Path) -> Snapshot | None:
    if not (path / _STATED).is_file():
        return None
    try:
        stated = _json(path / _STATED)
        return Snapshot(path, stated["digest"], datetime.date.fromisoformat(stated["as_of"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(path, f"{_STATED}: {error}") from error


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
