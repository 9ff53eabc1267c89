"""Say things in RDF by prefixed names, and answer with them in the format that the client likes."""

from collections.abc import Iterable
from typing import Self

import pyoxigraph as ox
from flask import Response, request

from chefsache.content.names import PREFIXES
from chefsache.web.http import negotiation
from chefsache.web.http.negotiation import GRAPH_OFFERS, Offer
from chefsache.web.http.problems import not_acceptable
from chefsache.web.http.responses import validated

#: How each media type is written.
FORMATS = {
    negotiation.TURTLE: ox.RdfFormat.TURTLE,
    negotiation.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    negotiation.JSONLD: ox.RdfFormat.JSON_LD,
    negotiation.RDFXML: ox.RdfFormat.RDF_XML,
    negotiation.TRIG: ox.RdfFormat.TRIG,
    negotiation.NQUADS: ox.RdfFormat.N_QUADS,
}
#: The formats of graphs, as the W3C names them (https://www.w3.org/ns/formats/).
GRAPH_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
#: The prefixes of what is only described here, beside those of the graph.
NAMES = PREFIXES | {
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "entailment": "http://www.w3.org/ns/entailment/",
    "formats": "http://www.w3.org/ns/formats/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
Value = ox.NamedNode | ox.Literal


class Description:
    """Statements, each once, in the order in which they are made, those about one subject together.

    >>> about = Description().say("https://example.org/", "dcterms:title", text("Herne", "de"))
    >>> [str(triple.object) for triple in about.triples()]
    ['"Herne"@de']
    """

    def __init__(self) -> None:
        self._made: dict[str, dict[ox.Triple, None]] = {}

    def triples(self) -> list[ox.Triple]:
        """Return all statements."""
        return [triple for triples in self._made.values() for triple in triples]

    def say(self, subject: str, name: str, *values: Value | str) -> Self:
        """State a property of a subject, for each of its values; a text is an IRI."""
        made = self._made.setdefault(subject, {})
        for value in values:
            node = ox.NamedNode(value) if isinstance(value, str) else value
            made[ox.Triple(ox.NamedNode(subject), term(name), node)] = None
        return self

    def types(self, subject: str, *names: str) -> Self:
        """State what a subject is."""
        return self.say(subject, "rdf:type", *map(term, names))


def term(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMES[prefix] + local)


def count(number: int) -> ox.Literal:
    """Return a number of things."""
    return ox.Literal(number)


def text(words: str, language: str = "") -> ox.Literal:
    """Return words, in a language if one is named."""
    return ox.Literal(words, language=language) if language else ox.Literal(words)


def typed(value: str, datatype: str) -> ox.Literal:
    """Return a literal of a datatype."""
    return ox.Literal(value, datatype=term(datatype))


def both(words: dict[str, str]) -> tuple[ox.Literal, ...]:
    """Return words in all their languages."""
    return tuple(text(value, language) for language, value in words.items())


def offer(name: str, offers: tuple[Offer, ...]) -> Offer:
    """Return what to send, by a name from the address or else by the Accept header.

    Raises:
        Problem: 406, there is no such format.
    """
    found = negotiation.chosen(name, request.headers.get("Accept", ""), offers)
    if found is None:
        raise not_acceptable(offers)
    return found


def answer(description: Description, chosen: Offer | None = None) -> Response:
    """Answer with a description, in the format of the request unless one is *chosen*.

    Raises:
        Problem: 406, there is no such format.
    """
    chosen = chosen or offer(request.args.get("format", ""), GRAPH_OFFERS)
    body = written(description, chosen.written)
    return validated(Response(body, content_type=content_type(chosen.sent)), chosen.sent)


def written(description: Description, media_type: str) -> bytes:
    """Return a description as a document."""
    triples = description.triples()
    return ox.serialize(triples, format=FORMATS[media_type], prefixes=_used(triples)) or b""


def content_type(media_type: str) -> str:
    """Return the header of a media type: text says its encoding, what has it built in does not."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes that occur, so that a short description stays short."""
    nodes = [node for triple in triples for node in (triple.predicate, triple.object)]
    names = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    names |= {node.datatype.value for node in nodes if isinstance(node, ox.Literal)}
    return {
        prefix: namespace
        for prefix, namespace in sorted(NAMES.items())
        if any(name.startswith(namespace) for name in names)
    }
