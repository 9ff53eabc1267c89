"""Write what the bulk loader of another store takes: every graph of a snapshot's store, as N-Quads."""

from pathlib import Path

import pyoxigraph as ox

from chefsache.content.errors import ParameterError
from chefsache.pipeline.snapshot import Snapshot

__all__ = ["write_for_loader"]

_NAME = "chefsache-store.nq"


def write_for_loader(snapshot: Snapshot, folder: Path, default_graph: str = "") -> Path:
    """Return the file with all named graphs and their merge: the default graph, or a graph of the given name.

    Raises:
        ParameterError: the name is no absolute IRI, or another graph has it.
    """
    store = ox.Store.read_only(str(snapshot.store_path))
    merge = _graph(default_graph, store) if default_graph else ox.DefaultGraph()
    quads = (
        ox.Quad(quad.subject, quad.predicate, quad.object, merge) if quad.graph_name == ox.DefaultGraph() else quad
        for quad in store
    )
    ox.serialize(quads, str(folder / _NAME), ox.RdfFormat.N_QUADS)
    return folder / _NAME


def _graph(name: str, store: ox.Store) -> ox.NamedNode:
    try:
        graph = ox.NamedNode(name)
    except ValueError:
        raise ParameterError(
            "default-graph", name, f"{name} ist keine absolute IRI", f"{name} is not an absolute IRI"
        ) from None
    if store.contains_named_graph(graph):
        raise ParameterError("default-graph", name, f"{name} gibt es schon als Graphen", f"{name} is a graph already")
    return graph
