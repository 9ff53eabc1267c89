"""The catalogue: what a harvester needs is there, identity lasts, and pages follow each other."""

import dataclasses
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from chefsache.content.releases import Release
from chefsache.pipeline.snapshot import Snapshot
from chefsache.web.gateway.edition import edition as name_of_edition
from chefsache.web.portals import catalogue, dcat, files
from chefsache.web.portals.dcat_parts import CATALOGUE, Edition
from chefsache.web.portals.publisher import Publisher
from chefsache.web.portals.rdf import NAMES
from chefsache.web.settings import Settings

BASE = "https://w3id.org/chefsache/"
DCAT, DCATAP, DCATDE, SPDX, VCARD, HYDRA = (
    Namespace(NAMES[name]) for name in ("dcat", "dcatap", "dcatde", "spdx", "vcard", "hydra")
)

KNOWN = [
    {
        "name": name, "dataset": dataset, "flavour": flavour, "format": name.split(".")[1], "packing": packing,
        "count": 3, "since": "2017-01-01", "bytes": 5, "sha256": "ab" * 32,
    }
    for name, dataset, flavour, packing in (
        ("chefsache.ttl", "chefsache", "complete", ""),
        ("chefsache.ttl.gz", "chefsache", "complete", "gz"),
        ("register.ttl", "register", "asserted", ""),
        ("land-bayern.ttl", "land-bayern", "complete", ""),
        ("tenures.csv", "offices-and-posts", "table", ""),
    )
]  # fmt: skip


def edition(digest: str = "0123456789abcdef", publisher: Publisher | None = None) -> Edition:
    offers = files.offers(KNOWN)
    return Edition(offers, publisher or Publisher(), "https://graph.example.org", digest, "2026.11.1", "2026-11-22")


#: Two releases, and the edition after them.
PAST = (
    Release("2026.11.1", "2026-11-22", "0123456789abcdef", "https://doi.org/10.0000/first"),
    Release("2027.02.1", "2027-02-01", "123456789abcdef0", "https://doi.org/10.0000/second"),
)
SERIES, WHOLE, FIRST, SECOND = (
    URIRef(f"{BASE}dataset/chefsache{end}") for end in ("-releases", "", "-2026-11-1", "-2027-02-1")
)


def third() -> Edition:
    return dataclasses.replace(edition("fedcba9876543210"), release="2027.05.1", day="2027-05-03", past=PAST)


def made(of: Edition) -> Graph:
    text = ox.serialize(dcat.catalogue(of, of.offers).triples(), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return made(edition())


#: What each class must have, once at least; of these some at most once.
REQUIRED = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset, DCAT.service, FOAF.homepage},
    DCAT.Dataset: {
        DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier, DCAT.contactPoint, DCAT.theme,
        DCAT.keyword, DCAT.distribution, DCTERMS.spatial, DCTERMS.temporal, DCTERMS.accrualPeriodicity,
        DCTERMS.modified, DCTERMS.language, DCTERMS.provenance, DCTERMS.conformsTo, DCAT.version,
        DCATDE.politicalGeocodingLevelURI, DCATAP.availability, DCTERMS.accessRights, DCAT.landingPage,
    },
    DCAT.DatasetSeries: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.modified},
    DCAT.DataService: {
        DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.endpointURL, DCAT.servesDataset,
        DCTERMS.license, DCTERMS.conformsTo,
    },
    DCAT.Distribution: {
        DCTERMS.title, DCAT.accessURL, DCAT.downloadURL, DCTERMS.license, DCATDE.licenseAttributionByText,
        DCAT.mediaType, DCTERMS["format"], DCAT.byteSize, SPDX.checksum, DCATAP.availability, DCTERMS.modified,
    },
    DCAT.CatalogRecord: {FOAF.primaryTopic, DCTERMS.modified, DCTERMS.conformsTo},
    DCTERMS.PeriodOfTime: {DCAT.endDate},
    SPDX.Checksum: {SPDX.algorithm, SPDX.checksumValue},
    VCARD.Kind: {VCARD.fn},
}  # fmt: skip
#: What there is at most one of.
SINGLE = {
    DCTERMS.publisher, DCAT.contactPoint, DCTERMS.license, DCTERMS.accrualPeriodicity, DCTERMS.modified,
    DCTERMS.temporal, DCAT.byteSize, DCAT.mediaType, DCTERMS["format"], SPDX.checksum, DCATAP.availability,
    DCTERMS.accessRights, DCAT.version, DCAT.downloadURL,
}  # fmt: skip


