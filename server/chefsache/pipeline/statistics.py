"""Count what the graph holds, once, at build: what VoID and the service description say of it, and what pages show."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyoxigraph as ox

from chefsache.content.names import BASE, PREFIXES, compact
from chefsache.pipeline.links import LINKED, target

__all__ = ["statistics"]

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Object = Subject | ox.Literal


def statistics(
    asserted: Iterable[ox.Quad], complete: Iterable[ox.Quad], everything: Iterable[ox.Quad]
) -> dict[str, Any]:
    """Return the counts; what two files state counts once but for the counts by graph.

    Args:
        asserted: what the files state, in canonical order.
        complete: what the default graph is merged from, in canonical order.
        everything: all named graphs.
    """
    subjects: dict[ox.NamedNode, set[Subject]] = defaultdict(set)
    objects: dict[ox.NamedNode, set[Object]] = defaultdict(set)
    members: dict[Object, list[Subject]] = defaultdict(list)
    triples: Counter[ox.NamedNode] = Counter()
    for subject, predicate, object_ in _merged(complete):
        triples[predicate] += 1
        subjects[predicate].add(subject)
        objects[predicate].add(object_)
        if predicate == _TYPE:
            members[object_].append(subject)
    every: set[Subject] = set().union(*subjects.values())
    return {
        "triples": {"asserted": sum(1 for _ in _merged(asserted)), "complete": triples.total()},
        "subjects": len(every),
        "objects": len(set().union(*objects.values())),
        "entities": sum(isinstance(subject, ox.NamedNode) and subject.value.startswith(BASE) for subject in every),
        "classes": _named({kind: len(things) for kind, things in members.items()}),
        "examples": _named({kind: _first(things) for kind, things in members.items()}),
        "properties": _named(triples),
        "property_subjects": _named({name: len(found) for name, found in subjects.items()}),
        "property_objects": _named({name: len(found) for name, found in objects.items()}),
        "links": _links(complete, objects),
        "graphs": _named(Counter(quad.graph_name for quad in everything)),
    }


def _merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """In canonical order, what several graphs state stands together."""
    return (triple for triple, _ in groupby(quads, key=attrgetter("triple")))


def _first(things: list[Subject]) -> str:
    """Return the first IRI of ours, as an example; empty where there is none."""
    names = (thing.value for thing in things if isinstance(thing, ox.NamedNode))
    return min((name for name in names if name.startswith(BASE)), default="")


def _links(complete: Iterable[ox.Quad], objects: dict[ox.NamedNode, set[Object]]) -> dict[str, dict[str, int]]:
    """Count the triples that lead to other datasets, by dataset and property."""
    found: dict[str, Counter[ox.NamedNode]] = {name: Counter() for name in LINKED}
    leading = {name for name, values in objects.items() if any(map(target, values))}
    for triple in _merged(quad for quad in complete if quad.predicate in leading):
        name = target(triple.object)
        if name:
            found[name][triple.predicate] += 1
    return {name: _named(counts) for name, counts in found.items()}


def _named(counts: "dict[Any, Any]") -> dict[str, Any]:
    return dict(sorted((compact(term.value), count) for term, count in counts.items()))
