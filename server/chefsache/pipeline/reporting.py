"""Write findings for a person, a program, an RDF tool or a forge."""

import json
from collections.abc import Callable, Sequence

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from chefsache.content.names import compact
from chefsache.pipeline.findings import Finding

__all__ = ["FORMATS"]

_LEVELS = {"violation": "error", "warning": "warning", "info": "notice"}
_WORDS = {"violation": "Verstoß / violation", "warning": "Warnung / warning", "info": "Hinweis / info"}
_SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}


def as_text(findings: Sequence[Finding]) -> str:
    """Write one block a finding: place, severity and rule; German; English; what it is about."""
    return "".join(_block(finding) for finding in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """Write a JSON array, one object a finding."""
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1) + "\n"


def as_turtle(findings: Sequence[Finding]) -> str:
    """Write a validation report (SHACL, section 3.6)."""
    graph = Graph()
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not any(finding.severity == "violation" for finding in findings))))
    for number, finding in enumerate(findings):
        result = BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultSeverity, _SEVERITIES[finding.severity]))
        graph.add((result, SH.resultMessage, Literal(finding.message[0], lang="de")))
        graph.add((result, SH.resultMessage, Literal(finding.message[1], lang="en")))
        for predicate, iri in ((SH.focusNode, finding.focus), (SH.resultPath, finding.path)):
            if iri.startswith("http"):
                graph.add((result, predicate, URIRef(iri)))
        if finding.value:
            graph.add((result, SH.value, Literal(finding.value)))
    return graph.serialize(format="turtle")


def as_github(findings: Sequence[Finding]) -> str:
    """Write workflow commands, which a forge shows beside the line."""
    return "".join(
        f"::{_LEVELS[finding.severity]} file={finding.file},line={max(1, finding.line)},title={finding.rule}::"
        f"{_escaped(' / '.join(finding.message))}\n"
        for finding in findings
    )


#: How findings can be written, by the name of the format.
FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "github": as_github,
}


def _block(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file or "(graph)"
    about = " ".join(compact(part) for part in (finding.focus, finding.path, finding.value) if part)
    lines = [f"{place}: {_WORDS[finding.severity]} {finding.rule}", *finding.message, about]
    return "\n    ".join(line for line in lines if line) + "\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
