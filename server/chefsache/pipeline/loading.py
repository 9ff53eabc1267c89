"""Load: read every file of the graph, and find the place of a statement again.

The tables of the register are checked as they are read. They are in the graph, and no part of "data": too many to be
validated and closed one by one, and all of one make. What data mentions of them is (``Content.mentioned``).
"""

import os
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from chefsache.content import files, register
from chefsache.content.errors import ContentError
from chefsache.content.files import FOLDERS, graph_name, relative, root, turtle_files
from chefsache.content.names import expand
from chefsache.content.positions import positions
from chefsache.content.turtle import parse

__all__ = ["REGISTER", "Content", "load", "read"]

#: What the tables of the register are, beside the folders of Turtle.
REGISTER = "register"

_SOURCE = ox.NamedNode(expand("dcterms:source"))


Source = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass
class Content:
    """The statements of each file, and the files that could not be read.

    Where only a part is asked about, *asked* holds its things; what is said of others may then be incomplete.
    """

    files: dict[Path, list[ox.Triple]] = field(default_factory=dict)
    unreadable: list[ContentError] = field(default_factory=list)
    asked: Set[object] | None = None

    def part(self, *folders: str) -> dict[Path, list[ox.Triple]]:
        """Return the files of some folders; a file from elsewhere counts as data."""
        place = f"{root()}{os.sep}"
        return {path: triples for path, triples in self.files.items() if _folder(path, place) in folders}

    def triples(self, *folders: str) -> Iterator[ox.Triple]:
        """Yield the statements of some folders (all without an argument); one that two files state comes twice."""
        for triples in (self.part(*folders) if folders else self.files).values():
            yield from triples

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all statements, each in the named graph of its file."""
        for path, triples in self.files.items():
            name = ox.NamedNode(graph_name(path))
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def mentioned(self) -> Iterator[ox.Triple]:
        """Yield what the register says of whatever the data mentions, and of what that mentions in turn.

        Each thing comes with the sources of its graph, as if its table stated them line by line.
        """
        data = list(self.triples("data"))
        waiting = {term for triple in data for term in (triple.subject, triple.object)} & self._registered.keys()
        seen = set(waiting)
        while waiting:
            thing = waiting.pop()
            for graph, triples in self._registered[thing]:
                yield from triples
                yield from (ox.Triple(triples[0].subject, _SOURCE, source) for source in self._sources.get(graph, ()))
                found = {triple.object for triple in triples if triple.object in self._registered} - seen
                waiting |= found
                seen |= found

    def locate(self, focus: str, predicate: str, value: str) -> tuple[str, int]:
        """Return file and line of a statement; where it is missing, of its property, then of its subject.

        ``("", 0)`` where no file describes the focus.
        """
        holders = self._holders.get(focus, [])
        if not holders:
            return "", 0
        path = holders[0]
        if len(holders) > 1:
            path = next((one for one in holders if self._states(one, focus, predicate, value)), path)
        return relative(path), positions(path).line(focus, predicate or None, value or None) or 0

    @cached_property
    def _registered(self) -> dict[object, list[tuple[str, list[ox.Triple]]]]:
        """The statements of the register by thing, with their graph; those of one thing stand together in a table."""
        found: dict[object, list[tuple[str, list[ox.Triple]]]] = {}
        for path, triples in self.part(REGISTER).items():
            graph = graph_name(path)
            for thing, about in groupby(triples, key=lambda triple: triple.subject):
                found.setdefault(thing, []).append((graph, list(about)))
        return found

    @cached_property
    def _sources(self) -> dict[str, list[Source]]:
        sources: dict[str, list[Source]] = {}
        for triple in self.triples("data"):
            if triple.predicate == _SOURCE:
                sources.setdefault(_text(triple.subject), []).append(triple.object)
        return sources

    @cached_property
    def _holders(self) -> dict[str, list[Path]]:
        holders: dict[str, list[Path]] = {}
        for path, triples in self.files.items():
            for subject in dict.fromkeys(_text(triple.subject) for triple in triples):
                holders.setdefault(subject, []).append(path)
        return holders

    def _states(self, path: Path, focus: str, predicate: str, value: str) -> bool:
        return any(
            triple.predicate.value == predicate and (not value or _text(triple.object) == value)
            for triple in self.files[path]
            if _text(triple.subject) == focus
        )


def load(outside: Iterable[Path] = ()) -> Content:
    """Read all files of the graph; what cannot be read is listed, not raised.

    A file from *outside* is read beside them, in place of the one that describes most of the same things: so an edited
    copy is checked as if it had been put back.
    """
    content = read(outside)
    try:
        content.files |= register.load(files.register())
    except ContentError as error:
        content.unreadable.append(error)
    return content


def read(outside: Iterable[Path] = ()) -> Content:
    """Read what ``load`` reads but for the tables of the register."""
    content = Content()
    for path in turtle_files():
        _read(content, path)
    for path in outside:
        _read(content, path)
        if path in content.files:
            _stand_in(content, path)
    return content


def _read(content: Content, path: Path) -> None:
    try:
        content.files[path] = parse(path)
    except ContentError as error:
        content.unreadable.append(error)


def _stand_in(content: Content, outside: Path) -> None:
    described = _subjects(content.files[outside])
    shared = {path: len(described & _subjects(content.files[path])) for path in content.files if path != outside}
    original = max(shared, key=lambda path: shared[path], default=outside)
    if shared.get(original):
        del content.files[original]


def _subjects(triples: Iterable[ox.Triple]) -> set[object]:
    return {triple.subject for triple in triples}


def _folder(path: Path, place: str) -> str:
    name = str(path)
    if name.endswith(".csv"):
        return REGISTER
    folder = name.removeprefix(place).partition(os.sep)[0]
    return folder if folder in FOLDERS else "data"


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
