"""Take the names of authorities apart: what kind they say, the place itself, what tells it from its namesakes.

"Herne, Stadt", "Stadt Herne" and "Herne" name one place; "Kreis Recklinghausen" and "Recklinghausen" two; "Frankfurt"
is the short form of two.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chefsache.store.folding import fold

__all__ = ["Category", "PlaceName", "place_name"]

#: The levels that a name can say.
Category = Literal["", "municipality", "district", "region", "state"]

_WORDS: dict[str, Category] = {
    **dict.fromkeys(
        (
            "stadt", "gemeinde", "markt", "marktgemeinde", "ortsgemeinde", "flecken", "kreisfreie stadt", "stadtkreis",
            "grosse kreisstadt", "kreisstadt", "landeshauptstadt", "bundeshauptstadt", "bundesstadt", "hauptstadt",
            "hansestadt", "freie und hansestadt", "universitaetsstadt", "hanse und universitaetsstadt",
            "universitaets und hansestadt",
            "wissenschaftsstadt", "klingenstadt", "lutherstadt", "documenta stadt", "stadtverwaltung",
            "gemeindeverwaltung", "stadtverwaltung der stadt", "verwaltung der stadt", "magistrat der stadt",
            "landeshauptstadt und universitaetsstadt", "m", "st", "gkst", "krfr stadt", "krst", "lhst",
            "city of", "town of", "municipality of",
        ),
        "municipality",
    ),
    **dict.fromkeys(
        (
            "kreis", "landkreis", "lkr", "lk", "kreisverwaltung", "landratsamt", "district of", "county of",
            "kreisverwaltung des kreises", "kreisverwaltung des landkreises",
        ),
        "district",
    ),
    **dict.fromkeys(
        ("regierungsbezirk", "reg bez", "bezirksregierung", "regierung von", "regierungspraesidium"), "region"
    ),
    **dict.fromkeys(("land", "bundesland", "freistaat", "state of", "landesregierung"), "state"),
}  # fmt: skip
#: Kinds that follow a name but never stand before one in the same sense.
_NO_PREFIX = frozenset({"m", "st", "lhst"})
_BEFORE = re.compile(
    rf"({'|'.join(sorted(_WORDS.keys() - _NO_PREFIX, key=len, reverse=True))}) (?:(?:der )?stadt (?=.))?(?=.)"
)
_JOINING = frozenset(
    {
        "a",
        "am",
        "an",
        "auf",
        "b",
        "bei",
        "beim",
        "d",
        "dem",
        "den",
        "der",
        "die",
        "i",
        "im",
        "in",
        "o",
        "ob",
        "u",
        "unter",
        "v",
        "vor",
        "vorm",
        "vom",
        "z",
        "zu",
        "zur",
        "zum",
        "of",
    }
)
_SHORT = {
    "opf": "oberpfalz", "westf": "westfalen", "oldb": "oldenburg", "erzgeb": "erzgebirge", "vogtl": "vogtland",
    "ofr": "oberfranken", "ufr": "unterfranken", "mfr": "mittelfranken", "schwab": "schwaben", "obb": "oberbayern",
    "ndb": "niederbayern", "holst": "holstein", "rh": "rhein", "th": "thueringen", "wuertt": "wuerttemberg",
    "meckl": "mecklenburg", "hann": "hannover", "schw": "schwarzwald", "br": "breisgau", "westerw": "westerwald",
}  # fmt: skip
_FIRST = {"st": "sankt", "gr": "gross", "kl": "klein"}
_KIND_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name taken apart.

    *core* is the whole name without kind and joining words; *head* what stands before the part that tells it from
    others, the same as *core* where there is none.
    """

    core: str
    head: str
    category: Category = ""

    @property
    def initials(self) -> tuple[str, ...]:
        """Shorter ways to write the part behind the head: one and two letters of its first word.

        >>> place_name("Frankfurt am Main").initials
        ('frankfurt m', 'frankfurt ma')
        """
        rest = self.core.removeprefix(self.head).strip()
        return tuple(f"{self.head} {rest[:length]}" for length in (1, 2)) if rest else ()


@lru_cache(maxsize=512)
def place_name(text: str) -> PlaceName:
    """Take a name apart.

    >>> place_name("Herne, Stadt")
    PlaceName(core='herne', head='herne', category='municipality')
    >>> place_name("Landkreis Mühldorf a.Inn")
    PlaceName(core='muehldorf inn', head='muehldorf', category='district')
    >>> place_name("Mülheim/Ruhr").core == place_name("Mülheim an der Ruhr, Stadt").core
    True
    """
    category, rest = _behind(text)
    words = re.sub(r"(?<=[A-Za-zäöüß])\.(?=\S)", ". ", rest)
    found, name = _before(fold(words))
    head = _before(fold(_head(words)))[1]
    return PlaceName(_joined(name), _joined(head) or _joined(name), found or category)


def _behind(text: str) -> tuple[Category, str]:
    """Take off the kinds behind a comma or in brackets."""
    category: Category = ""
    name, *others = text.split(",")
    kept = [name]
    for other in others:
        found = _kind(other)
        category = category or found
        if not found and other.strip():
            kept.append(other)
    text = " ".join(kept)
    for match in _KIND_IN_BRACKETS.finditer(text):
        found = _kind(match[1])
        if found:
            category = category or found
            text = text.replace(match[0], " ")
    return category, text


def _kind(text: str) -> Category:
    words = fold(text)
    if words in _WORDS:
        return _WORDS[words]
    if words.endswith(("stadt", "gemeinde")) or words.startswith("stadt der "):
        return "municipality"
    return ""


def _before(form: str) -> tuple[Category, str]:
    """Take off the kind before a folded name, unless nothing would be left."""
    match = _BEFORE.match(form)
    return (_WORDS[match[1]], form[match.end() :]) if match else ("", form)


def _head(text: str) -> str:
    """Return what stands before the part that tells a place from its namesakes."""
    before = re.split(r"\s*[/(]", text)[0]
    words = before.split()
    for place, word in enumerate(words):
        if place and fold(word) in _JOINING and fold(words[place - 1]) not in {"weil", "markt", "stadt", "magistrat"}:
            return " ".join(words[:place])
    return before


def _joined(form: str) -> str:
    words = form.split()
    if len(words) > 1 and words[0] in _FIRST:
        words[0] = _FIRST[words[0]]
    rest = (_SHORT.get(word, word) for word in words[1:] if word not in _JOINING)
    return " ".join([*words[:1], *rest])
