"""Choose what to send: by `?format=`, a suffix, or the Accept header with its weights (RFC 9110, 12.4 and 12.5.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HTML = "text/html"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES = "text/turtle", "application/n-triples"
JSONLD, RDFXML = "application/ld+json", "application/rdf+xml"
TRIG, NQUADS = "application/trig", "application/n-quads"


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
    *_same(TURTLE, NTRIPLES, JSONLD, RDFXML, TRIG, NQUADS),
    Offer("application/json", JSONLD),
    Offer("application/xml", RDFXML),
    Offer("text/xml", RDFXML),
    Offer("text/plain", NTRIPLES),
    Offer("application/x-turtle", TURTLE),
)
#: What a thing can be sent as: the page first.
THING_OFFERS = (Offer(HTML, ""), *GRAPH_OFFERS)
#: The same where programs are expected: data first.
DOCUMENT_OFFERS = (*GRAPH_OFFERS, Offer(HTML, ""))
#: Short names, as suffix of an address and in `?format=`; several mean what clients call them.
SHORT = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "ttl": TURTLE,
    "turtle": TURTLE,
    "n3": TURTLE,
    "nt": NTRIPLES,
    "ntriples": NTRIPLES,
    "jsonld": JSONLD,
    "json-ld": JSONLD,
    "rdf": RDFXML,
    "rdf+xml": RDFXML,
    "rdfxml": RDFXML,
    "trig": TRIG,
    "nq": NQUADS,
    "nquads": NQUADS,
    "html": HTML,
}
SUFFIXES = {
    HTML: "html", TURTLE: "ttl", NTRIPLES: "nt", JSONLD: "jsonld", RDFXML: "rdf", TRIG: "trig", NQUADS: "nq",
}  # fmt: skip
#: What the suffix of an address stands for.
BY_SUFFIX = {suffix: media_type for media_type, suffix in SUFFIXES.items()}

_WEIGHT = re.compile(r"(?:0?\.[0-9]*|[01](?:\.[0-9]*)?)")
_RANGE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+/[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
#: A piece of a list up to the next separator; what stands between quotes is no separator.
_PIECES = {mark: re.compile(rf'(?:[^"{mark}]|"(?:[^"\\]|\\.)*"?)+') for mark in ",;"}


def named(name: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a `?format=` means, by short name or media type.

    >>> named("csv", RESULT_OFFERS).sent
    'text/csv'
    """
    # A plus sign in an address is a blank after decoding.
    text = name.strip().lower().replace(" ", "+")
    wanted = SHORT.get(text, text)
    if wanted in {JSON, XML} and offers is not RESULT_OFFERS:
        wanted = {JSON: JSONLD, XML: RDFXML}[wanted]
    return next((offer for offer in offers if offer.sent == wanted), None)


def suffixed(suffix: str) -> Offer | None:
    """Return the offer that the suffix of an address stands for."""
    media_type = BY_SUFFIX.get(suffix)
    return Offer(media_type, "" if media_type == HTML else media_type) if media_type else None


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


def chosen(name: str, header: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer of a request: a name wins over the header; none where we have no such thing."""
    return named(name, offers) if name else accepted(header, offers)


def prefers_html(header: str) -> bool:
    """Say whether a page is wanted more than data: HTML is named, and nothing machine-readable weighs as much."""
    weights = dict(reversed(_ranges(header)))
    html = weights.get(HTML, 0.0)
    data = [weight for kind, weight in weights.items() if "json" in kind or kind in _DATA]
    return html > 0 and all(weight < html for weight in data)


_DATA = frozenset({JSON, XML, CSV, TSV, TURTLE, NTRIPLES, JSONLD, RDFXML, TRIG, NQUADS})


def _ranges(header: str) -> list[tuple[str, float]]:
    """Split an Accept header; parameters other than the weight are left aside, and so is what is no media range.

    Java asks for `*; q=.2`, so an asterisk alone is anything, and a weight may begin with its point.
    """
    found = []
    for part in _split(header, ","):
        head, *parameters = [piece.strip().lower() for piece in _split(part, ";")] or [""]
        kind = "*/*" if head == "*" else head
        weight = _weight(parameters)
        if _RANGE.fullmatch(kind) and weight is not None:
            found.append((kind, weight))
    return found


def _weight(parameters: list[str]) -> float | None:
    """Return the weight among parameters, 1 without one, none where it is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            text = value.strip()
            return min(float(text), 1.0) if _WEIGHT.fullmatch(text) and text != "." else None
    return 1.0


def _split(text: str, mark: str) -> Iterator[str]:
    """Split a list, but not inside quotes."""
    return (match.group() for match in _PIECES[mark].finditer(text))


def _fit(kind: str, media_type: str) -> int:
    """Return how exactly a range names a type: 3 itself, 2 its family, 1 anything, 0 not at all."""
    if kind == media_type:
        return 3
    if kind == "*/*":
        return 1
    return 2 if kind.endswith("/*") and media_type.startswith(kind[:-1]) else 0
