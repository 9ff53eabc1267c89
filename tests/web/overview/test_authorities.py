"""Eleven thousand authorities: those of which more is known come first, all others can be found."""

import re

import pytest
from flask.testing import FlaskClient


def test_authorities_with_more_than_keys_come_first(client: FlaskClient) -> None:
    """Herne is listed with what is known; Flensburg only through its Land, whose municipalities are counted."""
    page = client.get("/municipalities?lang=de").text

    assert re.search(
        r'href="/id/05916000(\?lang=de)?">Herne</a> <span class="detail">\d+ Stellen, \d+ Amtszeiten', page
    )
    assert "10.773 Gemeinden" in page
    assert "Flensburg" not in page
    assert re.search(r"Land Nordrhein-Westfalen</a> <span class=\"detail\">396 Gemeinden", page)
    assert page.index('id="known"') < page.index('id="all"')


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("Flensburg", "Flensburg"),
        ("flens", "Flensburg"),
        ("05916000", "Herne"),
        ("05562", "Kreis Recklinghausen"),
        ("koeln", "Köln"),
        ("neustadt a.d.aisch", "Neustadt a.d.Aisch"),
        ("99999999", None),
        ('") } #', None),
        ("VALUES ?wanted { }", None),
    ],
)
def test_authorities_are_found_from_their_page(matching: FlaskClient, wanted: str, first: str | None) -> None:
    """The form of the page leads to the search, which finds the ones of the register as well."""
    form = re.search(r'<form class="search".*?</form>', matching.get("/municipalities").text, re.DOTALL)
    kind = re.search(r'name="kind" value="(\w+)"', form[0] if form else "")
    response = matching.get("/search", query_string={"q": wanted, "kind": kind[1] if kind else ""})
    names = re.findall(r"<li><a href=\"/id/[^\"]+\">([^<]+)</a>", response.text)

    assert response.status_code == 200
    assert next(iter(names), None) == first


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("01001000", ["Flensburg, Stadt", "01001000, 01001", "010010000000", "DEF01", "Land Schleswig-Holstein"]),
        ("01001000", ["92.550 am 31. Dezember 2022", "54.78252, 9.43751", "wd:Q3798", "municipalityKey/01001000"]),
        ("01001000", ["Hier ist noch nichts bekannt", "CONTRIBUTING.md", "Gebietsstand 30. November 2023"]),
        (
            "05562",
            ["Sitz der Verwaltung", "Regierungsbezirk Münster", "districtKey/05562", ">Waltrop</a>"],
        ),
        ("05", ["Land Nordrhein-Westfalen", ">Regierungsbezirk Arnsberg</a>"]),
        ("071", ["ehemaliger Regierungsbezirk Koblenz", ">Landkreis Ahrweiler</a>"]),
        ("11000000", ["Berlin", "Stadtstaat"]),
        ("03153019", ["Einwohner"]),
    ],
)
def test_pages_of_the_register_are_not_empty(client: FlaskClient, key: str, says: list[str]) -> None:
    page = client.get(f"/id/{key}.html?lang=de").text

    assert [text for text in says if text not in page] == []


@pytest.mark.parametrize("key", ["05916000", "05562014"])
def test_known_authorities_are_not_called_unknown(client: FlaskClient, key: str) -> None:
    page = client.get(f"/id/{key}.html?lang=de").text

    assert "noch nichts bekannt" not in page
    assert "Gebietsstand 30. November 2023" in page


def test_suggestions_are_authorities_with_claims(client: FlaskClient) -> None:
    page = client.get("/questions/who-steers").text
    options = re.findall(r'<option value="([^"]+)">', page)

    assert {"Herne", "Gladbeck"} <= set(options)
    assert "Flensburg" not in options
    assert len(options) < 1000


@pytest.mark.parametrize(
    "name", ["Herne", "herne", "05916000", "id:05916000", "https://w3id.org/chefsache/id/05916000"]
)
def test_parameters_take_names_and_keys(client: FlaskClient, name: str) -> None:
    table = client.get("/questions/who-steers.csv", query_string={"authority": name, "day": "2019-06-01"}).text

    assert table.count("\n2019-06-01") == 1
    assert "Stabsstelle Digitalisierung" in table


def test_names_alike_are_proposed(client: FlaskClient) -> None:
    response = client.get("/questions/who-steers?authority=Gladbek&lang=de", headers={"Accept": "text/html"})

    assert response.status_code == 400
    assert "Gladbeck" in response.text
