"""Say in a line what a thing is and where: its kind, its place or its owner; and of which types it is."""

from dataclasses import dataclass

from chefsache.content.names import CHEF, PREFIXES, VOCAB
from chefsache.store.entries import Entry
from chefsache.store.names import Names
from chefsache.web import languages

#: Classes that are types of the service, with the text that names each.
_CLASSES = {
    PREFIXES["cv"] + "PublicOrganisation": "kind-authority",
    PREFIXES["org"] + "Organization": "kind-organisation",
    CHEF + "Office": "kind-office",
    PREFIXES["org"] + "Post": "kind-post",
    PREFIXES["foaf"] + "Person": "kind-person",
    CHEF + "Partnership": "kind-partnership",
    CHEF + "StrategyArtefact": "kind-artefact",
    CHEF + "Measure": "kind-measure",
    PREFIXES["foaf"] + "Document": "kind-source",
}
_ORGANISATION = PREFIXES["org"] + "Organization"
_ORGANISATIONS = frozenset({"authority", "office", "organisation"})
_ALSO = {VOCAB + "district": VOCAB + "independent-city", VOCAB + "state": VOCAB + "city-state"}
#: Posts and areas that a description names at most.
_POSTS = 2


@dataclass(frozen=True)
class Type:
    """A type of things: its IRI and its name."""

    id: str
    name: str


def types(entry: Entry, names: Names) -> list[Type]:
    """Return the types of a thing, the narrowest first."""
    found = [type_ for type_ in entry.types if type_.startswith(VOCAB)]
    found.sort(key=lambda type_: type_.removeprefix(VOCAB) != entry.level)
    found += [type_ for type_ in entry.types if type_ in _CLASSES]
    found += [_ORGANISATION] if entry.kind in _ORGANISATIONS else []
    return [Type(type_, type_name(type_, names)) for type_ in found]


def type_ids(names: Names) -> set[str]:
    """Return the IRIs of all types of things."""
    return {type_ for type_ in names.types if type_.startswith(VOCAB)} | set(_CLASSES)


def all_types(names: Names) -> list[Type]:
    """Return all types of things, by name."""
    return sorted(
        (Type(type_, type_name(type_, names)) for type_ in type_ids(names)), key=lambda one: (one.name, one.id)
    )


def type_name(iri: str, names: Names) -> str:
    """Return the name of a type in the reader's language."""
    if iri in _CLASSES:
        return str(languages.text(_CLASSES[iri]))
    entry = names.things.get(f"vocab/{iri.removeprefix(VOCAB)}")
    return entry.label(languages.current()) if entry else iri


def is_of(entry: Entry, type_: str) -> bool:
    """Say whether a thing is of a type.

    A kreisfreie Stadt counts as a district and a city state as a Land, as in the official statistics.
    """
    if type_ == _ORGANISATION:
        return entry.kind in _ORGANISATIONS
    return type_ in entry.types or _ALSO.get(type_, "") in entry.types


def description(entry: Entry, names: Names) -> str:
    """Return what a thing is and where, in a line."""
    said = [kind(entry, names)]
    if entry.kind == "person":
        said += [_post(names.things[post], names) for post in entry.posts[:_POSTS] if post in names.things]
    elif owner := names.owner(entry):
        said.append(owner.label(languages.current()))
    elif entry.kind == "source":
        said += [names.things[above].label() for above in entry.above if above in names.things][:1]
    place = names.owner(entry) or entry
    said += [area.label() for area in names.areas(place) if area.level and area.level != "government-district"]
    return ", ".join(said)


def kind(entry: Entry, names: Names) -> str:
    """Return the narrowest word for what a thing is."""
    narrow = [type_ for type_ in entry.types if type_.startswith(VOCAB)]
    narrow.sort(key=lambda type_: type_.removeprefix(VOCAB) == entry.level)
    return type_name(narrow[0], names) if narrow else str(languages.text(f"kind-{entry.kind}"))


def _post(post: Entry, names: Names) -> str:
    owner = names.owner(post)
    label = post.label(languages.current())
    place = owner.label(languages.current()) if owner else ""
    return f"{label} ({place})" if place and place not in label else label
