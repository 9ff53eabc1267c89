"""What the query workbench needs to know: prefixes, terms with their labels, questions; and where places lie."""

from collections.abc import Iterable
from typing import Literal

from flask import Blueprint, Response, jsonify

from chefsache.content.names import CHEF, PREFIXES, compact, expand
from chefsache.content.questions import Parameter, Question
from chefsache.web import languages
from chefsache.web.http.responses import validated
from chefsache.web.pages import answers, ontology, page_queries
from chefsache.web.site import site

bp = Blueprint("workbench", __name__)

Kind = Literal["class", "property", "concept"]
Named = dict[str, str]


@bp.get("/sparql/terms.json")
def terms() -> Response:
    """Return prefixes, the terms and concepts that the graph uses, and the questions, in the reader's language."""
    language = languages.current()
    found = site().once(f"workbench-{language}", _vocabulary)
    response = validated(jsonify(found), f"application/json-{language}")
    response.headers["Content-Language"] = language
    return response


@bp.get("/sparql/places.json")
def places() -> Response:
    """Return the official keys of all municipalities, and where they lie, in thousandths of a degree."""
    return validated(jsonify(site().once("workbench-places", _places)), "application/json")


def _vocabulary() -> dict[str, object]:
    return {
        "prefixes": PREFIXES,
        "terms": [*_own(), *_reused(), *_concepts()],
        "questions": [_question(question) for question in site().questions.values()],
    }


def _places() -> dict[str, list[str] | list[int]]:
    rows = [row["position"].value.split() for row in page_queries.ask("places")]
    return {
        "keys": [key for key, _, _ in rows],
        "latitudes": [round(float(latitude) * 1000) for _, latitude, _ in rows],
        "longitudes": [round(float(longitude) * 1000) for _, _, longitude in rows],
    }


def _own() -> list[Named]:
    return [
        _named(compact(CHEF + term.name), term.label, "class" if kind == "Class" else "property")
        for kind, group in ontology.terms().items()
        for term in group
    ]


def _reused() -> list[Named]:
    found = ontology.reused()
    kinds: tuple[tuple[str, Kind], ...] = (("classes", "class"), ("properties", "property"))
    foreign = [_named(term.name.text, term.label.text, kind) for group, kind in kinds for term in found[group]]
    return [*foreign, _named("rdf:type", "", "property"), _named("rdfs:label", "", "property")]


def _concepts() -> list[Named]:
    known: answers.Labels = {}
    for row in page_queries.ask("concept-names"):
        known.setdefault(row["concept"].value, {})[row["label"].language or ""] = row["label"].value
    return [_named(compact(iri), answers.label(iri, known)[0], "concept") for iri in _ours(known)]


def _ours(iris: Iterable[str]) -> list[str]:
    return [iri for iri in iris if iri.startswith(expand("vocab:"))]


def _named(name: str, label: str, kind: Kind) -> Named:
    said = label not in {name, name.partition(":")[2]}
    return {"name": name, "label": label if said else "", "kind": kind}


def _question(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "title": languages.pick(question.title),
        "parameters": [_parameter(parameter) for parameter in question.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, str]:
    defaults = (site().as_of if value == "as-of" else value for value in parameter.defaults)
    return {
        "name": parameter.name,
        "label": languages.pick(parameter.label),
        "type": parameter.datatype,
        "value": ", ".join(defaults),
    }
