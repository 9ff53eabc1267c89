"""What all tests share: one snapshot of the repository's graph, and the rule that nothing is left out in silence."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from werkzeug.serving import make_server

from chefsache.content.files import turtle_files
from chefsache.content.questions import questions
from chefsache.content.turtle import parse
from chefsache.pipeline import building, identity
from chefsache.pipeline.loading import Content
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.local import LocalStore
from chefsache.web import assets

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files instead of comparing with them")


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be renewed."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for snapshots that all test processes of one run share, far from the user's own.

    With ``CHEFSACHE_TEST_HOME`` several runs share one, and a graph that did not change is built once.
    """
    base = tmp_path_factory.getbasetemp()
    own = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "home"
    folder = Path(os.environ.get("CHEFSACHE_TEST_HOME") or own)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["CHEFSACHE_HOME"] = str(folder)
    for name in ("CHEFSACHE_ROOT", "CHEFSACHE_AS_OF", "CHEFSACHE_STORE", "CHEFSACHE_PUBLIC_URL", "CHEFSACHE_HOSTS"):
        os.environ.pop(name, None)
    return folder


@pytest.fixture(scope="session")
def snapshot(home: Path) -> Snapshot:
    """The snapshot of the repository's graph."""
    assert home.is_dir()
    return building.build()


@pytest.fixture(scope="session")
def answer(snapshot: Snapshot):
    """A function that answers a question: ``answer("who-steers", day=["2019-06-01"])`` -> (columns, rows)."""
    return _asking(LocalStore.of(snapshot))


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two cities: ontology, shapes and queries as they stand, and golden data of Herne and Gladbeck."""
    folder = tmp_path_factory.mktemp("small")
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "CITATION.cff", folder)
    place = folder / "data/municipalities/nrw"
    place.mkdir(parents=True)
    shutil.copy(ROOT / "tests/golden/graph/herne-and-gladbeck.ttl", place / "herne.ttl")
    return folder


@pytest.fixture(scope="session")
def small_content() -> Content:
    """The golden graph of Herne and Gladbeck under the ontology and shapes as they stand."""
    return _content("herne-and-gladbeck.ttl")


@pytest.fixture(scope="session")
def served() -> Callable[[Flask], AbstractContextManager[str]]:
    """A function that serves an application over HTTP meanwhile, and gives its address."""
    return _served


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    http = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}"
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture(scope="session")
def gladbeck(small_content: Content) -> Content:
    """Gladbeck's part of it, for engines that take their time."""
    return Content({
        file: [triple for triple in triples if "05562014" in str(triple.subject)]
        if file.stem == "herne-and-gladbeck" else triples
        for file, triples in small_content.files.items()
    })  # fmt: skip


@pytest.fixture(scope="session")
def golden_answer():
    """The same on a small fixed graph: Herne, Gladbeck and hard cases of others, as they stood when it was fixed."""
    return _asking(LocalStore(building.check(_content("*.ttl"), identity.as_of_day()).store))


def _content(pattern: str) -> Content:
    graph = sorted((Path(__file__).parent / "golden/graph").glob(pattern))
    return Content({file: parse(file) for file in [*turtle_files("ontology", "shapes"), *graph]})


def _asking(store: LocalStore):
    known = questions()

    def ask(name: str, **values: list[str]) -> tuple[list[str], list[list[str]]]:
        question = known[name]
        table = store.rows(question.fill(store.resolved(question, values), "2026-11-22"))
        return list(table.columns), [list(row) for row in table.rows]

    return ask


@pytest.fixture(scope="session")
def required():
    """A function that finds a program: ``required("virtuoso-t")`` -> its path; a missing one is left out aloud."""
    return _required


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium; without one the test is left out, and fails where all tests must run."""
    return _required("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def curl() -> str:
    """The path of curl; without one the test is left out, and fails where all tests must run."""
    return _required("curl")


@pytest.fixture(scope="session")
def linux() -> None:
    """Elsewhere the test is left out, and fails where all tests must run."""
    if sys.platform != "linux":
        _leave_out("this is done on Linux alone")


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of an installed nginx; like Chromium."""
    return _required("nginx", "/usr/sbin/nginx")


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    """The path of systemd-analyze, which needs no running systemd; like Chromium."""
    return _required("systemd-analyze")


@pytest.fixture(scope="session")
def frontend() -> Path:
    """The folder of the front end, built and with its packages; otherwise as with Chromium."""
    folder = ROOT / "server/frontend"
    if not assets.built() or not (folder / "node_modules/axe-core").is_dir():
        _leave_out("the front end is not built (make frontend)")
    return folder


def _required(*names: str) -> str:
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or _leave_out(f"{names[0]} is not installed")


def _leave_out(reason: str) -> NoReturn:
    if os.environ.get("CHEFSACHE_TEST_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
