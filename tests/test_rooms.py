"""Rooms import one way only: content <- pipeline <- store <- web; what the command line uses imports all."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "server/chefsache"
ROOMS = ("content", "pipeline", "store", "web")
MODULES = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("chefsache.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_room_imports_a_room_to_its_right(path: Path) -> None:
    """A module imports its own room, rooms to its left, and nothing of the command line."""
    room = path.relative_to(PACKAGE).parts[0]
    allowed = set(ROOMS[: ROOMS.index(room) + 1]) | {"__version__"}

    assert _imported(path) <= allowed


def test_relative_imports_are_not_used() -> None:
    """Every import says where it comes from, so that the test above sees it."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level], path
