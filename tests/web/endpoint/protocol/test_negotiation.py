"""What is sent for which Accept header and name: known cases, and properties that hold for every header."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chefsache.web.http import negotiation
from chefsache.web.http.negotiation import GRAPH_OFFERS, HTML, RESULT_OFFERS, THING_OFFERS, Offer, accepted, named

JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
JENA = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
    "text/csv;q=0.5, application/json;q=0.2, application/xml;q=0.2, */*;q=0.1"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,"
    "text/html;q=0.2,application/xhtml+xml;q=0.18"
)
TABLE_CASES = {
    "": negotiation.JSON,
    "*": negotiation.JSON,
    JAVA: HTML,
    JENA: negotiation.JSON,
    "text/csv; header=absent": negotiation.CSV,
    "TEXT/CSV": negotiation.CSV,
    "text/csv ; Q=0.3 , text/tab-separated-values;q=0.30001": negotiation.TSV,
    'application/ld+json;profile="a,b;q=1", text/csv;q=0.1': negotiation.CSV,
    "application/*": negotiation.JSON,
    "application/*, application/sparql-results+json;q=0": negotiation.XML,
    "text/csv;q=1.000, */*;q=0.000": negotiation.CSV,
    "*/*;q=0": None,
    "image/png": None,
    ",,, ;;; ,": negotiation.JSON,
    "text/csv;q=nan": negotiation.JSON,
    "text/csv;q=, text/tab-separated-values": negotiation.TSV,
    "text/csv;ext;q=0.5;more=1, application/sparql-results+xml;q=0.4": negotiation.CSV,
}  # fmt: skip
GRAPH_CASES = {
    "": negotiation.TURTLE,
    COMUNICA: negotiation.NQUADS,
    "application/trig, text/turtle;q=0.9": negotiation.TRIG,
    "text/*": negotiation.TURTLE,
    "text/plain": "text/plain",
    "application/xml": "application/xml",
    "application/sparql-results+json": None,
}


@pytest.mark.parametrize(
    ("offers", "header", "expected"),
    [(RESULT_OFFERS, *case) for case in TABLE_CASES.items()] + [(GRAPH_OFFERS, *case) for case in GRAPH_CASES.items()],
)
def test_headers(offers: tuple[Offer, ...], header: str, expected: str | None) -> None:
    found = accepted(header, offers)

    assert (found.sent if found else None) == expected


@pytest.mark.parametrize("name", negotiation.SHORT)
def test_every_short_name_means_an_offer(name: str) -> None:
    assert named(name, RESULT_OFFERS) or named(name, THING_OFFERS)


TYPES = sorted({offer.sent for offer in (*RESULT_OFFERS, *GRAPH_OFFERS)})
RANGES = st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png"])
WEIGHTS = st.integers(0, 1000).map(lambda number: number / 1000)
OFFERS = st.sampled_from([RESULT_OFFERS, GRAPH_OFFERS, THING_OFFERS])


@settings(deadline=None)
@given(st.text(max_size=200), OFFERS)
def test_any_text_is_a_header(header: str, offers: tuple[Offer, ...]) -> None:
    """Nothing that stands in the header breaks the choice, and nothing else is chosen than what is offered."""
    assert accepted(header, offers) in (*offers, None)
    assert named(header, offers) in (*offers, None)
    assert negotiation.prefers_html(header) in {True, False}


@settings(deadline=None)
@given(st.dictionaries(RANGES, WEIGHTS, min_size=1), OFFERS)
def test_the_heaviest_wins(weights: dict[str, float], offers: tuple[Offer, ...]) -> None:
    """No offer that the client weighs more is passed over, and none that it refuses is sent (RFC 9110, 12.5.1)."""
    header = ", ".join(f"{name};q={weight}" for name, weight in weights.items())

    def weight(media_type: str) -> float:
        family = media_type.partition("/")[0] + "/*"
        return next((weights[name] for name in (media_type, family, "*/*") if name in weights), 0.0)

    found = accepted(header, offers)
    best = max(weight(offer.sent) for offer in offers)

    assert (weight(found.sent) if found else 0.0) == best
    assert (found is None) == (best == 0)
