"""The schemas that our answers are held against tell answers of the specification from others."""

from typing import Any

import jsonschema
import pytest

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


@pytest.mark.parametrize(
    ("schema", "answer", "valid"),
    [
        ("manifest", SERVES, True),
        (
            "manifest",
            {**SERVES, "versions": ["0.1", "0.2"], "documentation": "https://c.example/doc", "batchSize": 9},
            True,
        ),
        ("manifest", {**SERVES, "feature_view": {"url": "https://c.example/f/{{id}}"}, "preview": FRAME}, True),
        ("manifest", {**SERVES, "authentication": {"type": "apiKey", "name": "key", "in": "query"}}, True),
        ("manifest", {**SERVES, "suggest": {"type": {"service_path": "/t", "flyout_service_path": "/f/${id}"}}}, True),
        ("manifest", {**SERVES, "extend": {"property_settings": [CHOICE]}, "defaultTypes": [HERNE]}, True),
        ("manifest", {key: value for key, value in SERVES.items() if key != "versions"}, False),
        ("manifest", {key: value for key, value in SERVES.items() if key != "identifierSpace"}, False),
        ("manifest", {**SERVES, "versions": ["0.1"]}, False),
        ("manifest", {**SERVES, "documentation": 5}, False),
        ("manifest", {**SERVES, "authentication": {"password": "x"}}, False),
        ("manifest", {**SERVES, "view": {"url": "https://c.example/{id}"}}, False),
        ("manifest", {**SERVES, "feature_view": {"url": "https://c.example/f"}}, False),
        ("manifest", {**SERVES, "preview": {"url": FRAME["url"]}}, False),
        ("manifest", {**SERVES, "suggest": {"entity": True}}, False),
        ("manifest", {**SERVES, "suggest": {"entity": {"flyout_service_path": "/f/{id}"}}}, False),
        ("manifest", {**SERVES, "extend": {"propose_properties": True}}, False),
        ("manifest", {**SERVES, "extend": {"property_settings": [{**CHOICE, "type": "string"}]}}, False),
        ("manifest", {**SERVES, "extend": {"property_settings": [{**CHOICE, "choices": None}]}}, False),
        ("manifest", {**SERVES, "extend": {"property_settings": [{"name": "n", "type": "number"}]}}, False),
        ("manifest", {**SERVES, "defaultTypes": [HERNE, HERNE]}, False),
        ("results", {}, True),
        ("results", {"a": {"result": [CLAIM]}, "b": {"result": []}}, True),
        (
            "results",
            {"a": {"result": [{**CLAIM, "features": [{"id": "f", "value": -3.1}, {"id": "g", "value": False}]}]}},
            True,
        ),
        ("results", {"a": {}}, False),
        ("results", {"a": [CLAIM]}, False),
        ("results", [{"result": [CLAIM]}], False),
        ("results", {"a": {"result": [{key: value for key, value in CLAIM.items() if key != "id"}]}}, False),
        ("results", {"a": {"result": [{**CLAIM, "score": "100"}]}}, False),
        ("results", {"a": {"result": [{**CLAIM, "features": [{"id": "f", "value": "much"}]}]}}, False),
        (
            "suggestions",
            {"result": [{**HERNE, "description": "city", "notable": [HERNE]}, {**HERNE, "broader": [HERNE]}]},
            True,
        ),
        ("suggestions", [HERNE], False),
        ("suggestions", {"result": [{"id": "05916000"}]}, False),
        ("suggestions", {"result": [{**HERNE, "notable": HERNE}]}, False),
        ("proposal", {"properties": [HERNE], "type": "municipality", "limit": 3}, True),
        ("proposal", {"type": "municipality", "limit": 3}, False),
        (
            "extension",
            row(HERNE, {**HERNE, "description": "city"}, {}, service="https://c.example", type={"id": "t"}),
            True,
        ),
        ("extension", row({"str": "x"}, {"int": 4}, {"float": 4.5}, {"date": "2026-11-22T08:30:00+01:00"}), True),
        ("extension", row({"label": "Herne"}), False),
        ("extension", row({"str": "x", "label": "y"}), False),
        ("extension", row({**HERNE, "type": "municipality"}), False),
        ("extension", row({"int": 4.5}), False),
        ("extension", row({"date": "2026-11-22"}), False),
        ("extension", row({"date": "2026-13-22T00:00:00"}), False),
        ("extension", row(service="c.example"), False),
        ("extension", row(type="municipality"), False),
        ("extension", {"meta": [], "rows": [{"id": "05916000", "properties": []}]}, False),
        ("extension", {"rows": {}}, False),
    ],
)
def test_the_schemas_tell_answers_of_the_specification_from_others(
    schemas: dict[str, dict[str, Any]], schema: str, answer: object, valid: bool
) -> None:
    """The table has the mistakes that the specification's own examples warn of."""
    assert jsonschema.Draft202012Validator(schemas[schema]).is_valid(answer) == valid
