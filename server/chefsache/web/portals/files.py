"""What the files of the dumps are: media types, names of formats, licences."""

from dataclasses import dataclass
from typing import Any

from chefsache.pipeline.datasets import DATASETS, Dataset, Texts

#: Media types of what a file is packed with.
PACKINGS = {"gz": "application/gzip", "zst": "application/zstd"}
#: Where IANA names media types.
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
#: The licence of all but the register.
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Format:
    """A format: its media type, its name, and its code in the EU's list of file types."""

    media_type: str
    name: str
    code: str


#: The formats by suffix.
FORMATS = {
    "ttl": Format("text/turtle", "Turtle", "RDF_TURTLE"),
    "trig": Format("application/trig", "TriG", "RDF_TRIG"),
    "nt": Format("application/n-triples", "N-Triples", "RDF_N_TRIPLES"),
    "nq": Format("application/n-quads", "N-Quads", "RDF_N_QUADS"),
    "jsonld": Format("application/ld+json", "JSON-LD", "JSON_LD"),
    "rdf": Format("application/rdf+xml", "RDF/XML", "RDF_XML"),
    "csv": Format("text/csv", "CSV", "CSV"),
    "csvw": Format("application/csvm+json", "CSVW", "JSON"),
}


@dataclass(frozen=True)
class Licence:
    """A licence, and how its giver asks to be named."""

    iri: str
    code: str
    name: str
    attribution: Texts


_OURS = {
    "de": "chefsache, https://w3id.org/chefsache/, CC BY 4.0",
    "en": "chefsache, https://w3id.org/chefsache/, CC BY 4.0",
}
_DESTATIS = {
    "de": "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis-Informationssystem GV-ISys, Datenlizenz "
    "Deutschland – "
    "Namensnennung – Version 2.0 (https://www.govdata.de/dl-de/by-2-0), Daten verändert; Wikidata-Kennungen: CC0",
    "en": "© Federal Statistical Office of Germany (Destatis), GV-ISys, data licence Germany – attribution – "
    "version 2.0 "
    "(https://www.govdata.de/dl-de/by-2-0), data changed; Wikidata identifiers: CC0",
}
_BOTH = {language: f"{_OURS[language]}; {_DESTATIS[language]}" for language in _OURS}
_CC_BY = (CC_BY, "http://dcat-ap.de/def/licenses/cc-by/4.0", "CC BY 4.0")
_DL_DE = ("https://www.govdata.de/dl-de/by-2-0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0", "dl-de/by-2-0")
_TERMS = ("ontology", "vocabularies", "shapes")


def licence(dataset: Dataset) -> Licence:
    """Return the licence of a dataset.

    Parts of our data carry names and keys of the authorities they mention, so Destatis is named in all but the terms.
    """
    if dataset.name == "register":
        return Licence(*_DL_DE, _DESTATIS)
    return Licence(*_CC_BY, _OURS if dataset.name in _TERMS else _BOTH)


@dataclass(frozen=True)
class File:
    """One file of a dataset."""

    name: str
    dataset: str
    flavour: str
    format: Format
    packing: str
    count: int
    bytes: int
    sha256: str

    @property
    def media_type(self) -> str:
        """What the file is sent as."""
        return PACKINGS.get(self.packing, self.format.media_type)

    @property
    def label(self) -> str:
        """The format as people call it."""
        packed = {"": "", "gz": " (gzip)", "zst": " (Zstandard)"}[self.packing]
        return self.format.name + packed


@dataclass(frozen=True)
class Offer:
    """A dataset with its files, and the first day that its claims bound."""

    dataset: Dataset
    files: tuple[File, ...]
    since: str


def offers(known: list[dict[str, Any]]) -> tuple[Offer, ...]:
    """Return the datasets that have files, in their order.

    Args:
        known: what a snapshot knows of its dumps.
    """
    found = []
    for dataset in DATASETS:
        own = [entry for entry in known if entry["dataset"] == dataset.name]
        if own:
            since = min((entry["since"] for entry in own if entry["since"]), default="")
            found.append(Offer(dataset, tuple(sorted((_file(entry) for entry in own), key=_place)), since))
    return tuple(found)


def unpacked(known: list[dict[str, Any]], dataset: str, flavour: str) -> tuple[File, ...]:
    """Return the files of a dataset in a flavour, unpacked.

    Args:
        known: what a snapshot knows of its dumps.
        dataset: its name.
        flavour: complete or asserted.
    """
    return tuple(_file(entry) for entry in known if _kind(entry) == (dataset, flavour, ""))


def _kind(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["dataset"], entry["flavour"], entry["packing"]


def _place(file: File) -> tuple[int, int, str]:
    """Return where a file stands in the list of its dataset: what most people want first."""
    formats = list(FORMATS.values())
    return ("complete", "table", "asserted").index(file.flavour), formats.index(file.format), file.name


def _file(entry: dict[str, Any]) -> File:
    names = ("name", "dataset", "flavour", "packing", "count", "bytes", "sha256")
    return File(format=FORMATS[entry["format"]], **{name: entry[name] for name in names})
