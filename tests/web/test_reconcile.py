"""The reconciliation service answers as Entity Reconciliation API 0.2 says, and claims what people would."""

import json
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from chefsache.web.matching.reconcile_requests import BATCH_SIZE, MAX_IDS

NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        "id": {"type": "string", "pattern": "^[^/:]+$"},
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "minItems": 1, "items": NAMED},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {"id": {"type": "string"}, "value": {"type": ["number", "boolean"]}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
VALUE = {
    "oneOf": [
        {**NAMED, "additionalProperties": False},
        *(
            {"type": "object", "required": [key], "properties": {key: kind}, "additionalProperties": False}
            for key, kind in {
                "str": {"type": "string"},
                "int": {"type": "integer"},
                "float": {"type": "number"},
                "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"},
            }.items()
        ),
    ]
}
EXTENSION = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": NAMED},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": VALUE},
            },
        },
    },
}
SERVICE = {"type": "object", "required": ["service_url", "service_path"]}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace", "defaultTypes", "batchSize"],
    "properties": {
        "versions": {"contains": {"const": "0.2"}},
        "identifierSpace": {"const": "https://w3id.org/chefsache/id/"},
        "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
        "view": {"properties": {"url": {"pattern": r"\{\{id\}\}"}}, "required": ["url"]},
        "preview": {
            "properties": {
                "url": {"pattern": r"\{\{id\}\}"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
            "required": ["url", "width", "height"],
        },
        "suggest": {"required": ["entity", "property", "type"], "additionalProperties": SERVICE},
        "extend": {
            "required": ["propose_properties", "property_settings"],
            "properties": {
                "propose_properties": SERVICE,
                "property_settings": {"items": {"required": ["type", "label", "name"]}},
            },
        },
    },
}


@pytest.fixture
def client(matching: FlaskClient) -> FlaskClient:
    return matching


def asked(client: FlaskClient, **queries: Any) -> dict[str, Any]:
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    jsonschema.validate(response.json, RESULTS)
    return response.json


def claimed(client: FlaskClient, text: str, **more: Any) -> str:
    found = asked(client, q={"query": text, **more})["q"]["result"]
    return next((one["id"] for one in found if one["match"]), "")


def test_manifest(client: FlaskClient) -> None:
    response = client.get("/reconcile")

    jsonschema.validate(response.json, MANIFEST)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    for name, service in response.json["suggest"].items():
        address = service["service_url"].replace("http://127.0.0.1:8000", "") + service["service_path"]
        assert client.get(address, query_string={"prefix": ""}).status_code == 200, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stadt Herne", "05916000"),
        ("Herne, Stadt", "05916000"),
        ("05916000", "05916000"),
        ("5916000", "05916000"),
        ("DEA36", "05562"),
        ("DEA55", "05916000"),
        ("Castrop Rauxel", "05562004"),
        ("Muelheim/Ruhr", "05117000"),
        ("Neustadt", ""),
        ("Frankfurt", ""),
        ("Münster", "05515000"),
        ("Fürth", ""),
        ("Frankfurt a.M.", "06412000"),
        ("Kreis Recklinghausen", "05562"),
        ("Recklinghausen", "05562032"),
        ("Landkreis München", "09184"),
        ("München", "09162000"),
        ("MÃ¼nchen", "09162000"),
        ("Region Hannover", "03241"),
        ("Dortmnud", "05913000"),
        ("Wolfsberg", ""),
        ("Oberbürgermeister Dr. Frank Dudda", "person-frank-dudda"),
        ("Dudda, Frank", "person-frank-dudda"),
        ("Pierre Golz", "person-pierre-herbe"),
        ("Jan-Philip Hermes", ""),
        ("KRZN", "organisation-krzn"),
        ("GKD", ""),
        ("CDO", ""),
        ("Wanne-Eickel", ""),
        ("Stabsstelle Digitalisierung", ""),
        ("Stabsstelle Digitalisierung Herne", "05916000-office-stabsstelle-digitalisierung"),
        ("44623", ""),
    ],
)
def test_claims_what_people_would(client: FlaskClient, text: str, expected: str) -> None:
    assert claimed(client, text) == expected


