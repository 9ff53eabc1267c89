"""Find the files of the graph, in a checkout or in the installed package, and name their graphs.

Every Turtle file is one named graph: ``https://w3id.org/chefsache/graph/`` and the file's path without suffix. A file
that moves keeps the name it was first published under: ``data/graphs.csv`` lists *path,graph* for it. A table of the
register is one named graph as well, whatever edition it stands in (``data/register/municipalities``).
"""

import csv
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from chefsache.content.errors import ContentError
from chefsache.content.names import GRAPH

__all__ = [
    "FOLDERS",
    "citation",
    "file_of",
    "graph_name",
    "queries",
    "read_text",
    "register",
    "relative",
    "release",
    "root",
    "turtle_files",
    "version_in",
]

#: The folders that hold Turtle, in the order in which they are loaded.
FOLDERS = ("ontology", "data", "shapes")

_PACKAGE = Path(__file__).parents[1]


def root() -> Path:
    """Return the folder that holds ontology, data, shapes and queries.

    ``CHEFSACHE_ROOT`` wins; else the installed package where it carries them, else the checkout.

    Raises:
        ContentError: there is no ontology in that folder.
    """
    packaged = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parents[1]
    folder = Path(os.environ.get("CHEFSACHE_ROOT") or packaged).resolve()
    if not (folder / "ontology").is_dir():
        raise ContentError(folder, 0, "no folder 'ontology'; set CHEFSACHE_ROOT to a checkout")
    return folder


def citation() -> Path:
    """Return the path of CITATION.cff, which states the release day."""
    return root() / "CITATION.cff"


def release() -> str:
    """Return the version that CITATION.cff states; empty where it states none."""
    return version_in(citation())


def version_in(file: Path) -> str:
    """Return the version that a citation file states; empty where it states none."""
    stated = re.search(r"^version:\s*['\"]?([^\s'\"]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    return stated[1] if stated else ""


def read_text(path: Path) -> str:
    """Read a text file.

    Raises:
        ContentError: the file cannot be opened, or is not UTF-8; with the line.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(path, 0, error.strerror or "cannot be opened") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, error.object[: error.start].count(b"\n") + 1, "not UTF-8") from error


def turtle_files(*folders: str) -> list[Path]:
    """List the Turtle files of the given folders (all three without an argument), always in the same order."""
    return [path for folder in folders or FOLDERS for path in sorted((root() / folder).rglob("*.ttl"))]


def register() -> Path:
    """Return the folder of the register: one folder of tables an edition."""
    return root() / "data" / "register"


def queries(folder: str) -> Iterator[Path]:
    """List the query files of one folder of ``queries/``, by name."""
    yield from sorted((root() / "queries" / folder).glob("*.rq"))


def relative(path: Path) -> str:
    """Return the path as the project names it (``data/municipalities/nrw/herne.ttl``), else the path itself."""
    try:
        return path.resolve().relative_to(root()).as_posix()
    except ValueError:
        return str(path)


def graph_name(path: Path) -> str:
    """Return the IRI of the named graph that holds the file's statements."""
    if path.suffix == ".csv":
        return f"{GRAPH}{relative(path.parents[1])}/{path.stem}"
    name = relative(path).removesuffix(".ttl").lstrip("/")
    return GRAPH + _moved(root()).get(name, name)


def file_of(graph: str) -> Path | None:
    """Return the file whose statements a named graph holds; None where no file does."""
    return _files(root()).get(graph)


@cache
def _files(folder: Path) -> dict[str, Path]:
    tables = sorted((folder / "data" / "register").rglob("*.csv"))
    return {graph_name(path): path for path in (*tables, *turtle_files())}


@cache
def _moved(folder: Path) -> dict[str, str]:
    table = folder / "data" / "graphs.csv"
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        return {row["path"].removesuffix(".ttl"): row["graph"] for row in csv.DictReader(file)}
