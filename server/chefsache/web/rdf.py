"""Say things in RDF by prefixed names, and answer with them in the format that the client likes."""

from collections.abc import Iterable
from typing import Self

import pyoxigraph as ox
from flask import Response, request

from chefsache.content.names import PREFIXES
from chefsache.web import negotiation
from chefsache.web.negotiation import GRAPH_OFFERS, Offer
from chefsache.web.problems import not_acceptable
from chefsache.web.responses import validated

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
_PREFIXES = PREFIXES | {
    "entailment": "http://www.w3.org/ns/entailment/",
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}
Value = ox.NamedNode | ox.Literal


class Description:
    """Statements, in the order in which they are made, those about one subject together.

    >>> about = Description().say("https://example.org/", "dcterms:title", text("Herne", "de"))
    >>> [str(triple.object) for triple in about.triples()]
    ['"Herne"@de']
    """

    def __init__(self) -> None:
        self._made: dict[str, list[ox.Triple]] = {}

    def triples(self) -> list[ox.Triple]:
        """Return all statements."""
        return [triple for triples in self._made.values() for triple in triples]

    def say(self, subject: str, name: str, *values: Value) -> Self:
        """State a property of a subject, for each of its values."""
        made = self._made.setdefault(subject, [])
        made += [ox.Triple(ox.NamedNode(subject), term(name), value) for value in values]
        return self

    def types(self, subject: str, *names: str) -> Self:
        """State what a subject is."""
        return self.say(subject, "rdf:type", *map(term, names))


def term(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_PREFIXES[prefix] + local)


def iris(values: Iterable[str]) -> tuple[ox.NamedNode, ...]:
    """Return IRIs as terms."""
    return tuple(map(ox.NamedNode, values))


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
    triples = description.triples()
    body = ox.serialize(triples, format=FORMATS[chosen.written], prefixes=_used(triples)) or b""
    return validated(Response(body, content_type=content_type(chosen.sent)), chosen.sent)


def content_type(media_type: str) -> str:
    """Return the header of a media type: text says its encoding, what has it built in does not."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes that occur, so that a short description stays short."""
    names = {
        node.value for triple in triples for node in (triple.predicate, triple.object) if isinstance(node, ox.NamedNode)
    }
    return {
        prefix: namespace
        for prefix, namespace in sorted(_PREFIXES.items())
        if any(name.startswith(namespace) for name in names)
    }
