"""Fold texts so that two spellings of one name become the same: case, umlauts, accents, hyphens, broken encodings."""

import re
import unicodedata

__all__ = ["acronym", "fold", "loose", "person_form", "plain_forms", "repaired"]

_LETTERS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "&": " und ", "’": "", "'": "",
})  # fmt: skip
_GAP = re.compile(r"[^0-9a-z]+")
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
#: Signs that UTF-8 was read as if it were Latin-1.
_BROKEN = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]")
_ACRONYM = re.compile(r"[A-ZÄÖÜa-z0-9.@&-]{2,10}")
#: What stands before a name and is none: degrees, forms of address, charges.
_TITLES = frozenset(
    {
        "dr",
        "prof",
        "professor",
        "professorin",
        "dipl",
        "diplom",
        "ing",
        "inf",
        "jur",
        "phil",
        "med",
        "rer",
        "nat",
        "pol",
        "hc",
        "h",
        "c",
        "habil",
        "mba",
        "mag",
        "magister",
        "ma",
        "ba",
        "llm",
        "herr",
        "frau",
        "oberbuergermeister",
        "oberbuergermeisterin",
        "buergermeister",
        "buergermeisterin",
        "landrat",
        "landraetin",
        "ob",
        "cdo",
        "cio",
        "stadtrat",
        "stadtraetin",
        "beigeordneter",
        "beigeordnete",
        "dezernent",
        "dezernentin",
        "minister",
        "ministerin",
        "staatssekretaer",
        "staatssekretaerin",
        "stadtdirektor",
        "stadtdirektorin",
        "kaemmerer",
        "kaemmerin",
        "stadtkaemmerer",
        "stadtkaemmerin",
        "erster",
        "erste",
        "oberstadtdirektor",
        "praesident",
        "praesidentin",
        "geschaeftsfuehrer",
        "geschaeftsfuehrerin",
    }
)
#: Legal forms at the end of a company's name.
_LEGAL = frozenset(
    {
        "gmbh",
        "mbh",
        "ggmbh",
        "ag",
        "ev",
        "e",
        "v",
        "eg",
        "kg",
        "se",
        "aoer",
        "co",
        "kgaa",
        "ug",
        "gbr",
        "anstalt",
        "eigenbetrieb",
    }
)


def fold(text: str) -> str:
    """Return a text in lower-case letters and digits, words separated by one blank, umlauts written out.

    >>> fold("Mülheim/Ruhr"), fold("CASTROP-RAUXEL"), fold("MÃ¼nchen")
    ('muelheim ruhr', 'castrop rauxel', 'muenchen')
    """
    lower = unicodedata.normalize("NFC", repaired(text)).casefold().translate(_LETTERS)
    if not lower.isascii():
        lower = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
        lower = lower.translate(_LETTERS)
    return _GAP.sub(" ", lower).strip()


def loose(form: str) -> str:
    """Return a folded text without blanks and with umlauts as if their dots were left out.

    >>> loose("muenchen") == loose("munchen"), loose("castrop rauxel")
    (True, 'castroprauxel')
    """
    return form.replace(" ", "").replace("ae", "a").replace("oe", "o").replace("ue", "u")


def repaired(text: str) -> str:
    """Return a text whose UTF-8 was read as Latin-1 as it was meant; any other as it is.

    >>> repaired("DÃ¼sseldorf")
    'Düsseldorf'
    """
    if not _BROKEN.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def person_form(text: str) -> str:
    """Return the folded name of a person without titles, first names first.

    >>> person_form("Herbe, Pierre"), person_form("Oberbürgermeister Dr. Frank Dudda (SPD)")
    ('pierre herbe', 'frank dudda')
    """
    text = _PARENTHESIS.sub(" ", text)
    last, comma, first = text.partition(",")
    words = fold(f"{first} {last}" if comma else text).split()
    kept = [word for place, word in enumerate(words) if not _is_title(words, place)]
    return " ".join(kept)


def plain_forms(text: str, *, acronyms: bool = True) -> set[str]:
    """Return other folded forms of an organisation's or a paper's name: without brackets, without legal form.

    What stands in brackets is one too where it is an acronym.

    >>> sorted(plain_forms("Essener Systemhaus (ESH)")), sorted(plain_forms("Stadtwerke Osnabrück AG"))
    (['esh', 'essener systemhaus'], ['stadtwerke osnabrueck'])
    """
    without = _PARENTHESIS.sub(" ", text)
    forms = {fold(without), fold(re.split(r"\s[–—]\s", without)[0])}
    forms |= {fold(short) for short in _PARENTHESIS.findall(text) if acronyms and acronym(short)}
    forms |= {_without_legal_form(form) for form in forms}
    return forms - {fold(text), ""}


def acronym(text: str) -> bool:
    """Say whether a text looks like one: short, one word, with capitals.

    >>> acronym("KRZN"), acronym("gkd-el"), acronym("Entwurf"), acronym("geplant")
    (True, True, False, False)
    """
    capitals = sum(sign.isupper() for sign in text)
    return bool(_ACRONYM.fullmatch(text)) and (capitals > 1 or "-" in text or len(text) <= 3)


def _is_title(words: list[str], place: int) -> bool:
    """Say whether a word is a title: only before the name, of which two words must be left."""
    return all(word in _TITLES for word in words[: place + 1]) and len(words) - place > 2


def _without_legal_form(form: str) -> str:
    words = form.split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)
