"""Changes in words, German and English, and as a changeset in RDF."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from chefsache.content.names import BASE, PREFIXES, compact, expand
from chefsache.pipeline.changes import Changes, Edit, Labels, ThingChange, Value

__all__ = ["changeset", "edit_words", "heading", "lines", "name", "summary"]

#: Properties of other vocabularies, which have no German label of their own.
_PROPERTIES = {
    "dcterms:date": ("Datum", "date"),
    "dcterms:isReplacedBy": ("ersetzt durch", "replaced by"),
    "dcterms:source": ("Quelle", "source"),
    "dcterms:type": ("Art", "kind"),
    "org:classification": ("Art", "kind"),
    "org:member": ("Person", "person"),
    "org:postIn": ("Amt bei", "post in"),
    "org:role": ("Funktion", "role"),
    "org:unitOf": ("gehört zu", "unit of"),
    "owl:deprecated": ("nicht mehr in Gebrauch", "no longer in use"),
    "rdf:type": ("Klasse", "class"),
    "schema:endDate": ("endet", "ends"),
    "schema:startDate": ("beginnt", "begins"),
    "skos:altLabel": ("weiterer Name", "other name"),
    "skos:definition": ("Definition", "definition"),
    "skos:prefLabel": ("Name", "name"),
}
_KINDS = {
    "added": ("neu", "new"),
    "changed": ("geändert", "changed"),
    "removed": ("entfallen", "gone"),
}


def name(iri: str, known: Labels, language: str) -> str:
    """Return the label of an IRI in a language, else in another, else its prefixed name."""
    found = known.get(iri, {})
    return next((found[tag] for tag in (language, "", "de", "en") if tag in found), compact(iri))


def heading(thing: ThingChange, known: Labels, language: str) -> str:
    """Say which thing, and whether it is new, changed or gone."""
    return f"{name(thing.iri, known, language)} ({_chosen(_KINDS[thing.kind], language)})"


def edit_words(edit: Edit, known: Labels, language: str) -> str:
    """Say one edit: ``beginnt: 2022-01-01, vorher 2021``."""
    own = _PROPERTIES.get(compact(edit.property))
    word = _chosen(own, language) if own else name(edit.property, known, language)
    after, before = (_listed(terms, known, language) for terms in (edit.after, edit.before))
    if not edit.before:
        return f"{word}: {after}"
    if not edit.after:
        return f"{word}: {_chosen(('nicht mehr', 'no longer'), language)} {before}"
    return f"{word}: {after}, {_chosen(('vorher', 'before'), language)} {before}"


def summary(changes: Changes, language: str) -> str:
    """Say in a line how much changed; of what was withdrawn, only that it was."""
    counts = {kind: sum(thing.kind == kind for thing in changes.things) for kind in _KINDS}
    parts = [f"{count} {_chosen(_KINDS[kind], language)}" for kind, count in counts.items() if count]
    if changes.withdrawn:
        parts.append(_chosen(("etwas wurde zurückgezogen", "something was withdrawn"), language))
    if changes.lost:
        parts.append(f"{len(changes.lost)} {_chosen(('verschwunden', 'lost'), language)}")
    return ", ".join(parts) or _chosen(("nichts hat sich geändert", "nothing changed"), language)


def lines(changes: Changes, known: Labels, language: str) -> Iterator[str]:
    """Say everything, line by line, in the form of a list in Markdown."""
    yield f"{summary(changes, language)}."
    for thing in changes.things:
        yield f"- {heading(thing, known, language)} `{compact(thing.iri)}`"
        yield from (f"  - {edit_words(edit, known, language)}" for edit in thing.edits)


def changeset(changes: Changes, old: str, new: str) -> bytes:
    """Return the statements that came and went as two graphs, and what they are (PROV-O), in TriG."""
    whole = ox.NamedNode(f"{BASE}changes/{old}/{new}")
    graphs = {part: ox.NamedNode(f"{whole.value}#{part}") for part in ("added", "removed")}
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object, graphs["added"]) for triple in changes.added]
    quads += [ox.Quad(triple.subject, triple.predicate, triple.object, graphs["removed"]) for triple in changes.removed]
    described = _described(whole, graphs, old, new)
    return ox.serialize([*described, *quads], format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""


def _described(whole: ox.NamedNode, graphs: Mapping[str, ox.NamedNode], old: str, new: str) -> Iterator[ox.Quad]:
    def say(subject: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(expand(term)), value)

    kind, entity = (ox.NamedNode(expand(term)) for term in ("prov:Activity", "prov:Entity"))
    yield say(whole, "rdf:type", kind)
    for term, edition in (("prov:used", old), ("prov:generated", new)):
        version = ox.NamedNode(f"{BASE}dumps/{edition}/chefsache-asserted.nt")
        yield say(whole, term, version)
        yield say(version, "rdf:type", entity)
    for part, graph in graphs.items():
        yield say(graph, "rdf:type", entity)
        yield say(graph, "prov:wasGeneratedBy", whole)
        yield say(graph, "rdfs:label", ox.Literal(part, language="en"))


def _listed(terms: Iterable[Value], known: Labels, language: str) -> str:
    texts = (name(term.value, known, language) if isinstance(term, ox.NamedNode) else term.value for term in terms)
    return " | ".join(sorted(texts))


def _chosen(words: tuple[str, str], language: str) -> str:
    return words[0 if language == "de" else 1]
