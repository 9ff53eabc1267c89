"""Machines that read no page find in its headers what it is about; what is gone says so."""

import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.content import withdrawn
from chefsache.content.names import ID
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

OTHER = "/id/person-bianka-sybille-horstmann"
OFFICE = "/id/05916000-office-stabsstelle-digitalisierung"


def test_page_says_what_it_describes(client: FlaskClient) -> None:
    """FAIR Signposting, level 1: cite-as, describedby with its type, type, license, linkset."""
    header = client.get(f"{OFFICE}.html").headers["Link"]

    assert f'<https://w3id.org/chefsache{OFFICE}>; rel="cite-as"' in header
    assert f'<http://127.0.0.1:8000{OFFICE}.ttl>; rel="describedby"; type="text/turtle"' in header
    assert '<https://schema.org/GovernmentOrganization>; rel="type"' in header
    assert 'rel="license"' in header
    assert f'<http://127.0.0.1:8000{OFFICE}.linkset>; rel="linkset"; type="application/linkset+json"' in header


def test_linkset_leads_there_and_back(client: FlaskClient) -> None:
    """Level 2: the links of the page, and from each of its documents back to the page; every target answers."""
    response = client.get(f"{OFFICE}.linkset")
    page, *documents = json.loads(response.data)["linkset"]

    assert response.mimetype == "application/linkset+json"
    assert [entry["anchor"] for entry in documents] == [link["href"] for link in page["describedby"]]
    for link in page["describedby"]:
        answer = client.get(link["href"].removeprefix("http://127.0.0.1:8000"))
        assert (answer.status_code, answer.mimetype) == (200, link["type"])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/id/05916000", "GovernmentOrganization"),
        ("/id/person-pierre-herbe", "Person"),
        ("/vocab/staff-unit", "DefinedTerm"),
        ("/vocab/office-forms", "DefinedTermSet"),
    ],
)
def test_structured_data_names_the_thing(client: FlaskClient, address: str, kind: str) -> None:
    """schema.org, as a data block in the page; it parses, and says the permanent IRI."""
    page = client.get(f"{address}.html").text
    _, _, rest = page.partition('<script type="application/ld+json">')
    found = json.loads(rest.partition("</script>")[0])

    assert found["@id"] == f"https://w3id.org/chefsache{address}"
    assert found["@type"] == kind
    assert found["name"]


def test_persons_without_an_office_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    """In the page and in every document of it, which has no place for a meta element."""
    assert "X-Robots-Tag" not in client.get("/id/person-pierre-herbe.ttl").headers
    assert client.get(f"{OTHER}.ttl").headers["X-Robots-Tag"] == "noindex"
    assert '<script type="application/ld+json">' not in client.get(f"{OTHER}.html").text


def test_way_back_names_file_and_line(client: FlaskClient) -> None:
    """The line is the one on which the block of the thing begins."""
    page = client.get(f"{OFFICE}.html").text
    _, _, rest = page.partition("<code>data/municipalities/nrw/herne.ttl:")
    line = int(rest.partition("<")[0])
    file = withdrawn.root() / "data/municipalities/nrw/herne.ttl"

    assert file.read_text(encoding="utf-8").splitlines()[line - 1] == f"id:{OFFICE.removeprefix('/id/')}"


def test_way_back_leads_to_forge_and_mailbox(snapshot: Snapshot, store: EmbeddedStore) -> None:
    """Where they are set; the mail names the page."""
    settings = Settings(forge="https://forge.example/chefsache/src/main", mail="hallo@example.org")
    page = create_app(snapshot, store, settings).test_client().get(f"{OFFICE}.html?lang=de").text

    assert 'href="https://forge.example/chefsache/src/main/data/municipalities/nrw/herne.ttl#L' in page
    assert "mailto:hallo@example.org?subject=chefsache%3A%20http%3A//127.0.0.1%3A8000/id/05916000-office" in page


def test_what_was_withdrawn_is_gone_without_a_name(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table knows a digest only; page and data are gone alike, and no answer repeats the name."""
    monkeypatch.setattr(withdrawn, "_table", lambda _: {withdrawn.digest(f"{ID}person-erika-mustermann")})

    for suffix in ("", ".html", ".ttl", ".linkset"):
        response = client.get(f"/id/person-erika-mustermann{suffix}")
        assert response.status_code == 410
        assert "mustermann" not in response.text.replace("/id/person-erika-mustermann", "").lower()


def test_what_was_replaced_is_gone_and_names_its_successor(tmp_path, snapshot: Snapshot) -> None:
    """`owl:deprecated` with `dcterms:isReplacedBy`: 410, and the successor in header and body."""
    folder = tmp_path / "store"
    old, new = (ox.NamedNode(f"{ID}organisation-{name}") for name in ("old", "new"))
    stored = ox.Store(str(folder))
    stored.add(ox.Quad(old, ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated"), ox.Literal(True)))
    stored.add(ox.Quad(old, ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"), new))
    stored.flush()
    del stored
    with EmbeddedStore(folder) as store:
        response = create_app(snapshot, store, Settings()).test_client().get("/id/organisation-old.ttl")

    assert response.status_code == 410
    assert response.headers["Link"] == f'<{new.value}>; rel="successor-version"'
    assert response.json["error"]["successors"] == [new.value]
