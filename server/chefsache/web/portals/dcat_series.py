"""The series of the releases: which follows which, and where former ones are kept (DCAT 3, 11 and 12)."""

from chefsache.content.releases import Release
from chefsache.pipeline.datasets import WHOLE
from chefsache.web.portals.dcat_parts import (
    AVAILABLE,
    DATASET,
    EU,
    GERMANY,
    Edition,
    date,
    describe,
    publish,
    say_agents,
    say_codes,
    say_temporal,
)
from chefsache.web.portals.files import licence
from chefsache.web.portals.rdf import Description, both, text

#: The series, and the dataset that is its newest member.
SERIES = f"{DATASET}{WHOLE}-releases"
NEWEST = f"{DATASET}{WHOLE}"


def past(edition: Edition, release: Release) -> Description:
    """Return the description of a release before this one."""
    about = Description()
    say_past(about, edition, release)
    say_agents(about, edition)
    say_codes(about)
    return about


def past_iri(release: Release) -> str:
    """Return the IRI of the dataset that a release before this one is."""
    return f"{DATASET}{WHOLE}-{release.version.replace('.', '-')}"


def say_series(about: Description, edition: Edition) -> None:
    """Describe the series, with its first and its last member."""
    first = edition.offers[0]
    about.types(SERIES, "dcat:DatasetSeries")
    about.say(SERIES, "dcterms:title", *both({"de": "Ausgaben von chefsache", "en": "Releases of chefsache"}))
    about.say(SERIES, "dcterms:description", *both({
        "de": "Der ganze Graph, ein Datensatz je Ausgabe; die neueste trägt die bleibende Adresse.",
        "en": "The whole graph, a dataset a release; the newest has the permanent address.",
    }))  # fmt: skip
    members = [*map(past_iri, edition.past), NEWEST]
    about.say(SERIES, "dcat:first", members[0])
    about.say(SERIES, "dcat:last", members[-1])
    about.say(SERIES, "dcterms:accrualPeriodicity", f"{EU}frequency/QUARTERLY")
    about.say(SERIES, "dcterms:modified", date(edition.day))
    about.say(SERIES, "dcterms:spatial", GERMANY)
    publish(about, edition, SERIES)
    say_temporal(about, SERIES, first.since, edition.day)


def say_past(about: Description, edition: Edition, release: Release) -> None:
    """Describe a release before this one: where it is kept, and what follows what (DCAT 3, 11.1 and 12)."""
    whole, iri = edition.offers[0], past_iri(release)
    given = licence(whole.dataset)
    describe(about, edition, whole, iri, release.day)
    titles, words = whole.dataset.title, whole.dataset.description
    about.say(iri, "dcterms:title", *both({
        "de": f"{titles['de']} (Ausgabe {release.version})", "en": f"{titles['en']} (release {release.version})",
    }))  # fmt: skip
    about.say(iri, "dcterms:description", *both({
        "de": f"{words['de']} Stand {release.day}; eine neuere Ausgabe liegt vor.",
        "en": f"{words['en']} As of {release.day}; there is a newer release.",
    }))  # fmt: skip
    about.say(iri, "dcterms:issued", date(release.day))
    about.say(iri, "dcat:landingPage", release.address)
    about.types(release.address, "foaf:Document")
    about.say(iri, "dcterms:accrualPeriodicity", f"{EU}frequency/NEVER")
    about.say(iri, "dcat:version", text(release.version))
    about.say(iri, "dcat:isVersionOf", NEWEST)
    say_versions(about, edition, edition.past.index(release), iri)
    distribution = f"{iri}#folder"
    about.say(iri, "dcat:distribution", distribution)
    about.types(distribution, "dcat:Distribution")
    about.say(distribution, "dcterms:title", *both({
        "de": f"Alle Dateien der Ausgabe {release.version}", "en": f"All files of release {release.version}",
    }))  # fmt: skip
    about.say(distribution, "dcat:accessURL", release.address)
    about.say(distribution, "dcterms:license", given.code)
    about.say(distribution, "dcatde:licenseAttributionByText", *both(given.attribution))
    about.say(distribution, "dcterms:modified", date(release.day))
    about.say(distribution, "dcatap:availability", AVAILABLE)


def say_versions(about: Description, edition: Edition, place: int, iri: str) -> None:
    """State the place of a release of the whole in the series, and which one was before it."""
    about.say(iri, "dcat:inSeries", SERIES)
    if place:
        before = past_iri(edition.past[place - 1])
        about.say(iri, "dcat:prev", before)
        about.say(iri, "dcat:previousVersion", before)
