"""The index of names: which things are called so, or nearly so, or begin so."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from chefsache.store.entries import Entry, entries
from chefsache.store.folding import fold, loose, person_form, plain_forms
from chefsache.store.keys import Keys
from chefsache.store.place_names import Category, PlaceName, place_name
from chefsache.store.protocol import Store

__all__ = ["ALSO", "BARE", "EXACT", "FORMER", "SHORT", "Hit", "Names"]

#: How well a form names a thing, of 100: its name or official title; another form of it; a former name; a place without
#: the part that tells it from its namesakes; a district or region without the word for it.
EXACT, ALSO, FORMER, SHORT, BARE = 100, 98, 95, 90, 85
#: Similar names that one search looks at.
_SIMILAR = 40
_LEVELS: dict[str, Category] = {
    "municipality": "municipality", "district": "district", "government-district": "region", "state": "state",
}  # fmt: skip
#: How well the place alone names a level whose name says what it is ("Recklinghausen" the Kreis, "Hessen" the Land).
_WITHOUT_LEVEL = {"district": BARE, "government-district": BARE, "state": SHORT}
#: Words in an owner's name that say nothing about which one it is.
_EMPTY = frozenset({"stadt", "der", "die", "des", "kreis", "landkreis", "fuer", "und", "von", "im", "in"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by one of its forms: how well the form names it, and how like the form is to what was asked."""

    entry: Entry
    strength: int
    form: str
    likeness: float = 1.0
    #: The form names the owner as well ("Rat der Stadt Herne").
    owned: bool = False


@dataclass
class Names:
    """All names, and all keys.

    >>> Names.of([]).exact("Herne")
    []
    """

    things: dict[str, Entry]
    keys: Keys
    #: Forms of the names of areas, and forms of all other names.
    _places: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    _others: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    #: Forms by what is left of them without blanks and umlauts; and by their words in alphabetical order.
    _loose: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _sorted: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    _forms: list[str] = field(default_factory=list)
    #: Every word of every name with its thing, in alphabetical order.
    _words: list[tuple[str, str]] = field(default_factory=list)
    #: All classes and classifications of things that a table can name.
    types: frozenset[str] = frozenset()

    @classmethod
    def read(cls, store: Store) -> "Names":
        """Build the index of a store; takes a second or two.

        Raises:
            StoreError: the store does not answer.
        """
        return cls.of(entries(store).values())

    @classmethod
    def of(cls, found: Iterable[Entry]) -> "Names":
        """Build the index of things."""
        things = {entry.local: entry for entry in found}
        names = cls(things, Keys.of(things.values()))
        for entry in things.values():
            names._add(entry)
        names._finish()
        names.types = frozenset(type_ for one in things.values() if one.local.startswith("id/") for type_ in one.types)
        return names

    def exact(self, text: str) -> list[Hit]:
        """Return what is called so, best first: in this spelling, then in a looser one."""
        place, forms = place_name(text), _asked(text)
        hits = self._same(place, forms)
        cores = (PlaceName(core, core, place.category) for core in self._spelt(place.core))
        near = {other for form in forms for other in self._spelt(form)}
        looser = [hit for core in cores for hit in self._same(core, set())] + self._same(PlaceName("", ""), near)
        hits += [Hit(hit.entry, hit.strength - 2, hit.form, 0.98, hit.owned) for hit in looser]
        hits += self._sorted.get(_in_order(fold(text)), ())
        return _best(hits)

    def similar(self, text: str, likeness: float = 0.72) -> list[Hit]:
        """Return what is called nearly so, best first; *likeness* is the least, of 1."""
        place, folded = place_name(text), fold(text)
        found: list[Hit] = []
        for form in {place.core, folded} - {""}:
            for other, ratio, _ in process.extract(
                form, self._forms, scorer=fuzz.ratio, limit=_SIMILAR, score_cutoff=100 * likeness
            ):
                hits = [hit for hit in self._places.get(other, ()) if _fits(place.category, hit.entry)]
                hits += self._others.get(other, ())
                found += (Hit(hit.entry, hit.strength, other, ratio / 100, hit.owned) for hit in hits)
        return _best(found)

    def beginning(self, text: str) -> list[Entry]:
        """Return the things whose names have words that begin like all those asked for, the best known first."""
        words = fold(text).split()
        if not words:
            return []
        found = set.intersection(*(set(self._with(word)) for word in words))
        whole = " ".join(words)
        return sorted((self.things[local] for local in found), key=lambda entry: _rank(entry, whole))

    def places_like(self, form: str) -> Iterator[tuple[str, Entry]]:
        """Yield the forms that are the whole name of an area, if they are this one."""
        yield from ((hit.form, hit.entry) for hit in self._places.get(form, ()) if hit.strength >= ALSO)

    def owner(self, entry: Entry) -> Entry | None:
        """Return to what a thing belongs."""
        return self.things.get(entry.owner)

    def areas(self, entry: Entry) -> list[Entry]:
        """Return the areas around an authority, the nearest first."""
        found: list[Entry] = []
        at: Entry | None = entry
        while at:
            above = next((self.things[local] for local in at.above if local in self.things), None)
            at = above if above and above not in found else None
            found += [at] if at else []
        return found

    def _same(self, place: PlaceName, forms: set[str]) -> list[Hit]:
        hits = [hit for hit in self._places.get(place.core, ()) if _fits(place.category, hit.entry)]
        if place.category:
            hits = [_said(hit) for hit in hits]
        return hits + [hit for form in forms for hit in self._others.get(form, ())]

    def _spelt(self, form: str) -> list[str]:
        """Return the forms that differ from this one in blanks and umlauts only."""
        return self._loose.get(loose(form), [])

    def _with(self, start: str) -> Iterator[str]:
        for word, local in self._words[bisect_left(self._words, (start, "")) :]:
            if not word.startswith(start):
                return
            yield local

    def _add(self, entry: Entry) -> None:
        texts = [(EXACT, label) for label in dict.fromkeys(entry.labels.values())]
        texts += [({"title": EXACT, "former": FORMER}.get(role, ALSO), name) for role, name in entry.others]
        area = bool(entry.level) or entry.kind == "area"
        plain = {place_name(text).core for _, text in texts if place_name(text).category} if area else set()
        for strength, text in texts:
            if area:
                self._add_place(entry, strength, text, plain)
            else:
                self._add_other(entry, strength, text)
            self._words += ((word, entry.local) for word in {*fold(text).split(), loose(fold(text))})
        if owner := self.owner(entry):
            self._words += ((word, entry.local) for label in owner.labels.values() for word in fold(label).split())
        self._words += ((key.lower(), entry.local) for _, key in entry.keys)

    def _add_place(self, entry: Entry, strength: int, text: str, plain: set[str]) -> None:
        name = place_name(text)
        if name.core in plain:
            strength = _WITHOUT_LEVEL.get(entry.level, strength)
        self._hold(self._places, Hit(entry, strength, name.core))
        if name.head != name.core:
            self._hold(self._places, Hit(entry, min(SHORT, strength), name.head))
            for form in name.initials:
                self._hold(self._places, Hit(entry, ALSO, form))
        first, slash, second = text.partition("/")
        if slash and (first.endswith(" ") or entry.id.startswith("12")):  # two languages, not a town and its river
            for part in (first, second.partition(",")[0]):
                self._hold(self._places, Hit(entry, ALSO, place_name(part).core))

    def _add_other(self, entry: Entry, strength: int, text: str) -> None:
        whole = fold(text)
        if entry.kind == "person":
            whole = person_form(text)
            self._sorted[_in_order(whole)].append(Hit(entry, min(ALSO, strength), whole))
        self._hold(self._others, Hit(entry, strength, whole, owned=self._names_owner(entry, whole)))
        if entry.kind in {"person", "source"}:
            return
        for form in plain_forms(text, acronyms=entry.kind in {"authority", "office", "organisation", "post"}):
            self._hold(self._others, Hit(entry, min(ALSO, strength), form, owned=self._names_owner(entry, form)))
        if owner := self.owner(entry):
            for label in owner.labels.values():
                words = _in_order(f"{whole} {fold(label)}")
                self._sorted[words].append(Hit(entry, min(ALSO, strength), whole, owned=True))

    def _names_owner(self, entry: Entry, form: str) -> bool:
        owner = self.owner(entry)
        if owner is None:
            return False
        core = place_name(owner.label()).core if owner.level else fold(owner.label())
        return f" {core}" in f" {form}"

    def _hold(self, space: dict[str, list[Hit]], hit: Hit) -> None:
        if hit.form:
            space[hit.form].append(hit)

    def _finish(self) -> None:
        self._forms = sorted({*self._places, *self._others})
        for form in self._forms:
            self._loose[loose(form)].append(form)
        self._words = sorted(set(self._words))
        # A missing form must stay missing.
        self._places, self._others = dict(self._places), dict(self._others)
        self._loose, self._sorted = dict(self._loose), dict(self._sorted)


