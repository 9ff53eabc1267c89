"""Read whole graphs by the SPARQL 1.1 Graph Store HTTP Protocol; what would change one is refused.

`/graph/NAME` is the address of a named graph, and so its direct identification; `/graphs?graph=IRI` and
`/graphs?default` say indirectly which one is meant. A graph is a document, so its own address answers with it, and
`Content-Location` says where this form of it stays.
"""

from flask import Blueprint, Response, request, send_file

from chefsache.content.names import BASE, GRAPH, PREFIXES, compact
from chefsache.store.protocol import Query
from chefsache.web.endpoint.sparql_request import graph_iris
from chefsache.web.http.negotiation import DOCUMENT_OFFERS, GRAPH_OFFERS, HTML, NQUADS, SUFFIXES, TRIG, Offer, suffixed
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import options, stream, validated
from chefsache.web.pages.views import graph_page
from chefsache.web.portals import rdf
from chefsache.web.site import absolute, site

bp = Blueprint("graph_store", __name__)

_WRITING, _READING = ("PUT", "POST", "DELETE", "PATCH"), "GET, HEAD, OPTIONS"
#: The most triples of a graph that is put in order for reading.
_ORDERED = 20_000
#: Formats of datasets that a file of a graph is valid in as it stands: every Turtle is TriG, every N-Triples N-Quads.
_AS_FILE = {TRIG: "ttl", NQUADS: "nt"}


@bp.get("/graph/<path:name>", provide_automatic_options=False)
def direct(name: str) -> Response:
    """Answer with the named graph of this address, or with one form of it where the address ends in a suffix."""
    local, _, suffix = name.rpartition(".")
    offer = suffixed(suffix)
    if local and offer:
        return _form(GRAPH + local, offer)
    return _located(GRAPH + name, rdf.offer(request.args.get("format", ""), DOCUMENT_OFFERS))


@bp.get("/graphs", provide_automatic_options=False)
def indirect() -> Response:
    """Answer with the graph that `graph` names, or with the default graph."""
    values = request.args.to_dict(flat=False)
    named, default = graph_iris(values, "graph"), "default" in values
    if len(named) + default != 1:
        raise Problem(
            400,
            "which-graph",
            "Welcher Graph? Entweder graph=IRI oder default, genau einmal.",
            "Which graph? Either graph=IRI or default, exactly once.",
        )
    offer = rdf.offer(request.args.get("format", ""), GRAPH_OFFERS)
    return _default(offer) if default else _located(named[0], offer)


@bp.route("/graphs", methods=["OPTIONS"])
@bp.route("/graph/<path:name>", methods=["OPTIONS"])
def allowed(name: str = "") -> Response:
    """Say that graphs are read."""
    return options(_READING)


@bp.route("/graphs", methods=_WRITING, provide_automatic_options=False)
@bp.route("/graph/<path:name>", methods=_WRITING, provide_automatic_options=False)
def refuse(name: str = "") -> Response:
    """Refuse to change a graph."""
    raise Problem(
        405,
        "update-refused",
        f"Hier wird nur gelesen: {name or 'Graphen'} ändern sich mit den Dateien, aus denen sie gebaut werden.",
        f"This server only reads: {name or 'graphs'} change with the files that they are built from.",
        {"Allow": _READING},
    )


def _located(iri: str, offer: Offer) -> Response:
    response = _form(iri, offer)
    if iri.startswith(GRAPH):
        suffix = SUFFIXES[offer.written or HTML]
        response.headers["Content-Location"] = absolute(f"/{iri.removeprefix(BASE)}.{suffix}")
    return response


def _form(iri: str, offer: Offer) -> Response:
    """Answer with a named graph in one form."""
    triples = _size(iri)
    if offer.sent == HTML:
        return graph_page(iri, triples)
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    found = site().store.own(Query(text, offer.written, ordered=triples <= _ORDERED, prefixes=PREFIXES))
    response = stream(found, rdf.content_type(offer.sent))
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return validated(response, offer.sent)


def _size(iri: str) -> int:
    """Return how many triples a named graph has.

    Raises:
        Problem: 404, there is none of that name.
    """
    triples: int = site().snapshot.statistics["graphs"].get(compact(iri), 0)
    if not triples:
        raise not_found(iri[:200])
    return triples


def _default(offer: Offer) -> Response:
    """Answer with the default graph: the file of the dumps that holds it, piece by piece from the disk."""
    suffix = _AS_FILE.get(offer.written, SUFFIXES[offer.written])
    response = send_file(site().snapshot.dumps_path / f"chefsache.{suffix}", mimetype=offer.sent, etag=False)
    del response.headers["Last-Modified"]  # the day of the build, not of the statements
    if offer.written not in _AS_FILE:
        response.headers["Content-Location"] = absolute(f"/dumps/chefsache.{suffix}")
    return validated(response, offer.sent)
