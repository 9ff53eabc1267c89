"""What a worker asks: a store that it has opened, or a merge of graphs in its own memory."""

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph as ox

from chefsache.store.protocol import BASE_IRI, Dataset
from chefsache.store.writing import Found


class UnknownError(Exception):
    """A graph of the dataset does not exist; its name is the argument."""


class RemoteError(Exception):
    """The store behind did not answer properly: what happened, a detail, and the line it complained of, if any."""

    def __init__(self, kind: str, detail: str = "", line: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.detail, self.line = kind, detail, line


class Engine(Protocol):
    """Answers queries, and knows its graphs."""

    def ask(self, text: str, dataset: Dataset | None) -> Found:
        """Answer a query on the dataset, which takes the place of the query's own; None leaves it to the query."""

    def knows(self, graph: str) -> bool:
        """Say whether there is a graph of that name."""

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield what a graph states."""


class EmbeddedEngine:
    """An Oxigraph folder, opened read-only."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def ask(self, text: str, dataset: Dataset | None) -> Found:
        """See `Engine.ask`."""
        if dataset is None:
            return self._store.query(text, base_iri=BASE_IRI)
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in dataset.default]
        return self._store.query(text, base_iri=BASE_IRI, default_graph=default, named_graphs=_nodes(dataset.named))

    def knows(self, graph: str) -> bool:
        """See `Engine.knows`."""
        return self._store.contains_named_graph(ox.NamedNode(graph))

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """See `Engine.triples`."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def ask(engine: Engine, text: str, dataset: Dataset | None) -> Found:
    """Answer a query; several default graphs are merged first, since engines count a triple once for each of them.

    Raises:
        UnknownError: the dataset names a graph that does not exist.
    """
    for graph in (*dataset.default, *dataset.named) if dataset else ():
        if not engine.knows(graph):
            raise UnknownError(graph)
    if dataset is None or len(dataset.default) < 2:
        return engine.ask(text, dataset)
    merge = ox.Store()
    for graph in dataset.default:
        merge.extend(_quad(triple, ox.DefaultGraph()) for triple in engine.triples(graph))
    for graph in dataset.named:
        name = ox.NamedNode(graph)
        merge.add_graph(name)
        merge.extend(_quad(triple, name) for triple in engine.triples(graph))
    return merge.query(text, base_iri=BASE_IRI, default_graph=[ox.DefaultGraph()], named_graphs=_nodes(dataset.named))


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _nodes(graphs: tuple[str, ...]) -> list[ox.NamedNode | ox.BlankNode]:
    return [ox.NamedNode(iri) for iri in graphs]
