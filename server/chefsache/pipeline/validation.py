"""Validate: what was asserted, against the SHACL shapes.

pyshifty does the work; pySHACL is the reference that it must agree with (tests/test_engines.py). Both see the data, the
vocabularies and the subclass axioms, and nothing inferred.
"""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
import pyshacl
import shifty
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from chefsache.content.names import PREFIXES, compact
from chefsache.content.rules import Severity
from chefsache.pipeline.findings import Finding
from chefsache.pipeline.loading import Content

__all__ = ["ENGINES", "validate"]

Engine = Callable[[bytes, bytes], Graph]

_SUBCLASS = f"{PREFIXES['rdfs']}subClassOf"
_SEVERITY: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def validate(content: Content, engine: str = "pyshifty") -> list[Finding]:
    """Return what the shapes find in the data of *content*.

    Raises:
        KeyError: there is no such engine.
    """
    data = [*content.triples("data"), *content.mentioned(), *_background(content)]
    shapes = list(content.triples("shapes"))
    report = ENGINES[engine](_ntriples(data), _ntriples(shapes))
    messages = _messages(shapes)
    return sorted(
        (_finding(content, report, result, messages) for result in report.objects(None, SH.result)),
        key=lambda finding: finding.order,
    )


def _pyshifty(data: bytes, shapes: bytes) -> Graph:
    _, report, _ = shifty.validate(data, shapes, graph_mode="data", infer=False)
    return report


def _pyshacl(data: bytes, shapes: bytes) -> Graph:
    graph = Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(data=shapes, format="nt"))
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report: {report}")
    return report


#: The validators by name: each takes data and shapes as N-Triples and returns a report (SHACL, section 3.6).
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
