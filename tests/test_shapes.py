"""The shapes: exactly the bad nodes of the case files fail, in both engines, and every rule is broken at least once.

A case file holds nodes whose names say what must happen: ``bad-`` gets a violation or a warning, ``info-`` a remark
only, everything else nothing. Cases carry the concepts that they need; of the ontology only the subclass axioms are
read, as in the validation of asserted data.
"""

import logging
import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import shifty
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "shapes").glob("*.ttl"))
SHAPE = Namespace("https://w3id.org/chefsache/shapes#")
ENGINES = ("pyshacl", "shifty")
#: What a constraint is called in a report, by the property that states it.
COMPONENTS = {
    SH["class"]: SH.ClassConstraintComponent,
    SH.closed: SH.ClosedConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.disjoint: SH.DisjointConstraintComponent,
    SH.hasValue: SH.HasValueConstraintComponent,
    SH.languageIn: SH.LanguageInConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.minCount: SH.MinCountConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["not"]: SH.NotConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.qualifiedMaxCount: SH.QualifiedMaxCountConstraintComponent,
    SH.qualifiedMinCount: SH.QualifiedMinCountConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
}
#: Constraints that another one of the same shape always reports as well, or that only a blank node can break.
IMPLIED = {SH.nodeKind}

Result = tuple[str, str, str, str, str]


@cache
def shapes() -> Graph:
    """Return all shapes as one graph."""
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def axioms() -> Graph:
    """Return the subclass axioms of the ontology between named classes."""
    every = Graph()
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        every.parse(path)
    result = Graph()
    for lower, upper in every.subject_objects(RDFS.subClassOf):
        if isinstance(lower, URIRef) and isinstance(upper, URIRef):
            result.add((lower, RDFS.subClassOf, upper))
    return result


@cache
def case_data(case: Path) -> Graph:
    """Return the nodes of a case file."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # broken dates are the point of some cases
    return Graph().parse(case)


@cache
def results(case: Path, engine: str) -> frozenset[Result]:
    """Return focus node, path, severity, shape and component of every result on a case file."""
    data = case_data(case) + axioms()
    if engine == "pyshacl":
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    else:
        _, report, _ = shifty.validate(data, shapes(), graph_mode="data", infer=False)
    assert isinstance(report, Graph)
    return frozenset(
        (
            str(report.value(result, SH.focusNode)),
            path_text(report.value(result, SH.resultPath)),
            str(report.value(result, SH.resultSeverity)),
            str(report.value(result, SH.sourceShape)),
            str(report.value(result, SH.sourceConstraintComponent)),
        )
        for result in report.objects(None, SH.result)
    )


def path_text(path: Node | None) -> str:
    """Return a property path as text; one of several steps is known by its shape, and shifty does not repeat it."""
    return "a path of several steps" if isinstance(path, BNode) else str(path)


def named(prefix: str, nodes: set[str]) -> set[str]:
    """Return the nodes whose local name begins with *prefix*, or has a part that does."""
    return {node for node in nodes if re.search(rf"[/#-]{prefix}-", node)}


def reporting() -> set[Node]:
    """Return the shapes that can stand in a report: those with a target, and their property shapes."""
    graph = shapes()
    targets = set(graph.subjects(SH.targetClass)) | set(graph.subjects(SH.targetSubjectsOf))
    return targets | {part for target in targets for part in graph.objects(target, SH.property)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_only_bad_nodes_fail(case: Path, engine: str) -> None:
    """Nodes named bad- get a violation or warning, nodes named info- a remark, all others nothing."""
    found = results(case, engine)
    failed = {focus for focus, _, severity, _, _ in found if severity != str(SH.Info)}
    remarked = {focus for focus, _, _, _, _ in found} - failed
    subjects = {str(node) for node in case_data(case).subjects()}

    assert failed == named("bad", subjects)
    assert remarked == named("info", subjects)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_engines_agree(case: Path) -> None:
    """Both engines report the same nodes, paths, severities, shapes and components."""
    assert results(case, "pyshacl") == results(case, "shifty")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_constraint_is_broken(engine: str) -> None:
    """For each constraint of each shape some case shows what breaks it."""
    broken = {(shape, part) for case in CASES for _, _, _, shape, part in results(case, engine)}
    stated = {
        (str(shape), str(component))
        for shape in reporting()
        for constraint, component in COMPONENTS.items()
        if constraint not in IMPLIED and (shape, constraint, None) in shapes()
    }

    assert stated - broken == set()


def test_every_shape_file_has_a_case_file() -> None:
    """A file of shapes with targets has a case file of the same name, and the other way round."""
    graphs = {path.stem: Graph().parse(path) for path in sorted((ROOT / "shapes").glob("*.ttl"))}
    targeting = {stem for stem, graph in graphs.items() if reporting() & set(graph.subjects())}

    assert targeting - {"values"} == {case.stem for case in CASES}


@pytest.mark.parametrize("wanted", [SH.message, SH.name])
def test_shapes_speak_german_and_english(wanted: URIRef) -> None:
    """Each property shape, and each node shape that reports itself, has a name and a message in both languages."""
    graph = shapes()
    own = {shape for shape in reporting() if any((shape, part, None) in graph for part in COMPONENTS)}
    texts = {
        shape: sorted(text.language or "" for text in graph.objects(shape, wanted) if isinstance(text, Literal))
        for shape in own | set(graph.subjects(RDF.type, SH.PropertyShape))
    }

    assert {shape for shape, languages in texts.items() if languages != ["de", "en"]} == set()


def test_shapes_state_their_severity() -> None:
    """Each property shape, and each node shape that reports itself, says how grave its finding is."""
    graph = shapes()
    own = {shape for shape in reporting() if any((shape, part, None) in graph for part in COMPONENTS)}
    stated = set(graph.subjects(SH.severity))

    assert (own | set(graph.subjects(RDF.type, SH.PropertyShape))) - stated == set()


def test_no_other_constraints_are_used() -> None:
    """The shapes keep to constraints of SHACL Core on which the engines agree: no SPARQL, no order of values."""
    other = {SH.sparql, SH.select, SH.lessThan, SH.lessThanOrEquals, SH.rule, SH.js, SH.expression}

    assert other & set(shapes().predicates()) == set()


def test_paths_go_forwards_step_by_step() -> None:
    """No shape looks back or without end, so that a report on what lies around a node is true of it."""
    other = {SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath}

    assert other & set(shapes().predicates()) == set()


def test_property_shapes_are_named() -> None:
    """Property shapes have an IRI of ours, beginning with the name of the node shape that lists them."""
    graph = shapes()
    for owner, shape in graph.subject_objects(SH.property):
        assert isinstance(shape, URIRef)
        assert str(shape).startswith(f"{SHAPE}{str(owner).removeprefix(str(SHAPE))}-")


@pytest.mark.parametrize("folder", ["shapes", "tests/shapes"])
def test_files_hold_no_comment(folder: str) -> None:
    """What is worth saying is a triple."""
    for path in sorted((ROOT / folder).glob("*.ttl")):
        assert not [line for line in path.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("#")]
