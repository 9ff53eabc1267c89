"""The properties that the reconciliation service knows: their paths in the graph, their values, how values compare."""

from collections.abc import Iterable
from dataclasses import dataclass

from chefsache.content.names import BASE, ID, PREFIXES, VOCAB
from chefsache.store.entries import Entry
from chefsache.store.folding import fold, loose
from chefsache.store.names import Names
from chefsache.store.place_names import place_name
from chefsache.store.protocol import Term
from chefsache.web import languages
from chefsache.web.pages.page_queries import is_iri
from chefsache.web.site import site

Given = str | float | bool | dict[str, str]
#: Things whose values are asked for in one query.
_BATCH = 200
_XSD = PREFIXES["xsd"]
_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@dataclass(frozen=True)
class Property:
    """A property: its name in the service, the path from a thing to its values, and of which kinds of things it is."""

    id: str
    pattern: str
    kinds: frozenset[str]
    #: The class of its values, where they are things of ours.
    type: str = ""

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return str(languages.text(f"property-{self.id}"))


_AUTHORITY = frozenset({"authority"})
_OWNED = frozenset({"office", "post", "organisation", "artefact", "measure", "person"})
_ALL = frozenset(
    {"authority", "office", "post", "organisation", "artefact", "measure", "partnership", "person", "source"}
)
_UP = "(org:postIn|org:unitOf|org:subOrganizationOf|dcterms:creator)"


def _key(scheme: str) -> str:
    return f"?thing adms:identifier ?node . ?node dcterms:type vocab:{scheme} ; skos:notation ?value ."


PROPERTIES = {
    one.id: one
    for one in (
        Property("land", "?thing schema:containedInPlace+ ?value . ?value org:classification ?kind . "
                 "FILTER(?kind IN (vocab:state, vocab:city-state))", _AUTHORITY, VOCAB + "state"),
        Property("district", "?thing schema:containedInPlace+ ?value . ?value org:classification vocab:district .",
                 _AUTHORITY, VOCAB + "district"),
        Property("ags", _key("ags"), _AUTHORITY),
        Property("ars", _key("ars"), _AUTHORITY),
        Property("nuts", _key("nuts"), _AUTHORITY),
        Property("wikidata", "?thing schema:sameAs ?value .", _AUTHORITY),
        Property("geocoding", "?thing dcterms:spatial ?value .", _AUTHORITY),
        Property("population", "?thing chef:population ?value .", _AUTHORITY),
        Property("latitude", "?thing geo:lat ?value .", _AUTHORITY),
        Property("longitude", "?thing geo:long ?value .", _AUTHORITY),
        Property("kind", "?thing org:classification|dcterms:type ?value . FILTER(STRSTARTS(STR(?value), STR(vocab:)))",
                 _ALL - {"person"}),
        Property("authority", "{ ?thing " + _UP + "+ ?value } UNION { ?tenure a chef:Tenure ; org:member ?thing ; "
                 "chef:post ?post . ?post " + _UP + "+ ?value } ?value a cv:PublicOrganisation .",
                 _OWNED, PREFIXES["cv"] + "PublicOrganisation"),
        Property("post", "?tenure a chef:Tenure ; org:member ?thing ; chef:post ?value .", frozenset({"person"}),
                 PREFIXES["org"] + "Post"),
        Property("field", "?remit a chef:Remit ; chef:about ?thing ; chef:field ?value .",
                 frozenset({"office", "post", "organisation"})),
        Property("website", "?thing schema:url ?value .", frozenset({"artefact", "source"})),
        Property("issued", "?thing dcterms:issued ?value .", frozenset({"source"})),
        Property("publisher", "?thing dcterms:publisher ?value .", frozenset({"source"}),
                 PREFIXES["org"] + "Organization"),
        Property("source", "?thing dcterms:source ?value .", _ALL - {"source"}, PREFIXES["foaf"] + "Document"),
        Property("formerName", "?naming a chef:Naming ; chef:about ?thing ; chef:name ?value . "
        "MINUS { ?thing skos:prefLabel ?value }",
                 _ALL - {"authority", "source"}),
    )
}  # fmt: skip


def values(asked: Property, iris: Iterable[str]) -> dict[str, list[Term]]:
    """Return the values of a property, by thing; a thing without one is missing.

    Raises:
        StoreError: the store does not answer.
    """
    wanted = [iri for iri in dict.fromkeys(iris) if is_iri(iri)]
    found: dict[str, list[Term]] = {}
    for start in range(0, len(wanted), _BATCH):
        things = " ".join(f"<{iri}>" for iri in wanted[start : start + _BATCH])
        text = f"{_PREFIXES}SELECT DISTINCT ?thing ?value WHERE {{ VALUES ?thing {{ {things} }} {asked.pattern} }}"
        for row in site().store.select(f"{text} ORDER BY ?thing ?value"):
            found.setdefault(row["thing"].value, []).append(row["value"])
    return found


def bearers(asked: Property, value: str) -> list[str]:
    """Return the things that have one thing as value of a property, at most a thousand."""
    if not is_iri(value):
        return []
    text = f"{_PREFIXES}SELECT DISTINCT ?thing WHERE {{ VALUES ?value {{ <{value}> }} {asked.pattern} }}"
    return [row["thing"].value for row in site().store.select(f"{text} ORDER BY ?thing LIMIT 1000")]


def agrees(given: Given, held: Term, names: Names) -> bool:
    """Say whether a value that a client gives is one that a thing has.

    An IRI agrees with the identifier or any spelling of the name; a number with an equal one; a day with its beginning.
    """
    if isinstance(given, dict):
        return held.kind == "iri" and held.value in {ID + given["id"], given["id"], VOCAB + given["id"]}
    if isinstance(given, bool):
        return held.value in ({"true", "1"} if given else {"false", "0"})
    if isinstance(given, int | float):
        return _number(held.value) == float(given)
    text = given.strip()
    if held.kind == "iri":
        return _means(text, held.value, names)
    if held.datatype and held.datatype != f"{_XSD}string" and held.language is None:
        return held.value.startswith(text) if text else False
    return loose(fold(text)) == loose(fold(held.value)) or held.value == text.zfill(len(held.value))


def identifier(value: Term) -> str:
    """Return the identifier of a value in the service's space, or an empty text."""
    return value.value.removeprefix(ID) if value.kind == "iri" and value.value.startswith(ID) else ""


def _means(text: str, iri: str, names: Names) -> bool:
    if text in {iri, iri.rpartition("/")[2]}:
        return True
    entry = names.things.get(iri.removeprefix(BASE))
    return entry is not None and _called(text, entry)


def _called(text: str, entry: Entry) -> bool:
    asked = place_name(text)
    texts = [*entry.labels.values(), *(name for _, name in entry.others)]
    return any(
        loose(fold(text)) == loose(fold(name))
        or (bool(entry.level) and loose(place_name(name).core) == loose(asked.core))
        for name in texts
    ) or any(value == text for _, value in entry.keys)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
