"""Validate: what was asserted, against the SHACL shapes.

pyshifty does the work; pySHACL is the reference that it must agree with (tests/pipeline/test_engines.py). Both see the
data, the vocabularies and the subclass axioms, and nothing inferred. pyshifty first names the nodes that fail, which
takes half the time of a report (SHACL, section 3.6), and reports on them with what lies around them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

import pyoxigraph as ox
import shifty
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from chefsache.content.names import PREFIXES, compact
from chefsache.content.rules import Severity
from chefsache.pipeline.findings import Finding
from chefsache.pipeline.loading import Content

__all__ = ["ENGINES", "validate"]

Triples = Sequence[ox.Triple]
Engine = Callable[[Triples, Triples, Set[object] | None], Graph]

#: How many steps a shape can look ahead from its focus node; paths go forwards only (tests/test_shapes.py).
_REACH = 4

_SUBCLASS = f"{PREFIXES['rdfs']}subClassOf"
_SEVERITY: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def validate(content: Content, engine: str = "pyshifty") -> list[Finding]:
    """Return what the shapes find in the data of *content*.

    Raises:
        KeyError: there is no such engine.
    """
    data = [*content.triples("data"), *content.mentioned(), *_background(content)]
    shapes = list(content.triples("shapes"))
    report = ENGINES[engine](data, shapes, content.asked)
    messages = _messages(shapes)
    return sorted(
        (_finding(content, report, result, messages) for result in report.objects(None, SH.result)),
        key=lambda finding: finding.order,
    )


def _pyshifty(data: Triples, shapes: Triples, asked: Set[object] | None) -> Graph:
    validator = shifty.PreparedValidator(_ntriples(shapes))
    result = validator.validate_algebra(_ntriples(data), graph_mode="data", infer=False)
    failing = {violation.focus_node for violation in result.violations}
    if asked is not None:
        failing &= {str(thing) for thing in asked}
    if not failing:
        return Graph()
    _, report, _ = validator.validate(_ntriples(_around(failing, data)), graph_mode="data", infer=False)
    for result_ in list(report.objects(None, SH.result)):
        focus = report.value(result_, SH.focusNode)
        if focus is None or focus.n3() not in failing:
            report.remove((None, SH.result, result_))
    return report


def _around(failing: set[str], data: Triples) -> list[ox.Triple]:
    """Return what is said of the failing nodes and of what they lead to, with the concepts and the subclass axioms.

    At its edge things lack what a shape asks of them, so it tells the truth of the failing nodes alone.
    """
    stated: dict[object, list[ox.Triple]] = {}
    for triple in data:
        stated.setdefault(triple.subject, []).append(triple)
    reached: Set[object] = {thing for thing in stated if str(thing) in failing or isinstance(thing, ox.BlankNode)}
    newest: Set[object] = reached
    for _ in range(_REACH):
        newest = {triple.object for thing in newest for triple in stated[thing] if triple.object in stated} - reached
        reached = reached | newest
    return [
        triple
        for thing, triples in stated.items()
        for triple in triples
        if thing in reached or triple.predicate.value == _SUBCLASS
    ]


def _pyshacl(data: Triples, shapes: Triples, _: Set[object] | None) -> Graph:
    import pyshacl  # the reference is loaded where it is asked for; it takes longer than a check of one file

    graph = Graph().parse(data=_ntriples(data), format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(data=_ntriples(shapes), format="nt"))
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report: {report}")
    return report


#: The validators by name: each takes data, shapes and the things asked about, and returns a report (SHACL, 3.6).
ENGINES: dict[str, Engine] = {"pyshifty": _pyshifty, "pyshacl": _pyshacl}


def _background(content: Content) -> Iterator[ox.Triple]:
    """The concepts, and of the axioms the subclasses alone."""
    for triple in content.triples("ontology"):
        subject = triple.subject
        if triple.predicate.value == _SUBCLASS or (
            isinstance(subject, ox.NamedNode) and subject.value.startswith(PREFIXES["vocab"])
        ):
            yield triple


def _ntriples(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _messages(shapes: Iterable[ox.Triple]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for triple in shapes:
        if triple.predicate.value == str(SH.message) and isinstance(triple.object, ox.Literal):
            found.setdefault(_iri(triple.subject), {})[triple.object.language or "de"] = triple.object.value
    return found


def _finding(content: Content, report: Graph, result: Node, messages: dict[str, dict[str, str]]) -> Finding:
    shape = _known(report.value(result, SH.sourceShape))
    focus = _known(report.value(result, SH.focusNode))
    path = _known(report.value(result, SH.resultPath))
    value = _known(report.value(result, SH.value))
    file, line = content.locate(focus, path, value)
    text = messages.get(shape, {})
    component = _known(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
    return Finding(
        severity=_SEVERITY.get(report.value(result, SH.resultSeverity), "violation"),
        rule=compact(shape) or component,
        file=file,
        line=line,
        focus=focus,
        path=path,
        value=value,
        message=(text.get("de", component), text.get("en", component)),
    )


def _known(node: Node | None) -> str:
    return "" if node is None or isinstance(node, BNode) or not isinstance(node, URIRef | Literal) else str(node)


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
