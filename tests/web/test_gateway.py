"""What stands in front of the pages: bounds, CORS, request ids, rates, kept answers, codings, logs, metrics."""

# ruff: noqa: E501  (one case a line)

import gzip
import json
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web import bounds, logs
from chefsache.web.app import create_app
from chefsache.web.clients import Networks
from chefsache.web.rates import RateLimits
from chefsache.web.settings import Settings

SETTINGS = Settings(limits=Limits(seconds=3.0, memory_mb=256, result_mb=2, workers=3))
ASK = "/sparql?query=ASK%20%7B%7D"
PUBLIC = replace(
    SETTINGS,
    public_url="https://graph.example.org",
    hosts=frozenset({"localhost"}),  # as the test client calls it
    proxies=Networks.read("10.0.0.0/8"),
    rates=RateLimits(requests=10, seconds=60, burst=1, places=1, patience=0.1),
)


@pytest.fixture
def made(snapshot: Snapshot, store: EmbeddedStore) -> Any:
    """A function that makes an application with other settings, as the world sees it."""

    def make(settings: Settings = PUBLIC) -> FlaskClient:
        app = create_app(snapshot, store, settings)
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
        return client

    yield make
    logs.start(SETTINGS.log)


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """The fields of what is logged meanwhile."""
    found: list[dict[str, Any]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append({**record.__dict__["fields"], "error": record.exc_info})

    handler = Handler()
    loggers = [logging.getLogger(name) for name in ("chefsache.requests", "chefsache.errors")]
    for logger in loggers:
        logger.addHandler(handler)
    yield found
    for logger in loggers:
        logger.removeHandler(handler)


REFUSED = {
    "host": (421, "unknown-host", {"headers": {"Host": "evil.example"}}),
    "two hosts": (421, "unknown-host", {"headers": {"Host": "localhost:80,evil.example"}}),
    "two hosts in brackets": (421, "unknown-host", {"headers": {"Host": "[::1],evil.example"}}),
    "no host": (421, "unknown-host", {"headers": {"Host": ""}}),
    "address": (414, "address-too-long", {"query_string": "query=" + "x" * bounds.ADDRESS_BYTES}),
    "fields": (400, "too-many-fields", {"query_string": "a&" * bounds.FIELDS}),
    "form fields": (400, "too-many-fields", {"method": "POST", "data": "a=b&" * (bounds.FIELDS + 1), "content_type": "application/x-www-form-urlencoded"}),
    "headers": (431, "headers-too-large", {"headers": {f"X-{number}": "x" for number in range(bounds.HEADERS)}}),
    "header": (431, "headers-too-large", {"headers": {"Accept": "x" * bounds.HEADER_BYTES}}),
    "all headers": (431, "headers-too-large", {"headers": {f"X-{number}": "x" * 8000 for number in range(5)}}),
    "body": (413, "body-too-large", {"method": "POST", "data": b" " * (bounds.BODY_BYTES + 1), "content_type": "application/sparql-query"}),
    "length": (400, "length", {"method": "POST", "environ_overrides": {"CONTENT_LENGTH": "-1"}}),
    "coding": (406, "no-such-coding", {"headers": {"Accept-Encoding": "identity;q=0, compress"}}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bounds(client: FlaskClient, case: str) -> None:
    """Each refusal has our shape, both languages, the request's id, and CORS."""
    status, code, request = REFUSED[case]
    response = client.open("/sparql", **request)
    error = json.loads(response.data)["error"]

    assert (response.status_code, error["code"]) == (status, code)
    assert error["message"].keys() == {"de", "en"}
    assert error["request_id"] == response.headers["X-Request-ID"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("size", [bounds.BODY_BYTES + 1, 1_000_001])
def test_a_body_without_length_is_bounded_too(client: FlaskClient, size: int) -> None:
    """And never cut in silence."""
    chunked = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    response = client.post(
        "/sparql", data=b" " * size, content_type="application/sparql-query", environ_overrides=chunked
    )

    assert response.status_code == 413


def test_a_body_that_breaks_off_is_not_read(client: FlaskClient) -> None:
    response = client.post(
        "/sparql",
        data=b"ASK {}",
        content_type="application/sparql-query",
        environ_overrides={"CONTENT_LENGTH": "40"},
    )

    assert (response.status_code, response.json["error"]["code"]) == (400, "incomplete")


def test_a_body_without_length_is_read(client: FlaskClient) -> None:
    chunked = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    response = client.post(
        "/sparql", data=b"ASK {}", content_type="application/sparql-query", environ_overrides=chunked
    )

    assert response.json["boolean"] is True


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/questions"},
        {"path": ASK},
        {"path": "/id/05916000"},
        {"path": "/vocab/staff-unit.ttl"},
        {"path": "/nowhere"},
        {"path": "/static/chefsache.css"},
        {"path": "/dumps/SHA256SUMS"},
        {"path": "/health/live"},
        {"path": "/sparql", "method": "DELETE"},
        {"path": "/", "headers": {"Host": "evil.example"}},
        {"path": "/nowhere", "method": "OPTIONS", "headers": {"Access-Control-Request-Method": "POST"}},
        {"path": "/sparql?query=x"},
    ],
    ids=str,
)
def test_every_answer_has_its_headers(client: FlaskClient, request_: dict[str, Any]) -> None:
    response = client.open(**request_)
    page = response.mimetype == "text/html"

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert {"ETag", "Link", "Retry-After", "X-Request-ID", "Chefsache-Truncated"} <= set(
        response.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"[0-9a-f]{16}", response.headers["X-Request-ID"])
    assert "Strict-Transport-Security" not in response.headers
    if response.status_code != 204:
        assert response.headers["Cross-Origin-Resource-Policy"] == ("same-origin" if page else "cross-origin")


def test_strict_transport_where_the_public_address_is_secure(made: Any) -> None:
    assert made().get("/health/live").headers["Strict-Transport-Security"].startswith("max-age=")


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
    made: Any, snapshot: Snapshot, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corrected template or query makes a new edition of the same snapshot; so does another public address."""
    first = made().get("/questions").headers["ETag"]
    other = made(replace(PUBLIC, public_url="https://other.example.org")).get("/questions").headers["ETag"]
    monkeypatch.setattr("chefsache.web.edition._making", lambda: "corrected")
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
def test_answers_from_memory(made: Any, lines: list[dict[str, Any]], address: str) -> None:
    """The second answer is the first, but for its id; in another language it is another."""
    client = made(SETTINGS)
    answers = [client.get(address, headers={"Accept": "text/html"}) for _ in range(2)]
    first, second = ({**response.headers, "X-Request-ID": ""} for response in answers)
    english = client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"})

    assert first == second
    assert answers[0].data == answers[1].data
    assert [line["cache"] for line in lines[:2]] == ["miss", "hit"]
    if "Accept-Language" in first.get("Vary", ""):
        assert english.data != answers[0].data


def test_equal_queries_at_once_take_one_worker(made: Any, lines: list[dict[str, Any]]) -> None:
    client: FlaskClient = made(SETTINGS)
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


def test_applications_share_no_answers(made: Any, lines: list[dict[str, Any]]) -> None:
    for _ in range(2):
        made(SETTINGS).get(ASK)

    assert [line["cache"] for line in lines] == ["miss", "miss"]


def test_rate_of_requests(made: Any) -> None:
    """The eleventh question in a minute waits, in our shape; others are served, health always."""
    client = made()
    codes = [client.get(f"{ASK}%23{number}").status_code for number in range(12)]
    refused = client.get(ASK, headers={"Accept": "application/json"})
    page = client.get("/", headers={"Accept": "text/html", "Accept-Language": "en"})

    assert codes == [200] * 10 + [429] * 2
    assert (refused.json["error"]["code"], refused.headers["Retry-After"]) == ("rate-requests", "6")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert client.get("/health/live").status_code == 200
    assert client.get(ASK, environ_overrides={"REMOTE_ADDR": "198.51.100.2"}).status_code == 200
    assert client.get(ASK, headers={"X-Forwarded-For": "198.51.100.3"}).status_code == 429


def test_rate_of_answers_from_memory(made: Any) -> None:
    """They cost a tenth."""
    client = made()
    codes = [client.get(ASK).status_code for _ in range(60)]

    assert codes == [200] * 60


def test_rate_behind_a_proxy(made: Any) -> None:
    """Clients of a trusted proxy are told apart by what the proxy says, not by what they say."""
    client = made()
    proxy = {"REMOTE_ADDR": "10.0.0.1"}

    def ask(number: int, forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return client.get(f"{ASK}%23{number}", headers=headers, environ_overrides=proxy).status_code

    codes = [ask(number, f"1.1.1.{number}, 198.51.100.7") for number in range(11)]

    assert codes == [200] * 10 + [429]
    assert ask(99, "198.51.100.8") == 200


def test_rate_of_query_time(made: Any) -> None:
    client = made(replace(PUBLIC, rates=replace(PUBLIC.rates, seconds=0.00001)))
    first, second = (client.get(f"{ASK}%23{number}") for number in range(2))

    assert first.status_code == 200
    assert (second.status_code, second.json["error"]["code"]) == (429, "rate-seconds")


def test_a_place_is_held_while_a_stream_goes_out(made: Any) -> None:
    """Who reads slowly occupies a thread; it is given back when the stream is given up."""
    client = made()
    slow = client.get("/dumps/chefsache.nt", follow_redirects=True)
    refused = client.get(ASK)
    slow.close()
    served = client.get(ASK)

    assert (refused.status_code, refused.json["error"]["code"]) == (429, "rate-places")
    assert served.status_code == 200


def test_own_machine_is_not_limited(made: Any) -> None:
    """While nobody else is served, and not where a proxy may stand in between."""
    here = {"REMOTE_ADDR": "127.0.0.1"}
    home = made(replace(SETTINGS, rates=PUBLIC.rates))
    codes = [home.get(f"{ASK}%23{number}", environ_overrides=here).status_code for number in range(12)]
    public = made()
    limited = [public.get(f"{ASK}%23{number}", environ_overrides=here).status_code for number in range(12)]

    assert set(codes) == {200}
    assert limited[-1] == 429


@pytest.mark.parametrize(
    ("peer", "given", "taken"),
    [
        ("10.0.0.1", "abc-123.DEF_4", True),
        ("10.0.0.1", "short", False),
        ("10.0.0.1", "x" * 65, False),
        ("10.0.0.1", "with blank and\tmore", False),
        ("198.51.100.1", "abc-123.DEF_4", False),
    ],
)
def test_request_ids(made: Any, peer: str, given: str, taken: bool) -> None:
    """A trusted proxy may give them; in a page of an error they can be read."""
    response = made().get(
        "/nowhere", headers={"X-Request-ID": given, "Accept": "text/html"}, environ_overrides={"REMOTE_ADDR": peer}
    )

    assert (response.headers["X-Request-ID"] == given) is taken
    assert response.headers["X-Request-ID"] in response.text


def test_logs_tell_nothing_of_the_client(made: Any, lines: list[dict[str, Any]], capsys: Any) -> None:
    """One line a request, with no address, no agent and no query, in both forms."""
    for form in ("text", "json"):
        client = made(replace(PUBLIC, log=form))
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


def test_logs_can_be_off(made: Any, capsys: Any) -> None:
    made(replace(PUBLIC, log="off")).get("/health/live")

    assert capsys.readouterr().err == ""


def test_log_lines_cannot_be_forged(made: Any, lines: list[dict[str, Any]]) -> None:
    client = made(SETTINGS)
    client.get("/a%0Atime=forged%20status=200")

    assert lines[0]["path"] == "/a%0Atime%3Dforged%20status%3D200"


def test_our_errors_say_only_their_id(
    made: Any, lines: list[dict[str, Any]], store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trace is in the log under the same id."""

    def broken(*_: Any) -> None:
        raise RuntimeError("a secret of the server")

    client = made(SETTINGS)
    monkeypatch.setattr(EmbeddedStore, "query", broken)
    response = client.get(ASK)

    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert [line["id"] for line in lines if line["error"]] == [response.headers["X-Request-ID"]]
    assert response.json["error"]["request_id"] == response.headers["X-Request-ID"]


def test_even_a_broken_gateway_answers(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(bounds, "refusal", broken)
    response = made(SETTINGS).get("/")

    assert (response.status_code, response.json["error"]["code"]) == (500, "internal-server-error")
    assert "secret" not in response.text


def test_given_up_streams_are_closed_and_said_so(made: Any, lines: list[dict[str, Any]]) -> None:
    client = made(SETTINGS)
    response = client.get("/dumps/chefsache.nt", headers={"Accept-Encoding": "gzip"}, follow_redirects=True)
    next(response.iter_encoded())
    response.close()

    assert lines[-1]["outcome"] == "aborted"
    assert 0 < lines[-1]["bytes"] < 1_000_000


def test_metrics(made: Any) -> None:
    client = made(SETTINGS)
    here = {"REMOTE_ADDR": "127.0.0.1"}

    def number(name: str) -> float:
        text = client.get("/metrics", environ_overrides=here).text
        return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))

    names = (
        'chefsache_queries_total{outcome="ok"}',
        'chefsache_queries_total{outcome="syntax"}',
        'chefsache_refused_total{limit="address-too-long"}',
        'chefsache_request_seconds_count{area="sparql"}',
        'chefsache_requests_total{area="sparql",cache="hit"',
    )
    before = [number(name) for name in names]
    for address in (ASK, ASK, "/sparql?query=x", "/sparql?query=" + "x" * 40_000):
        client.get(address)
    after = [number(name) for name in names]

    assert [new - old for old, new in zip(before, after, strict=True)] == [2, 1, 1, 4, 1]
    assert number('chefsache_workers{pool="own",state="alive"}') == 2
    assert number("chefsache_kept_bytes") > 0
    assert number("chefsache_snapshot{") == 1


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "198.51.100.1"}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, 403),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 200),
    ],
)
def test_metrics_are_not_public(made: Any, environ: dict[str, str], status: int) -> None:
    assert made().get("/metrics", environ_overrides=environ).status_code == status


def test_ready_while_busy(client: FlaskClient, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Busy is ready; without workers it is not, and says when to ask again."""
    entered, leave = threading.Barrier(3), threading.Event()

    def hold() -> None:
        def job(_: Any) -> tuple[dict[str, Any], bytes]:
            entered.wait(10)
            leave.wait(10)
            return {}, b""

        store._own.run(job)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    busy = client.get("/health/ready")
    leave.set()
    for thread in threads:
        thread.join(10)
    monkeypatch.setattr(store._own, "_closed", True)
    closed = client.get("/health/ready")

    assert (busy.status_code, busy.json["status"]) == (200, "ready")
    assert (closed.status_code, closed.json["reason"], closed.headers["Retry-After"]) == (503, "closed", "5")
