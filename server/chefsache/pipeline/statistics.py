"""Count what the graph holds: triples, things of each class, uses of each property, triples of each graph."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from chefsache.content.names import PREFIXES, compact

__all__ = ["statistics"]

_TYPE = f"{PREFIXES['rdf']}type"


def statistics(asserted: Iterable[ox.Quad], complete: Iterable[ox.Quad]) -> dict[str, Any]:
    """Return the counts; what two files state counts once but for the counts by graph."""
    quads = list(complete)
    merged = {quad.triple for quad in quads}
    properties = Counter(triple.predicate.value for triple in merged)
    classes = Counter(str(triple.object) for triple in merged if triple.predicate.value == _TYPE)
    graphs = Counter(str(quad.graph_name) for quad in quads)
    return {
        "triples": {"asserted": len({quad.triple for quad in asserted}), "complete": len(merged)},
        "classes": _named(classes),
        "properties": _named(properties),
        "graphs": _named(graphs),
    }


def _named(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted((compact(name.strip("<>")), count) for name, count in counts.items()))
