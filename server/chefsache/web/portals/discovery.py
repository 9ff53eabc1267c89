"""For machines that find things: what crawlers may read, which interfaces there are, whom to tell of a hole.

`/robots.txt` (RFC 9309), `/.well-known/api-catalog` (RFC 9727), `/.well-known/security.txt` (RFC 9116), `/cite.bib`.
"""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response

from chefsache.pipeline.datasets import WHOLE
from chefsache.web.http import openapi
from chefsache.web.http.negotiation import HTML, JSONLD, RDFXML, SUFFIXES, TURTLE
from chefsache.web.http.problems import not_found
from chefsache.web.http.responses import validated
from chefsache.web.portals import citation
from chefsache.web.portals.files import CC_BY, unpacked
from chefsache.web.portals.signposting import LINKSET, Link
from chefsache.web.site import absolute, site

bp = Blueprint("discovery", __name__)

#: What costs much or is there without end: queries, searches, filled-in questions.
_DISALLOWED = (
    "/sparql*query=", "/search?", "/search/", "/search.json", "/lookup", "/reconcile",
    "/questions/*?", "/graphs", "/health/", "/metrics",
)  # fmt: skip
_ALLOWED = ("/questions/*?lang=de$", "/questions/*?lang=en$")
_PROFILE = "https://www.rfc-editor.org/info/rfc9727"
_CATALOGUE_TYPES = (TURTLE, RDFXML, JSONLD)
_JSON, _XML = "application/json", "application/opensearchdescription+xml"
#: The interfaces: what describes each to machines, and what to people.
_INTERFACES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "/sparql": (
        ("service-desc", "/sparql?format=ttl", TURTLE),
        ("service-doc", "/sparql", HTML),
        ("service-meta", "/.well-known/void", TURTLE),
        ("service-meta", "/.well-known/sparql-examples", TURTLE),
    ),
    "/reconcile": (("service-desc", "/reconcile", _JSON),),
    "/search": (("service-desc", "/search/opensearch.xml", _XML), ("service-doc", "/search", HTML)),
    "/lookup": (("service-doc", "/lookup", HTML),),
    "/catalog": (("service-desc", "/catalog.ttl", TURTLE), ("service-doc", "/dumps/", HTML)),
}
#: Days for which who looks after the server stands by what security.txt says; counted from the release day.
_VALID = 365


@bp.get("/robots.txt")
def robots() -> Response:
    """Say what crawlers may read, and where all pages are listed."""
    root = site().settings.root
    rules = [f"Disallow: {root}{rule}" for rule in _DISALLOWED] + [f"Allow: {root}{rule}" for rule in _ALLOWED]
    return _plain("\n".join(["User-agent: *", *rules, "", f"Sitemap: {absolute('/sitemap.xml')}", ""]))


@bp.get("/.well-known/api-catalog")
def api_catalogue() -> Response:
    """List the interfaces as a link set (RFC 9264)."""
    here = absolute("/.well-known/api-catalog")
    entries: list[dict[str, Any]] = [{"anchor": here, "item": [{"href": absolute(name)} for name in _INTERFACES]}]
    for name, links in _INTERFACES.items():
        entry: dict[str, Any] = {"anchor": absolute(name)}
        for rel, address, kind in (*links, ("service-desc", "/openapi.json", openapi.MEDIA_TYPE)):
            entry.setdefault(rel, []).append({"href": _public(address), "type": kind})
        entries.append(entry)
    body = json.dumps({"linkset": entries}, indent=1)
    response = validated(Response(body, content_type=f'{LINKSET}; profile="{_PROFILE}"'), LINKSET)
    response.headers["Link"] = str(Link("api-catalog", here, LINKSET))
    return response


@bp.get("/.well-known/security.txt")
def security() -> Response:
    """Say whom to tell of a hole, where a contact is set that the standard allows: a mailbox or an https address."""
    contact = site().settings.publisher.contact
    if contact == site().settings.publisher.url or not contact.startswith(("mailto:", "https://")):
        raise not_found("/.well-known/security.txt")
    expires = site().snapshot.as_of + datetime.timedelta(days=_VALID)
    fields = {
        "Contact": contact,
        "Expires": f"{expires.isoformat()}T00:00:00Z",
        "Preferred-Languages": "de, en",
        "Canonical": absolute("/.well-known/security.txt"),
    }
    return _plain("".join(f"{name}: {value}\n" for name, value in fields.items()))


@bp.get("/cite.bib")
def bibtex() -> Response:
    """Say how to cite the project, for BibTeX."""
    return _plain(citation.bibtex(citation.cited(site().snapshot.digest)), "application/x-bibtex")


def signposts() -> str:
    """Return the Link header of the start page: FAIR Signposting, level 1, of the graph as a whole."""
    return ", ".join(map(str, _signposts()))


def _signposts() -> Iterator[Link]:
    snapshot = site().snapshot
    yield Link("cite-as", citation.cited(snapshot.digest).address)
    yield Link("type", "https://schema.org/Dataset")
    yield Link("type", "https://schema.org/AboutPage")
    yield Link("license", CC_BY)
    for kind in _CATALOGUE_TYPES:
        yield Link("describedby", absolute(f"/catalog.{SUFFIXES[kind]}"), kind)
    yield Link("describedby", absolute("/cite.bib"), "application/x-bibtex")
    for file in unpacked(snapshot.dumps, WHOLE, "complete"):
        yield Link("item", absolute(f"/dumps/{snapshot.digest}/{file.name}"), file.media_type)
    yield Link("api-catalog", absolute("/.well-known/api-catalog"), LINKSET)
    yield Link("service-desc", absolute("/openapi.json"), openapi.MEDIA_TYPE)  # RFC 8631


def _public(address: str) -> str:
    place, mark, query = address.partition("?")
    return absolute(place) + mark + query


def _plain(text: str, kind: str = "text/plain") -> Response:
    return validated(Response(text, content_type=f"{kind}; charset=utf-8"), kind)
