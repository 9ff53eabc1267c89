"""Values that nobody means are refused with a reason; none of them is an error of ours."""

from typing import Any

import pytest
from flask import Flask

LONG = "1" * 5000
HALF = "\\ud800"
JSON, CSV, TEXT = ({"content_type": kind} for kind in ("application/json", "text/csv", "text/plain"))


def extend(settings: str) -> str:
    return f'{{"ids": ["05916000"], "properties": [{{"id": "ags", "settings": {settings}}}]}}'


@pytest.mark.parametrize(
    ("address", "given", "status", "code"),
    [
        ("/catalog.ttl", {"page": LONG}, 404, "no-such-page"),
        ("/catalog", {"page": "0"}, 404, "no-such-page"),
        ("/catalog.html", {"page": "2²"}, 404, "no-such-page"),
        ("/reconcile", {"extend": extend('{"limit": Infinity}')}, 400, "bad-request"),
        ("/reconcile", {"extend": extend('{"limit": NaN}')}, 400, "bad-request"),
        ("/reconcile", {"queries": f'{{"q{HALF}": {{"query": "Herne"}}}}'}, 400, "bad-request"),
        ("/reconcile", {"queries": f'{{"q": {{"query": "Herne", "type": "{HALF}"}}}}'}, 400, "bad-request"),
        ("/reconcile/properties", {"limit": "-1"}, 400, "parameter"),
        ("/reconcile/properties", {"limit": LONG}, 400, "parameter"),
        ("/reconcile/suggest/entity", {"prefix": "He", "cursor": "x"}, 400, "parameter"),
        ("/reconcile/suggest/type", {"cursor": "²"}, 400, "parameter"),
        ("/search.json", {"q": "Herne", "kind": "x"}, 400, "parameter"),
        ("/search", {"q": "Herne", "kind": "x"}, 400, "parameter"),
    ],
)
def test_in_the_address(app: Flask, address: str, given: dict[str, str], status: int, code: str) -> None:
    response = app.test_client().get(address, query_string=given, headers={"Accept": "application/json, */*;q=0.1"})

    assert response.status_code == status
    assert response.get_json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (f'["{HALF}"]', JSON, 400),
        ("[" * 100_000, JSON, 400),
        ("uri\n" + "x" * 200_000, CSV, 400),
        ("DEA36\rHerne\r", TEXT, 200),
        ('"DEA36","a\nb"\r\nHerne\r\n', CSV, 200),
    ],
)
def test_in_a_body(app: Flask, body: str, kind: dict[str, Any], status: int) -> None:
    """Lines may end as on old machines, and fields hold ends of lines."""
    response = app.test_client().post("/lookup?format=json", data=body, **kind)

    assert response.status_code == status
    if status == 200:
        assert [row["input"] for row in response.get_json()["result"]] == ["DEA36", "Herne"]


def test_a_decimal_number_is_no_key(app: Flask) -> None:
    response = app.test_client().get("/lookup", query_string={"uri": "0.5"}, headers={"Accept": "application/json"})

    assert response.get_json()["result"] == [{"input": "0.5", "status": "not-found", "by": "name"}]


def test_endless_numbers_are_as_good_as_none(app: Flask) -> None:
    response = app.test_client().get("/reconcile", query_string={"extend": extend('{"limit": 1e400}')})

    assert [value["str"] for value in response.get_json()["rows"]["05916000"]["ags"]] == ["05916000"]


@pytest.mark.parametrize("address", ["/static/chefsache.css", "/graphs?default"])
def test_parts_of_what_comes_from_the_disk(app: Flask, address: str) -> None:
    """A part, one that there is not, and one in a unit that nobody knows (RFC 9110, 14.2)."""
    client = app.test_client()
    part, none, other = (
        client.get(address, headers={"Range": text, "Accept-Encoding": "identity"}, buffered=True)
        for text in ("bytes=0-9", "bytes=99999999-", "lines=1-2")
    )

    assert (part.status_code, len(part.data)) == (206, 10)
    assert none.status_code == 416
    assert none.headers["Content-Range"] == f"bytes */{len(other.data)}"
    assert other.status_code == 200


@pytest.mark.parametrize("address", ["/dumps", "/questions", "/timeline", "/reconcile", "/sparql"])
def test_a_slash_at_the_end_changes_nothing(app: Flask, address: str) -> None:
    """Neither what is answered nor which methods there are."""
    client = app.test_client()
    for method, status in (("GET", 200), ("HEAD", 200), ("PUT", 405), ("TRACE", 405)):
        assert {client.open(place, method=method).status_code for place in (address, f"{address}/")} == {status}


@pytest.mark.parametrize("address", ["/graphs", "/graph/x"])
def test_options_name_only_what_there_is(app: Flask, address: str) -> None:
    """What is refused with 405 is not allowed either."""
    response = app.test_client().options(address)

    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_page_shows_the_beginning(app: Flask, query: str) -> None:
    """However much there is: the page says that there is more, and so does a header."""
    response = app.test_client().get("/sparql", query_string={"query": query, "format": "html", "lang": "en"})

    assert response.headers["Chefsache-Truncated"] == "rows=500"
    assert "The page shows the first 500" in response.text
    assert len(response.data) < 400_000
    few = app.test_client().get("/sparql", query_string={"query": query, "format": "html", "rows": "3"})
    assert few.headers["Chefsache-Truncated"] == "rows=3"
