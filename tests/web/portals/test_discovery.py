"""Machines find every page, every interface and the way to cite; what is not for them they are told."""

import json
import re
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient
from protego import Protego

from chefsache.content.files import citation, release
from chefsache.content.releases import version_of
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.app import create_app
from chefsache.web.portals.publisher import Publisher
from chefsache.web.settings import Settings

BASE = "http://127.0.0.1:8000"
OTHER = "/id/person-bianka-sybille-horstmann"
OPEN = (
    "/", "/sparql", "/id/05916000.html", "/questions/who-steers", "/questions/who-steers?lang=en", "/municipalities",
    "/static/chefsache.css", "/dumps/latest/chefsache.nt.zst", "/catalog.ttl",
)  # fmt: skip
CLOSED = (
    "/sparql?query=ASK%7B%7D", "/sparql?format=json&query=x", "/questions/who-steers?authority=Herne",
    "/search?q=Herne", "/lookup?uri=DEA36", "/reconcile?queries=x",
)  # fmt: skip
_NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_LINK = re.compile(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?')


@pytest.fixture(scope="module")
def places(matching: FlaskClient) -> dict[str, str]:
    """All addresses of the sitemap with their days."""
    parts = _listed(matching, "/sitemap.xml", "s:sitemap")
    assert len(parts) > 4
    sizes = {part: _listed(matching, urlsplit(part).path, "s:url") for part in parts}
    assert all(0 < len(listed) <= 50_000 for listed in sizes.values())
    assert all(day == max(listed.values()) for listed, day in zip(sizes.values(), parts.values(), strict=True))
    return {address: day for listed in sizes.values() for address, day in listed.items()}


def test_sitemap_lists_pages_that_stand(matching: FlaskClient, places: dict[str, str]) -> None:
    """A page of each kind; each listed address that is asked is there, and may be listed."""
    for local in ("/", "/questions/who-steers", "/id/05916000.html", "/id/01001000.html", "/vocab/office-forms.html"):
        assert BASE + local in places
    for address in sorted(places)[::900]:
        answer = matching.get(address.removeprefix(BASE))
        assert answer.status_code == 200
        assert "X-Robots-Tag" not in answer.headers


def test_sitemap_leaves_out_who_is_not_to_be_found(places: dict[str, str]) -> None:
    """Persons who head neither authority nor office, and the claims that name them."""
    assert f"{BASE}/id/person-pierre-herbe.html" in places
    assert f"{BASE}{OTHER}.html" not in places
    assert not [address for address in places if "horstmann" in address]


def test_sitemap_days_are_of_the_data(matching: FlaskClient, places: dict[str, str]) -> None:
    """Where a claim was compared with its source its page says that day; where nothing is known none is said."""
    assert places[f"{BASE}/id/01001000.html"] == ""
    turtle = matching.get("/id/05916000-tenure-herbe-fb16.ttl").text
    assert f'checkedOn "{places[f"{BASE}/id/05916000-tenure-herbe-fb16.html"]}"' in turtle


def test_robots_keep_off_queries_and_find_the_pages(client: FlaskClient) -> None:
    """As a reader of robots.txt that nobody here wrote understands it."""
    rules = Protego.parse(client.get("/robots.txt").text)

    assert list(rules.sitemaps) == [f"{BASE}/sitemap.xml"]
    for address in OPEN:
        assert rules.can_fetch(BASE + address, "somebot"), address
    for address in CLOSED:
        assert not rules.can_fetch(BASE + address, "somebot"), address


def test_catalogue_of_interfaces_tells_the_truth(client: FlaskClient) -> None:
    """RFC 9727: its own type, a Link to itself; every description answers with the type that it promises."""
    response = client.get("/.well-known/api-catalog")
    first, *interfaces = json.loads(response.data)["linkset"]

    assert response.headers["Content-Type"].startswith("application/linkset+json; profile=")
    assert 'rel="api-catalog"' in response.headers["Link"]
    assert [link["href"] for link in first["item"]] == [interface["anchor"] for interface in interfaces]
    for interface in interfaces:
        for link in (link for rel in interface if rel != "anchor" for link in interface[rel]):
            answer = client.get(link["href"].removeprefix(BASE), headers={"Accept": link["type"]})
            assert (answer.status_code, answer.mimetype) == (200, link["type"])


def test_security_contact_is_said_where_one_is_set(
    client: FlaskClient, snapshot: Snapshot, store: EmbeddedStore
) -> None:
    """RFC 9116: contact and expiry; without a contact there is no such file."""
    settings = Settings(publisher=Publisher(contact="mailto:daten@example.org"))
    text = create_app(snapshot, store, settings).test_client().get("/.well-known/security.txt").text

    assert "Contact: mailto:daten@example.org\n" in text
    assert f"Expires: {snapshot.as_of.year + 1}-" in text
    assert client.get("/.well-known/security.txt").status_code == 404


def test_citation_is_that_of_the_file(client: FlaskClient, snapshot: Snapshot) -> None:
    """BibTeX and start page say what CITATION.cff says; what is no release is named by its snapshot."""
    version = version_of(release(), snapshot.digest)
    stated = citation().read_text(encoding="utf-8")
    entry = client.get("/cite.bib")

    assert entry.mimetype == "application/x-bibtex"
    assert f"version = {{{version}}}" in entry.text
    title = re.search(r'^title: "(.*)"$', stated, re.MULTILINE)[1]
    assert f"{{{{{title}}}}}" in entry.text
    assert f"{title}. Version {version}." in client.get("/").text


def test_start_page_leads_to_the_data(client: FlaskClient) -> None:
    """FAIR Signposting, level 1, of the graph: every item, description and catalogue answers with its type."""
    links = _LINK.findall(client.get("/").headers["Link"])
    kinds = {rel for _, rel, _ in links}

    assert {"cite-as", "describedby", "item", "license", "type", "api-catalog"} <= kinds
    assert ("https://w3id.org/chefsache/", "cite-as", "") in links
    for target, _, kind in (link for link in links if link[2]):
        answer = client.head(target.removeprefix(BASE))
        assert (answer.status_code, answer.mimetype) == (200, kind)
        answer.close()


def _listed(client: FlaskClient, address: str, kind: str) -> dict[str, str]:
    tree = ElementTree.fromstring(client.get(address).data)
    return {
        entry.findtext("s:loc", "", _NAMES): entry.findtext("s:lastmod", "", _NAMES)
        for entry in tree.findall(kind, _NAMES)
    }
