"""Say in Link headers what a page is about and where its data lies, for machines that read no page.

The FAIR Signposting Profile (https://signposting.org/FAIR/): level 1 in the headers of the page, level 2 as a link
set of its own (RFC 9264, `application/linkset+json`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chefsache.content.names import BASE
from chefsache.web.http.negotiation import HTML, SUFFIXES
from chefsache.web.portals.files import CC_BY
from chefsache.web.site import absolute

LINKSET = "application/linkset+json"
_PAGE = "https://schema.org/AboutPage"


@dataclass(frozen=True)
class Link:
    """A typed link from a page; the media type where there is one."""

    rel: str
    target: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.rel}"{kind}'


def links(iri: str, kind: str) -> tuple[Link, ...]:
    """Return the links of the page of a thing; *kind* is its class in schema.org."""
    return tuple(_links(iri, kind))


def header(iri: str, kind: str) -> str:
    """Return the links as the value of a Link header (RFC 8288)."""
    linkset = Link("linkset", absolute(f"/{iri.removeprefix(BASE)}.linkset"), LINKSET)
    return ", ".join(map(str, (*links(iri, kind), linkset)))


def linkset(iri: str, kind: str) -> dict[str, object]:
    """Return the links of a page, and those back from its documents, as a link set (RFC 9264, section 4.2)."""
    local = iri.removeprefix(BASE)
    page: dict[str, object] = {"anchor": absolute(f"/{local}.html")}
    for link in links(iri, kind):
        target = {"href": link.target} | ({"type": link.media_type} if link.media_type else {})
        page.setdefault(link.rel, []).append(target)  # type: ignore[attr-defined]
    back = {"describes": [{"href": absolute(f"/{local}.html"), "type": HTML}]}
    documents = [{"anchor": link.target, **back} for link in links(iri, kind) if link.rel == "describedby"]
    return {"linkset": [page, *documents]}


def _links(iri: str, kind: str) -> Iterator[Link]:
    local = iri.removeprefix(BASE)
    yield Link("cite-as", iri)
    for media_type, suffix in SUFFIXES.items():
        if media_type != HTML:
            yield Link("describedby", absolute(f"/{local}.{suffix}"), media_type)
    yield Link("type", _PAGE)
    yield Link("type", kind)
    yield Link("license", CC_BY)
