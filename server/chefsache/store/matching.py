"""Decide which thing a text means: candidates with scores, and whether one of them is certain enough to be claimed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA, Levenshtein

from chefsache.store.entries import Entry
from chefsache.store.folding import fold
from chefsache.store.keys import recognise
from chefsache.store.names import ALSO, BARE, EXACT, SHORT, Hit, Names
from chefsache.store.place_names import place_name

__all__ = ["Candidate", "candidates"]

#: A name of many places means the large city if it is so many times larger than the next, and at least so large.
_TIMES, _LARGE = 10, 50_000
#: The same where its name is shortened ("Freiburg").
_TIMES_SHORT = 15
#: A slip of the pen is taken for one in names of this length, for places of this size.
_LETTERS, _KNOWN = 7, 20_000
#: A place of fewer people may share its name, or its shortened name, with one abroad: of no said type, not claimed.
_TINY, _TINY_SHORT = 1_000, 10_000
#: Things that belong to something: of whom, a claim must know.
_OWNED = frozenset({"office", "post", "organisation", "artefact", "measure"})
#: Candidates at most that have the words asked for among others.
_BEGUN = 20
#: Share of the score that is left of a similar name.
_SIMILAR = 0.85


@dataclass(frozen=True)
class Candidate:
    """A thing that a text may mean: score of 100, whether it is claimed to be the one, and why."""

    entry: Entry
    score: float
    match: bool
    #: How well its name fits, of 100; whether it was found by key; whether the text names its owner.
    name: float = 0.0
    key: bool = False
    owned: bool = False


def candidates(
    names: Names,
    text: str,
    wanted: Callable[[Entry], bool],
    *,
    typed: bool = False,
    confirmed: Callable[[Entry], bool] = lambda _: False,
) -> list[Candidate]:
    """Return what a text may mean, best first; at most the first has `match`.

    Args:
        names: the index.
        text: a name or a key.
        wanted: whether a thing comes into question.
        typed: whether it was said what kind of thing is meant.
        confirmed: whether something beside the name says that it is this one.
    """
    found = _by_key(names, text, wanted, typed=typed)
    if found:
        return found
    exact = [hit for hit in names.exact(text) if wanted(hit.entry)]
    exact.sort(key=lambda hit: not confirmed(hit.entry))
    listed = [_candidate(hit, hit.strength * hit.likeness) for hit in exact]
    if any(hit.strength >= ALSO for hit in exact):
        if _claimed(text, exact, typed=typed, confirmed=confirmed):
            listed[0] = replace(listed[0], match=True)
        return listed
    if exact and _claimed(text, exact, typed=typed, confirmed=confirmed):
        listed[0] = replace(listed[0], match=True)
    held = {hit.entry.local for hit in exact}
    similar = [hit for hit in names.similar(text) if hit.entry.local not in held and wanted(hit.entry)]
    slip = None if exact else _slip(names, text, similar)
    near = (_candidate(hit, hit.strength * hit.likeness * _SIMILAR) for hit in similar)
    listed += (replace(one, match=True, score=93.0) if one.entry is slip else one for one in near)
    held |= {hit.entry.local for hit in similar}
    begun = [entry for entry in names.beginning(text) if entry.local not in held and wanted(entry)][:_BEGUN]
    listed += (Candidate(entry, _begun(text, entry), match=False) for entry in begun)
    return sorted(listed, key=lambda one: (not one.match, -one.score, -one.entry.population))


def _by_key(names: Names, text: str, wanted: Callable[[Entry], bool], *, typed: bool) -> list[Candidate]:
    """Return what a text means as a key; where it may be another number, it is claimed only with a type."""
    local = next((f"{room}/{text}" for room in ("id", "vocab") if f"{room}/{text}" in names.things), "")
    key = recognise(text)
    found = [names.things[local]] if local else names.keys.find(key) if key else []
    certain = len(found) == 1 and (typed or key is None or key.certain)
    return [Candidate(entry, 100.0, certain, 100.0, key=True) for entry in found if wanted(entry)]


def _claimed(text: str, hits: Sequence[Hit], *, typed: bool, confirmed: Callable[[Entry], bool]) -> bool:
    """Say whether the first of the things that are called so is certain to be meant."""
    first, rivals = hits[0], list(hits[1:])
    if confirmed(first.entry):
        return not any(confirmed(hit.entry) and hit.strength >= first.strength for hit in rivals)
    if first.entry.kind == "source" and not typed:
        return False
    if first.entry.kind in _OWNED and first.entry.owner and not first.owned:
        return False
    if first.strength <= BARE:
        return typed and not rivals
    tiny = _TINY_SHORT if first.strength <= SHORT else _TINY
    if 0 < first.entry.population < tiny and not typed and first.form == fold(text):
        return False
    return all(_beats(first, rival, typed=typed) for rival in rivals)


def _beats(first: Hit, rival: Hit, *, typed: bool) -> bool:
    """Say whether nobody who writes this name would mean the rival."""
    if rival.strength <= BARE:
        return not typed
    if not first.entry.population:
        return not typed and rival.entry.kind == "source"
    if first.strength >= ALSO > rival.strength and first.entry.population >= rival.entry.population:
        return True
    if first.entry.level == rival.entry.level and fold(first.entry.official) == fold(rival.entry.official):
        return False
    times = _TIMES if first.strength > SHORT else _TIMES_SHORT
    return first.entry.population >= max(_LARGE, times * rival.entry.population)


def _slip(names: Names, text: str, similar: Sequence[Hit]) -> Entry | None:
    """Return the place whose name differs by a slip: two letters changed over, or one inside too many or too few.

    One letter for another is none: that is how the names of different places differ (Wolfsberg, Wolfsburg).
    """
    core = place_name(text).core
    near = {
        entry.local: (entry, form)
        for hit in similar
        for form, entry in names.places_like(hit.form)
        if OSA.distance(core, form) == 1
    }
    if not near or len(core) < _LETTERS:
        return None
    (entry, form), *others = sorted(near.values(), key=lambda pair: -pair[0].population)
    rival = max((other.population for other, _ in others), default=0)
    known = entry.population >= max(_KNOWN, _TIMES * rival)
    return entry if known and entry.level == "municipality" and _inside(core, form) else None


def _inside(text: str, form: str) -> bool:
    """Say whether the difference is a change of order, or an insertion or omission that is not at the ends."""
    if len(text) == len(form):
        return Levenshtein.distance(text, form) == 2
    return text[:2] == form[:2] and text[-1] == form[-1]


def _begun(text: str, entry: Entry) -> float:
    """Score a thing whose name only has the words asked for: 40 to 70, the more of the name they are."""
    share = min(1.0, len(text) / len(entry.label()))
    return round(40 + 15 * share + 15 * fold(entry.label()).startswith(fold(text)), 1)


def _candidate(hit: Hit, score: float) -> Candidate:
    return Candidate(
        hit.entry, round(score, 1), match=False, name=round(min(hit.strength, EXACT) * hit.likeness, 1), owned=hit.owned
    )
