"""Linked data: the address of a thing leads to a page or a document about it, as the client likes."""

from flask import Blueprint, Response, redirect, request

from chefsache.content.names import BASE, GRAPH, PREFIXES
from chefsache.store.protocol import Query
from chefsache.web import negotiation, page_queries, things
from chefsache.web.negotiation import HTML, SUFFIXES, THING_OFFERS, Offer
from chefsache.web.pages import graph_page, ontology_page, thing_page
from chefsache.web.problems import not_acceptable, not_found
from chefsache.web.responses import key, stream, validated
from chefsache.web.site import absolute, path, site

bp = Blueprint("linked_data", __name__)

#: Suffixes of documents, and what each is.
_SUFFIXES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
#: The parts of our base that are whole documents, and the graphs in each.
_DOCUMENTS = {"ontology": f"{GRAPH}ontology/chefsache", "shapes": f"{GRAPH}shapes/"}


@bp.get("/id/<name>")
@bp.get("/vocab/<name>")
def thing(name: str) -> Response:
    """Answer for a thing: without a suffix see other, with one the document."""
    room = request.path.split("/")[1]
    local, suffix = _split(name)
    iri = f"{BASE}{room}/{local}"
    _valid(iri)
    if not things.exists(iri):
        raise not_found(iri)
    if not suffix:
        return _see_other(f"/{room}/{local}")
    if suffix == HTML:
        return thing_page(iri)
    return _document(page_queries.text("describe" if room == "id" else "describe-concept", "thing", [iri]), suffix, iri)


@bp.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """Answer for a named graph: its statements, all of them."""
    local, suffix = _split(name)
    iri = GRAPH + local
    _valid(iri)
    found = site().store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    count = int(found[0]["n"].value)
    if not count:
        raise not_found(iri)
    if not suffix:
        return _see_other(f"/graph/{local}")
    if suffix == HTML:
        return graph_page(iri, count)
    return _document(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", suffix, iri)


@bp.get("/ontology")
@bp.get("/shapes")
@bp.get("/ontology.<suffix>")
@bp.get("/shapes.<suffix>")
def document(suffix: str = "") -> Response:
    """Answer for the terms or the shapes; the address is that of the document itself, so no detour."""
    name = request.path.strip("/").split(".")[0]
    if suffix and suffix not in _SUFFIXES:
        raise not_found(request.path)
    kind = _SUFFIXES[suffix] if suffix else _chosen().sent
    if kind == HTML:
        return ontology_page(name)
    graphs = (row["graph"].value for row in page_queries.ask("graphs"))
    named = " ".join(f"<{graph}>" for graph in graphs if graph.startswith(_DOCUMENTS[name]))
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    return _document(text, kind, f"{BASE}{name}")


def _split(name: str) -> tuple[str, str]:
    """Take the suffix off; an unknown one belongs to the name."""
    local, _, suffix = name.rpartition(".")
    return (local, _SUFFIXES[suffix]) if local and suffix in _SUFFIXES else (name, "")


def _chosen() -> Offer:
    name = request.args.get("format", "")
    header = request.headers.get("Accept", "")
    found = negotiation.named(name, THING_OFFERS) if name else negotiation.accepted(header, THING_OFFERS)
    if found is None:
        raise not_acceptable(THING_OFFERS)
    return found


def _see_other(address: str) -> Response:
    offer = _chosen()
    suffix = SUFFIXES[offer.written or HTML]
    response = redirect(path(f"{address}.{suffix}"), 303)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return Response(response.get_data(), 303, response.headers)


def _document(text: str, kind: str, iri: str) -> Response:
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    body = site().documents.get(key(kind))
    if body is None:
        answer = site().store.own(Query(text, kind, ordered=True, prefixes=PREFIXES))
        if answer.file is None:
            site().documents.put(key(kind), answer.body)
        response = stream(answer, kind + charset)
    else:
        response = Response(body, content_type=kind + charset)
    page = absolute(f"/{iri.removeprefix(BASE)}.html")
    response.headers["Link"] = f'<{iri}>; rel="describes", <{page}>; rel="alternate"; type="text/html"'
    return validated(response, kind)


def _valid(iri: str) -> None:
    if not page_queries.is_iri(iri):
        raise not_found()
