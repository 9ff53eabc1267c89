"""Measure the engines side by side, on the curated graph and on copies of it.

    python tests/benchmarks/engines.py [COPIES]

Each copy of the data has IRIs of its own, so a copied graph has the same form and is larger. Times are wall-clock
seconds, the best of three (the slow reference engines run once); figures of one machine are in docs/engines.md.
"""

import sys
import time
from collections.abc import Callable, Iterable

import pyoxigraph as ox
from rdflib import Graph

from chefsache.content.files import turtle_files
from chefsache.content.names import ID
from chefsache.content.questions import questions
from chefsache.content.turtle import parse, write
from chefsache.pipeline.derivation import derive
from chefsache.pipeline.identity import as_of_day
from chefsache.pipeline.loading import Content, load
from chefsache.pipeline.reasoning import infer
from chefsache.pipeline.validation import validate


def main(copies: int) -> None:
    """Print one row a step: what was measured, seconds of the fast engine, seconds of the reference."""
    content = _copied(load(), copies)
    asserted = list(content.triples("ontology", "data"))
    print(f"{copies} copies, {len(set(content.triples())):,} triples asserted")
    text = write(content.triples("data"))
    _row(
        "parse Turtle",
        _best(lambda: list(ox.parse(text, format=ox.RdfFormat.TURTLE))),
        _once(lambda: Graph().parse(data=text)),
    )
    _row("validate (SHACL)", _best(lambda: validate(content)), _once(lambda: validate(content, "pyshacl")))
    _row("reason (OWL 2 RL)", _best(lambda: infer(asserted)), _once(lambda: infer(asserted, "owlrl")))
    store = _store(asserted)
    _row("derive", _best(lambda: derive(_store(asserted), as_of_day())), None)
    derive(store, as_of_day())
    graph = Graph().parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    query = questions()["who-steers"].fill({}, as_of_day().isoformat())
    _row("who steers, everywhere", _best(lambda: list(store.query(query))), _once(lambda: list(graph.query(query))))


def _copied(content: Content, copies: int) -> Content:
    files = dict(content.files)
    for path in turtle_files("data"):
        original = parse(path)
        files[path] = [_renamed(triple, number) for number in range(copies) for triple in original]
    return Content(files)


def _renamed(triple: ox.Triple, number: int) -> ox.Triple:
    return ox.Triple(_own(triple.subject, number), triple.predicate, _own(triple.object, number))


def _own(term: ox.NamedNode | ox.Literal | ox.BlankNode, number: int) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    if number and isinstance(term, ox.NamedNode) and term.value.startswith(ID):
        return ox.NamedNode(f"{term.value}-copy{number}")
    return term


def _store(triples: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def _best(work: Callable[[], object]) -> float:
    return min(_once(work) for _ in range(3))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _row(name: str, fast: float, reference: float | None) -> None:
    print(f"{name:24} {fast:10.3f} {'' if reference is None else f'{reference:10.3f}'}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
