"""Linked data: the address of a thing leads to a page or a document about it, as the client likes."""

import json

from flask import Blueprint, Response, request

from chefsache.content.names import BASE, GRAPH, PREFIXES
from chefsache.content.withdrawn import withdrawn
from chefsache.store.protocol import Query
from chefsache.web.http.negotiation import BY_SUFFIX, HTML, SUFFIXES, THING_OFFERS, Offer
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import lead, stream, validated
from chefsache.web.pages import page_queries, structured_data, things
from chefsache.web.pages.views import ontology_page, thing_page
from chefsache.web.portals import rdf, signposting
from chefsache.web.portals.signposting import LINKSET
from chefsache.web.site import absolute, path, site

bp = Blueprint("linked_data", __name__)

#: Suffixes of documents, and what each is.
_SUFFIXES = BY_SUFFIX | {"linkset": LINKSET}
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
    present(iri)
    if not suffix:
        return _see_other(f"/{room}/{local}")
    if suffix == LINKSET:
        body = json.dumps(signposting.linkset(iri, _class(iri)), ensure_ascii=False, indent=1)
        return validated(Response(body, content_type=LINKSET), LINKSET)
    if suffix == HTML:
        response = thing_page(iri)
        response.headers["Link"] = signposting.header(iri, _class(iri))
    else:
        query = page_queries.text("describe" if room == "id" else "describe-concept", "thing", [iri])
        response = _document(query, suffix, iri)
    if not things.listed(iri):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


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


@bp.get("/ontology/<version>")
def versioned(version: str) -> Response:
    """Lead from the IRI of a version of the ontology (`owl:versionIRI`) to its document, while it is served."""
    iri = f"{BASE}ontology/{version}"
    if iri not in things.versions(f"{BASE}ontology"):
        raise not_found(iri)
    return _see_other("/ontology")


def present(iri: str) -> None:
    """Refuse what was never here (404) and what is gone (410, RFC 9110, 15.5.11), with its successor if it has one.

    Raises:
        Problem: 404 or 410.
    """
    if withdrawn(iri):
        raise Problem(410, "withdrawn", "Was hier stand, wurde zurückgezogen.", "What stood here was withdrawn.")
    if not things.exists(iri):
        raise not_found(iri)
    if not things.deprecated(iri):
        return
    successors = things.successors(iri)
    named = ", ".join(successors)
    raise Problem(
        410,
        "gone",
        f"Diese Adresse gilt nicht mehr. {f'An ihre Stelle trat: {named}' if named else 'Sie hat keine Nachfolgerin.'}",
        f"This address is no longer in use. {f'It was replaced by: {named}' if named else 'It has no successor.'}",
        {"Link": ", ".join(f'<{successor}>; rel="successor-version"' for successor in successors)} if named else {},
        successors=successors,
    )


def _class(iri: str) -> str:
    return structured_data.class_of(things.kind_of(iri))


def _split(name: str) -> tuple[str, str]:
    """Take the suffix off; an unknown one belongs to the name."""
    local, _, suffix = name.rpartition(".")
    return (local, _SUFFIXES[suffix]) if local and suffix in _SUFFIXES else (name, "")


def _chosen() -> Offer:
    return rdf.offer(request.args.get("format", ""), THING_OFFERS)


def _see_other(address: str) -> Response:
    offer = _chosen()
    suffix = SUFFIXES[offer.written or HTML]
    return lead(path(f"{address}.{suffix}"))


def _document(text: str, kind: str, iri: str) -> Response:
    answer = site().store.own(Query(text, kind, ordered=True, prefixes=PREFIXES))
    response = stream(answer, rdf.content_type(kind))
    page = absolute(f"/{iri.removeprefix(BASE)}.html")
    response.headers["Link"] = f'<{iri}>; rel="describes", <{page}>; rel="alternate"; type="text/html"'
    return validated(response, kind)


def _valid(iri: str) -> None:
    if not page_queries.is_iri(iri):
        raise not_found()
