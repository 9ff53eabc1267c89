"""Reason: the OWL 2 RL closure of the asserted graph.

reasonable does the work; owlrl is the reference that it must agree with (tests/pipeline/test_engines.py). reasonable
0.4 lacks the rules by which domains and ranges pass to superclasses and subproperties (OWL 2 RL, table 9: scm-dom1,
scm-dom2, scm-rng1, scm-rng2); they stand here as a query. Kept is what says something of a thing of ours: not that
it is itself, and not that it is an owl:Thing.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import reasonable
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node, _toPythonMapping

from chefsache.content.names import PREFIXES, is_ours

__all__ = ["REASONERS", "classes_above", "close_with_owlrl", "infer"]

Reasoner = Callable[[bytes], Iterable[tuple[Node, Node, Node]]]

_THING = f"{PREFIXES['owl']}Thing"
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_WIDER = (f"{PREFIXES['rdfs']}subClassOf", f"{PREFIXES['owl']}equivalentClass")
_SCHEMA = tuple(f"{PREFIXES['rdfs']}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range"))
_LANGUAGE = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs"))
_FIRST = f"{PREFIXES['rdf']}first"
_CHARACTERISTICS = tuple(
    f"{PREFIXES['owl']}{kind}Property"
    for kind in ("Asymmetric", "Functional", "InverseFunctional", "Irreflexive", "Symmetric", "Transitive")
)
_PASSED_ON = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?property ?side ?class }
WHERE {
  { ?property rdfs:subPropertyOf*/rdfs:domain/rdfs:subClassOf* ?class BIND(rdfs:domain AS ?side) }
  UNION
  { ?property rdfs:subPropertyOf*/rdfs:range/rdfs:subClassOf* ?class BIND(rdfs:range AS ?side) }
}
"""


def infer(asserted: Iterable[ox.Triple], reasoner: str = "reasonable") -> set[ox.Triple]:
    """Return what follows from the asserted triples about things of ours, without what was asserted.

    Raises:
        KeyError: there is no such reasoner.
    """
    known = set(asserted)
    source = ox.serialize(_consequential(known), format=ox.RdfFormat.N_TRIPLES) or b""
    closure = (_triple(*triple) for triple in REASONERS[reasoner](source) if _says_something(*triple))
    inferred = {triple for triple in closure if triple is not None} - known
    return inferred | (_passed_on(known | inferred) - known)


def _consequential(triples: set[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples from which something can follow: those whose predicate is of OWL, or stands in an axiom.

    Of the others a closure could only repeat what is said of two things that have become one, which is a violation.
    """
    in_axioms = {term for triple in triples if _is_axiom(triple) for term in (triple.subject, triple.object)}
    for triple in triples:
        if triple.predicate.value.startswith(_LANGUAGE) or triple.predicate in in_axioms:
            yield triple


def _is_axiom(triple: ox.Triple) -> bool:
    predicate = triple.predicate.value
    if predicate == _TYPE.value:
        return isinstance(triple.object, ox.NamedNode) and triple.object.value in _CHARACTERISTICS
    return predicate in _SCHEMA or predicate == _FIRST or predicate.startswith(PREFIXES["owl"])


def _passed_on(triples: set[ox.Triple]) -> set[ox.Triple]:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples if t.predicate.value in _SCHEMA)
    answer = store.query(_PASSED_ON)
    found = answer if isinstance(answer, ox.QueryTriples) else ()
    return {t for t in found if isinstance(t.subject, ox.NamedNode) and is_ours(t.subject.value) and _named(t.object)}


def _named(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value != _THING


def classes_above(ontology: Iterable[ox.Triple], asserted: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the classes above those that are asserted: all that follows of the register, without a reasoner's time."""
    wider: dict[object, set[ox.NamedNode]] = {}
    for triple in ontology:
        if triple.predicate.value in _WIDER and isinstance(triple.object, ox.NamedNode):
            wider.setdefault(triple.subject, set()).add(triple.object)
    for classes in wider.values():
        waiting = list(classes)
        while waiting:
            further = wider.get(waiting.pop(), set()) - classes
            classes |= further
            waiting += further
    return {
        ox.Triple(triple.subject, _TYPE, above)
        for triple in asserted
        if triple.predicate == _TYPE
        for above in wider.get(triple.object, ())
    }


def _reasonable(source: bytes) -> Iterable[tuple[Node, Node, Node]]:
    engine = reasonable.PyReasoner()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asserted.ttl"
        path.write_bytes(source)
        engine.load_file(str(path))
    return list(engine.reason())


def close_with_owlrl(graph: Graph) -> None:
    """Add the OWL 2 RL closure to a graph, and leave rdflib as it was.

    owlrl 7.6 replaces rdflib's table of datatypes and does not put all of it back; what reads literals afterwards in
    the same process, pySHACL above all, would judge ill-typed dates by other rules.
    """
    import owlrl  # the reference is loaded where it is asked for

    before = dict(_toPythonMapping)
    try:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    finally:
        _toPythonMapping.clear()
        _toPythonMapping.update(before)


def _owlrl(source: bytes) -> Iterable[tuple[Node, Node, Node]]:
    graph = Graph().parse(data=source, format="nt")
    close_with_owlrl(graph)
    return graph


#: The reasoners by name: each takes N-Triples and returns the closure.
REASONERS: dict[str, Reasoner] = {"reasonable": _reasonable, "owlrl": _owlrl}


def _says_something(subject: Node, predicate: Node, value: Node) -> bool:
    return (
        isinstance(subject, URIRef)
        and isinstance(predicate, URIRef)
        and is_ours(subject)
        and value != subject
        and str(value) != _THING
        and not isinstance(value, BNode)
    )


def _triple(subject: Node, predicate: Node, value: Node) -> ox.Triple | None:
    term = _term(value)
    return None if term is None else ox.Triple(ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), term)


def _term(node: Node) -> ox.NamedNode | ox.Literal | None:
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if not isinstance(node, Literal):
        return None
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(str(node))
