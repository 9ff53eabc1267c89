"""The search finds everything by name, former name, abbreviation or key, and forgives spelling."""

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("text", "kind", "local"),
    [
        ("herne", "authority", "id/05916000"),
        ("Muelheim Ruhr", "authority", "id/05117000"),
        ("05562014", "authority", "id/05562014"),
        ("DEA36", "authority", "id/05562"),
        ("koeln", "authority", "id/05315000"),
        ("flens", "authority", "id/01001000"),
        ("Dortmnud", "authority", "id/05913000"),
        ("Gelsenkirchem", "authority", "id/05513000"),
        ("Pierre Golz", "person", "id/person-pierre-herbe"),
        ("herbe", "person", "id/person-pierre-herbe"),
        ("KRZN", "authority", "id/organisation-krzn"),
        ("Stabsstelle Herne", "office", "id/05916000-office-stabsstelle-digitalisierung"),
        ("Kommune", "concept", "vocab/municipality"),
        ("Gründerallianz", "partnership", "id/partnership-gruenderallianz-ruhr"),
    ],
)
def test_finds(client: FlaskClient, text: str, kind: str, local: str) -> None:
    found = client.get("/search.json", query_string={"q": text}).json
    group = next(group for group in found["groups"] if group["kind"] == kind)

    assert f"https://w3id.org/chefsache/{local}" in [one["iri"] for one in group["results"]]
    assert found["total"] == sum(group["total"] for group in found["groups"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_page(client: FlaskClient, language: str) -> None:
    html = {"Accept": "text/html"}
    page = client.get("/search", query_string={"q": "Herne", "lang": language}, headers=html).text
    only = client.get("/search", query_string={"q": "Herne", "kind": "source", "lang": language}, headers=html).text

    assert page.index('id="kind-authority"') < page.index('id="kind-source"')
    assert f'href="/id/05916000?lang={language}"' in page
    assert 'id="kind-authority"' not in only
    assert 'id="kind-source"' in only


def test_page_without_and_with_nothing(client: FlaskClient) -> None:
    """An empty search shows how to search; what is typed never becomes markup."""
    html = {"Accept": "text/html"}
    helped = client.get("/search?q=", headers=html).text
    nothing = client.get("/search", query_string={"q": "<b>xyzzy</b>qq"}, headers=html).text

    assert 'id="help"' in helped
    assert "<b>xyzzy" not in nothing
    assert 'role="status"' in nothing


def test_json_by_accept(client: FlaskClient) -> None:
    found = client.get("/search?q=Herne", headers={"Accept": "application/json"})

    assert found.json["groups"][0]["kind"] == "authority"
    assert client.get("/search?q=x&kind=nonsense").status_code == 400


def test_suggestions_while_typing(client: FlaskClient) -> None:
    response = client.get("/search/suggest", query_string={"q": "castrop r"})
    text, names, details, addresses = response.json

    assert response.headers["Content-Type"].startswith("application/x-suggestions+json")
    assert (text, names[0], addresses[0]) == ("castrop r", "Castrop-Rauxel", "http://127.0.0.1:8000/id/05562004")
    assert "Recklinghausen" in details[0]
    assert len(names) == len(details) == len(addresses) <= 10
    assert client.get("/search/suggest?q=").json == ["", [], [], []]


def test_opensearch_description(client: FlaskClient) -> None:
    response = client.get("/search/opensearch.xml")
    tree = ElementTree.fromstring(response.data)
    templates = [node.get("template") for node in tree.iter() if node.tag.endswith("Url")]

    assert len(templates) == 3
    assert all(client.get(address.format(searchTerms="Herne")[21:]).status_code == 200 for address in templates)
