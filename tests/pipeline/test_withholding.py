"""A kept snapshot that names what was withdrawn is found by nobody any more, and goes when nobody holds it."""

import datetime
import json
from pathlib import Path

import pytest

from chefsache.content import withdrawn
from chefsache.pipeline import building
from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot, SnapshotError, find, hold, home, kept, sweep
from chefsache.pipeline.withholding import withhold_withdrawn

PERSON = "https://w3id.org/chefsache/id/person-erika-mustermann"
NAME = '<http://xmlns.com/foaf/0.1/name> "Erika Mustermann" .\n'
OTHER = f"<https://w3id.org/chefsache/id/person-albert> {NAME}"


def made(digest: str, text: str) -> Snapshot:
    place = home() / "snapshots" / digest
    (place / "dumps").mkdir(parents=True)
    (place / "dumps" / ASSERTED).write_text(text, encoding="utf-8")
    (place / "snapshot.json").write_text(json.dumps({"digest": digest, "as_of": "2026-11-22"}), encoding="utf-8")
    return Snapshot(place, digest, datetime.date(2026, 11, 22))


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The table of what was withdrawn, with one person; and a home of its own."""
    place = tmp_path / "withdrawn.csv"
    place.write_text(f"sha256,day\n{withdrawn.digest(PERSON)},2026-11-22\n", encoding="utf-8")
    monkeypatch.setattr(withdrawn, "table", lambda: place)
    monkeypatch.setenv("CHEFSACHE_HOME", str(tmp_path / "home"))
    return place


@pytest.fixture
def snapshots(table: Path) -> tuple[Snapshot, Snapshot, Snapshot]:
    """One that names the person, one that does not, and the one that is served."""
    return made("a" * 16, f"{OTHER}<{PERSON}> {NAME}"), made("b" * 16, OTHER), made("c" * 16, OTHER)


def test_what_names_the_withdrawn_goes(snapshots: tuple[Snapshot, Snapshot, Snapshot]) -> None:
    first, second, served = snapshots

    assert withhold_withdrawn(served) == [first]
    assert not first.path.exists()
    assert set(kept()) == {second, served}
    assert withhold_withdrawn(served) == []


def test_nothing_goes_where_nothing_was_withdrawn(snapshots: tuple[Snapshot, Snapshot, Snapshot], table: Path) -> None:
    table.unlink()

    assert withhold_withdrawn(snapshots[2]) == []
    assert set(kept()) == set(snapshots)


def test_what_is_held_is_hidden_at_once_and_goes_later(snapshots: tuple[Snapshot, Snapshot, Snapshot]) -> None:
    first, _, served = snapshots
    with hold(first):
        withhold_withdrawn(served)
        sweep()

        assert find(first.digest) is None
        assert first not in kept()
        assert (first.dumps_path / ASSERTED).is_file()
        with pytest.raises(SnapshotError):
            hold(first)
    sweep()

    assert not first.path.exists()


def test_a_snapshot_without_its_dump_goes_too(snapshots: tuple[Snapshot, Snapshot, Snapshot]) -> None:
    _, second, served = snapshots
    (second.dumps_path / ASSERTED).unlink()

    assert second in withhold_withdrawn(served)


def test_a_build_withholds(
    snapshots: tuple[Snapshot, Snapshot, Snapshot], small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the snapshot of the files stands already."""
    first, second, served = snapshots
    monkeypatch.setattr(building.identity, "digest", lambda _: served.digest)
    monkeypatch.setenv("CHEFSACHE_ROOT", str(small_root))
    said: list[str] = []

    assert building.build(said.append) == served
    assert said == ["withhold"]
    assert (find(first.digest), find(second.digest)) == (None, second)
