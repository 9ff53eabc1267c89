"""What a page is about in the terms of schema.org, as search engines read it from the page (JSON-LD 1.1)."""

from typing import Any

from chefsache.content.names import BASE, PREFIXES, expand
from chefsache.store.protocol import Row
from chefsache.web.pages.page_queries import ask
from chefsache.web.site import absolute

_SCHEMA = PREFIXES["schema"]
#: The class of each kind of page; what schema.org has no word for is a Thing.
_CLASSES = {
    "area": "AdministrativeArea",
    "artefact": "CreativeWork",
    "authority": "GovernmentOrganization",
    "claim": "Claim",
    "concept": "DefinedTerm",
    "office": "GovernmentOrganization",
    "organisation": "Organization",
    "partnership": "Project",
    "person": "Person",
    "scheme": "DefinedTermSet",
    "source": "CreativeWork",
}
#: Links of ours that have a counterpart.
_LINKS = {
    "org:subOrganizationOf": "parentOrganization",
    "org:unitOf": "parentOrganization",
    "skos:inScheme": "inDefinedTermSet",
}


def class_of(kind: str) -> str:
    """Return the class in schema.org for a kind of page.

    >>> class_of("person")
    'https://schema.org/Person'
    """
    return _SCHEMA + _CLASSES.get(kind, "Thing")


def structured(iri: str, kind: str, name: str) -> dict[str, Any]:
    """Return the description of a thing: what lasts, nothing that is true for a time only."""
    rows = ask("facts", iri)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@id": iri,
        "@type": _CLASSES.get(kind, "Thing"),
        "name": name,
        "url": absolute(f"/{iri.removeprefix(BASE)}.html"),
        "isPartOf" if kind in {"artefact", "claim", "source"} else "subjectOf": {"@id": BASE, "@type": "Dataset"},
    }
    same = _values(rows, "schema:sameAs")
    if same:
        found["sameAs"] = same
    for term, link in _LINKS.items():
        targets = _values(rows, term)
        if targets:
            found[link] = {"@id": targets[0]}
    if kind == "source" and (address := _values(rows, "schema:url")):
        found["url"] = address[0]
    return found


def _values(rows: tuple[Row, ...], term: str) -> list[str]:
    return [row["value"].value for row in rows if row["property"].value == expand(term)]
