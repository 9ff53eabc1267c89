"""The reconciliation service claims what people would, and answers a batch as Entity Reconciliation API 0.2 says."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.web.matching.reconcile_requests import BATCH_SIZE, MAX_IDS

Ask = Callable[..., dict[str, Any]]
Claim = Callable[..., str]


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
def test_claims_what_people_would(claimed: Claim, text: str, expected: str) -> None:
    assert claimed(text) == expected


def test_ambiguous_names_are_offered(asked: Ask) -> None:
    """What is not claimed is listed all the same, the likeliest first."""
    found = asked(a={"query": "Frankfurt", "limit": 2}, b={"query": "GKD", "limit": 4}, c={"query": "CDO"})

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
def test_types_and_properties(asked: Ask, query: dict[str, Any], expected: str) -> None:
    found = asked(q=query)["q"]["result"]

    assert next((one["id"] for one in found if one["match"]), "") == expected


def test_should_prefers_and_does_not_exclude(asked: Ask) -> None:
    found = asked(q={"query": "Recklinghausen", "type": "district", "type_strict": "should"})["q"]["result"]

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
def test_a_bad_query_does_not_lose_the_others(asked: Ask, query: object) -> None:
    found = asked(good={"query": "Herne"}, bad=query)

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


def test_get_answers_as_post_does(asked: Ask, client: FlaskClient) -> None:
    queries = json.dumps({"q": {"query": "Gladbeck"}})

    assert client.get("/reconcile", query_string={"queries": queries}).json == asked(q={"query": "Gladbeck"})
