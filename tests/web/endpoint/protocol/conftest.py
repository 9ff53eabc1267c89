"""A small dataset of its own, behind Flask's test client and behind the real server."""

import datetime
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.content.names import PREFIXES
from chefsache.pipeline.canonical import canonical
from chefsache.pipeline.dumps import write_dumps
from chefsache.pipeline.loading import Content
from chefsache.pipeline.snapshot import Snapshot
from chefsache.pipeline.statistics import statistics
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

LIMITS = Limits(seconds=5.0, memory_mb=256, result_mb=4, workers=3)
#: Two graphs that share a statement, and one of another base.
DATA = """
PREFIX chef: <https://w3id.org/chefsache/ontology#>
PREFIX graph: <https://w3id.org/chefsache/graph/>
PREFIX id: <https://w3id.org/chefsache/id/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>

<https://w3id.org/chefsache/graph/data/one> {
  id:05916000 skos:prefLabel "Herne"@de ; schema:sameAs wd:Q3118 .
  id:05978 skos:prefLabel "Kreis Unna"@de .
}
<https://w3id.org/chefsache/graph/data/two> {
  id:05916000 skos:prefLabel "Herne"@de .
  id:05916000-office-it a chef:Office ; skos:prefLabel "Amt für „IT“, 2. Stock"@de .
}
<http://example.org/elsewhere> {
  <http://example.org/thing> skos:prefLabel "=1+1" .
}
"""
#: What RDF 1.2 has beyond RDF 1.1; in the store alone, because not every format of the dumps can say it.
RDF12 = """
VERSION "1.2"
PREFIX ex: <http://example.org/>

ex:rdf12 {
  ex:claim ex:says <<( ex:herne ex:mayor ex:dudda )>> .
  ex:herne ex:motto "مرحبا"@ar--rtl .
}
"""
PROGRAM = """
import datetime, sys
from pathlib import Path
from chefsache.pipeline.snapshot import Snapshot
from chefsache.web.serve import serve
serve(Snapshot(Path(sys.argv[1]), "tiny", datetime.date(2026, 11, 22)), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("tiny")
    _publish(folder, ox.parse(DATA, format=ox.RdfFormat.TRIG))
    ox.Store(str(folder / "store")).load(RDF12, format=ox.RdfFormat.TRIG)
    return Snapshot(folder, "tiny", datetime.date(2026, 11, 22))


@pytest.fixture(scope="session")
def two_cities(small_content: Content, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the files state of two cities, and ontology and shapes: a graph with everything that is counted."""
    folder = tmp_path_factory.mktemp("two-cities")
    _publish(folder, small_content.quads())
    return Snapshot(folder, "two-cities", datetime.date(2026, 11, 22))


def _publish(folder: Path, statements: Iterable[ox.Quad]) -> None:
    """Write store, dumps and statistics, as a build does."""
    quads = canonical(statements)
    store = ox.Store(str(folder / "store"))
    store.extend(itertools.chain(quads, (ox.Quad(*quad.triple) for quad in quads)))
    store.flush()
    files = write_dumps(folder / "dumps", quads, quads, datetime.date(2026, 11, 22))
    (folder / "dumps.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    (folder / "snapshot.json").write_text(json.dumps({"digest": folder.name, "as_of": "2026-11-22"}), encoding="utf-8")
    (folder / "statistics.json").write_text(json.dumps(statistics(quads, quads, quads)), encoding="utf-8")


@pytest.fixture(scope="session")
def client(tiny: Snapshot) -> Iterator[FlaskClient]:
    with EmbeddedStore(tiny.store_path, LIMITS, PREFIXES) as store:
        store.wait_ready()
        yield create_app(tiny, store, Settings(limits=LIMITS)).test_client()


@pytest.fixture(scope="session")
def server(tiny: Snapshot) -> Iterator[str]:
    """The address of a server, started as people start it."""
    with socket.socket() as free:
        # Below the ports that connections start from: who waits for a server there would find itself.
        free.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(tiny.path), str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEFSACHE_")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, process_group=0) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/health/ready")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def _wait(address: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
