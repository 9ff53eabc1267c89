"""Cut the graph into its datasets: what a dataset is about, with what that mentions.

A dataset chosen by graphs is about the things that its graphs describe; one chosen by classes about their things, and
about the claims on them. A part of the data comes with the things mentioned in it (persons, organisations, posts) and
with the sources of both, so that every IRI of ours in it has a name and every claim its evidence; terms and concepts
stand in datasets of their own. What follows from a statement about a thing goes where the thing goes.
"""

from collections.abc import Iterable, Iterator, Set

import pyoxigraph as ox

from chefsache.content.names import GRAPH, ID, expand
from chefsache.pipeline.datasets import Dataset

__all__ = ["Parts", "Thing"]

Thing = ox.NamedNode | ox.BlankNode | ox.Triple
_Term = Thing | ox.Literal

#: How a thing states what it is.
_KINDS = frozenset(ox.NamedNode(expand(name)) for name in ("rdf:type", "org:classification"))
_SOURCE = ox.NamedNode(expand("dcterms:source"))
#: How a claim points to what it is about.
_CONCERNS = frozenset(ox.NamedNode(expand(name)) for name in ("chef:about", "org:member", "chef:participant"))


class Parts:
    """The statements of a graph by what they are about.

    Args:
        quads: all statements, in canonical order.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._graphs: dict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Quad]] = {}
        #: Every thing with the statements about it, in canonical order.
        self.described: dict[_Term, list[ox.Quad]] = {}
        self._kinds: dict[_Term, dict[Thing, None]] = {}
        self._claims: dict[_Term, list[Thing]] = {}
        for quad in quads:
            self._graphs.setdefault(quad.graph_name, []).append(quad)
            self.described.setdefault(quad.subject, []).append(quad)
            if quad.predicate in _KINDS:
                self._kinds.setdefault(quad.object, {})[quad.subject] = None
            elif quad.predicate in _CONCERNS:
                self._claims.setdefault(quad.object, []).append(quad.subject)
        self._place = {thing: place for place, thing in enumerate(self.described)}

    def graphs(self, dataset: Dataset) -> list[ox.Quad]:
        """Return the statements in the graphs of a dataset, as canonical quads."""
        graphs = self._chosen(dataset)
        return [quad for quad in self._about(self._by_graph(dataset)) if quad.graph_name in graphs]

    def part(self, dataset: Dataset) -> list[ox.Quad]:
        """Return all statements of a part of the data, as canonical quads; none where there are no such things."""
        things = self._by_class(dataset) if dataset.classes else self._by_graph(dataset)
        mentioned = set(self._mentioned(things))
        sources = {quad.object for thing in mentioned for quad in self.described[thing] if quad.predicate == _SOURCE}
        return self._about(things | mentioned | (sources & self.described.keys()))

    def of_class(self, *names: str) -> list[_Term]:
        """Return the things of any of some classes or classifications, in canonical order."""
        return list(dict.fromkeys(thing for name in names for thing in self._kinds.get(ox.NamedNode(name), ())))

    def _about(self, things: Iterable[_Term]) -> list[ox.Quad]:
        ordered = sorted(things, key=self._place.__getitem__)
        return [quad for thing in ordered for quad in self.described[thing]]

    def _chosen(self, dataset: Dataset) -> set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        beginnings = tuple(f"<{GRAPH}{graph}" for graph in dataset.graphs)
        return {name for name in self._graphs if str(name).startswith(beginnings)}

    def _by_graph(self, dataset: Dataset) -> set[_Term]:
        return {quad.subject for name in self._chosen(dataset) for quad in self._graphs[name]}

    def _by_class(self, dataset: Dataset) -> set[_Term]:
        things = self.of_class(*dataset.classes)
        return {*things, *(claim for thing in things for claim in self._claims.get(thing, ()))}

    def _mentioned(self, things: Set[_Term]) -> Iterator[_Term]:
        for thing in things:
            for quad in self.described[thing]:
                if _is_ours(quad.object) and quad.object in self.described:
                    yield quad.object


def _is_ours(term: _Term) -> bool:
    return isinstance(term, ox.BlankNode) or (isinstance(term, ox.NamedNode) and term.value.startswith(ID))
