"""Servers as people start them, each on a home of its own with snapshots of a tiny graph."""

import datetime
import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

PROGRAM = """
import datetime, json, resource, sys
from pathlib import Path
from chefsache.content.errors import ChefsacheError
from chefsache.pipeline.snapshot import current
from chefsache.web.serve import serve
size = int(sys.argv[3])
if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    serve(current(), port=int(sys.argv[1]), workers=int(sys.argv[2]))
except ChefsacheError as error:
    sys.exit(str(error))
"""
#: An answer of some 40 MB, and one that no deadline here is long enough for.
BIG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAME = "SELECT ?o { <http://example.org/0> <http://example.org/name> ?o }"


def make_snapshot(home: Path, digest: str) -> Path:
    """A snapshot whose thing 0 is named like the snapshot; what is said of it elsewhere is left out."""
    place = home / "snapshots" / digest
    (place / "dumps").mkdir(parents=True)
    store = ox.Store(str(place / "store"))
    named, following = ox.NamedNode("http://example.org/name"), ox.NamedNode("http://example.org/next")
    for number in range(300):
        thing = ox.NamedNode(f"http://example.org/{number}")
        store.add(ox.Quad(thing, named, ox.Literal(digest if number == 0 else f"Nummer {number}")))
        store.add(ox.Quad(thing, following, ox.NamedNode(f"http://example.org/{number + 1}")))
    store.flush()
    dump = b"<http://example.org/0> <http://example.org/name> 'x' .\n" * 2000
    (place / "dumps" / "chefsache.nt").write_bytes(dump)
    file = {"name": "chefsache.nt", "bytes": len(dump), "sha256": hashlib.sha256(dump).hexdigest()}
    file |= {"dataset": "chefsache", "flavour": "complete", "format": "nt", "packing": "", "count": 2000, "since": ""}
    (place / "dumps.json").write_text(json.dumps({"files": [file]}))
    for name in ("report.json", "statistics.json"):
        (place / name).write_text(
            json.dumps({"counts": {}, "triples": 600, "graphs": {}, "classes": {}, "properties": {}})
        )
    stated = {"digest": digest, "as_of": datetime.date(2026, 11, 22).isoformat()}
    (place / "snapshot.json").write_text(json.dumps(stated))
    return place


def publish(home: Path, digest: str) -> None:
    """Point `current` elsewhere in one step, as a build does."""
    fresh = home / ".fresh"
    fresh.symlink_to(Path("snapshots") / digest)
    fresh.replace(home / "current")


class Server:
    """One running server."""

    def __init__(self, home: Path, workers: int = 1, file_size: int = 0, **environment: str) -> None:
        with socket.socket() as free:
            # Below the ports that connections start from: who waits for a server there would find itself.
            free.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
            self.port = free.getsockname()[1]
        self.home, self.temporary = home, home / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self._errors = home / f"stderr-{self.port}"
        variables = os.environ | {"CHEFSACHE_HOME": str(home), "TMPDIR": str(self.temporary)}
        variables |= {"CHEFSACHE_QUERY_SECONDS": "30"} | environment
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(self.port), str(workers), str(file_size)],
                env=variables, stdout=subprocess.DEVNULL, stderr=errors, process_group=0,
            )  # fmt: skip

    def wait_ready(self) -> "Server":
        """Wait until it answers."""
        self.until(lambda: self.status("/health/ready") == 200, "ready")
        return self

    def until(self, holds: Callable[[], object], what: str, seconds: float = 30) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"not {what} in {seconds} s; {self.errors}"
            time.sleep(0.05)

    @property
    def errors(self) -> str:
        """What it wrote to standard error."""
        return self._errors.read_text(errors="replace")

    def status(self, path: str) -> int:
        """The status of an answer, 0 where there is none."""
        try:
            return self.get(path)[0]
        except OSError:
            return 0

    def get(self, path: str, source: str = "127.0.0.1", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask once, on a connection of its own, from an address of the loopback network."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def query(
        self, text: str, kind: str = "text/csv", source: str = "127.0.0.1"
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask a query."""
        return self.get(f"/sparql?query={quote(text)}", source, Accept=kind)

    def connect(self, request: str, source: str = "127.0.0.1") -> socket.socket:
        """Send the head of a request, and return the connection with nothing read from it."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))
        connection.sendall(f"{request}\r\nHost: 127.0.0.1\r\nAccept: text/csv\r\n\r\n".encode())
        return connection

    def servers(self) -> list[int]:
        """The processes that take requests."""
        return _children(self.process.pid)

    def query_workers(self) -> list[int]:
        """The processes that run queries."""
        return [worker for server in self.servers() for worker in _children(server)]

    def left_over(self) -> list[str]:
        """Temporary files: while it runs but for its lock, afterwards folders as well."""
        running = self.process.poll() is None
        return [
            path.name for path in self.temporary.rglob("*") if not (running and (path.is_dir() or path.name == "lock"))
        ]

    def terminate(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """End it at once, if it still runs."""
        self.process.kill()
        self.process.wait()


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(status.parent.name))
    return sorted(found)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home with two snapshots, of which `old` is current."""
    for digest in ("old", "new"):
        make_snapshot(tmp_path, digest)
    publish(tmp_path, "old")
    return tmp_path


@pytest.fixture
def serving(place: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers on that home, and ends them."""
    running: list[Server] = []

    def start(workers: int = 1, file_size: int = 0, **environment: str) -> Server:
        running.append(Server(place, workers, file_size, **environment))
        return running[-1]

    yield start
    for server in running:
        server.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a module that do it no harm."""
    home = tmp_path_factory.mktemp("served")
    make_snapshot(home, "old")
    publish(home, "old")
    running = Server(home, CHEFSACHE_QUERY_SECONDS="5", CHEFSACHE_QUERY_MEMORY_MB="256").wait_ready()
    yield running
    running.kill()
