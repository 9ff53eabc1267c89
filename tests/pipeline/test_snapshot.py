"""A snapshot is whole, immutable, reproducible to the byte, and switched in one step."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.files import turtle_files
from chefsache.pipeline import building
from chefsache.pipeline.snapshot import Snapshot, current, find

BUILD = [sys.executable, "-c", "from chefsache.cli import main; main(['build'])"]


def checksums(folder: Path) -> dict[str, str]:
    """Everything but the store, whose files are the engine's own affair."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "store" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def small(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A snapshot of two cities, in a home of its own, so that building it again is quick."""
    monkeypatch.setenv("CHEFSACHE_ROOT", str(small_root))
    monkeypatch.setenv("CHEFSACHE_HOME", str(tmp_path / "home"))
    return building.build()


def test_another_process_gives_the_same_bytes(small: Snapshot, tmp_path: Path) -> None:
    """Same files and day, another home, another hash seed, another time zone: same digest, same bytes."""
    home = tmp_path / "other"
    environment = os.environ | {"CHEFSACHE_HOME": str(home), "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run(BUILD, env=environment, check=True, capture_output=True, timeout=300)
    other = (home / "current").resolve()

    assert other.name == small.digest
    assert checksums(other) == checksums(small.path)


def test_the_as_of_day_is_an_input(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another day gives another snapshot, whose view differs, and whose statements do not."""
    monkeypatch.setenv("CHEFSACHE_AS_OF", "2019-06-01")
    other = building.build()

    assert other.digest != small.digest
    assert (other.dumps_path / "chefsache.nt").read_bytes() == (small.dumps_path / "chefsache.nt").read_bytes()
    assert _view(other) != _view(small)


def _view(snapshot: Snapshot) -> set[str]:
    store = ox.Store.read_only(str(snapshot.store_path))
    view = ox.NamedNode("https://w3id.org/chefsache/graph/as-of-release")
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, view)}


def test_a_second_build_does_nothing(small: Snapshot) -> None:
    """Where the digest stands, nothing is built."""
    steps: list[str] = []

    assert building.build(steps.append) == small
    assert steps == []
    assert current() == small
    assert find(small.digest) == small


def test_the_default_graph_is_the_merge(small: Snapshot) -> None:
    """A triple that two files state counts once; the as-of view is not part of it; each file is a named graph."""
    store = ox.Store.read_only(str(small.store_path))
    named = {
        quad.triple for quad in store if quad.graph_name != ox.DefaultGraph() and "as-of" not in str(quad.graph_name)
    }
    merged = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    names = {graph.value for graph in store.named_graphs()}

    assert len(merged) == len(set(merged))
    assert set(merged) == named
    assert len(names) == len(turtle_files()) + 3
    assert "https://w3id.org/chefsache/graph/data/municipalities/nrw/herne" in names


def test_a_triple_of_two_files_counts_once(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count over the default graph is that of the merge, although two named graphs hold the triple."""
    root = Path(shutil.copytree(small_root, tmp_path / "root"))
    herne = (root / "data/municipalities/nrw/herne.ttl").read_text(encoding="utf-8")
    prefixes = herne.split("\n\n")[0]
    (root / "data/twice.ttl").write_text(
        f'{prefixes}\n\nid:05916000\n    skos:prefLabel "Herne"@de ;\n.\n', encoding="utf-8"
    )
    monkeypatch.setenv("CHEFSACHE_ROOT", str(root))
    monkeypatch.setenv("CHEFSACHE_HOME", str(tmp_path / "home"))
    store = ox.Store.read_only(str(building.build().store_path))
    label = '<https://w3id.org/chefsache/id/05916000> <http://www.w3.org/2004/02/skos/core#prefLabel> "Herne"@de'

    def count(pattern: str) -> str:
        rows = list(store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"))
        return rows[0]["n"].value

    assert count(f"{label}") == "1"
    assert count(f"GRAPH ?g {{ {label} }}") == "2"


def test_dumps_agree_with_each_other_and_the_store(small: Snapshot) -> None:
    """Every format of a flavour holds the same statements; the checksums hold."""
    store = ox.Store.read_only(str(small.store_path))
    size = len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    for flavour in ("chefsache-asserted", "chefsache"):
        counts = {
            suffix: len(
                {quad.triple for quad in ox.parse(path=str(small.dumps_path / f"{flavour}.{suffix}"), format=format_)}
            )
            for suffix, format_ in (
                ("ttl", ox.RdfFormat.TURTLE),
                ("trig", ox.RdfFormat.TRIG),
                ("nt", ox.RdfFormat.N_TRIPLES),
                ("nq", ox.RdfFormat.N_QUADS),
                ("jsonld", ox.RdfFormat.JSON_LD),
                ("rdf", ox.RdfFormat.RDF_XML),
            )
        }
        assert len(set(counts.values())) == 1, counts
        assert flavour == "chefsache-asserted" or counts["nt"] == size
    for line in (small.dumps_path / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((small.dumps_path / name).read_bytes()).hexdigest() == digest


def test_a_killed_build_leaves_nothing_behind(small: Snapshot, tmp_path: Path) -> None:
    """After SIGKILL at any moment there is no half snapshot, and the next build succeeds."""
    home = tmp_path / "killed"
    environment = os.environ | {"CHEFSACHE_HOME": str(home)}
    for delay in (0.8, 1.6, 2.4, 3.2):
        process = subprocess.Popen(BUILD, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for left in (home / "snapshots").glob("*"):
            assert (left / "snapshot.json").is_file()
    subprocess.run(BUILD, env=environment, check=True, capture_output=True, timeout=300)

    assert (home / "current").resolve().name == small.digest
    assert not list(home.glob("building-*"))


def test_old_snapshots_go(small: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CHEFSACHE_KEEP snapshots stay, the newest first, the current one always."""
    monkeypatch.setenv("CHEFSACHE_KEEP", "2")
    folder = tmp_path / "home" / "snapshots"
    for number, name in enumerate(("older", "old")):
        (folder / name).mkdir()
        os.utime(folder / name, (number, number))
    building.build()

    assert {path.name for path in folder.iterdir()} == {"old", small.digest}
