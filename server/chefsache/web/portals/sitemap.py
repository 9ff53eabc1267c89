"""`/sitemap.xml`: every page that search engines may list, in parts (https://www.sitemaps.org/protocol.html).

``lastmod`` is a day that the data state: of a thing, when a claim about it was last compared with its source; of
overviews, the release day. Where there is none, none is said. Persons who head neither authority nor office, and what
is no longer in use, are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from chefsache.content.names import BASE
from chefsache.web.http.problems import not_found
from chefsache.web.http.responses import validated
from chefsache.web.overview.browsing import LISTS
from chefsache.web.pages.page_queries import ask
from chefsache.web.site import absolute, site

bp = Blueprint("sitemap", __name__)

#: Addresses in a part; the protocol allows 50,000.
_PART = 40_000
#: The parts that a query lists.
_QUERIED = ("authorities", "claims", "terms", "things")
_OVERVIEWS = (
    "/", *(f"/{name}" for name in LISTS), "/coverage", "/map", "/compare", "/timeline", "/questions", "/ontology",
    "/shapes", "/dumps/",
)  # fmt: skip
_XML = "application/xml"


@dataclass(frozen=True)
class Place:
    """An address, and the day on which it changed last where that is known."""

    address: str
    day: str = ""


@bp.get("/sitemap.xml")
def index() -> Response:
    """List the parts, each with the newest day in it."""
    parts = (Place(absolute(f"/sitemap-{name}.xml"), _newest(places)) for name, places in _all().items())
    return _document("sitemap-index.xml", parts)


@bp.get("/sitemap-<name>.xml")
def part(name: str) -> Response:
    """List the pages of a part."""
    if name not in _all():
        raise not_found(name)
    return _document("sitemap.xml", _all()[name])


def _all() -> dict[str, tuple[Place, ...]]:
    """Return all parts by name."""
    return site().once("sitemap", _read)


def _read() -> dict[str, tuple[Place, ...]]:
    checked = {row["thing"].value: row["checked"].value for row in ask("sitemap-checked")}
    kinds = {"pages": _pages()} | {name: _listed(name, checked) for name in _QUERIED}
    return {
        f"{name}-{number}": places[start : start + _PART]
        for name, places in kinds.items()
        for number, start in enumerate(range(0, len(places), _PART), 1)
    }


def _pages() -> tuple[Place, ...]:
    addresses = (*_OVERVIEWS, *(f"/questions/{name}" for name in sorted(site().questions)))
    return tuple(Place(absolute(address), site().as_of) for address in addresses)


def _listed(name: str, checked: Mapping[str, str]) -> tuple[Place, ...]:
    things = sorted(row["thing"].value for row in ask(f"sitemap-{name}"))  # by the engine it takes ten times as long
    return tuple(Place(absolute(f"/{iri.removeprefix(BASE)}.html"), checked.get(iri, "")) for iri in things)


def _newest(places: Iterable[Place]) -> str:
    return max((place.day for place in places), default="")


def _document(template: str, places: Iterable[Place]) -> Response:
    body = render_template(template, places=places)
    return validated(Response(body, content_type=f"{_XML}; charset=utf-8"), _XML)
