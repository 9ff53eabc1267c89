"""A snapshot: an immutable folder, named by its digest, with store, dumps, report and statistics.

::

    HOME/current -> snapshots/DIGEST         switched atomically
    HOME/snapshots/DIGEST/snapshot.json      digest, as-of day, versions
                          store/             Oxigraph: default graph = RDF merge, each file a named graph
                          dumps/             the graph in six formats and two flavours, SHA256SUMS
                          report.json        what the checks found
                          statistics.json    triples, classes, properties, graphs, links

``HOME`` is ``CHEFSACHE_HOME``, else the user's cache folder. Paths are resolved when a snapshot is opened, so that who
opened one keeps it while a newer one takes its place.
"""

import datetime
import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import platformdirs

__all__ = ["Snapshot", "current", "find", "home", "prune", "switch"]


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
    """Return the snapshot of that digest, or None where it does not stand."""
    return _open(home() / "snapshots" / digest)


def current() -> Snapshot | None:
    """Return the snapshot that was published last, or None."""
    return _open((home() / "current").resolve())


def switch(snapshot: Snapshot) -> None:
    """Make a snapshot the current one, in one step."""
    link = home() / "current"
    fresh = link.with_name(f".current-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(snapshot.path.relative_to(home()))
    fresh.replace(link)


def prune(keep: Snapshot) -> None:
    """Remove all but the newest ``CHEFSACHE_KEEP`` snapshots (3); *keep* stays in any case."""
    number = max(1, int(os.environ.get("CHEFSACHE_KEEP") or 3))
    folders = sorted((home() / "snapshots").iterdir(), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    others = [folder for folder in folders if folder != keep.path]
    for folder in others[number - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _open(path: Path) -> Snapshot | None:
    if not (path / "snapshot.json").is_file():
        return None
    stated = _json(path / "snapshot.json")
    return Snapshot(path, stated["digest"], datetime.date.fromisoformat(stated["as_of"]))


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
