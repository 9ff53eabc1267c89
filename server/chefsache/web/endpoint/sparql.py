"""`/sparql`: the SPARQL 1.1 Protocol for reading, and a plain page to ask with."""

import re
from dataclasses import replace

from flask import Blueprint, Response, request

from chefsache.content.names import PREFIXES
from chefsache.store import guard
from chefsache.store.errors import StoreError
from chefsache.store.protocol import Answer, Query
from chefsache.web.endpoint import sparql_request
from chefsache.web.endpoint.service_description import service_description
from chefsache.web.endpoint.sparql_request import SparqlRequest
from chefsache.web.http import negotiation, problems
from chefsache.web.http.negotiation import DOCUMENT_OFFERS, HTML, RESULT_OFFERS, Offer
from chefsache.web.http.responses import options, page, stream, validated
from chefsache.web.pages.answers import answer_table
from chefsache.web.portals import rdf
from chefsache.web.site import site

bp = Blueprint("sparql", __name__)

_ALLOW = "GET, HEAD, POST, OPTIONS"
#: Rows or triples of an answer that a page shows.
_SHOWN = 500
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
        return options(_ALLOW)
    asked = sparql_request.read(request)
    if asked.text is None:
        return _describe(asked.format)
    form = guard.inspect(asked.text).form
    table = form in {"SELECT", "ASK"}
    offer = rdf.offer(asked.format, RESULT_OFFERS if table else DOCUMENT_OFFERS)
    if offer.sent == HTML:
        return _page(asked, table=table)
    answer = site().store.query(_query(asked, offer.written))
    response = _send(answer, offer, asked.text)
    response.headers.update(_said(asked, answer))
    return response


def _query(asked: SparqlRequest, media_type: str) -> Query:
    return Query(
        asked.text or "",
        media_type,
        asked.default_graphs,
        asked.named_graphs,
        seconds=asked.seconds,
        rows=asked.rows,
    )


def _said(asked: SparqlRequest, answer: Answer) -> dict[str, str]:
    """Return the headers that say which limits of the client's own held, and which one cut the answer."""
    found = {}
    if asked.seconds is not None:
        found["Chefsache-Timeout"] = f"{min(asked.seconds, site().settings.limits.seconds):g}"
    if not answer.complete:
        found["Chefsache-Truncated"] = f"rows={asked.rows}"
    return found


def _send(answer: Answer, offer: Offer, text: str) -> Response:
    kind = rdf.content_type(offer.sent)
    if offer.sent == negotiation.CSV:
        kind += "; header=present"
    response = stream(answer, kind)
    if request.method == "POST" or _FLEETING.search(text):
        response.headers["Cache-Control"] = "no-store"
        if request.method == "HEAD":
            answer.close()
        return response
    return validated(response, offer.sent)


def _describe(name: str) -> Response:
    offer = rdf.offer(name, DOCUMENT_OFFERS)
    return _form("", None) if offer.sent == HTML else rdf.answer(service_description(), offer)


def _page(asked: SparqlRequest, *, table: bool) -> Response:
    """Answer on a page, as far as one can read; what is wrong with the query is shown beside it."""
    text = asked.text or ""
    asked = replace(asked, rows=_SHOWN if asked.rows is None else min(asked.rows, _SHOWN))
    try:
        answer = site().store.query(_query(asked, negotiation.JSON if table else negotiation.TURTLE))
    except StoreError as error:
        return problems.shown(_form(text, None, error=error), error)
    body = answer.read()
    cut = 0 if answer.complete else asked.rows
    response = _form(text, answer_table(body), cut=cut) if table else _form(text, None, body.decode(), cut=cut)
    response.headers.update(_said(asked, answer))
    return response


def _form(
    text: str, answer: object, graph: str = "", *, cut: int | None = 0, error: StoreError | None = None
) -> Response:
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in sorted(PREFIXES.items()))
    common = ("chef", "dcterms", "id", "org", "skos", "vocab")
    example = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in common) + "\n\n" + _EXAMPLE
    return page(
        "sparql.html",
        text=text or example,
        answer=answer,
        graph=graph,
        cut=cut,
        error=error,
        prefixes=prefixes,
        questions=site().questions.values(),
    )