def _asked(text: str) -> set[str]:
    """Return the forms under which other names than those of areas are looked for."""
    return {fold(text), person_form(text), *plain_forms(text, acronyms=False)} - {""}


def _in_order(form: str) -> str:
    return " ".join(sorted(word for word in form.split() if word not in _EMPTY))


def _said(hit: Hit) -> Hit:
    """A district named with the word for it is named in full."""
    return Hit(hit.entry, EXACT, hit.form) if hit.strength == _WITHOUT_LEVEL.get(hit.entry.level) else hit


def _fits(category: Category, entry: Entry) -> bool:
    """Say whether a name that says a level can mean a thing."""
    level = _LEVELS.get(entry.level, "")
    city_state = category == "state" and any(type_.endswith("/city-state") for type_ in entry.types)
    return not category or level == category or city_state


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the best hit of each thing, best first; of equals the one where more people live."""
    best: dict[str, Hit] = {}
    for hit in hits:
        held = best.get(hit.entry.local)
        if held is None or _worth(hit) > _worth(held):
            best[hit.entry.local] = hit
    return sorted(best.values(), key=lambda hit: (-_worth(hit)[0], -hit.entry.population, hit.entry.local))


def _worth(hit: Hit) -> tuple[float, bool]:
    return hit.strength * hit.likeness, hit.owned


def _rank(entry: Entry, words: str) -> tuple[bool, bool, int, int, str, str]:
    """Order by: called exactly so, begins so, sources last, people there, name."""
    name = fold(entry.label())
    return (
        name != words,
        not name.startswith(words),
        entry.kind == "source",
        -entry.population,
        name,
        entry.local,
    )
