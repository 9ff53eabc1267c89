"""A store behind that misbehaves: every failure has its error, in time, and nothing of what it says leaks."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from chefsache.store import errors
from chefsache.store.limits import Limits
from chefsache.store.protocol import Query
from chefsache.store.remote import RemoteStore

JSON = "application/sparql-results+json"
WHOLE = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"typed-literal","datatype":"http://e/d","value":"1"}}]}}'
NODES = b'{"head":{"vars":["x"]},"results":{"bindings":[%s]}}' % b",".join(
    [b'{"x":{"type":"bnode", "value":"nodeID://b7"}}'] * 4000
)
#: Name in the query -> status, headers, body.
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "whole": (200, {"Content-Type": f"{JSON}; charset=utf-8"}, WHOLE),
    "nodes": (200, {"Content-Type": JSON}, NODES),
    "page": (200, {"Content-Type": "text/html"}, b"<h1>SecretStore 7.1</h1>"),
    "nonsense": (200, {"Content-Type": JSON}, b"SecretStore"),
    "halved": (200, {"Content-Type": JSON}, WHOLE[:60]),
    "short": (200, {"Content-Type": JSON, "Content-Length": "9999"}, WHOLE[:90]),
    "partial": (200, {"Content-Type": JSON, "X-SQL-State": "S1TAT"}, WHOLE),
    "capped": (200, {"Content-Type": JSON, "X-SPARQL-MaxRows": "10"}, WHOLE),
    "moved": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "locked": (401, {}, b"SecretStore"),
    "refused": (400, {}, b"SecretStore Error SP030: SPARQL compiler, line 7: at 10.0.0.1"),
    "crashed": (500, {}, b"SecretStore stack trace"),
    "late": (504, {}, b"SecretStore"),
    "busy": (503, {}, b"SecretStore"),
}
seen: list[dict[str, list[str]]] = []


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the name in the query says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        seen.append(fields)
        text = fields["query"][0]
        if "trickle" in text:
            self._trickle()
            return
        status, headers, body = ANSWERS[next((name for name in ANSWERS if f"<x:{name}>" in text), "whole")]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = "short" in text

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for letter in WHOLE * 100:
            try:
                self.wfile.write(bytes([letter]))
                time.sleep(0.05)
            except OSError:
                return

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """Callers that hang up are part of the tests."""

    def handle_error(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def store() -> Iterator[RemoteStore]:
    with QuietServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://user:password@127.0.0.1:{server.server_port}/sparql"
        limits = Limits(seconds=10, workers=1, patience=30, memory_mb=256)
        with RemoteStore(url, ("x:a", "x:b"), "x:merge", limits) as store:
            store.wait_ready()
            yield store
        server.shutdown()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("page", errors.RemoteStoreError),
        ("nonsense", errors.RemoteStoreError),
        ("halved", errors.RemoteStoreError),
        ("short", errors.RemoteStoreError),
        ("partial", errors.CutError),
        ("capped", errors.CutError),
        ("moved", errors.RemoteStoreError),
        ("locked", errors.RemoteStoreError),
        ("refused", errors.EvaluationError),
        ("crashed", errors.RemoteStoreError),
        ("late", errors.DeadlineError),
        ("busy", errors.RemoteStoreError),
    ],
)
def test_failures(store: RemoteStore, name: str, error: type[errors.StoreError]) -> None:
    with pytest.raises(error) as caught:
        store.query(Query(f"SELECT * {{ ?s <x:{name}> ?x }}"))

    said = json.dumps([caught.value.message, caught.value.details])
    assert not [word for word in ("Secret", "127.0.0.1", "10.0.0.1", "password", "compiler") if word in said]
    assert name != "refused" or "line 7" in said


def test_trickling_answer_ends_in_time(store: RemoteStore) -> None:
    """The limit is one for the whole answer, not for each byte."""
    store.query(Query("ASK { ?s <x:whole> ?x }")).read()
    started = time.monotonic()
    with pytest.raises(errors.DeadlineError):
        store.query(Query("SELECT * { ?s <x:trickle> ?x }", seconds=0.5))

    assert time.monotonic() - started < 1.5


def test_answer_is_written_anew(store: RemoteStore) -> None:
    assert store.query(Query("SELECT ?x { ?s <x:whole> ?x }", "text/tab-separated-values")).read() == (
        b'?x\n"1"^^<http://e/d>\n'
    )
    assert json.loads(store.query(Query("ASK { ?s <x:whole> ?x }")).read()) == {"head": {}, "boolean": True}


def test_blank_nodes_of_virtuoso(store: RemoteStore) -> None:
    """Also where their name lies across two pieces of the stream."""
    found = json.loads(store.query(Query("SELECT ?x { ?s <x:nodes> ?x }")).read())["results"]["bindings"]

    assert found == [{"x": {"type": "bnode", "value": "b7"}}] * 4000


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        (Query("SELECT * { ?s ?p ?o }"), ["x:merge"], ["urn:x-chefsache:no-graph"]),
        (Query("SELECT * { GRAPH ?g { ?s ?p ?o } }"), ["x:merge"], ["x:a", "x:b"]),
        (Query("SELECT * FROM <x:a> { ?s ?p ?o }"), ["x:a"], ["urn:x-chefsache:no-graph"]),
        (Query("SELECT * FROM <x:a> { ?s ?p ?o }", named_graphs=("x:b",)), ["urn:x-chefsache:no-graph"], ["x:b"]),
    ],
)
def test_dataset_goes_beside_the_query(store: RemoteStore, query: Query, default: list[str], named: list[str]) -> None:
    store.query(query).read()

    assert (seen[-1]["default-graph-uri"], seen[-1]["named-graph-uri"]) == (default, named)
    assert "FROM" not in seen[-1]["query"][0]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (<bif:http_get>('x') AS ?x) {}",
        "PREFIX b: <sql:> SELECT (b:f() AS ?x) {}",
        r"BASE <\u0062if:x> SELECT (<http_get>() AS ?x) {}",
    ],
)
def test_functions_of_one_engine_are_refused(store: RemoteStore, text: str) -> None:
    before = len(seen)
    with pytest.raises(errors.QueryError):
        store.query(Query(text))

    assert len(seen) == before


def test_endpoint_that_is_not_there() -> None:
    with RemoteStore("http://127.0.0.1:9/", (), "", Limits(seconds=5, workers=1, patience=30)) as store:
        store.wait_ready()
        with pytest.raises(errors.RemoteStoreError):
            store.query(Query("ASK {}"))

        assert not store.ready()
