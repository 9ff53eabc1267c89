"""What the reconciliation service offers beside queries: manifest, suggestions, data extension, preview."""

import json
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

Schemas = dict[str, dict[str, Any]]


def test_manifest(schemas: Schemas, client: FlaskClient) -> None:
    response = client.get("/reconcile")

    jsonschema.validate(response.json, schemas["our manifest"])
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    for name, service in response.json["suggest"].items():
        address = service["service_url"].replace("http://127.0.0.1:8000", "") + service["service_path"]
        assert client.get(address, query_string={"prefix": ""}).status_code == 200, name


@pytest.mark.parametrize(
    ("service", "prefix", "expected"),
    [
        ("entity", "Gelsenk", "05513000"),
        ("entity", "05916", "05916000"),
        ("entity", "person-pierre-herbe", "person-pierre-herbe"),
        ("type", "Person", "http://xmlns.com/foaf/0.1/Person"),
        ("type", "munici", "https://w3id.org/chefsache/vocab/municipality"),
        ("property", "Land", "land"),
        ("property", "popul", "population"),
    ],
)
def test_suggestions(schemas: Schemas, client: FlaskClient, service: str, prefix: str, expected: str) -> None:
    found = client.get(f"/reconcile/suggest/{service}", query_string={"prefix": prefix}).json

    assert expected in [one["id"] for one in found["result"]]
    jsonschema.validate(found, schemas["suggestions"])


def test_suggestions_go_on_at_the_cursor(client: FlaskClient) -> None:
    pages = [
        client.get("/reconcile/suggest/entity", query_string={"prefix": "Neu", "cursor": cursor}).json["result"]
        for cursor in ("0", "20", "")
    ]

    assert len(pages[0]) == len(pages[1]) == 20
    assert not {one["id"] for one in pages[0]} & {one["id"] for one in pages[1]}
    assert pages[2] == pages[0]


def test_extension(schemas: Schemas, client: FlaskClient) -> None:
    properties = [{"id": name} for name in ("land", "district", "nuts", "population", "latitude", "kind")]
    properties.append({"id": "geocoding", "settings": {"limit": 1}})
    asked_for = {"ids": ["05562014", "05916000", "no-such-thing"], "properties": properties}
    found = client.post("/reconcile", data={"extend": json.dumps(asked_for)}).json

    jsonschema.validate(found, schemas["extension"])
    assert [one["id"] for one in found["meta"]] == [one["id"] for one in properties]
    assert found["rows"]["05562014"]["land"] == [{"id": "05", "name": "Land Nordrhein-Westfalen"}]
    assert found["rows"]["05562014"]["district"] == [{"id": "05562", "name": "Kreis Recklinghausen"}]
    assert found["rows"]["05916000"]["nuts"] == [{"str": "DEA55"}]
    assert found["rows"]["05916000"]["population"] == [{"int": 157368}]
    assert len(found["rows"]["05916000"]["geocoding"]) == 1
    assert not any({} in values for row in found["rows"].values() for values in row.values())
    assert all(values == [] for values in found["rows"]["no-such-thing"].values())


@pytest.mark.parametrize(
    ("limit", "shown"), [("1", 1), (2, 2), (2.0, 2), ("0", 4), (0, 4), ("", 4), (None, 4), ("99", 4)]
)
def test_values_of_a_property_up_to_a_limit(client: FlaskClient, limit: object, shown: int) -> None:
    """The forms of OpenRefine send every setting as text, a number too."""
    properties = [{"id": "geocoding", "settings": {"limit": limit, "content": ""}}]
    found = client.post("/reconcile", data={"extend": json.dumps({"ids": ["05916000"], "properties": properties})}).json

    assert len(found["rows"]["05916000"]["geocoding"]) == shown


def test_extension_of_dates_and_former_names(client: FlaskClient) -> None:
    asked_for = {
        "ids": ["person-pierre-herbe"],
        "properties": [{"id": "formerName"}, {"id": "authority", "settings": {"content": "id"}}],
    }
    rows = client.post("/reconcile", data={"extend": json.dumps(asked_for)}).json["rows"]["person-pierre-herbe"]

    assert rows["formerName"] == [{"str": "Pierre Golz"}]
    assert {"str": "https://w3id.org/chefsache/id/05916000"} in rows["authority"]


def test_proposed_properties_fit_the_type(schemas: Schemas, client: FlaskClient) -> None:
    found = client.get("/reconcile/properties", query_string={"type": "person", "limit": "2"}).json

    jsonschema.validate(found, schemas["proposal"])
    assert found["limit"] == len(found["properties"]) == 2
    assert "population" not in {one["id"] for one in client.get("/reconcile/properties?type=person").json["properties"]}


def test_only_the_preview_may_be_framed(client: FlaskClient) -> None:
    preview = client.get("/reconcile/preview?id=05916000")
    page = client.get("/id/05916000.html")

    assert "Herne" in preview.text
    assert "<script" not in preview.text
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=nobody").status_code == 404
