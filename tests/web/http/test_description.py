"""The description is valid, whole, and says of addresses, methods, errors and limits what the code knows."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

import chefsache
from chefsache.store import errors
from chefsache.web.endpoint import sparql_request
from chefsache.web.http import problems
from chefsache.web.overview import browsing

#: What the framework adds to every address, and what is there to say no.
_UNSAID = {"HEAD", "OPTIONS"}
_REFUSING = {"graph_store.refuse", "graph_store.allowed"}
_PROBLEM = re.compile(r'(?:Problem|super\(\).__init__)\(\s*([0-9]{3}),\s*"([a-z-]+)"')
_SLOT = re.compile(r"\{(\w+)\}")
Description = dict[str, Any]


def test_it_is_valid(description: Description) -> None:
    """OpenAPI 3.1, as a validator understands it that nobody here wrote."""
    assert description["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []


def test_every_route_is_described_and_nothing_else(app: Flask, description: Description) -> None:
    """Every described address is routed, with every described method; every route is described by some address."""
    described = {
        (rule.endpoint, rule.rule.rstrip("/"), method.upper())
        for path, item in description["paths"].items()
        for method, operation in item.items()
        for rule in [_route(app, _address(path, operation, description), method)]
    }
    routed = {
        (rule.endpoint, rule.rule.rstrip("/"), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in _REFUSING
        for method in (rule.methods or set()) - _UNSAID
    }

    assert {entry for entry in described if entry[2] not in _UNSAID} == routed
    assert {f"/{name}" for name in browsing.LISTS} <= set(description["paths"])


def test_what_is_read_can_be_asked_for_its_head_and_options(app: Flask) -> None:
    """As the description says of every address at once."""
    methods: dict[str, set[str]] = defaultdict(set)
    for rule in app.url_map.iter_rules():
        methods[rule.rule] |= rule.methods or set()

    assert len(methods) > 60
    assert all({"GET", "HEAD", "OPTIONS"} <= some for some in methods.values())


def test_every_code_of_an_error_is_described_with_its_status(description: Description) -> None:
    """Those in the source, and those of the store by the status that the web gives them."""
    package = Path(chefsache.__file__).parent
    raised = {
        (status, code)
        for path in sorted((package / "web").rglob("*.py"))
        for status, code in _PROBLEM.findall(path.read_text(encoding="utf-8"))
    }
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.StoreError)]
    raised |= {(str(problems.status(kind.__new__(kind))), kind.code) for kind in kinds}
    said = {
        (status, code)
        for status, response in description["components"]["responses"].items()
        for code in _codes(response)
    }

    assert len(raised) > 60
    assert raised - said == set()
    assert said - raised == {("405", "method-not-allowed"), ("500", "internal-server-error")}  # the framework's own


def test_limits_and_questions_are_those_of_the_code(app: Flask, description: Description) -> None:
    """Values are filled in, none is left as a name; each question is there with its parameters."""
    body = description["paths"]["/sparql"]["post"]["requestBody"]["content"]["application/sparql-query"]
    assert body["schema"]["maxLength"] == sparql_request.MAX_BYTES
    assert description["components"]["headers"]["Chefsache-Timeout"]["schema"]["maximum"] == 5.0
    assert description["servers"] == [{"url": "http://127.0.0.1:8000"}]
    questions = app.extensions["chefsache"].questions
    for question in questions.values():
        _, *parameters = description["paths"][f"/questions/{question.name}.{{suffix}}"]["get"]["parameters"]
        assert [parameter["name"] for parameter in parameters] == [parameter.name for parameter in question.parameters]
    assert len(questions) >= 30
    assert [text for text in _texts(description) if text.startswith("=")] == []


def test_everything_has_a_german_title(description: Description) -> None:
    operations = [operation for item in description["paths"].values() for operation in item.values()]

    assert all(operation["summary"] and operation["x-summary-de"] for operation in operations)
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def _route(app: Flask, address: str, method: str) -> Rule:
    """Return the rule that answers an address."""
    try:
        rule, _ = app.url_map.bind("localhost").match(address, method.upper(), return_rule=True)
    except HTTPException as error:
        raise AssertionError(f"{method} {address} is described and no route: {error}") from error
    return rule


def _address(path: str, operation: Description, description: Description) -> str:
    """Fill the slots of a path with an example of each, or a word."""
    values = {}
    for parameter in operation["parameters"]:
        found = _resolved(parameter, description)
        if found["in"] == "path":
            examples = [example["value"] for example in found.get("examples", {}).values()]
            values[found["name"]] = str([*examples, *found["schema"].get("enum", []), "word"][0])
    assert set(values) == set(_SLOT.findall(path)), path
    return _SLOT.sub(lambda slot: values[slot[1]], path)


def _resolved(node: Description, description: Description) -> Description:
    if "$ref" not in node:
        return node
    *_, kind, name = node["$ref"].split("/")
    found: Description = description["components"][kind][name]
    return found


def _codes(response: Description) -> list[str]:
    _, own = response["content"]["application/json"]["schema"]["allOf"]
    codes: list[str] = own["properties"]["error"]["properties"]["code"]["enum"]
    return codes


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []
