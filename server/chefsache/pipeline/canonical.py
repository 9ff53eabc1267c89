"""The one order of statements: lines of N-Quads, sorted by their bytes, blank nodes named by RDFC-1.0.

https://www.w3.org/TR/n-quads/ and https://www.w3.org/TR/rdf-canon/.
"""

from collections.abc import Iterable

import pyoxigraph as ox

__all__ = ["by_graph", "canonical", "merged"]


def canonical(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads without repetition, in the order of their lines, with canonical names for blank nodes.

    Text is compared, not objects: it is what Python does fastest.
    """
    lines = _lines(quads)
    anonymous = [line for line in lines if line.startswith(b"_:") or b" _:" in line]
    dataset = ox.Dataset(lines.pop(line) for line in anonymous)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines |= _lines(dataset)
    return [lines[line] for line in sorted(lines)]


def merged(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Return the triples of canonical quads in their order, each once: the RDF merge of their graphs."""
    found: list[ox.Triple] = []
    last = None
    for quad in quads:
        triple = quad.triple
        if triple != last:
            found.append(triple)
            last = triple
    return found


def by_graph(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return canonical quads graph by graph, by name, the order within each kept."""
    graphs: dict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    return [quad for name in sorted(graphs, key=str) for quad in graphs[name]]


def _lines(quads: Iterable[ox.Quad]) -> dict[bytes, ox.Quad]:
    listed = list(quads)
    text = ox.serialize(listed, format=ox.RdfFormat.N_QUADS) or b""
    return dict(zip(text.split(b"\n"), listed, strict=False))  # the text ends with a line break
