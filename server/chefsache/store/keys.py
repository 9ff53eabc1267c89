"""Recognise keys and addresses that others use for our things: AGS, ARS, NUTS, LAU, Wikidata, DCAT-AP.de, web pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chefsache.content.names import BASE
from chefsache.store.entries import Entry

__all__ = ["Key", "Keys", "recognise"]

#: Lengths of an AGS, by what it names.
_AGS = {2: "state", 3: "government-district", 5: "district", 8: "municipality"}
#: The levels of DCAT-AP.de's political geocoding, and the length of the key of each.
_GEOCODING = {"stateKey": 2, "governmentDistrictKey": 3, "districtKey": 5, "municipalityKey": 8, "regionalKey": 12}
_DCAT = re.compile(r"https?://(?:www\.)?dcat-ap\.de/def/politicalGeocoding/(\w+)/(\d+)/?")
_NUTS_IRI = re.compile(r"https?://data\.europa\.eu/nuts/code/(\w+)/?")
_NUTS = re.compile(r"(?:NUTS[\s:]*)?(DE[0-9A-Z]{1,3})", re.IGNORECASE)
_LAU = re.compile(r"(?:LAU[\s:]*)?(?:DE[_-]?)?(\d{8})", re.IGNORECASE)
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/|wikidata[:\s]\s*|wd:)?(Q[1-9]\d*)", re.IGNORECASE
)
_LABELLED = re.compile(r"(?:AGS|ARS|RS|LAU|Gemeindeschlüssel|Regionalschlüssel)[\s:]+([\d\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Key:
    """A key as others write it: its scheme (ags, ars, nuts, wikidata, iri, url) and its value."""

    scheme: str
    value: str
    #: Whether the form alone says what it is; a bare number of two to five digits may be something else.
    certain: bool = True


def recognise(text: str) -> Key | None:
    """Return the key that a text is, or None where it is none.

    >>> recognise("05916000"), recognise("http://data.europa.eu/nuts/code/DEA36").value
    (Key(scheme='ags', value='05916000', certain=True), 'DEA36')
    >>> recognise("5916000").value, recognise("05 562 014").value, recognise("05916").certain
    ('05916000', '05562014', False)
    >>> recognise("http://dcat-ap.de/def/politicalGeocoding/districtKey/05916")
    Key(scheme='ags', value='05916', certain=True)
    >>> recognise("Herne") is None
    True
    """
    text = text.strip()
    if text.startswith(("http://", "https://")):
        return _address(text)
    if match := _LABELLED.fullmatch(text):
        return _digits(re.sub(r"\s", "", match[1]), labelled=True)
    if match := _LAU.fullmatch(text):
        return Key("ags", match[1])
    if match := _NUTS.fullmatch(text):
        return Key("nuts", match[1].upper())
    if match := _WIKIDATA.fullmatch(text):
        return Key("wikidata", match[1].upper())
    digits = re.sub(r"[\s./-]", "", text)
    if len(digits) < 5 and digits != text:
        return None  # a decimal number, or a part of a date
    return _digits(digits, labelled=False) if digits.isascii() and digits.isdigit() else None


def _digits(digits: str, *, labelled: bool) -> Key | None:
    """Read a number; a table that took it for one has lost its leading zero."""
    length = len(digits)
    if length in {11, 12}:
        return Key("ars", digits.zfill(12))
    if length in {7, 8}:
        return Key("ags", digits.zfill(8))
    if length in {2, 3, 4, 5}:
        return Key("ags", digits.zfill(5) if length == 4 else digits, certain=labelled)
    return None


def _address(iri: str) -> Key:
    if match := _DCAT.fullmatch(iri):
        level, digits = match.groups()
        if _GEOCODING.get(level) == len(digits):
            return Key("ars" if level == "regionalKey" else "ags", digits)
    if match := _NUTS_IRI.fullmatch(iri):
        return Key("nuts", match[1].upper())
    if match := _WIKIDATA.fullmatch(iri):
        return Key("wikidata", match[1].upper())
    return Key("iri", iri) if iri.startswith(BASE) else Key("url", _canonical(iri))


def _canonical(address: str) -> str:
    """Return a web address without what does not tell pages apart: scheme, www, a slash at its end, a fragment."""
    plain = re.sub(r"^https?://(?:www\.)?", "", address.partition("#")[0])
    host, slash, path = plain.partition("/")
    return host.lower() + (slash + path).rstrip("/")


@dataclass
class Keys:
    """All keys and addresses of things, and which things each means."""

    _by_key: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Keys":
        """Collect the keys of things."""
        keys = cls()
        for entry in entries:
            keys._add(Key("iri", entry.iri), entry)
            for scheme, value in entry.keys:
                keys._add(Key(scheme, value), entry)
            for link in entry.links:
                keys._add(_address(link), entry)
            if entry.level and ("ags", entry.id) not in entry.keys:
                keys._add(Key("ags", entry.id), entry)
        return keys

    def find(self, key: Key) -> list[Entry]:
        """Return the things that a key means; a kreisfreie Stadt also has the key of a district."""
        return self._by_key.get((key.scheme, key.value), [])

    def _add(self, key: Key, entry: Entry) -> None:
        held = self._by_key.setdefault((key.scheme, key.value), [])
        if entry not in held:
            held.append(entry)
