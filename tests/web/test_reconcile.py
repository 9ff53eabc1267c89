"""The reconciliation service answers as Entity Reconciliation API 0.2 says, and claims what people would."""

import json
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from chefsache.web.matching.reconcile_requests import BATCH_SIZE, MAX_IDS


def record(required: str = "", **fields: Any) -> dict[str, Any]:
    """Return the schema of an object with some fields, of which some are required."""
    return {"type": "object", "required": required.split(), "properties": fields}


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "additionalProperties": False}


def many(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


#: What the schemas of the specification's appendix demand, and here and there more.
TEXT, NUMBER, WHOLE, TRUTH = ({"type": name} for name in ("string", "number", "integer", "boolean"))
NAMED = record("id name", id=TEXT, name=TEXT, description=TEXT)
TYPE = record("id name", id=TEXT, name=TEXT, description=TEXT, broader=many(NAMED))
CANDIDATE = closed(
    record(
        "id name score match type",
        id={"type": "string", "pattern": "^[^/:]+$"},
        name={"type": "string", "minLength": 1},
        description=TEXT,
        score={"type": "number", "minimum": 0, "maximum": 100},
        match=TRUTH,
        type=many(TYPE, minItems=1),
        features=many(closed(record("id value", id=TEXT, value={"type": ["number", "boolean"]}))),
    )
)
RESULTS = {
    "type": "object",
    "additionalProperties": closed(
        record(
            "result",
            result=many(CANDIDATE),
            error=record("code message", code=TEXT, message=closed(record("de en", de=TEXT, en=TEXT))),
        )
    ),
}
SUGGESTIONS = record("result", result=many(record("id name", **TYPE["properties"], notable=many(TYPE))))
PROPOSAL = record("properties", properties=many(NAMED), type=TEXT, limit=NUMBER)
DAY, CLOCK = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", r"([01]\d|2[0-3]):[0-5]\d"
TIME = {"type": "string", "pattern": rf"^-?{DAY}T{CLOCK}:[0-5]\d(\.\d+)?(Z|[+-]{CLOCK})?$"}
VALUE = {
    "oneOf": [
        {"type": "object", "maxProperties": 0},
        closed(NAMED),
        *(
            closed(record(key, **{key: kind}))
            for key, kind in {"str": TEXT, "int": WHOLE, "float": NUMBER, "date": TIME}.items()
        ),
    ]
}
EXTENSION = record(
    "meta rows",
    meta=many(
        record("id name", **NAMED["properties"], type=record("id", id=TEXT, name=TEXT),
               service={"type": "string", "pattern": "^https?://"})
    ),
    rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": many(VALUE)}},
)  # fmt: skip
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
SERVICE = record(
    service_url=TEXT,
    service_path=TEXT,
    flyout_service_url=TEXT,
    flyout_service_path={"type": "string", "pattern": r"\$\{id\}"},
)
SETTING = {
    "oneOf": [
        record(f"type label name{more}", type={"const": kind}, label=TEXT, name=TEXT, help_text=TEXT, default=default,
               choices=many(record("value name", value=TEXT, name=TEXT)))
        for kind, default, more in (
            ("number", NUMBER, ""), ("text", TEXT, ""), ("checkbox", TRUTH, ""), ("select", TEXT, " choices"))
    ]
}  # fmt: skip
MANIFEST = record(
    "versions name identifierSpace schemaSpace",
    versions=many(TEXT, contains={"const": "0.2"}),
    **dict.fromkeys(("name", "identifierSpace", "schemaSpace", "documentation", "serviceVersion", "logo"), TEXT),
    authentication={
        "oneOf": [
            record("type", type={"const": "basic"}),
            record("type name in", type={"const": "apiKey"}, name=TEXT, **{"in": {"enum": ["header", "query"]}}),
            record("type flow", type={"const": "oauth2"}, flow=TEXT),
        ]
    },
    view=record("url", url=TEMPLATE),
    feature_view=record("url", url=TEMPLATE),
    defaultTypes=many(TYPE, uniqueItems=True),
    preview=record("url width height", url=TEMPLATE, width=WHOLE, height=WHOLE),
    suggest=record(entity=SERVICE, property=SERVICE, type=SERVICE),
    extend=record(propose_properties=SERVICE, property_settings=many(SETTING)),
    batchSize=WHOLE,
)
#: What our own manifest says besides; and whoever asks need not tell who they are.
FOUND_AT = {"required": ["service_url", "service_path"]}
OURS = {
    "allOf": [MANIFEST],
    "required": ["defaultTypes", "serviceVersion", "logo", "view", "preview", "suggest", "extend", "batchSize"],
    "properties": {
        "authentication": False,
        "identifierSpace": {"const": "https://w3id.org/chefsache/id/"},
        "suggest": {"required": ["entity", "property", "type"], "additionalProperties": FOUND_AT},
        "extend": {
            "required": ["propose_properties", "property_settings"],
            "properties": {"propose_properties": FOUND_AT},
        },
    },
}

HERNE = {"id": "05916000", "name": "Herne"}
CLAIM = {**HERNE, "score": 100, "match": True, "type": [{"id": "municipality", "name": "municipality"}]}
SERVES = {
    "versions": ["0.2"],
    "name": "Cities",
    "identifierSpace": "https://c.example/",
    "schemaSpace": "https://s.example/",
}
FRAME = {"url": "https://c.example/card?id={{id}}", "width": 300, "height": 90}
CHOICE = {"name": "by", "label": "By", "type": "select", "choices": [{"value": "id", "name": "IRI"}], "default": "id"}


def row(*values: dict[str, Any], **property_: Any) -> dict[str, Any]:
    return {"meta": [{"id": "p", "name": "P", **property_}], "rows": {"05916000": {"p": list(values)}}}


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


@pytest.mark.parametrize(
    ("schema", "answer", "valid"),
    [
        (MANIFEST, SERVES, True),
        (
            MANIFEST,
            {**SERVES, "versions": ["0.1", "0.2"], "documentation": "https://c.example/doc", "batchSize": 9},
            True,
        ),
        (MANIFEST, {**SERVES, "feature_view": {"url": "https://c.example/f/{{id}}"}, "preview": FRAME}, True),
        (MANIFEST, {**SERVES, "authentication": {"type": "apiKey", "name": "key", "in": "query"}}, True),
        (MANIFEST, {**SERVES, "suggest": {"type": {"service_path": "/t", "flyout_service_path": "/f/${id}"}}}, True),
        (MANIFEST, {**SERVES, "extend": {"property_settings": [CHOICE]}, "defaultTypes": [HERNE]}, True),
        (MANIFEST, {key: value for key, value in SERVES.items() if key != "versions"}, False),
        (MANIFEST, {key: value for key, value in SERVES.items() if key != "identifierSpace"}, False),
        (MANIFEST, {**SERVES, "versions": ["0.1"]}, False),
        (MANIFEST, {**SERVES, "documentation": 5}, False),
        (MANIFEST, {**SERVES, "authentication": {"password": "x"}}, False),
        (MANIFEST, {**SERVES, "view": {"url": "https://c.example/{id}"}}, False),
        (MANIFEST, {**SERVES, "feature_view": {"url": "https://c.example/f"}}, False),
        (MANIFEST, {**SERVES, "preview": {"url": FRAME["url"]}}, False),
        (MANIFEST, {**SERVES, "suggest": {"entity": True}}, False),
        (MANIFEST, {**SERVES, "suggest": {"entity": {"flyout_service_path": "/f/{id}"}}}, False),
        (MANIFEST, {**SERVES, "extend": {"propose_properties": True}}, False),
        (MANIFEST, {**SERVES, "extend": {"property_settings": [{**CHOICE, "type": "string"}]}}, False),
        (MANIFEST, {**SERVES, "extend": {"property_settings": [{**CHOICE, "choices": None}]}}, False),
        (MANIFEST, {**SERVES, "extend": {"property_settings": [{"name": "n", "type": "number"}]}}, False),
        (MANIFEST, {**SERVES, "defaultTypes": [HERNE, HERNE]}, False),
        (RESULTS, {}, True),
        (RESULTS, {"a": {"result": [CLAIM]}, "b": {"result": []}}, True),
        (
            RESULTS,
            {"a": {"result": [{**CLAIM, "features": [{"id": "f", "value": -3.1}, {"id": "g", "value": False}]}]}},
            True,
        ),
        (RESULTS, {"a": {}}, False),
        (RESULTS, {"a": [CLAIM]}, False),
        (RESULTS, [{"result": [CLAIM]}], False),
        (RESULTS, {"a": {"result": [{key: value for key, value in CLAIM.items() if key != "id"}]}}, False),
        (RESULTS, {"a": {"result": [{**CLAIM, "score": "100"}]}}, False),
        (RESULTS, {"a": {"result": [{**CLAIM, "features": [{"id": "f", "value": "much"}]}]}}, False),
        (
            SUGGESTIONS,
            {"result": [{**HERNE, "description": "city", "notable": [HERNE]}, {**HERNE, "broader": [HERNE]}]},
            True,
        ),
        (SUGGESTIONS, [HERNE], False),
        (SUGGESTIONS, {"result": [{"id": "05916000"}]}, False),
        (SUGGESTIONS, {"result": [{**HERNE, "notable": HERNE}]}, False),
        (PROPOSAL, {"properties": [HERNE], "type": "municipality", "limit": 3}, True),
        (PROPOSAL, {"type": "municipality", "limit": 3}, False),
        (
            EXTENSION,
            row(HERNE, {**HERNE, "description": "city"}, {}, service="https://c.example", type={"id": "t"}),
            True,
        ),
        (EXTENSION, row({"str": "x"}, {"int": 4}, {"float": 4.5}, {"date": "2026-11-22T08:30:00+01:00"}), True),
        (EXTENSION, row({"label": "Herne"}), False),
        (EXTENSION, row({"str": "x", "label": "y"}), False),
        (EXTENSION, row({**HERNE, "type": "municipality"}), False),
        (EXTENSION, row({"int": 4.5}), False),
        (EXTENSION, row({"date": "2026-11-22"}), False),
        (EXTENSION, row({"date": "2026-13-22T00:00:00"}), False),
        (EXTENSION, row(service="c.example"), False),
        (EXTENSION, row(type="municipality"), False),
        (EXTENSION, {"meta": [], "rows": [{"id": "05916000", "properties": []}]}, False),
        (EXTENSION, {"rows": {}}, False),
    ],
)
def test_the_schemas_tell_answers_of_the_specification_from_others(
    schema: dict[str, Any], answer: object, valid: bool
) -> None:
    """The table has the mistakes that the specification's own examples warn of."""
    assert jsonschema.Draft202012Validator(schema).is_valid(answer) == valid


def test_manifest(client: FlaskClient) -> None:
    response = client.get("/reconcile")

    jsonschema.validate(response.json, OURS)
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
        ({"query": "Herne", "properties": [{"pid": "ags", "v": []}, {"pid": "land", "v": ""}]}, "05916000"),
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
        {"query": "Herne", "type_strict": []},
        {"query": "Herne", "properties": {"pid": "land"}},
        {"query": "Herne", "properties": {}},
        {"properties": []},
        {"properties": [{"pid": "ags", "v": [" "]}]},
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
    german, english = (found["bad"]["error"]["message"][name].partition(": ")[2] for name in ("de", "en"))
    assert german
    assert english
    assert german != english


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"queries": "{"}, 400, "bad-request"),
        ({"queries": "[]"}, 400, "bad-request"),
        ({"queries": "[" * 100_000}, 400, "bad-request"),
        ({"queries": "{}", "callback": "f"}, 400, "no-jsonp"),
        ({"queries": '{"a": {"limit": 1}, "b": {"query": "Herne", "props": []}}'}, 400, "bad-query"),
        ({"queries": '{"queries": [{"query": "Herne"}]}'}, 400, "bad-query"),
        ({}, 400, "bad-request"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(BATCH_SIZE + 1)})}, 413, "batch-too-large"),
        ({"extend": "[]"}, 400, "bad-request"),
        ({"extend": '{"ids": "05916000", "properties": []}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"name": "land"}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "no-such"}]}'}, 400, "unknown-property"),
        ({"extend": '{"ids": [], "properties": [{"id": "land", "settings": []}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "land", "settings": {"content": "all"}}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "land", "settings": {"limit": "few"}}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "land", "settings": {"limit": -1}}]}'}, 400, "bad-request"),
        ({"extend": '{"ids": [], "properties": [{"id": "land", "settings": {"limit": 1.5}}]}'}, 400, "bad-request"),
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
    found = client.get(f"/reconcile/suggest/{service}", query_string={"prefix": prefix}).json

    assert expected in [one["id"] for one in found["result"]]
    jsonschema.validate(found, SUGGESTIONS)


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


def test_proposed_properties_fit_the_type(client: FlaskClient) -> None:
    found = client.get("/reconcile/properties", query_string={"type": "person", "limit": "2"}).json

    jsonschema.validate(found, PROPOSAL)
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
