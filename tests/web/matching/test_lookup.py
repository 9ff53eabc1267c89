"""Foreign keys lead to our things, singly and in batches; what is unknown or ambiguous says so."""

import json

import pytest
from flask.testing import FlaskClient

from chefsache.web.matching.lookup import MAX_KEYS

ID = "https://w3id.org/chefsache/id/"


@pytest.mark.parametrize(
    ("key", "expected", "by"),
    [
        ("05916000", "05916000", "ags"),
        ("05916", "05916000", "ags"),
        ("05562", "05562", "ags"),
        ("05", "05", "ags"),
        ("11", "11000000", "ags"),
        ("055620014014", "05562014", "ars"),
        ("DEA36", "05562", "nuts"),
        ("http://data.europa.eu/nuts/code/DEA55", "05916000", "nuts"),
        ("DE_05562014", "05562014", "ags"),
        ("Q2904", "05916000", "wikidata"),
        ("http://www.wikidata.org/entity/Q2904", "05916000", "wikidata"),
        ("https://www.wikidata.org/wiki/Q2904", "05916000", "wikidata"),
        ("http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05562014", "05562014", "ags"),
        ("http://dcat-ap.de/def/politicalGeocoding/districtKey/05562", "05562", "ags"),
        ("http://dcat-ap.de/def/politicalGeocoding/regionalKey/055620014014", "05562014", "ars"),
        ("http://dcat-ap.de/def/politicalGeocoding/governmentDistrictKey/055", "055", "ags"),
        ("http://dcat-ap.de/def/politicalGeocoding/stateKey/05", "05", "ags"),
        ("https://herne.de/allris/vo020.asp?VOLFDNR=17323", "source-herne-vorlage-17323", "url"),
        ("http://www.herne.de/allris/vo020.asp?VOLFDNR=17323#top", "source-herne-vorlage-17323", "url"),
        (f"{ID}05916000", "05916000", "iri"),
        ("Stadt Herne", "05916000", "name"),
        ("Kreisverwaltung Recklinghausen", "05562", "name"),
    ],
)
def test_finds(client: FlaskClient, key: str, expected: str, by: str) -> None:
    seen = client.get("/lookup", query_string={"uri": key})
    told = client.get("/lookup", query_string={"uri": key, "format": "json"}).json["result"][0]

    assert (seen.status_code, seen.headers["Location"]) == (303, f"/id/{expected}")
    assert (told["iri"], told["by"], told["status"]) == (ID + expected, by, "found")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("Neustadt", "ambiguous"),
        ("Atlantis", "not-found"),
        ("99999999", "not-found"),
        ("DEZZZ", "not-found"),
        ("https://example.org/", "not-found"),
        ("http://dcat-ap.de/def/politicalGeocoding/districtKey/05916000", "not-found"),
    ],
)
def test_says_why_not(client: FlaskClient, key: str, code: str) -> None:
    response = client.get("/lookup", query_string={"uri": key})

    assert (response.status_code, response.json["error"]["code"]) == (404, code)
    assert set(response.json["error"]["message"]) == {"de", "en"}


KEYS = ["DEA36", "Atlantis", "05916000", "Neustadt", "DEA36"]
STATES = ["found", "not-found", "found", "ambiguous", "found"]


def test_batches_keep_order_and_misses(client: FlaskClient) -> None:
    by_address = client.get("/lookup", query_string=[("uri", key) for key in KEYS] + [("format", "json")])
    by_json = client.post("/lookup", json=KEYS)
    by_form = client.post("/lookup", data={"uri": KEYS}, headers={"Accept": "application/json"})
    by_csv = client.post("/lookup", data="uri\n" + "\n".join(KEYS), content_type="text/csv")
    lines = by_csv.text.splitlines()

    for response in (by_address, by_json, by_form):
        assert [row["status"] for row in response.json["result"]] == STATES
        assert [row["input"] for row in response.json["result"]] == KEYS
    assert by_csv.headers["Content-Type"].startswith("text/csv")
    assert [line.split(",")[1] for line in lines] == ["status", *STATES]


def test_csv_holds_no_formula(client: FlaskClient) -> None:
    """What was sent comes back, but no spreadsheet takes it for a formula."""
    sent = 'uri\n"=HYPERLINK(""https://example.org/"")"\n@SUM(1)\n05916000\n'
    lines = client.post("/lookup", data=sent, content_type="text/csv").text.splitlines()

    assert [line.partition("not-found")[0] for line in lines[1:3]] == [
        '"\'=HYPERLINK(""https://example.org/"")",', "'@SUM(1),"
    ]  # fmt: skip
    assert lines[3].startswith("05916000,found,")


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        ("{", "application/json", 400),
        ('{"uri": 5}', "application/json", 400),
        ("[1]", "application/json", 400),
        ("[]", "application/json", 400),
        (json.dumps(["x"] * (MAX_KEYS + 1)), "application/json", 413),
        ("x", "image/png", 400),
    ],
)
def test_bad_bodies(client: FlaskClient, sent: str, kind: str, status: int) -> None:
    response = client.post("/lookup", data=sent, content_type=kind)

    assert response.status_code == status
    assert response.json["error"]["code"]


def test_a_page_asks_for_a_key(client: FlaskClient) -> None:
    assert "<form" in client.get("/lookup", headers={"Accept": "text/html"}).text
    assert client.get("/lookup?uri=05916000&format=xml").status_code == 406
