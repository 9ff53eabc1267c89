"""The catalogue as DCAT-AP 3 and DCAT-AP.de 3.0: what portals harvest.

Identity is permanent: catalogue, datasets, distributions and services are named below https://w3id.org/chefsache/ and
keep their names from release to release, so that a harvest renews what an earlier one brought. Addresses of files are
those of the server at hand. https://semiceu.github.io/DCAT-AP/releases/3.0.0/,
https://www.dcat-ap.de/def/dcatde/3.0/spec/.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from chefsache.content.names import BASE
from chefsache.pipeline.datasets import LANDS, WHOLE, Texts
from chefsache.web.files import MEDIA_TYPES, PACKINGS, File, Licence, Offer, licence
from chefsache.web.publisher import Publisher
from chefsache.web.rdf import Description, both, term, text, typed

#: The catalogue, and what is in it.
CATALOGUE = f"{BASE}catalog"
DATASET = f"{BASE}dataset/"
SERVICE = f"{BASE}service/"

_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = (f"{_EU}language/DEU", f"{_EU}language/ENG")
_GERMANY = f"{_EU}country/DEU"
_LEVEL = "http://dcat-ap.de/def/politicalGeocoding/Level/"
_AVAILABLE = f"{_EU}planned-availability/AVAILABLE"
_PUBLIC = f"{_EU}access-right/PUBLIC"
SERIES = f"{DATASET}{WHOLE}-releases"
_THEMES = {"strategies": ("GOVE", "TECH"), "register": ("GOVE", "REGI"), "ontology": ("GOVE", "TECH")}
_PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.0/"
_GERMAN_PROFILE = "http://dcat-ap.de/def/dcatde/3.0/"
_CSVW = "https://www.w3.org/TR/tabular-metadata/"


@dataclass(frozen=True)
class Edition:
    """What a catalogue is made of.

    Args:
        offers: the datasets with their files.
        publisher: who runs the server.
        url: the public address, without a slash at its end.
        digest: the name of the snapshot, in addresses of files.
        release: the version of the release.
        day: the day of the release.
    """

    offers: tuple[Offer, ...]
    publisher: Publisher
    url: str
    digest: str
    release: str
    day: str

    @property
    def version(self) -> str:
        """The version of the datasets: the release, and which snapshot of it (https://semver.org/, point 10)."""
        return f"{self.release}+{self.digest}"


@dataclass(frozen=True)
class _Service:
    name: str
    title: Texts
    description: Texts
    address: str
    conforms: tuple[str, ...]


#: The title of the endpoint.
ENDPOINT = {"de": "SPARQL-Endpunkt von chefsache", "en": "SPARQL endpoint of chefsache"}
_SERVICES = (
    _Service(
        "sparql",
        ENDPOINT,
        {
            "de": "Abfragen an den ganzen Graphen nach dem SPARQL-1.1-Protokoll; ohne Abfrage die Beschreibung des "
            "Dienstes.",
            "en": "Queries on the whole graph by the SPARQL 1.1 protocol; the service description without a query.",
        },
        "/sparql",
        ("https://www.w3.org/TR/sparql11-protocol/", "https://www.w3.org/TR/sparql11-query/"),
    ),
    _Service(
        "reconcile",
        {"de": "Abgleichdienst von chefsache", "en": "Reconciliation service of chefsache"},
        {
            "de": "Ordnet eigene Spalten (Namen, Gemeindeschlüssel) den Kommunen, Stellen und Personen des Graphen "
            "zu, etwa in "
            "OpenRefine.",
            "en": "Matches one's own columns (names, municipality keys) with the authorities, offices and persons "
            "of the "
            "graph, in OpenRefine for example.",
        },
        "/reconcile",
        ("https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",),
    ),
)
#: What only the catalogue describes: the series of the releases, and the services.
INNER = frozenset({SERIES, *(f"{SERVICE}{service.name}" for service in _SERVICES)})


def catalogue(edition: Edition, offers: Sequence[Offer]) -> Description:
    """Return the catalogue with some of its datasets: those of one page."""
    about = Description()
    _catalogue(about, edition)
    _series(about, edition)
    for service in _SERVICES:
        _service(about, edition, service)
    for offer in offers:
        _dataset(about, edition, offer)
    _codes(about)
    return about


def dataset(edition: Edition, offer: Offer) -> Description:
    """Return the description of one dataset."""
    about = Description()
    _dataset(about, edition, offer)
    _agents(about, edition)
    _codes(about)
    return about


def _catalogue(about: Description, edition: Edition) -> None:
    about.types(CATALOGUE, "dcat:Catalog")
    about.say(
        CATALOGUE, "dcterms:title", *both({"de": "Datenkatalog von chefsache", "en": "Data catalogue of chefsache"})
    )
    about.say(CATALOGUE, "dcterms:description", *both({
        "de": "Offene, verknüpfte Daten darüber, wer die Digitalisierung deutscher Kommunen leitet.",
        "en": "Open linked data on who runs the digital transformation of German municipalities.",
    }))  # fmt: skip
    about.say(CATALOGUE, "foaf:homepage", f"{edition.url}/dumps/")
    about.types(f"{edition.url}/dumps/", "foaf:Document")
    about.say(CATALOGUE, "dcat:themeTaxonomy", f"{_EU}data-theme")
    about.say(CATALOGUE, "dcterms:license", _licence_of(edition.offers[0]).code)
    about.say(CATALOGUE, "dcterms:language", *_LANGUAGES)
    about.say(CATALOGUE, "dcterms:spatial", _GERMANY)
    about.say(CATALOGUE, "dcterms:modified", _date(edition.day))
    about.say(CATALOGUE, "dcat:resource", SERIES)
    _published(about, edition, CATALOGUE)
    _agents(about, edition)


def _series(about: Description, edition: Edition) -> None:
    first = edition.offers[0]
    about.types(SERIES, "dcat:DatasetSeries")
    about.say(SERIES, "dcterms:title", *both({"de": "Ausgaben von chefsache", "en": "Releases of chefsache"}))
    about.say(SERIES, "dcterms:description", *both({
        "de": "Der ganze Graph, ein Datensatz je Ausgabe; die neueste trägt die bleibende Adresse.",
        "en": "The whole graph, a dataset a release; the newest has the permanent address.",
    }))  # fmt: skip
    about.say(SERIES, "dcat:last", f"{DATASET}{WHOLE}")
    about.say(SERIES, "dcterms:accrualPeriodicity", f"{_EU}frequency/MONTHLY")
    about.say(SERIES, "dcterms:modified", _date(edition.day))
    about.say(SERIES, "dcterms:spatial", _GERMANY)
    _published(about, edition, SERIES)
    _temporal(about, edition, SERIES, first)
    about.say(f"{DATASET}{WHOLE}", "dcat:inSeries", SERIES)


def _service(about: Description, edition: Edition, service: _Service) -> None:
    iri = SERVICE + service.name
    address = edition.url + service.address
    about.say(CATALOGUE, "dcat:service", iri)
    about.types(iri, "dcat:DataService")
    about.say(iri, "dcterms:title", *both(service.title))
    about.say(iri, "dcterms:description", *both(service.description))
    about.say(iri, "dcat:endpointURL", address)
    about.say(iri, "dcat:endpointDescription", address, f"{edition.url}/openapi.json")
    about.say(iri, "dcat:servesDataset", f"{DATASET}{WHOLE}")
    about.say(iri, "dcterms:conformsTo", *service.conforms)
    about.say(iri, "dcterms:license", _licence_of(edition.offers[0]).code)
    about.say(iri, "dcterms:accessRights", _PUBLIC)
    about.say(iri, "dcatap:availability", _AVAILABLE)
    about.say(iri, "dcat:theme", *_themes(service.name))
    _keywords(about, iri, edition.offers[0])
    _published(about, edition, iri)


def _dataset(about: Description, edition: Edition, offer: Offer) -> None:
    described = offer.dataset
    iri = DATASET + described.name
    about.types(iri, "dcat:Dataset", "dcat:Resource")
    about.say(iri, "dcterms:title", *both(described.title))
    about.say(iri, "dcterms:description", *both(described.description))
    about.say(iri, "dcterms:identifier", text(iri))
    about.say(iri, "dcat:theme", *_themes(described.name))
    about.say(iri, "dcat:landingPage", f"{edition.url}/dumps/#{described.name}")
    about.types(f"{edition.url}/dumps/#{described.name}", "foaf:Document")
    about.say(iri, "dcterms:language", *_LANGUAGES)
    about.say(iri, "dcterms:accessRights", _PUBLIC)
    about.say(iri, "dcterms:accrualPeriodicity", f"{_EU}frequency/MONTHLY")
    about.say(iri, "dcterms:modified", _date(edition.day))
    about.say(iri, "dcat:version", text(edition.version))
    about.say(iri, "dcatap:availability", _AVAILABLE)
    about.say(iri, "dcterms:conformsTo", f"{BASE}ontology", f"{BASE}shapes")
    about.say(iri, "dcatde:politicalGeocodingLevelURI", *(_LEVEL + level for level in _levels(offer)))
    about.say(iri, "dcterms:spatial", *_places(offer))
    if edition.publisher.contributor:
        about.say(iri, "dcatde:contributorID", edition.publisher.contributor)
    _keywords(about, iri, offer)
    _temporal(about, edition, iri, offer)
    _provenance(about, iri, described.name)
    _published(about, edition, iri)
    for file in offer.files:
        _distribution(about, edition, offer, file)
    record = f"{iri}#record"
    about.say(CATALOGUE, "dcat:dataset", iri)
    about.say(CATALOGUE, "dcat:record", record)
    about.types(record, "dcat:CatalogRecord")
    about.say(record, "foaf:primaryTopic", iri)
    about.say(record, "dcterms:modified", _date(edition.day))
    about.say(record, "dcterms:conformsTo", _PROFILE, _GERMAN_PROFILE)


def _distribution(about: Description, edition: Edition, offer: Offer, file: File) -> None:
    iri = f"{DATASET}{offer.dataset.name}#{file.name}"
    given = licence(offer.dataset)
    about.say(DATASET + offer.dataset.name, "dcat:distribution", iri)
    about.types(iri, "dcat:Distribution")
    about.say(iri, "dcterms:title", *both(_file_title(file)))
    about.say(iri, "dcterms:description", *both(_CONTENTS[file.flavour]))
    about.say(iri, "dcat:accessURL", f"{edition.url}/dumps/latest/{file.name}")
    about.say(iri, "dcat:downloadURL", f"{edition.url}/dumps/{edition.digest}/{file.name}")
    about.say(iri, "dcat:mediaType", MEDIA_TYPES + file.format.media_type)
    about.say(iri, "dcterms:format", f"{_EU}file-type/{file.format.code}")
    if file.packing:
        about.say(iri, "dcat:compressFormat", MEDIA_TYPES + PACKINGS[file.packing])
    about.say(iri, "dcat:byteSize", typed(str(file.bytes), "xsd:nonNegativeInteger"))
    about.say(iri, "dcterms:license", given.code)
    about.say(iri, "dcatde:licenseAttributionByText", *both(given.attribution))
    about.say(iri, "dcterms:modified", _date(edition.day))
    about.say(iri, "dcterms:language", *_LANGUAGES)
    about.say(iri, "dcterms:conformsTo", _CSVW if file.flavour == "table" else f"{BASE}ontology")
    about.say(iri, "dcatap:availability", _AVAILABLE)
    checksum = f"{iri}.sha256"
    about.say(iri, "spdx:checksum", checksum)
    about.types(checksum, "spdx:Checksum")
    about.say(checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
    about.say(checksum, "spdx:checksumValue", typed(file.sha256, "xsd:hexBinary"))


_CONTENTS: dict[str, Texts] = {
    "complete": {
        "de": "Was die Dateien sagen, und was daraus folgt: Klassen, Grenzen der Zeit, Namen der Angaben.",
        "en": "What the files state, and what follows from it: classes, bounds in time, labels of claims.",
    },
    "asserted": {
        "de": "Was die Dateien sagen, ohne Schlussfolgerungen.",
        "en": "What the files state, without inferences.",
    },
    "table": {
        "de": "Flache Tabelle, beschrieben durch csv-metadata.json (CSVW).",
        "en": "Flat table, described by csv-metadata.json (CSVW).",
    },
}


def _file_title(file: File) -> Texts:
    return {"de": f"{file.name}: {file.label}", "en": f"{file.name}: {file.label}"}


def _published(about: Description, edition: Edition, iri: str) -> None:
    about.say(iri, "dcterms:publisher", edition.publisher.agent)
    about.say(iri, "dcat:contactPoint", edition.publisher.contact_iri)


def _agents(about: Description, edition: Edition) -> None:
    """Describe publisher and contact, each of one type: harvesters look at no more."""
    publisher = edition.publisher
    about.types(publisher.agent, "foaf:Organization")
    about.say(publisher.agent, "foaf:name", text(publisher.name))
    about.say(publisher.agent, "foaf:homepage", publisher.url)
    about.types(publisher.url, "foaf:Document")
    about.types(publisher.contact_iri, "vcard:Kind")
    about.say(publisher.contact_iri, "vcard:fn", text(publisher.name))
    about.say(publisher.contact_iri, *publisher.reached)


def _temporal(about: Description, edition: Edition, iri: str, offer: Offer) -> None:
    period = f"{iri}#period"
    about.say(iri, "dcterms:temporal", period)
    about.types(period, "dcterms:PeriodOfTime")
    if offer.since:
        about.say(period, "dcat:startDate", _date(offer.since))
    about.say(period, "dcat:endDate", _date(edition.day))


def _provenance(about: Description, iri: str, name: str) -> None:
    statement = f"{iri}#provenance"
    about.say(iri, "dcterms:provenance", statement)
    about.types(statement, "dcterms:ProvenanceStatement")
    about.say(statement, "rdfs:label", *both({
        "de": "Aus amtlichen Tabellen abgeleitet; Quelle und Lizenz stehen an jedem Graphen.",
        "en": "Derived from official tables; source and licence stand at each graph.",
    } if name == "register" else {
        "de": "Aus öffentlichen Quellen von Hand erfasst; jede Angabe nennt ihre Quelle (dcterms:source).",
        "en": "Collected by hand from public sources; every claim names its source (dcterms:source).",
    }))  # fmt: skip


def _keywords(about: Description, iri: str, offer: Offer) -> None:
    for language, words in offer.dataset.keywords.items():
        about.say(iri, "dcat:keyword", *(text(word, language) for word in words))


def _themes(name: str) -> Iterable[str]:
    return (f"{_EU}data-theme/{code}" for code in _THEMES.get(name, ("GOVE",)))


def _levels(offer: Offer) -> Iterator[str]:
    yield "municipality"
    if offer.dataset.register:
        yield from ("administrativeDistrict", "state", "federal")


def _places(offer: Offer) -> Iterator[str]:
    yield _GERMANY
    if offer.dataset.land in LANDS:
        yield f"http://dcat-ap.de/def/politicalGeocoding/stateKey/{offer.dataset.land}"


#: Properties whose values are codes of lists that others keep, and what such a code is.
_CODES = {
    "dcat:mediaType": "dcterms:MediaType",
    "dcat:compressFormat": "dcterms:MediaType",
    "dcat:theme": "skos:Concept",
    "dcat:themeTaxonomy": "skos:ConceptScheme",
    "dcatap:availability": "skos:Concept",
    "dcatde:politicalGeocodingLevelURI": "skos:Concept",
    "dcterms:accessRights": "dcterms:RightsStatement",
    "dcterms:accrualPeriodicity": "dcterms:Frequency",
    "dcterms:conformsTo": "dcterms:Standard",
    "dcterms:format": "dcterms:MediaTypeOrExtent",
    "dcterms:language": "dcterms:LinguisticSystem",
    "dcterms:license": "dcterms:LicenseDocument",
    "dcterms:spatial": "dcterms:Location",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
}


def _codes(about: Description) -> None:
    """Say what each code is, so that a reader without the lists knows."""
    kinds = {term(name): kind for name, kind in _CODES.items()}
    found = {triple.object: kinds[triple.predicate] for triple in about.triples() if triple.predicate in kinds}
    for code, kind in found.items():
        if isinstance(code, ox.NamedNode):
            about.types(code.value, kind)


def _licence_of(offer: Offer) -> Licence:
    return licence(offer.dataset)


def _date(day: str) -> ox.Literal:
    return typed(day, "xsd:date")
