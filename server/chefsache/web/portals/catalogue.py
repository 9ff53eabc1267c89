"""`/catalog`: the catalogue that portals harvest, in pages; `/dataset/NAME`, `/service/NAME`: what is in it.

A harvester asks with HEAD, then GET, and follows the Hydra link to the next page
(https://www.hydra-cg.com/spec/latest/core/).
"""

from flask import Blueprint, Response, request

from chefsache.web.http.negotiation import BY_SUFFIX, HTML, SUFFIXES, THING_OFFERS, Offer, suffixed
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import lead
from chefsache.web.portals import dcat, dcat_series, rdf
from chefsache.web.portals.dcat_parts import CATALOGUE, DATASET, Edition
from chefsache.web.portals.export import edition_of
from chefsache.web.portals.rdf import Description, count
from chefsache.web.site import absolute, path, site

bp = Blueprint("catalogue", __name__)

#: Datasets on a page of the catalogue.
PAGE = 50


@bp.get("/catalog")
@bp.get("/catalog.<suffix>")
def catalogue(suffix: str = "") -> Response:
    """Answer with a page of the catalogue; to a browser with the page of downloads."""
    offer = _offer(suffix)
    edition = current_edition()
    last = -(-len(edition.offers) // PAGE)
    number = _page_number(last)
    if offer.sent == HTML:
        return lead(path("/dumps/"))
    about = dcat.catalogue(edition, edition.offers[(number - 1) * PAGE : number * PAGE])
    _say_paging(about, number, last, len(edition.offers) + len(edition.past))
    return rdf.answer(about, offer)


@bp.get("/dataset/<name>")
@bp.get("/dataset/<name>.<suffix>")
def dataset(name: str, suffix: str = "") -> Response:
    """Answer for one dataset; lead from the IRI of the series of releases to the catalogue that describes it."""
    if f"{DATASET}{name}" in dcat.INNER and not suffix:
        return _inner()
    about, page = _described(current_edition(), name)
    offer = _offer(suffix)
    return lead(page) if offer.sent == HTML else rdf.answer(about, offer)


@bp.get("/service/<name>")
def service(name: str) -> Response:
    """Lead from a service's IRI to the catalogue that describes it."""
    if f"{dcat.SERVICE}{name}" not in dcat.INNER:
        raise not_found(f"{dcat.SERVICE}{name}")
    return _inner()


def current_edition() -> Edition:
    """Return what is served, as the catalogue says it."""
    return site().once("catalogue", lambda: edition_of(site().snapshot, site().settings))


def _described(edition: Edition, name: str) -> tuple[Description, str]:
    """Return what is said of a dataset or of a former release, and the page where people find it."""
    iri = f"{DATASET}{name}"
    for release in edition.past:
        if dcat_series.past_iri(release) == iri:
            return dcat_series.past(edition, release), release.address
    for offer in edition.offers:
        if offer.dataset.name == name:
            return dcat.dataset(edition, offer), path(f"/dumps/#{name}")
    raise not_found(iri)


def _inner() -> Response:
    """Lead to the catalogue in the form that the client likes, a browser to the page of downloads."""
    offer = _offer("")
    return lead(path("/dumps/") if offer.sent == HTML else path(f"/catalog.{SUFFIXES[offer.written]}"))


def _offer(suffix: str) -> Offer:
    if not suffix:
        return rdf.offer(request.args.get("format", ""), THING_OFFERS)
    offer = suffixed(suffix)
    if offer is None:
        raise not_found(request.path)
    return offer


def _page_number(last: int) -> int:
    text = request.args.get("page", "1")
    if not (text.isdecimal() and len(text) < 9 and 1 <= int(text) <= last):
        raise Problem(
            404,
            "no-such-page",
            f"Der Katalog hat die Seiten 1 bis {last}: ?page=1",
            f"The catalogue has the pages 1 to {last}: ?page=1",
        )
    return int(text)


def _say_paging(about: Description, number: int, last: int, total: int) -> None:
    def address(page: int) -> str:
        chosen = request.args.get("format", "")
        wanted = f"&format={chosen}" if chosen in BY_SUFFIX else ""
        return f"{absolute(request.path)}?page={page}{wanted}"

    view = address(number)
    about.types(CATALOGUE, "hydra:Collection")
    about.say(CATALOGUE, "hydra:totalItems", count(total))
    about.say(CATALOGUE, "hydra:view", view)
    about.types(view, "hydra:PartialCollectionView")
    about.say(view, "hydra:first", address(1))
    about.say(view, "hydra:last", address(last))
    if number > 1:
        about.say(view, "hydra:previous", address(number - 1))
    if number < last:
        about.say(view, "hydra:next", address(number + 1))
