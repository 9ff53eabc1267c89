"""The catalogue as DCAT-AP 3 and DCAT-AP.de 3.0: what portals harvest.

Identity is permanent: catalogue, datasets, distributions and services are named below https://w3id.org/chefsache/ and
keep their names from release to release, so that a harvest renews what an earlier one brought. Addresses of files are
those of the server at hand. https://semiceu.github.io/DCAT-AP/releases/3.0.0/,
https://www.dcat-ap.de/def/dcatde/3.0/spec/.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chefsache.content.names import BASE
from chefsache.pipeline.datasets import WHOLE, Texts
from chefsache.web.portals.dcat_parts import (
    AVAILABLE,
    CATALOGUE,
    DATASET,
    EU,
    GERMANY,
    LANGUAGES,
    PUBLIC,
    Edition,
    date,
    describe,
    publish,
    say_agents,
    say_codes,
    say_keywords,
    themes,
)
from chefsache.web.portals.dcat_series import SERIES, past_iri, say_past, say_series, say_versions
from chefsache.web.portals.files import MEDIA_TYPES, PACKINGS, File, Offer, licence
from chefsache.web.portals.rdf import Description, both, term, text, typed

#: The services of the catalogue.
SERVICE = f"{BASE}service/"

_CSVW = "https://www.w3.org/TR/tabular-metadata/"


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
    say_series(about, edition)
    for service in _SERVICES:
        _service(about, edition, service)
    for offer in offers:
        _dataset(about, edition, offer)
        if offer.dataset.name == WHOLE:
            for release in edition.past:
                say_past(about, edition, release)
    say_codes(about)
    return about


def dataset(edition: Edition, offer: Offer) -> Description:
    """Return the description of one dataset."""
    about = Description()
    _dataset(about, edition, offer)
    say_agents(about, edition)
    say_codes(about)
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
    about.say(CATALOGUE, "dcat:themeTaxonomy", f"{EU}data-theme")
    about.say(CATALOGUE, "dcterms:license", licence(edition.offers[0].dataset).code)
    about.say(CATALOGUE, "dcterms:language", *LANGUAGES)
    about.say(CATALOGUE, "dcterms:spatial", GERMANY)
    about.say(CATALOGUE, "dcterms:modified", date(edition.day))
    about.say(CATALOGUE, "dcat:resource", SERIES)
    publish(about, edition, CATALOGUE)
    say_agents(about, edition)


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
    about.say(iri, "dcterms:license", licence(edition.offers[0].dataset).code)
    about.say(iri, "dcterms:accessRights", PUBLIC)
    about.say(iri, "dcatap:availability", AVAILABLE)
    about.say(iri, "dcat:theme", *themes(service.name))
    say_keywords(about, iri, edition.offers[0])
    publish(about, edition, iri)


def _dataset(about: Description, edition: Edition, offer: Offer) -> None:
    described = offer.dataset
    iri = DATASET + described.name
    describe(about, edition, offer, iri, edition.day)
    about.say(iri, "dcterms:title", *both(described.title))
    about.say(iri, "dcterms:description", *both(described.description))
    about.say(iri, "dcat:landingPage", f"{edition.url}/dumps/#{described.name}")
    about.types(f"{edition.url}/dumps/#{described.name}", "foaf:Document")
    about.say(iri, "dcterms:accrualPeriodicity", f"{EU}frequency/QUARTERLY")
    about.say(iri, "dcat:version", text(edition.version))
    if described.name == WHOLE:
        say_versions(about, edition, len(edition.past), iri)
        about.say(iri, "dcat:hasVersion", *map(past_iri, edition.past))
    for file in offer.files:
        _distribution(about, edition, offer, file)


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
    about.say(iri, "dcterms:format", f"{EU}file-type/{file.format.code}")
    if file.packing:
        about.say(iri, "dcat:compressFormat", MEDIA_TYPES + PACKINGS[file.packing])
    about.say(iri, "dcat:byteSize", typed(str(file.bytes), "xsd:nonNegativeInteger"))
    about.say(iri, "dcterms:license", given.code)
    about.say(iri, "dcatde:licenseAttributionByText", *both(given.attribution))
    about.say(iri, "dcterms:modified", date(edition.day))
    about.say(iri, "dcterms:language", *LANGUAGES)
    about.say(iri, "dcterms:conformsTo", _CSVW if file.flavour == "table" else f"{BASE}ontology")
    about.say(iri, "dcatap:availability", AVAILABLE)
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
