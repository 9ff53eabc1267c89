"""What the datasets of the catalogue have in common: what it is made of, whom it names, which codes it uses.

https://semiceu.github.io/DCAT-AP/releases/3.0.0/, https://www.dcat-ap.de/def/dcatde/3.0/spec/.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from chefsache.content.names import BASE
from chefsache.content.releases import Release, version_of
from chefsache.pipeline.datasets import LANDS
from chefsache.web.portals.files import Offer
from chefsache.web.portals.publisher import Publisher
from chefsache.web.portals.rdf import Description, both, term, text, typed

#: The catalogue, and what is in it.
CATALOGUE = f"{BASE}catalog"
DATASET = f"{BASE}dataset/"

#: Code lists of the EU, and codes of them.
EU = "http://publications.europa.eu/resource/authority/"
LANGUAGES = (f"{EU}language/DEU", f"{EU}language/ENG")
GERMANY = f"{EU}country/DEU"
AVAILABLE = f"{EU}planned-availability/AVAILABLE"
PUBLIC = f"{EU}access-right/PUBLIC"

_LEVEL = "http://dcat-ap.de/def/politicalGeocoding/Level/"
_THEMES = {"strategies": ("GOVE", "TECH"), "register": ("GOVE", "REGI"), "ontology": ("GOVE", "TECH")}
_PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.0/"
_GERMAN_PROFILE = "http://dcat-ap.de/def/dcatde/3.0/"


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
        past: the releases before, the oldest first.
    """

    offers: tuple[Offer, ...]
    publisher: Publisher
    url: str
    digest: str
    release: str
    day: str
    past: tuple[Release, ...] = ()

    @property
    def version(self) -> str:
        """The version of the datasets: the release; of what is in preparation, also which snapshot."""
        return version_of(self.release, self.digest)


def describe(about: Description, edition: Edition, offer: Offer, iri: str, day: str) -> None:
    """State what a dataset and a former release of it have in common, but for the day."""
    about.types(iri, "dcat:Dataset", "dcat:Resource")
    about.say(iri, "dcterms:identifier", text(iri))
    about.say(iri, "dcat:theme", *themes(offer.dataset.name))
    about.say(iri, "dcterms:language", *LANGUAGES)
    about.say(iri, "dcterms:accessRights", PUBLIC)
    about.say(iri, "dcterms:modified", date(day))
    about.say(iri, "dcatap:availability", AVAILABLE)
    about.say(iri, "dcterms:conformsTo", f"{BASE}ontology", f"{BASE}shapes")
    about.say(iri, "dcatde:politicalGeocodingLevelURI", *(_LEVEL + level for level in _levels(offer)))
    about.say(iri, "dcterms:spatial", *_places(offer))
    if edition.publisher.contributor:
        about.say(iri, "dcatde:contributorID", edition.publisher.contributor)
    say_keywords(about, iri, offer)
    say_temporal(about, iri, offer.since, day)
    _provenance(about, iri, offer.dataset.name)
    publish(about, edition, iri)
    record = f"{iri}#record"
    about.say(CATALOGUE, "dcat:dataset", iri)
    about.say(CATALOGUE, "dcat:record", record)
    about.types(record, "dcat:CatalogRecord")
    about.say(record, "foaf:primaryTopic", iri)
    about.say(record, "dcterms:modified", date(day))
    about.say(record, "dcterms:conformsTo", _PROFILE, _GERMAN_PROFILE)


def publish(about: Description, edition: Edition, iri: str) -> None:
    """State who publishes something, and whom to ask about it."""
    about.say(iri, "dcterms:publisher", edition.publisher.agent)
    about.say(iri, "dcat:contactPoint", edition.publisher.contact_iri)


def say_agents(about: Description, edition: Edition) -> None:
    """Describe publisher and contact, each of one type: harvesters look at no more."""
    publisher = edition.publisher
    about.types(publisher.agent, "foaf:Organization")
    about.say(publisher.agent, "foaf:name", text(publisher.name))
    about.say(publisher.agent, "foaf:homepage", publisher.url)
    about.types(publisher.url, "foaf:Document")
    about.types(publisher.contact_iri, "vcard:Kind")
    about.say(publisher.contact_iri, "vcard:fn", text(publisher.name))
    about.say(publisher.contact_iri, *publisher.reached)


def say_temporal(about: Description, iri: str, since: str, until: str) -> None:
    """State the days that something is about; an empty first day is not known."""
    period = f"{iri}#period"
    about.say(iri, "dcterms:temporal", period)
    about.types(period, "dcterms:PeriodOfTime")
    if since:
        about.say(period, "dcat:startDate", date(since))
    about.say(period, "dcat:endDate", date(until))


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


def say_keywords(about: Description, iri: str, offer: Offer) -> None:
    """State the keywords of a dataset, for it or for a service on it."""
    for language, words in offer.dataset.keywords.items():
        about.say(iri, "dcat:keyword", *(text(word, language) for word in words))


def themes(name: str) -> Iterable[str]:
    """Return the EU's themes of a dataset."""
    return (f"{EU}data-theme/{code}" for code in _THEMES.get(name, ("GOVE",)))


def _levels(offer: Offer) -> Iterator[str]:
    yield "municipality"
    if offer.dataset.register:
        yield from ("administrativeDistrict", "state", "federal")


def _places(offer: Offer) -> Iterator[str]:
    yield GERMANY
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


def say_codes(about: Description) -> None:
    """Say what each code is, so that a reader without the lists knows."""
    kinds = {term(name): kind for name, kind in _CODES.items()}
    found = {triple.object: kinds[triple.predicate] for triple in about.triples() if triple.predicate in kinds}
    for code, kind in found.items():
        if isinstance(code, ox.NamedNode):
            about.types(code.value, kind)


def date(day: str) -> ox.Literal:
    """Return a day as a literal."""
    return typed(day, "xsd:date")
