"""Everything in the graph that has a name, read from a store once: names, kinds, place, keys, links."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from chefsache.content.files import queries
from chefsache.content.headers import read
from chefsache.content.names import BASE, VOCAB, expand
from chefsache.store.protocol import RESULT_TYPES, Query, Store

__all__ = ["KINDS", "Entry", "entries"]

_CSV = RESULT_TYPES[2]

#: What a thing is, by the first of its classes that stands here; an organisation otherwise.
_BY_CLASS = {
    expand(term): kind
    for term, kind in (
        ("chef:Office", "office"),
        ("cv:PublicOrganisation", "authority"),
        ("dcterms:Location", "area"),
        ("chef:Partnership", "partnership"),
        ("chef:StrategyArtefact", "artefact"),
        ("chef:Measure", "measure"),
        ("foaf:Person", "person"),
        ("org:Post", "post"),
        ("foaf:Document", "source"),
        ("skos:Concept", "concept"),
        ("skos:ConceptScheme", "scheme"),
    )
}
#: All kinds, in the order in which lists show them.
KINDS = (
    "authority", "area", "office", "post", "person", "organisation", "partnership", "artefact", "measure", "concept",
    "scheme", "source",
)  # fmt: skip
_LEVELS = {VOCAB + name: name for name in ("municipality", "district", "government-district", "state")}
#: Steps from a unit up to its authority at most.
_STEPS = 8


@dataclass(slots=True)
class Entry:
    """One thing: its IRI below the base, its names, what it is, and what it belongs to."""

    local: str
    kind: str = "organisation"
    #: Today's name by language; "" where it has none.
    labels: dict[str, str] = field(default_factory=dict)
    #: Other names, each with its role: title, former, other.
    others: list[tuple[str, str]] = field(default_factory=list)
    #: Classes and classifications, as IRIs.
    types: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    population: int = 0
    #: The authority or organisation to which a unit, post, body, paper or measure belongs.
    owner: str = ""
    #: For an authority of the register, which level it is; otherwise empty.
    level: str = ""

    @property
    def iri(self) -> str:
        """The whole IRI."""
        return BASE + self.local

    @property
    def id(self) -> str:
        """The part of the IRI behind the folder of things: short, and unique among things."""
        return self.local.removeprefix("id/")

    @property
    def official(self) -> str:
        """Its official name, today's where it has none of its own."""
        return next((name for role, name in self.others if role == "title"), self.label())

    def label(self, language: str = "de") -> str:
        """Return today's name, in a language if there is one."""
        return self.labels.get(language) or self.labels.get("") or next(iter(self.labels.values()), self.id)


def entries(store: Store) -> dict[str, Entry]:
    """Return all things that have a name, by local IRI.

    Raises:
        StoreError: the store does not answer.
    """
    found: dict[str, Entry] = {}
    for local, role, name, language in _rows(store, "names"):
        entry = found.setdefault(local, Entry(local))
        if role == "label":
            entry.labels[language] = name
        else:
            entry.others.append((role, name))
    found = {local: entry for local, entry in sorted(found.items()) if entry.labels}
    _describe(store, found)
    for entry in found.values():
        entry.owner = _owner(entry, found)
    return found


def _describe(store: Store, found: dict[str, Entry]) -> None:
    """Add to each thing what the other queries say of it."""
    for entry, type_ in _about(store, "types", found):
        entry.kind = _BY_CLASS.get(type_, entry.kind)
        entry.level = _LEVELS.get(type_, entry.level)
        entry.types.append(type_)
    for entry, above in _about(store, "places", found):
        entry.above.append(above.removeprefix(BASE))
    for entry, link in _about(store, "links", found):
        entry.links.append(link)
    for entry, post in _about(store, "tenures", found):
        entry.posts.append(post.removeprefix(BASE))
    for entry, population in _about(store, "populations", found):
        entry.population = int(population)
    for local, scheme, key in _rows(store, "keys"):
        if local in found:
            found[local].keys.append((_last(scheme), key))
    for entry in found.values():
        entry.types.sort()
        entry.above.sort()
        entry.keys.sort()


def _owner(entry: Entry, found: dict[str, Entry]) -> str:
    """Return what a unit, post or paper belongs to: the first authority or free organisation above it."""
    if entry.level or entry.kind in {"person", "concept", "scheme", "source", "area"}:
        return ""
    at = entry
    for _ in range(_STEPS):
        above = [found[local] for local in at.above if local in found and local != entry.local]
        if not above:
            break
        at = next((thing for thing in above if thing.level), above[0])
        if at.level:
            break
    return "" if at is entry else at.local


def _about(store: Store, name: str, found: dict[str, Entry]) -> Iterator[tuple[Entry, str]]:
    for local, value in _rows(store, name):
        if local in found:
            yield found[local], value


def _rows(store: Store, name: str) -> Iterator[list[str]]:
    """Yield the rows of a query, the thing as local IRI; not by `Store.select`, which would keep all in memory."""
    body = store.own(Query(_query(name), _CSV)).read().decode("utf-8")
    rows = csv.reader(io.StringIO(body, newline=""))
    next(rows)
    for iri, *values in rows:
        yield [iri.removeprefix(BASE), *values]


@cache
def _query(name: str) -> str:
    return next(read(path).text for path in queries("pages") if path.stem == f"index-{name}")


def _last(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
