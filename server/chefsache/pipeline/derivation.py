"""Derive: what the rules of ``queries/rules/`` construct, applied in order on the merged graph."""

import datetime
import re

import pyoxigraph as ox

from chefsache.content.names import GRAPH
from chefsache.content.rules import Rule, rules

__all__ = ["AS_OF_GRAPH", "DERIVED_GRAPH", "INFERRED_GRAPH", "derive"]

INFERRED_GRAPH = f"{GRAPH}inferred"
DERIVED_GRAPH = f"{GRAPH}derived"
#: The plain-ORG view of one day; a view, so not part of the default graph.
AS_OF_GRAPH = f"{GRAPH}as-of-release"

_DAY = re.compile(r"(VALUES\s+\?day\s*\{)[^{}]*\}")
_DATE = "http://www.w3.org/2001/XMLSchema#date"


def derive(store: ox.Store, as_of: datetime.date) -> None:
    """Add what the rules construct: to its named graph and, but for the as-of view, to the default graph."""
    for rule in rules():
        text = _DAY.sub(rf'\1 "{as_of}"^^<{_DATE}> }}', rule.text)
        answer = store.query(text)
        if not isinstance(answer, ox.QueryTriples):
            raise TypeError(f"{rule.name}: a derivation rule is a CONSTRUCT query")
        found = list(answer)
        _withdraw(store, rule)
        graphs = [ox.NamedNode(rule.graph)] + ([] if rule.graph == AS_OF_GRAPH else [ox.DefaultGraph()])
        store.extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found for graph in graphs
        )


def _withdraw(store: ox.Store, rule: Rule) -> None:
    """Remove what earlier rules proposed for the properties that this rule settles."""
    for name in rule.replaces:
        for quad in list(store.quads_for_pattern(None, ox.NamedNode(name), None, ox.NamedNode(rule.graph))):
            store.remove(quad)
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()))
