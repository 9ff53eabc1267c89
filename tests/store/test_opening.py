"""Which store answers is a matter of the environment; a setting that cannot work is refused by name."""

import datetime
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.errors import ParameterError
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.store.loading import write_for_loader
from chefsache.store.opening import StoreSettings, open_store
from chefsache.store.remote import RemoteStore

REMOTE = "https://store.example.org/sparql"


@pytest.fixture
def small(folder: Path, tmp_path: Path) -> Snapshot:
    shutil.copytree(folder, tmp_path / "snapshot/store")
    return Snapshot(tmp_path / "snapshot", "0" * 16, datetime.date(2026, 1, 1))


@pytest.mark.parametrize(
    "environment",
    [
        {"CHEFSACHE_STORE": "store.example.org"},
        {"CHEFSACHE_STORE": "file:///etc/passwd"},
        {"CHEFSACHE_SERVICES": "https://a.example.org/sparql,b"},
        {"CHEFSACHE_SERVICES": "https://a.example.org/x/../sparql"},
        {"CHEFSACHE_SERVICES": REMOTE, "CHEFSACHE_STORE": "http://127.0.0.1:1/"},
        {"CHEFSACHE_STORE_DEFAULT_GRAPH": "merge"},
    ],
)
def test_refuses_settings_that_cannot_work(environment: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="|".join(environment)):
        StoreSettings.from_env(environment)


def test_says_no_password() -> None:
    with pytest.raises(ValueError, match="CHEFSACHE_STORE") as caught:
        StoreSettings.from_env({"CHEFSACHE_STORE": "https://me:secret@store.example.org/a b"})

    assert "secret" not in str(caught.value)


def test_opens_what_is_asked_for(small: Snapshot) -> None:
    limits = Limits(workers=1)
    with (
        open_store(small, limits, StoreSettings()) as embedded,
        open_store(small, limits, StoreSettings(REMOTE)) as far,
    ):
        assert isinstance(embedded, EmbeddedStore)
        assert isinstance(far, RemoteStore)


def test_writes_for_a_loader(small: Snapshot, tmp_path: Path) -> None:
    """Nothing is missing, and the merge has the name that was asked for."""
    plain = set(ox.parse(path=str(write_for_loader(small, tmp_path)), format=ox.RdfFormat.N_QUADS))
    named = set(ox.parse(path=str(write_for_loader(small, tmp_path, "urn:x:merge")), format=ox.RdfFormat.N_QUADS))

    assert len(plain) == len(named) == 601
    assert {str(quad.graph_name) for quad in plain} == {"DEFAULT", "<http://example.org/graph>"}
    assert {str(quad.graph_name) for quad in named} == {"<urn:x:merge>", "<http://example.org/graph>"}


@pytest.mark.parametrize("name", ["merge", "http://example.org/graph"])
def test_name_that_the_merge_cannot_have(small: Snapshot, tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterError):
        write_for_loader(small, tmp_path, name)