def missing(graph: Graph) -> list[tuple[str, str]]:
    """List what a class requires and a thing lacks, and what there is too much of."""
    return [
        (str(thing), str(name))
        for kind, names in REQUIRED.items()
        for thing in graph.subjects(RDF.type, kind)
        for name in names | SINGLE
        if ((found := len(set(graph.objects(thing, name)))) == 0 and name in names) or (name in SINGLE and found > 1)
    ]


def test_nothing_required_is_missing(graph: Graph) -> None:
    assert missing(graph) == []
    assert all(set(graph.subjects(RDF.type, kind)) for kind in REQUIRED)


@pytest.mark.parametrize("name", [DCTERMS.publisher, DCTERMS.license, DCAT.theme, SPDX.checksum, DCAT.endDate])
def test_the_check_sees_what_is_missing(graph: Graph, name: URIRef) -> None:
    """Without a property the check complains; so its silence means something."""
    poorer = Graph() + graph
    poorer.remove((None, name, None))

    assert missing(poorer)


def test_both_languages(graph: Graph) -> None:
    """Titles, descriptions and keywords come in German and English, attribution too."""
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService):
        for thing in graph.subjects(RDF.type, kind):
            for name in (DCTERMS.title, DCTERMS.description):
                assert {text.language for text in graph.objects(thing, name)} == {"de", "en"}, thing


def test_codes_and_contacts(graph: Graph) -> None:
    """Themes are of the EU's list, levels and licences of GovData's; agent and contact have one type each."""
    prefixes = {
        DCAT.theme: "http://publications.europa.eu/resource/authority/data-theme/",
        DCTERMS.license: "http://dcat-ap.de/def/licenses/",
        DCATDE.politicalGeocodingLevelURI: "http://dcat-ap.de/def/politicalGeocoding/Level/",
        DCTERMS["format"]: "http://publications.europa.eu/resource/authority/file-type/",
        DCAT.mediaType: "https://www.iana.org/assignments/media-types/",
    }
    for name, prefix in prefixes.items():
        assert all(str(value).startswith(prefix) for value in graph.objects(None, name)), name
    for name in (DCTERMS.publisher, DCAT.contactPoint):
        [agent] = set(graph.objects(None, name))
        assert len(list(graph.objects(agent, RDF.type))) == 1


def test_the_register_names_its_source(graph: Graph) -> None:
    distribution = URIRef(f"{BASE}dataset/register#register.ttl")

    assert graph.value(distribution, DCTERMS.license) == URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
    assert all("Destatis" in text for text in graph.objects(distribution, DCATDE.licenseAttributionByText))


def test_a_land_is_placed(graph: Graph) -> None:
    places = set(graph.objects(URIRef(f"{BASE}dataset/land-bayern"), DCTERMS.spatial))

    assert URIRef("http://dcat-ap.de/def/politicalGeocoding/stateKey/09") in places


def test_identity_outlasts_a_release(graph: Graph) -> None:
    """Another release has the same datasets and distributions, under the same names; only their addresses differ."""
    later = made(edition("fedcba9876543210"))

    def named(of: Graph) -> set[tuple[object, object]]:
        return {(thing, kind) for kind in (DCAT.Dataset, DCAT.Distribution) for thing in of.subjects(RDF.type, kind)}

    assert named(later) == named(graph)
    assert set(later.objects(None, DCAT.downloadURL)).isdisjoint(graph.objects(None, DCAT.downloadURL))
    assert set(later.objects(None, DCAT.accessURL)) == set(graph.objects(None, DCAT.accessURL))


