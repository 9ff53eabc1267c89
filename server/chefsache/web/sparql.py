"""`/sparql`: the SPARQL 1.1 Protocol for reading, and a plain page to ask with."""

import re

import pyoxigraph as ox
from flask import Blueprint, Response, request

from chefsache.content.names import PREFIXES
from chefsache.store import guard
from chefsache.store.errors import StoreError
from chefsache.store.protocol import Answer, Query
from chefsache.web import negotiation, sparql_request
from chefsache.web.answers import answer_table
from chefsache.web.negotiation import GRAPH_OFFERS, HTML, RESULT_OFFERS, Offer
from chefsache.web.problems import not_acceptable
from chefsache.web.responses import page, stream, validated
from chefsache.web.service_description import service_description
from chefsache.web.site import site

bp = Blueprint("sparql", __name__)

_ALLOW = "GET, HEAD, POST, OPTIONS"
#: Rows of an answer that a page shows.
_SHOWN = 500
_FORMATS = {
    negotiation.TURTLE: ox.RdfFormat.TURTLE,
    negotiation.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    negotiation.JSONLD: ox.RdfFormat.JSON_LD,
    negotiation.RDFXML: ox.RdfFormat.RDF_XML,
}
#: Functions whose value differs from one call to the next; their answers get no validator.
_FLEETING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
_EXAMPLE = """SELECT ?office ?label WHERE {
  ?office a chef:Office ;
    skos:prefLabel ?label .
}
ORDER BY ?label
"""


@bp.route("/sparql", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
@bp.route("/sparql/", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
def sparql() -> Response:
    """Answer a query; without one, describe the service."""
    if request.method == "OPTIONS":
        return _options()
    asked = sparql_request.read(request)
    if asked.text is None:
        return _describe(asked.format)
    form = guard.inspect(asked.text).form
    table = form in {"SELECT", "ASK"}
    offer = _offer(asked.format, RESULT_OFFERS if table else (*GRAPH_OFFERS, Offer(HTML, "")))
    if offer.sent == HTML:
        return _page(asked, table=table)
    answer = site().store.query(Query(asked.text, offer.written, asked.default_graphs, asked.named_graphs))
    return _send(answer, offer, asked.text)


def _options() -> Response:
    return Response(
        status=204,
        headers={
            "Allow": _ALLOW,
            "Access-Control-Allow-Methods": _ALLOW,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _offer(name: str, offers: tuple[Offer, ...]) -> Offer:
    header = request.headers.get("Accept", "")
    found = negotiation.named(name, offers) if name else negotiation.accepted(header, offers)
    if found is None:
        raise not_acceptable(offers)
    return found


def _send(answer: Answer, offer: Offer, text: str) -> Response:
    kind = offer.sent if offer.sent.endswith(("json", "xml")) else f"{offer.sent}; charset=utf-8"
    if offer.sent == negotiation.CSV:
        kind = "text/csv; charset=utf-8; header=present"
    response = stream(answer, kind)
    if request.method == "POST" or _FLEETING.search(text):
        response.headers["Cache-Control"] = "no-store"
        if request.method == "HEAD":
            answer.close()
        return response
    return validated(response, offer.sent)


def _describe(name: str) -> Response:
    offers = (*GRAPH_OFFERS, Offer(HTML, ""))
    offer = _offer(name, offers)
    if offer.sent == HTML:
        return _form("", None)
    response = Response(service_description(_FORMATS[offer.written]), content_type=offer.sent)
    return validated(response, offer.sent)


def _page(asked: sparql_request.SparqlRequest, *, table: bool) -> Response:
    """Answer on a page; what is wrong with the query is shown beside it."""
    text = asked.text or ""
    written = negotiation.JSON if table else negotiation.TURTLE
    try:
        answer = site().store.query(Query(text, written, asked.default_graphs, asked.named_graphs))
    except StoreError as error:
        response = _form(text, None, error=error)
        response.status_code = 400
        return response
    if table:
        return _form(text, answer_table(answer.read(), _SHOWN))
    return _form(text, None, graph=answer.read().decode())


def _form(text: str, answer: object, graph: str = "", error: StoreError | None = None) -> Response:
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in sorted(PREFIXES.items()))
    common = ("chef", "dcterms", "id", "org", "skos", "vocab")
    example = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in common) + "\n\n" + _EXAMPLE
    return page(
        "sparql.html",
        text=text or example,
        answer=answer,
        graph=graph,
        error=error,
        prefixes=prefixes,
        questions=site().questions.values(),
    )
