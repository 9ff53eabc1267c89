"""Choose what to send: by `?format=`, a suffix, or the Accept header with its weights."""

from collections.abc import Sequence
from dataclasses import dataclass

from chefsache.store.protocol import GRAPH_TYPES, RESULT_TYPES

HTML = "text/html"
JSON, XML, CSV, TSV = RESULT_TYPES
TURTLE, NTRIPLES, JSONLD, RDFXML, TRIG, NQUADS = GRAPH_TYPES


@dataclass(frozen=True)
class Offer:
    """One thing that can be sent: the media type in the header, and the one the store writes (none for pages)."""

    sent: str
    written: str


def _same(*types: str) -> tuple[Offer, ...]:
    return tuple(Offer(name, name) for name in types)


#: What a table can be sent as; the first one if the client does not mind.
RESULT_OFFERS = (
    *_same(JSON, XML, CSV, TSV),
    Offer("application/json", JSON),
    Offer("application/xml", XML),
    Offer("text/xml", XML),
    Offer(HTML, ""),
)
#: What a graph can be sent as.
GRAPH_OFFERS = (
    *_same(TURTLE, NTRIPLES, JSONLD, RDFXML),
    Offer("application/json", JSONLD),
    Offer("application/xml", RDFXML),
    Offer("text/xml", RDFXML),
    Offer("text/plain", NTRIPLES),
    Offer("application/x-turtle", TURTLE),
)
#: What a thing can be sent as: the page first.
THING_OFFERS = (Offer(HTML, ""), *GRAPH_OFFERS)
#: Short names, as suffix of an address and in `?format=`.
SHORT = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "ttl": TURTLE,
    "turtle": TURTLE,
    "nt": NTRIPLES,
    "jsonld": JSONLD,
    "rdf": RDFXML,
    "html": HTML,
}
SUFFIXES = {HTML: "html", TURTLE: "ttl", NTRIPLES: "nt", JSONLD: "jsonld", RDFXML: "rdf"}


def named(name: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a `?format=` means, by short name or media type.

    >>> named("csv", RESULT_OFFERS).sent
    'text/csv'
    """
    # A plus sign in an address is a blank after decoding.
    wanted = SHORT.get(name.strip().lower(), name.strip().lower().replace(" ", "+"))
    if wanted in {JSON, XML} and offers is not RESULT_OFFERS:
        wanted = {JSON: JSONLD, XML: RDFXML}[wanted]
    return next((offer for offer in offers if offer.sent == wanted), None)


def accepted(header: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that an Accept header likes best; of equals the one it names first, then the first offered.

    >>> accepted("text/csv;q=0.5, application/sparql-results+xml", RESULT_OFFERS).sent
    'application/sparql-results+xml'
    >>> accepted("image/png", RESULT_OFFERS) is None
    True
    """
    ranges = _ranges(header)
    if not ranges:
        return offers[0]
    ranked = []
    for place, offer in enumerate(offers):
        match = max(((_fit(kind, offer.sent), -rank, weight) for rank, (kind, weight) in enumerate(ranges)))
        fit, rank, weight = match
        if fit and weight > 0:
            ranked.append((-weight, -fit, -rank, place, offer))
    return min(ranked, key=lambda entry: entry[:4])[4] if ranked else None


def prefers_html(header: str) -> bool:
    """Say whether a page is wanted more than data: HTML is named, and nothing machine-readable weighs as much."""
    weights = dict(reversed(_ranges(header)))
    html = weights.get(HTML, 0.0)
    data = [weight for kind, weight in weights.items() if "json" in kind or kind in (*RESULT_TYPES, *GRAPH_TYPES)]
    return html > 0 and all(weight < html for weight in data)


def _ranges(header: str) -> list[tuple[str, float]]:
    """Split an Accept header; parameters other than the weight are left aside."""
    found = []
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" not in kind:
            continue
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        found.append((kind, weight))
    return found


def _fit(kind: str, media_type: str) -> int:
    """Return how exactly a range names a type: 3 itself, 2 its family, 1 anything, 0 not at all."""
    if kind == media_type:
        return 3
    if kind == "*/*":
        return 1
    return 2 if kind.endswith("/*") and media_type.startswith(kind[:-1]) else 0