def test_a_series_has_its_releases_in_order() -> None:
    """The newest has the permanent name; each former one has its own, and says what it is a version of."""
    alone, graph = made(edition()), made(third())

    assert {alone.value(SERIES, name) for name in (DCAT.first, DCAT.last)} == {WHOLE}
    assert (graph.value(SERIES, DCAT.first), graph.value(SERIES, DCAT.last)) == (FIRST, WHOLE)
    assert set(graph.subjects(DCAT.inSeries, SERIES)) == {FIRST, SECOND, WHOLE}
    for name in (DCAT.prev, DCAT.previousVersion):
        assert set(graph.subject_objects(name)) == {(WHOLE, SECOND), (SECOND, FIRST)}
    assert set(graph.subjects(DCAT.isVersionOf, WHOLE)) == set(graph.objects(WHOLE, DCAT.hasVersion)) == {FIRST, SECOND}
    assert {str(graph.value(one, DCAT.version)) for one in (FIRST, WHOLE)} == {"2026.11.1", "2027.05.1"}
    assert set(graph.objects(FIRST, DCAT.landingPage)) == {URIRef(PAST[0].address)}


def test_what_is_in_preparation_is_no_release() -> None:
    """Its version names the snapshot too."""
    graph = made(dataclasses.replace(edition(), release="2026.11.1-dev"))

    assert str(graph.value(WHOLE, DCAT.version)) == "2026.11.1-dev+0123456789abcdef"


def test_a_harvest_after_a_release_renews_and_adds_the_former(graph: Graph) -> None:
    """By the identity that harvesters go by, all that was there is there; new are only the former releases."""
    later = made(third())
    before, after = (set(of.subjects(RDF.type, DCAT.Dataset)) for of in (graph, later))

    assert before <= after
    assert after - before == {FIRST, SECOND}
    for iri in after:
        assert [str(identifier) for identifier in later.objects(iri, DCTERMS.identifier)] == [str(iri)]


def test_former_releases_lack_nothing_but_their_files() -> None:
    """All that a dataset must have is there; of a distribution what only a file has is not."""
    files_only = {DCAT.downloadURL, DCAT.mediaType, DCTERMS["format"], DCAT.byteSize, SPDX.checksum}
    lacking = {(thing, name) for thing, name in missing(made(third())) if not thing.endswith("#folder")}
    folders = {URIRef(name) for thing, name in missing(made(third())) if thing.endswith("#folder")}

    assert (lacking, folders) == (set(), files_only)


def test_a_line_more_in_the_table_is_another_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same graph with another release before it is described otherwise, so it is not said to be unchanged."""
    for folder in ("ontology", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "CITATION.cff").write_text("version: 2027.02.1\n", encoding="utf-8")
    monkeypatch.setenv("CHEFSACHE_ROOT", str(tmp_path))
    table, names = tmp_path / "data/releases.csv", set()
    for lines in ("", "2026.11.1,2026-11-22,0123456789abcdef,https://x.example\n"):
        table.write_text(f"version,day,snapshot,address\n{lines}", encoding="utf-8")
        names.add(name_of_edition("0123456789abcdef", Settings()))

    assert len(names) == 2


def test_the_address_of_a_former_release(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs get its description, people the page where it is kept."""
    monkeypatch.setattr(catalogue, "current_edition", third)
    described = client.get("/dataset/chefsache-2026-11-1.ttl")
    page = client.get("/dataset/chefsache-2026-11-1", headers={"Accept": "text/html"})

    assert FIRST in set(Graph().parse(data=described.data, format="turtle").subjects(DCAT.isVersionOf, WHOLE))
    assert (page.status_code, page.headers["Location"]) == (303, PAST[0].address)


def test_the_publisher_is_who_runs_the_server() -> None:
    """Name, mail and contributor's id are those of the settings."""
    publisher = Publisher.from_env(
        {
            "CHEFSACHE_PUBLISHER_NAME": "Stadt Beispiel",
            "CHEFSACHE_PUBLISHER_URL": "https://beispiel.example/",
            "CHEFSACHE_PUBLISHER_CONTACT": "daten@beispiel.example",
            "CHEFSACHE_CONTRIBUTOR_ID": "http://dcat-ap.de/def/contributors/beispiel",
        }
    )
    graph = made(edition(publisher=publisher))
    [agent] = set(graph.objects(None, DCTERMS.publisher))
    [contact] = set(graph.objects(None, DCAT.contactPoint))

    assert graph.value(agent, FOAF.name) == Literal("Stadt Beispiel")
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:daten@beispiel.example")
    assert set(graph.objects(None, DCATDE.contributorID)) == {URIRef("http://dcat-ap.de/def/contributors/beispiel")}


