"""SERVICE calls the listed endpoints and nothing else."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chefsache.store import errors, guard
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.store.protocol import Query

OPEN = "http://127.0.0.1:2/sparql"
SERVICES = frozenset({OPEN})
REFUSED = [
    "ASK { SERVICE ?x { } }",
    "ASK { SERVICE SILENT ?x { } }",
    "ASK { SERVICE <http://127.0.0.1:2/sparql2> { } }",
    "ASK { SERVICE <http://127.0.0.1:2/sparql?x> { } }",
    "ASK { SERVICE <HTTP://127.0.0.1:2/sparql> { } }",
    "ASK { SERVICE <http://127.0.0.1:2/x/../sparql> { } }",
    "BASE <http://127.0.0.1:2/> ASK { SERVICE <sparql> { } }",
    "BASE <http://127.0.0.1:2/> ASK { SERVICE <> { } }",
    "PREFIX s: <http://127.0.0.1:2/> ASK { SERVICE s:sparql { } }",
    r"ASK { SERVICE <http://127.0.0.1:2/sp\u0061rql> { } }",
    r"ASK { SERVIC\u0045 <http://127.0.0.1:1/> { } }",
    "ASK { SERVICE <http://127.0.0.1:2/sparql> { SERVICE <http://127.0.0.1:1/> { } } }",
    "ASK { SERVICE <http://127.0.0.1:2/sparql> { } SERVICE ?x { } }",
    "ASK { SERVICESILENT <http://127.0.0.1:2/sparql> { } }",
    "ASK { FILTER(?a<'>')SERVICE<http://127.0.0.1:1/>{?s ?p 'x'} }",
]
FRAGMENTS = [
    "SERVICE", "service ", " SILENT ", f"<{OPEN}>", f"SERVICE <{OPEN}> {{?s ?p ?o}}", f"SERVICE<{OPEN}>", "<http://127.0.0.1:1/>",
    ":x", "SERVICE:x{}", "{?s ?p ?o}", "{}", "?a", "<", "<'>", "'>'", "'", "'''", '"', "#", "\n", " ", "(", ")", "{",
    "}", "FILTER(", "VALUES ?x", "true", "1", "\\u0027", "&&", ">", "EXISTS", "GRAPH :g", ".",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_others_are_refused(text: str) -> None:
    with pytest.raises(errors.ServiceError):
        guard.inspect(text, SERVICES)


@pytest.mark.parametrize("text", [f"ASK {{ SERVICE <{OPEN}> {{ }} }}", f"ASK {{service silent<{OPEN}>{{ }} }}"])
def test_listed_one_passes(text: str) -> None:
    assert guard.inspect(text, SERVICES).calls
    with pytest.raises(errors.ServiceError):
        guard.inspect(text)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=9),
    st.sampled_from(["ASK {%s}", "ASK {FILTER(?a%s}", "ASK { ?s ?p %s }"]),
)
def test_what_passes_calls_no_other(parts: list[str], frame: str) -> None:
    """Nothing listens on these ports; the engine's complaint says which one it tried."""
    text = "PREFIX : <http://127.0.0.1:1/> " + frame % "".join(parts)
    try:
        guard.inspect(text, SERVICES)
    except errors.QueryError:
        return
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("1")))
    try:
        list(store.query(text))  # type: ignore[arg-type]
    except (SyntaxError, TypeError):
        return
    except OSError as error:
        assert ":1/" not in str(error)  # noqa: PT017


class Endpoint(BaseHTTPRequestHandler):
    """Answers at /sparql; sends callers of /moved elsewhere."""

    asked: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(self.path)
        body = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"from afar"}}]}}'
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.asked.append(self.path)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    Endpoint.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_call(endpoint: str, folder: Path) -> None:
    """A listed endpoint is asked; a redirect is not followed; the words of neither leak."""
    services = frozenset({f"{endpoint}/sparql", f"{endpoint}/moved"})
    limits = Limits(seconds=5, workers=1, patience=30, memory_mb=192)
    with EmbeddedStore(folder, limits, services=services) as store:
        store.wait_ready()
        found = json.loads(store.query(Query(f"SELECT ?o {{ SERVICE <{endpoint}/sparql> {{ ?s ?p ?o }} }}")).read())
        with pytest.raises(errors.CalledServiceError) as caught:
            store.query(Query(f"SELECT ?o {{ SERVICE <{endpoint}/moved> {{ ?s ?p ?o }} }}"))

    assert [row["o"]["value"] for row in found["results"]["bindings"]] == ["from afar"]
    assert Endpoint.asked == ["/sparql", "/moved"]
    assert "127.0.0.1" not in str(caught.value)
