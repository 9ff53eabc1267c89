"""`/openapi.json`: the whole HTTP interface described for programs (https://spec.openapis.org/oas/v3.1.0).

What it says stands in `openapi.yaml`; here it gets what the code alone knows: addresses, limits, media types,
questions with their parameters, and the errors that every address may answer with.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, Response

from chefsache import __version__
from chefsache.content.files import release
from chefsache.content.names import GRAPH, expand
from chefsache.content.questions import Parameter, Question
from chefsache.store.entries import KINDS
from chefsache.web.endpoint import sparql_request
from chefsache.web.gateway.bounds import ADDRESS_BYTES
from chefsache.web.http import negotiation
from chefsache.web.http.negotiation import DOCUMENT_OFFERS, GRAPH_OFFERS, HTML, RESULT_OFFERS, Offer
from chefsache.web.http.responses import validated
from chefsache.web.matching import lookup, reconcile_requests
from chefsache.web.overview import comparing
from chefsache.web.pages import diagrams
from chefsache.web.portals import catalogue
from chefsache.web.portals.signposting import LINKSET
from chefsache.web.site import absolute, site

bp = Blueprint("openapi", __name__)

MEDIA_TYPE = "application/json"
#: How the components of a kind are named where a list says which of them hold.
_REF = "#/components/{}/{}"
#: The schemas of bodies that have one.
_SCHEMAS = {
    negotiation.JSON: ("SparqlResults",),
    negotiation.JSONLD: ("JsonLd",),
    LINKSET: ("Linkset",),
    MEDIA_TYPE: ("SparqlResults", "JsonLd"),
}
#: The forms of a value of a question, by its datatype; things are named as people name them.
_VALUES: dict[str, dict[str, object]] = {
    "iri": {"type": "string"},
    "xsd:string": {"type": "string"},
    "xsd:date": {"type": "string", "format": "date"},
    "xsd:gYear": {"type": "string", "pattern": "^[0-9]{4}$"},
    "xsd:integer": {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1},
}
Node = dict[str, Any]


@bp.get("/openapi.json")
def openapi() -> Response:
    """Describe the interface."""
    body = site().once("openapi", lambda: json.dumps(description(), ensure_ascii=False))
    return validated(Response(body, content_type=MEDIA_TYPE), MEDIA_TYPE)


def description() -> Node:
    """Return the description, with everything filled in."""
    found: Node = _filled(_source(), _facts())
    everywhere, errors = found.pop("everywhere"), found.pop("errors")
    found["components"]["responses"] = {str(status): _error(said, found) for status, said in errors.items()}
    found["paths"] |= {f"/questions/{asked.name}.{{suffix}}": _question(asked) for asked in site().questions.values()}
    for path in found["paths"].values():
        for operation in path.values():
            _finish(operation, everywhere, found)
    return found


@cache
def _source() -> Node:
    loaded: Node = yaml.safe_load((Path(__file__).parent / "openapi.yaml").read_text(encoding="utf-8"))
    return loaded


def _filled(node: Any, facts: Node) -> Any:  # noqa: ANN401  (any part of the file)
    """Return a copy in which the names of values are replaced by the values."""
    if isinstance(node, dict):
        return {key: _filled(value, facts) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, facts) for value in node]
    return facts[node[1:]] if isinstance(node, str) and node.startswith("=") else node


def _facts() -> Node:
    """Return what the file names and the code knows."""
    snapshot = site().snapshot
    graph = next(iri for name in snapshot.statistics["graphs"] if (iri := expand(name)).startswith(GRAPH))
    return {
        "version": __version__,
        "release": release(),
        "snapshot": snapshot.digest,
        "url": site().settings.public_url,
        "docs": absolute("/sparql"),
        "graph-iri": graph,
        "graph-name": graph.removeprefix(GRAPH),
        "dataset": catalogue.current_edition().offers[0].dataset.name,
        "question": next(iter(site().questions)),
        "questions": list(site().questions),
        "diagrams": list(diagrams.diagrams()),
        "kinds": list(KINDS),
        "suffixes": list(negotiation.BY_SUFFIX),
        "linked-suffixes": [*negotiation.BY_SUFFIX, "linkset"],
        "seconds": site().settings.limits.seconds,
        "address-bytes": ADDRESS_BYTES,
        "query-bytes": sparql_request.MAX_BYTES,
        "keys": lookup.MAX_KEYS,
        "batch": reconcile_requests.BATCH_SIZE,
        "compared": comparing.MOST,
        "graph-formats": _names(GRAPH_OFFERS),
        "document-formats": _names(DOCUMENT_OFFERS),
        "answer-formats": _names((*RESULT_OFFERS, *DOCUMENT_OFFERS)),
        "graphs": _content(GRAPH_OFFERS),
        "parts": {offer.sent: {} for offer in GRAPH_OFFERS},
        "documents": _content(DOCUMENT_OFFERS),
        "answers": _content((*RESULT_OFFERS, *DOCUMENT_OFFERS)),
        "linked": _content((*DOCUMENT_OFFERS, Offer(LINKSET, ""))),
        "lookup": _content(lookup.OFFERS) | {MEDIA_TYPE: {"schema": {"$ref": _REF.format("schemas", "Found")}}},
    }


def _names(offers: tuple[Offer, ...]) -> list[str]:
    """Return the short names and media types by which `?format=` means one of the offers."""
    short = [name for name in negotiation.SHORT if negotiation.named(name, offers)]
    return list(dict.fromkeys([*short, *(offer.sent for offer in offers)]))


def _content(offers: tuple[Offer, ...]) -> Node:
    """Return the bodies that are sent as one of the offers."""
    return {offer.sent: _body(offer, offers) for offer in offers}


def _body(offer: Offer, offers: tuple[Offer, ...]) -> Node:
    possible = {other.written for other in offers if other.sent == offer.sent}
    names = [name for kind in possible | {offer.sent} for name in _SCHEMAS.get(kind, ())]
    refs = [{"$ref": _REF.format("schemas", name)} for name in sorted(set(names))]
    return {"schema": {"anyOf": refs} if len(refs) > 1 else refs[0]} if refs else {}


def _error(said: Node, found: Node) -> Node:
    """Return the answer of a status: for programs the error with its codes, for browsers a page."""
    codes = {"properties": {"error": {"properties": {"code": {"enum": said["codes"]}}}}}
    schema = {"allOf": [{"$ref": _REF.format("schemas", "Error")}, codes]}
    return {
        "description": said["says"],
        "headers": _headers(said.get("headers", []), found),
        "content": {MEDIA_TYPE: {"schema": schema}, HTML: {}},
    }


def _question(asked: Question) -> Node:
    """Describe how a program asks one question."""
    suffix = {"type": "string", "enum": ["csv", "json", "rq"]}
    return {
        "get": {
            "operationId": f"question-{asked.name}",
            "tags": ["query"],
            "summary": asked.title["en"],
            "de": asked.title["de"],
            "description": f"{asked.description['en']} As a table, or with the suffix `rq` the query itself.",
            "parameters": [
                {"name": "suffix", "in": "path", "required": True, "schema": suffix},
                *map(_parameter, asked.parameters),
            ],
            "responses": {
                "200": {
                    "description": asked.answer,
                    "content": {
                        negotiation.CSV: {},
                        negotiation.JSON: {"schema": {"$ref": _REF.format("schemas", "SparqlResults")}},
                        "application/sparql-query": {},
                    },
                    "headers": ["ETag"],
                }
            },
        }
    }


def _parameter(parameter: Parameter) -> Node:
    named = "IRI, key or name; " if parameter.datatype == "iri" else ""
    return {
        "name": parameter.name,
        "in": "query",
        "allowEmptyValue": True,
        "description": f"{parameter.label['en']} ({named}repeatable)",
        "x-description-de": parameter.label["de"],
        "schema": {"type": "array", "items": _VALUES[parameter.datatype]},
    }


def _finish(operation: Node, everywhere: list[int], found: Node) -> None:
    """Write an operation as the standard has it."""
    operation["x-summary-de"] = operation.pop("de")
    operation["parameters"] = [
        {"$ref": _REF.format("parameters", entry)} if isinstance(entry, str) else entry
        for entry in operation.get("parameters", [])
    ]
    responses = {status: _answer(answer, found) for status, answer in operation["responses"].items()}
    if "ETag" in responses.get("200", {}).get("headers", {}):
        responses["304"] = {"description": "Nothing new", "headers": _headers(["ETag"], found)}
    for status in map(str, [*everywhere, *operation.pop("errors", [])]):
        responses.setdefault(status, {"$ref": _REF.format("responses", status)})
    operation["responses"] = dict(sorted(responses.items()))


def _answer(answer: Node, found: Node) -> Node:
    content = answer.get("content")
    listed: Node = {"content": {kind: {} for kind in content}} if isinstance(content, list) else {}
    return {**answer, **listed, "headers": _headers(answer.get("headers", []), found)}


def _headers(names: list[str], found: Node) -> Node:
    """Return the headers of an answer: those of every answer, and the named ones."""
    everywhere = ["X-Request-ID", "Access-Control-Allow-Origin"]
    return {name.removesuffix("~"): _header(name, found) for name in (*everywhere, *names)}


def _header(name: str, found: Node) -> Node:
    local = name.removesuffix("~")
    if local == name:
        return {"$ref": _REF.format("headers", name)}
    return {**found["components"]["headers"][local], "required": False}