def test_ambiguous_names_are_offered(client: FlaskClient) -> None:
    """What is not claimed is listed all the same, the likeliest first."""
    found = asked(client, a={"query": "Frankfurt", "limit": 2}, b={"query": "GKD", "limit": 4}, c={"query": "CDO"})

    assert [one["id"] for one in found["a"]["result"]] == ["06412000", "12053000"]
    assert {"organisation-gkd-recklinghausen", "organisation-gkd-el"} <= {one["id"] for one in found["b"]["result"]}
    assert all("CDO" in one["name"] or "Chief" in one["name"] for one in found["c"]["result"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"query": "Recklinghausen", "type": "https://w3id.org/chefsache/vocab/district"}, "05562"),
        ({"query": "Recklinghausen", "type": ["municipality"]}, "05562032"),
        ({"query": "Herne", "type": "district"}, "05916000"),
        ({"query": "München", "type": "district"}, ""),
        ({"query": "Herne", "type": "person"}, ""),
        ({"query": "Herne", "type": ["person", "municipality"], "type_strict": "any"}, "05916000"),
        ({"query": "Herne", "type": ["person", "municipality"], "type_strict": "all"}, ""),
        ({"query": "Herne", "type": ["municipality", "independent-city"], "type_strict": "all"}, "05916000"),
        ({"query": "Neustadt", "properties": [{"pid": "land", "v": "Hessen"}]}, "06534016"),
        ({"query": "Neustadt", "properties": [{"pid": "land", "v": {"id": "06"}}]}, "06534016"),
        ({"query": "Neustadt", "properties": [{"pid": "land", "v": ["Bayern", "Hessen"]}]}, ""),
        ({"query": "Fürth", "properties": [{"pid": "land", "v": "Bayern"}]}, "09563000"),
        ({"query": "Fürth", "properties": [{"pid": "land", "v": "Hessen"}]}, "06431007"),
        ({"query": "Frankfurt", "properties": [{"pid": "population", "v": 773068}]}, "06412000"),
        ({"query": "Herne", "properties": [{"pid": "ags", "v": "05562014"}]}, ""),
        ({"query": "Herne", "properties": [{"pid": "population", "v": True}]}, ""),
        ({"properties": [{"pid": "ags", "v": "05916000"}]}, "05916000"),
        ({"query": "Stabsstelle Digitalisierung", "properties": [{"pid": "authority", "v": "Stadt Köln"}]},
         "05315000-office-stabsstelle-digitalisierung"),
    ],
)  # fmt: skip
def test_types_and_properties(client: FlaskClient, query: dict[str, Any], expected: str) -> None:
    found = asked(client, q=query)["q"]["result"]

    assert next((one["id"] for one in found if one["match"]), "") == expected