@pytest.mark.parametrize("value", ["javascript:alert(1)", "no address", "ftp://example.org/"])
def test_a_wrong_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="CHEFSACHE_PUBLISHER_URL"):
        Publisher.from_env({"CHEFSACHE_PUBLISHER_URL": value})


@pytest.mark.parametrize(
    ("address", "accept", "kind"),
    [
        ("/catalog", "application/rdf+xml", "application/rdf+xml"),
        ("/catalog", "text/turtle, application/rdf+xml;q=0.5", "text/turtle; charset=utf-8"),
        ("/catalog.jsonld", "", "application/ld+json"),
        ("/catalog?format=nt", "", "application/n-triples"),
        ("/catalog?format=trig", "", "application/trig"),
        ("/catalog", "application/n-quads", "application/n-quads"),
        ("/dataset/persons", "text/turtle", "text/turtle; charset=utf-8"),
        ("/dataset/persons.trig", "", "application/trig"),
    ],
)
def test_formats(client: FlaskClient, address: str, accept: str, kind: str) -> None:
    """HEAD first, as harvesters do; then the same with a body."""
    headers = {"Accept": accept} if accept else {}
    head, got = client.head(address, headers=headers), client.get(address, headers=headers)

    assert (head.status_code, got.status_code) == (200, 200)
    assert head.headers["Content-Type"] == got.headers["Content-Type"] == kind
    assert head.headers["Content-Length"] == str(len(got.data))


@pytest.mark.parametrize("address", ["/catalog", "/catalog.html", "/dataset/persons"])
def test_browsers_see_the_downloads(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "text/html"})

    assert (response.status_code, response.headers["Location"].split("#")[0]) == (303, "/dumps/")


@pytest.mark.parametrize(
    "address", ["/catalog?page=2", "/catalog?page=0", "/catalog?page=x", "/dataset/none", "/catalog.x"]
)
def test_no_such_page(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers={"Accept": "text/turtle"}).status_code == 404


def test_pages_follow_each_other(client: FlaskClient, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """From page to page by the Hydra link every dataset comes once, and the last page has no next."""
    monkeypatch.setattr(catalogue, "PAGE", 10)
    address, found = "/catalog.ttl?page=1", []  # the address without a page is kept, and asked for elsewhere
    while address:
        graph = Graph().parse(data=client.get(address).data, format="turtle")
        found += list(graph.objects(URIRef(CATALOGUE), DCAT.dataset))
        following = list(graph.objects(None, HYDRA.next))
        address = str(following[0]).removeprefix("http://127.0.0.1:8000") if following else ""

    expected = {f"{BASE}dataset/{entry['dataset']}" for entry in snapshot.dumps}
    assert len(found) == len(set(found))
    assert {str(iri) for iri in found} == expected


def test_sizes_and_checksums_are_those_of_the_files(client: FlaskClient, snapshot: Snapshot) -> None:
    graph = Graph().parse(data=client.get("/catalog.ttl").data, format="turtle")
    stated = {
        str(graph.value(one, DCAT.downloadURL)): str(graph.value(one, DCAT.byteSize))
        for one in graph.subjects(RDF.type, DCAT.Distribution)
    }
    folder = f"http://127.0.0.1:8000/dumps/{snapshot.digest}"

    assert stated == {f"{folder}/{file['name']}": str(file["bytes"]) for file in snapshot.dumps}
    assert all((snapshot.dumps_path / file["name"]).stat().st_size == file["bytes"] for file in snapshot.dumps)
    assert {value.datatype for value in graph.objects(None, DCAT.byteSize)} == {XSD.nonNegativeInteger}


def test_the_page_carries_schema_org(client: FlaskClient, snapshot: Snapshot) -> None:
    """The block of data can be read, nothing in it ends the element, and each dataset has its downloads."""
    page = client.get("/dumps/?lang=en").get_data(as_text=True)
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    markup = json.loads(block)
    downloads = [
        file["contentUrl"].rpartition("/")[2] for dataset in markup["dataset"] for file in dataset["distribution"]
    ]

    assert sorted(downloads) == [file["name"] for file in snapshot.dumps]
    assert all(dataset["name"] and len(dataset["description"]) >= 50 for dataset in markup["dataset"])
    assert "<" not in block
    assert len(page.encode()) < 150_000
