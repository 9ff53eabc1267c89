"""What is logged, what is not, and what an error of ours tells the client."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from chefsache.store.embedded import EmbeddedStore
from chefsache.web.gateway import bounds
from chefsache.web.settings import Settings

ASK = "/sparql?query=ASK%20%7B%7D"


def test_logs_tell_nothing_of_the_client(made: Any, lines: list[dict[str, Any]], capsys: Any, public: Settings) -> None:
    """One line a request, with no address, no agent and no query, in both forms."""
    for form in ("text", "json"):
        client = made(replace(public, log=form))
        client.get(
            "/sparql?query=ASK%20%7B%7D%23Geheimnis",
            headers={"User-Agent": "Secret/1.0", "Referer": "http://secret.example", "Cookie": "secret=1"},
        )
        client.get("/sparql?query=Geheimnis")
    written = capsys.readouterr().err
    parsed = [json.loads(line) for line in written.splitlines() if line.startswith("{")]

    assert len(written.splitlines()) == 4
    assert not re.search("198.51|Geheimnis|ecret", written)
    assert [line["outcome"] for line in parsed] == ["ok", "syntax"]
    assert parsed[0].keys() >= {"time", "id", "method", "path", "status", "bytes", "ms", "cache", "query", "query_ms"}
    assert parsed[0]["query"] != parsed[1]["query"]
    assert [line["outcome"] for line in lines] == ["ok", "syntax"] * 2


def test_an_error_beside_the_query_is_an_error(made: Any, lines: list[dict[str, Any]], settings: Settings) -> None:
    """The page of a query that fails is logged as failed, and nobody keeps it."""
    response = made(settings).get("/sparql?query=SELECT", headers={"Accept": "text/html"})

    assert response.status_code == 400
    assert 'aria-describedby="problem"' in response.text
    assert (response.headers["Cache-Control"], response.headers.get("ETag")) == ("no-store", None)
    assert [line["outcome"] for line in lines] == ["syntax"]


def test_logs_can_be_off(made: Any, capsys: Any, public: Settings) -> None:
    made(replace(public, log="off")).get("/health/live")

    assert capsys.readouterr().err == ""


def test_log_lines_cannot_be_forged(made: Any, lines: list[dict[str, Any]], settings: Settings) -> None:
    client = made(settings)
    client.get("/a%0Atime=forged%20status=200")

    assert lines[0]["path"] == "/a%0Atime%3Dforged%20status%3D200"


def test_our_errors_say_only_their_id(
    made: Any, lines: list[dict[str, Any]], store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """The trace is in the log under the same id."""

    def broken(*_: Any) -> None:
        raise RuntimeError("a secret of the server")

    client = made(settings)
    monkeypatch.setattr(EmbeddedStore, "query", broken)
    response = client.get(ASK)

    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert [line["id"] for line in lines if line["error"]] == [response.headers["X-Request-ID"]]
    assert response.json["error"]["request_id"] == response.headers["X-Request-ID"]


def test_even_a_broken_gateway_answers(made: Any, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(bounds, "refusal", broken)
    response = made(settings).get("/")

    assert (response.status_code, response.json["error"]["code"]) == (500, "internal-server-error")
    assert "secret" not in response.text


def test_given_up_streams_are_closed_and_said_so(made: Any, lines: list[dict[str, Any]], settings: Settings) -> None:
    client = made(settings)
    response = client.get("/dumps/chefsache.nt", headers={"Accept-Encoding": "gzip"}, follow_redirects=True)
    next(response.iter_encoded())
    response.close()

    assert lines[-1]["outcome"] == "aborted"
    assert 0 < lines[-1]["bytes"] < 1_000_000