def test_should_prefers_and_does_not_exclude(client: FlaskClient) -> None:
    found = asked(client, q={"query": "Recklinghausen", "type": "district", "type_strict": "should"})["q"]["result"]

    assert {"05562", "05562032"} <= {one["id"] for one in found}
    assert not next(one for one in found if one["id"] == "05562032")["match"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"query": ""},
        {"query": 5},
        {"query": "Herne", "limit": 0},
        {"query": "Herne", "limit": "3"},
        {"query": "Herne", "limit": True},
        {"query": "Herne", "type": 7},
        {"query": "Herne", "type": "no-such-type"},
        {"query": "Herne", "type_strict": "maybe"},
        {"query": "Herne", "properties": {"pid": "land"}},
        {"query": "Herne", "properties": [{"pid": "land"}]},
        {"query": "Herne", "properties": [{"pid": "land", "v": {"name": "x"}}]},
        {"query": "Herne", "properties": [{"pid": "no-such", "v": "x"}]},
        {"query": "Herne", "surprise": 1},
        {"query": "x" * 501},
        "Herne",
        None,
    ],
)
def test_a_bad_query_does_not_lose_the_others(client: FlaskClient, query: object) -> None:
    found = asked(client, good={"query": "Herne"}, bad=query)

    assert found["good"]["result"][0]["id"] == "05916000"
    assert found["bad"]["result"] == []
    assert set(found["bad"]["error"]["message"]) == {"de", "en"}


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"queries": "{"}, 400, "bad-request"),
        ({"queries": "[]"}, 400, "bad-request"),
        ({"queries": "[" * 100_000}, 400, "bad-request"),
        ({"queries": "{}", "callback": "f"}, 400, "no-jsonp"),
        ({}, 400, "bad-request"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(BATCH_SIZE + 1)})}, 413, "batch-too-large"),
        ({"extend": "[]"}, 400, "bad-request"),
        ({"extend": '{"ids": "05916000", "properties": []}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"name": "land"}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "no-such"}]}'}, 400, "unknown-property"),
        ({"extend": json.dumps({"ids": ["x"] * (MAX_IDS + 1), "properties": []})}, 413, "too-many-ids"),
    ],
)
def test_errors_are_json(client: FlaskClient, sent: dict[str, str], status: int, code: str) -> None:
    response = client.post("/reconcile", data=sent)

    assert (response.status_code, response.json["error"]["code"]) == (status, code)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_get_answers_as_post_does(client: FlaskClient) -> None:
    queries = json.dumps({"q": {"query": "Gladbeck"}})

    assert client.get("/reconcile", query_string={"queries": queries}).json == asked(client, q={"query": "Gladbeck"})


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
def test_suggestions(client: FlaskClient, service: str, prefix: str, expected: str) -> None:
    found = client.get(f"/reconcile/suggest/{service}", query_string={"prefix": prefix}).json["result"]

    assert expected in [one["id"] for one in found]
    jsonschema.validate(found, {"type": "array", "items": NAMED})


def test_suggestions_go_on_at_the_cursor(client: FlaskClient) -> None:
    pages = [
        client.get("/reconcile/suggest/entity", query_string={"prefix": "Neu", "cursor": cursor}).json["result"]
        for cursor in ("0", "20", "")
    ]

    assert len(pages[0]) == len(pages[1]) == 20
    assert not {one["id"] for one in pages[0]} & {one["id"] for one in pages[1]}
    assert pages[2] == pages[0]


def test_extension(client: FlaskClient) -> None:
    properties = [{"id": name} for name in ("land", "district", "nuts", "population", "latitude", "kind")]
    properties.append({"id": "geocoding", "settings": {"limit": 1}})
    asked_for = {"ids": ["05562014", "05916000", "no-such-thing"], "properties": properties}
    found = client.post("/reconcile", data={"extend": json.dumps(asked_for)}).json

    jsonschema.validate(found, EXTENSION)
    assert [one["id"] for one in found["meta"]] == [one["id"] for one in properties]
    assert found["rows"]["05562014"]["land"] == [{"id": "05", "name": "Land Nordrhein-Westfalen"}]
    assert found["rows"]["05562014"]["district"] == [{"id": "05562", "name": "Kreis Recklinghausen"}]
    assert found["rows"]["05916000"]["nuts"] == [{"str": "DEA55"}]
    assert found["rows"]["05916000"]["population"] == [{"int": 157368}]
    assert len(found["rows"]["05916000"]["geocoding"]) == 1
    assert all(values == [] for values in found["rows"]["no-such-thing"].values())


def test_extension_of_dates_and_former_names(client: FlaskClient) -> None:
    asked_for = {
        "ids": ["person-pierre-herbe"],
        "properties": [{"id": "formerName"}, {"id": "authority", "settings": {"content": "id"}}],
    }
    rows = client.post("/reconcile", data={"extend": json.dumps(asked_for)}).json["rows"]["person-pierre-herbe"]

    assert rows["formerName"] == [{"str": "Pierre Golz"}]
    assert {"str": "https://w3id.org/chefsache/id/05916000"} in rows["authority"]


def test_proposed_properties_fit_the_type(client: FlaskClient) -> None:
    found = client.get("/reconcile/properties", query_string={"type": "person", "limit": "2"}).json

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
