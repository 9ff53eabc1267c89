"""Load some files with what lies around them: as much of the graph as rules and shapes look at from there.

All Turtle is read, which is quick, and cut down before anything slow begins. What stays is what the files describe;
whatever points to that; whatever all this leads to; of what was reached so, the claims about it, which bound its life
and may contradict; and things of the same label or address. The ontology and the shapes stay whole; of the register
stays what is mentioned. What a check finds in the files is then what it would find in them as part of the whole graph
(tests/pipeline/test_surroundings.py). Only a check of everything sees what they cause in other files, and a class that
a thing has because faulty claims far off make other things one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Set
from pathlib import Path

import pyoxigraph as ox

from chefsache.content import files, register
from chefsache.content.errors import ContentError
from chefsache.content.names import GRAPH, expand
from chefsache.pipeline.loading import Content, read

__all__ = ["load_around", "stands_alone"]

#: By what a claim names what it is about: the only links that are followed backwards from what is reached.
_ABOUT = {
    ox.NamedNode(expand(name))
    for name in (
        "chef:about",
        "chef:contradicts",
        "chef:post",
        "org:originalOrganization",
        "org:resultingOrganization",
    )
}
#: No rule looks further: an office, its placement, the post above, whose office, its placement, the post above that.
_STEPS = 6
_LABEL = ox.NamedNode(expand("skos:prefLabel"))
_ADDRESS = ox.NamedNode(expand("schema:url"))
_SPELLING = re.compile(r"^https?://(www[.])?|/$")
#: The classes of things of which two must not have one label.
_NAMED = {
    ox.NamedNode(expand(name))
    for name in ("chef:Partnership", "foaf:Person", "org:FormalOrganization", "org:Organization")
}


def stands_alone(path: Path) -> bool:
    """Tell whether a file can be checked with its surroundings: data can, a term or a shape concerns everything."""
    return files.relative(path).partition("/")[0] not in {"ontology", "shapes"}


def load_around(chosen: Collection[Path], outside: Iterable[Path] = ()) -> Content:
    """Read the chosen files of data and what lies around them; those from *outside* as ``loading.load`` does."""
    content = read(outside)
    content.asked = {triple.subject for path in chosen for triple in content.files.get(path, ())}
    kept = _Surroundings(content).reached(content.asked)
    data = content.part("data")
    for path in data:
        content.files[path] = [triple for triple in data[path] if triple.subject in kept or _is_graph(triple.subject)]
    mentioned = {triple.object for path in data for triple in content.files[path]} | kept
    try:
        content.files |= register.load_about(files.register(), mentioned)
    except ContentError as error:
        content.unreadable.append(error)
    return content


def _is_graph(thing: object) -> bool:
    """What is said of a graph holds for all that stands in it: the sources of the register."""
    return isinstance(thing, ox.NamedNode) and thing.value.startswith(GRAPH)


class _Surroundings:
    """The data, by what its statements begin with, what they lead to, and what two things may share."""

    def __init__(self, content: Content) -> None:
        self._leading: dict[object, list[ox.Triple]] = {}
        self._coming: dict[object, list[ox.Triple]] = {}
        for triple in content.triples("data"):
            self._leading.setdefault(triple.subject, []).append(triple)
            self._coming.setdefault(triple.object, []).append(triple)
        self._shared: dict[str, list[object]] = {}
        for thing, triples in self._leading.items():
            for mark in _marks(triples):
                self._shared.setdefault(mark, []).append(thing)

    def reached(self, start: Set[object]) -> set[object]:
        """Return the things in the surroundings of some others, and those."""
        newest = {further for thing in start for further in (thing, *self._pointing(thing), *self._alike(thing))}
        seen = set(newest)
        for _ in range(_STEPS):
            newest = {further for thing in newest for further in self._next(thing)} - seen
            seen |= newest
        return seen

    def _pointing(self, thing: object) -> Iterator[object]:
        return (triple.subject for triple in self._coming.get(thing, ()))

    def _alike(self, thing: object) -> Iterator[object]:
        return (twin for mark in _marks(self._leading[thing]) for twin in self._shared[mark])

    def _next(self, thing: object) -> Iterator[object]:
        yield from (triple.object for triple in self._leading.get(thing, ()) if triple.object in self._leading)
        yield from (triple.subject for triple in self._coming.get(thing, ()) if triple.predicate in _ABOUT)


def _marks(triples: list[ox.Triple]) -> Iterator[str]:
    """Yield what a thing must not share with another: the label of an agent, the address of a source."""
    named = any(triple.object in _NAMED for triple in triples)
    for triple in triples:
        if triple.predicate == _ADDRESS and isinstance(triple.object, ox.Literal | ox.NamedNode):
            yield _SPELLING.sub("", triple.object.value).lower()
        elif named and triple.predicate == _LABEL:
            yield str(triple.object)
