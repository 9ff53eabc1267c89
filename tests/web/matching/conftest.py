"""The reconciliation service, asked in batches; and what the specification demands of its answers, as JSON schemas."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient


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


SCHEMAS = {
    "manifest": MANIFEST,
    "our manifest": OURS,
    "results": RESULTS,
    "suggestions": SUGGESTIONS,
    "proposal": PROPOSAL,
    "extension": EXTENSION,
}


@pytest.fixture
def client(matching: FlaskClient) -> FlaskClient:
    return matching


@pytest.fixture(scope="session")
def schemas() -> dict[str, dict[str, Any]]:
    return SCHEMAS


@pytest.fixture
def asked(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """A function that sends a batch and returns its answer: ``asked(q={"query": "Herne"})["q"]["result"]``."""

    def ask(**queries: Any) -> dict[str, Any]:
        response = client.post("/reconcile", data={"queries": json.dumps(queries)})
        assert response.status_code == 200, response.text
        jsonschema.validate(response.json, SCHEMAS["results"])
        return response.json

    return ask


@pytest.fixture
def claimed(asked: Callable[..., dict[str, Any]]) -> Callable[..., str]:
    """A function that returns the key that is claimed for a text, or nothing."""

    def claim(text: str, **more: Any) -> str:
        found = asked(q={"query": text, **more})["q"]["result"]
        return next((one["id"] for one in found if one["match"]), "")

    return claim
