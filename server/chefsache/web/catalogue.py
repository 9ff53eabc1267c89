"""`/catalog`: the catalogue that portals harvest, in pages; `/dataset/NAME`, `/service/NAME`: what is in it.

A harvester asks with HEAD, then GET, and follows the Hydra link to the next page
(https://www.hydra-cg.com/spec/latest/core/).
"""

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from chefsache.web import dcat, negotiation
from chefsache.web.dcat import CATALOGUE, NAMES, Description, Edition
from chefsache.web.export import edition_of
from chefsache.web.negotiation import HTML, JSONLD, NTRIPLES, RDFXML, SUFFIXES, THING_OFFERS, TURTLE
from chefsache.web.problems import Problem, not_acceptable, not_found
from chefsache.web.responses import validated
from chefsache.web.site import absolute, path, site

bp = Blueprint("catalogue", __name__)

#: Datasets on a page of the catalogue.
PAGE = 50

_FORMATS = {
    TURTLE: ox.RdfFormat.TURTLE,
    NTRIPLES: ox.RdfFormat.N_TRIPLES,
    JSONLD: ox.RdfFormat.JSON_LD,
    RDFXML: ox.RdfFormat.RDF_XML,
}
_SUFFIXES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
_SERVICES = ("sparql", "reconcile")


@bp.get("/catalog")
@bp.get("/catalog.<suffix>")
def catalogue(suffix: str = "") -> Response:
    """Answer with a page of the catalogue; to a browser with the page of downloads."""
    kind = _kind(suffix)
    if kind == HTML:
        return _see("/dumps/")
    edition = site().once("catalogue", current_edition)
    last = -(-len(edition.offers) // PAGE)
    number = _page_number(last)
    triples = dcat.catalogue(edition, edition.offers[(number - 1) * PAGE : number * PAGE])
    return _document([*triples, *_paging(number, last, len(edition.offers))], kind)


@bp.get("/dataset/<name>")
@bp.get("/dataset/<name>.<suffix>")
def dataset(name: str, suffix: str = "") -> Response:
    """Answer for one dataset."""
    edition = site().once("catalogue", current_edition)
    offer = next((offer for offer in edition.offers if offer.dataset.name == name), None)
    if offer is None:
        raise not_found(f"{dcat.DATASET}{name}")
    kind = _kind(suffix)
    return _see(f"/dumps/#{name}") if kind == HTML else _document(dcat.dataset(edition, offer), kind)


@bp.get("/service/<name>")
def service(name: str) -> Response:
    """Lead from a service's IRI to the catalogue that describes it."""
    if name not in _SERVICES:
        raise not_found(f"{dcat.SERVICE}{name}")
    return _see(f"/catalog.{SUFFIXES[_kind('')]}")


def current_edition() -> Edition:
    """Return what is served, as the catalogue says it."""
    return edition_of(site().snapshot, site().settings)


def _kind(suffix: str) -> str:
    if suffix:
        if suffix not in _SUFFIXES:
            raise not_found(request.path)
        return _SUFFIXES[suffix]
    name = request.args.get("format", "")
    header = request.headers.get("Accept", "")
    found = negotiation.named(name, THING_OFFERS) if name else negotiation.accepted(header, THING_OFFERS)
    if found is None:
        raise not_acceptable(THING_OFFERS)
    return found.written or HTML


def _page_number(last: int) -> int:
    text = request.args.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= last:
        raise Problem(
            404,
            "no-such-page",
            f"Der Katalog hat die Seiten 1 bis {last}: ?page=1",
            f"The catalogue has the pages 1 to {last}: ?page=1",
        )
    return int(text)


def _paging(number: int, last: int, total: int) -> list[ox.Triple]:
    def address(page: int) -> str:
        chosen = request.args.get("format", "")
        wanted = f"&format={chosen}" if chosen in _SUFFIXES else ""
        return f"{absolute(request.path)}?page={page}{wanted}"

    about = Description()
    view = address(number)
    about.a(CATALOGUE, "hydra:Collection")
    about.add(CATALOGUE, "hydra:totalItems", ox.Literal(total))
    about.add(CATALOGUE, "hydra:view", view)
    about.a(view, "hydra:PartialCollectionView")
    about.add(view, "hydra:first", address(1))
    about.add(view, "hydra:last", address(last))
    if number > 1:
        about.add(view, "hydra:previous", address(number - 1))
    if number < last:
        about.add(view, "hydra:next", address(number + 1))
    return about.triples


def _document(triples: list[ox.Triple], kind: str) -> Response:
    body = ox.serialize(triples, format=_FORMATS[kind], prefixes=NAMES) or b""
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return validated(Response(body, content_type=kind + charset), kind)


def _see(address: str) -> Response:
    response = redirect(path(address), 303)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return Response(response.get_data(), 303, response.headers)
