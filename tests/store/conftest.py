"""A tiny store of its own, and real servers on loopback, on ports that the system chooses."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits

LIMITS = Limits(seconds=10.0, memory_mb=192, result_mb=4, workers=3, patience=10.0, waiting=8)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oxigraph") / "store"
    store = ox.Store(str(path))
    for number in range(300):
        thing = ox.NamedNode(f"http://example.org/{number}")
        store.add(
            ox.Quad(thing, ox.NamedNode("http://example.org/next"), ox.NamedNode(f"http://example.org/{number + 1}"))
        )
        store.add(
            ox.Quad(thing, ox.NamedNode("http://example.org/name"), ox.Literal(f"Nummer {number}", language="de"))
        )
    graph = ox.NamedNode("http://example.org/graph")
    store.add(ox.Quad(graph, ox.NamedNode("http://example.org/name"), ox.Literal("named"), graph))
    store.flush()
    del store
    return path


@pytest.fixture(scope="session")
def store(folder: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(folder, LIMITS, {"ex": "http://example.org/"}) as store:
        store.wait_ready()
        yield store


VIRTUOSO_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
ServerThreads = 20
CheckpointInterval = 0
DirsAllowed = {folder}, {shared}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 12
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 3
"""
#: The most rows that the Virtuoso of the tests gives out; its own limit, not ours.
VIRTUOSO_ROWS = 30_000


@pytest.fixture(scope="session")
def oxigraph_server():
    """Serve N-Quads with Oxigraph's own server."""
    return _oxigraph


@pytest.fixture(scope="session")
def virtuoso_server():
    """Serve N-Quads with Virtuoso."""
    return _virtuoso


@pytest.fixture(scope="session")
def virtuoso_sql():
    """Run an empty Virtuoso, and give it commands."""
    return _virtuoso_sql


@contextmanager
def _oxigraph(program: str, folder: Path, quads: Path) -> Iterator[str]:
    """Serve N-Quads with Oxigraph's own server; its default graph is the one of the file."""
    store = folder / "oxigraph"
    subprocess.run([program, "load", "-l", store, "--file", quads], check=True, capture_output=True)
    port = _free_port()
    command = [program, "serve-read-only", "-l", str(store), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder / "oxigraph.out"):
        url = f"http://127.0.0.1:{port}/query"
        _wait(lambda: httpx.post(url, data={"query": "ASK {}"}).is_success, 10)
        yield url


@contextmanager
def _virtuoso(program: str, isql: str, folder: Path, quads: Path) -> Iterator[str]:
    """Serve N-Quads with Virtuoso, every graph of the file by its name."""
    with _virtuoso_sql(program, isql, folder) as (run, url):
        # 512: the file is N-Quads.
        run(f"DB.DBA.TTLP(file_to_string_output('{quads}'), '', 'urn:x:none', 512);")
        yield url


@contextmanager
def _virtuoso_sql(program: str, isql: str, folder: Path) -> Iterator[tuple[Callable[[str], str], str]]:
    """Run an empty Virtuoso; a function that gives it commands of SQL and returns what it says, and its endpoint."""
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(
        VIRTUOSO_INI.format(folder=folder, sql=sql, http=http, rows=VIRTUOSO_ROWS, shared=folder.parent)
    )
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    plain = ["VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"]

    def run(text: str) -> str:
        client = [isql, f"127.0.0.1:{sql}", "dba", "dba", *plain, f"exec={text}"]
        said = subprocess.run(client, capture_output=True, text=True, timeout=120)
        assert "Error" not in said.stdout + said.stderr, said.stdout + said.stderr
        return said.stdout

    with _running(command, folder / "virtuoso.out"):
        _wait(lambda: "Server online" in (folder / "virtuoso.out").read_text(), 120)
        yield run, f"http://127.0.0.1:{http}/sparql"


@contextmanager
def _running(command: list[str], output: Path) -> Iterator[None]:
    with output.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, process_group=0)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(ready: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
