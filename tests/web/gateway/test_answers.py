"""How answers travel: what they vary by, validators, codings, parts, and answers that are kept."""

import gzip
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.settings import Settings

ASK = "/sparql?query=ASK%20%7B%7D"


@pytest.mark.parametrize(
    ("address", "accept", "vary"),
    [
        ("/questions", "text/html", {"Accept-Encoding", "Accept-Language"}),
        ("/questions?lang=en", "text/html", {"Accept-Encoding"}),
        ("/id/05916000", "text/turtle", {"Accept"}),
        ("/vocab/staff-unit.ttl", "text/turtle", {"Accept-Encoding"}),
        ("/shapes", "text/html", {"Accept", "Accept-Encoding", "Accept-Language"}),
        ("/shapes", "text/turtle", {"Accept", "Accept-Encoding"}),
        (ASK, "*/*", {"Accept", "Accept-Encoding"}),
        ("/dumps/SHA256SUMS", "*/*", set()),
    ],
)
def test_vary_names_what_was_looked_at(client: FlaskClient, address: str, accept: str, vary: set[str]) -> None:
    response = client.get(address, headers={"Accept": accept})

    assert set(response.headers.get("Vary", "").split(", ")) - {""} == vary


def test_validator_changes_with_what_makes_the_page(
    made: Any, snapshot: Snapshot, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, public: Settings
) -> None:
    """A corrected template or query makes a new edition of the same snapshot; so does another public address."""
    first = made().get("/questions").headers["ETag"]
    other = made(replace(public, public_url="https://other.example.org")).get("/questions").headers["ETag"]
    monkeypatch.setattr("chefsache.web.gateway.edition._making", lambda: "corrected")
    corrected = made().get("/questions").headers["ETag"]

    assert len({first, other, corrected}) == 3


def test_coded_head_and_conditional(client: FlaskClient) -> None:
    """HEAD is GET without the body; each coding is validated by its own tag, and sent as 304."""
    tags = set()
    for coding in ("identity", "gzip", "br", "zstd"):
        headers = {"Accept-Encoding": coding}
        got, head = client.get("/questions", headers=headers), client.head("/questions", headers=headers)
        known = client.get("/questions", headers={**headers, "If-None-Match": f'"x", W/{got.headers["ETag"]}'})
        tags.add(got.headers["ETag"])
        assert got.headers.get("Content-Encoding", "identity") == coding
        assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))
        assert head.data == b""
        assert (known.status_code, known.data) == (304, b"")
        assert {"ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"} <= set(known.headers.keys())
        assert "Content-Length" not in known.headers
    assert len(tags) == 4


def test_parts_of_dumps_are_not_coded(client: FlaskClient) -> None:
    headers = {"Range": "bytes=0-6", "Accept-Encoding": "gzip"}
    part = client.get("/dumps/chefsache.ttl", headers=headers, buffered=True, follow_redirects=True)

    assert (part.status_code, len(part.data)) == (206, 7)
    assert "Content-Encoding" not in part.headers


def test_large_answers_come_piece_by_piece(client: FlaskClient) -> None:
    """Not kept, so coded as they go; whole at the end."""
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 9000", "format": "csv"}
    plain = client.get("/sparql", query_string=query)
    coded = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})

    assert len(plain.data) > 1_000_000
    assert gzip.decompress(coded.data) == plain.data


@pytest.mark.parametrize(
    "address", ["/questions", "/dumps/", "/vocab/staff-unit.html", "/vocab/staff-unit.ttl", "/id/05916000", ASK]
)
def test_answers_from_memory(made: Any, lines: list[dict[str, Any]], address: str, settings: Settings) -> None:
    """The second answer is the first, but for its id; in another language it is another."""
    client = made(settings)
    answers = [client.get(address, headers={"Accept": "text/html"}) for _ in range(2)]
    first, second = ({**response.headers, "X-Request-ID": ""} for response in answers)
    english = client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"})

    assert first == second
    assert answers[0].data == answers[1].data
    assert [line["cache"] for line in lines[:2]] == ["miss", "hit"]
    if "Accept-Language" in first.get("Vary", ""):
        assert english.data != answers[0].data


def test_equal_queries_at_once_take_one_worker(made: Any, lines: list[dict[str, Any]], settings: Settings) -> None:
    client: FlaskClient = made(settings)
    app = client.application
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s a <http://xmlns.com/foaf/0.1/Person> }"}

    def ask() -> None:
        app.test_client().get("/sparql", query_string=query)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert [line["status"] for line in lines] == [200] * 6
    assert len([line for line in lines if "query_ms" in line]) == 1


def test_applications_share_no_answers(made: Any, lines: list[dict[str, Any]], settings: Settings) -> None:
    for _ in range(2):
        made(settings).get(ASK)

    assert [line["cache"] for line in lines] == ["miss", "miss"]
