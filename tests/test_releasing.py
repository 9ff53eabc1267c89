"""A release is made only where everything agrees, is complete, and has the same bytes whenever it is made."""

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from chefsache import releasing
from chefsache.content.files import release
from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot
from chefsache.releasing import NotReleasableError

CHEF = "https://w3id.org/chefsache/ontology#"
TERM = f'<{CHEF}old> <http://www.w3.org/2000/01/rdf-schema#label> "old"@en .\n'
DEPRECATED = (
    f'<{CHEF}old> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
)
DAY = datetime.date(2026, 11, 22)


def snapshot(folder: Path, text: str = TERM) -> Snapshot:
    (folder / "dumps").mkdir(parents=True)
    (folder / "dumps" / ASSERTED).write_text(text, encoding="utf-8")
    return Snapshot(folder, "a" * 16, DAY)


def test_release_is_the_same_to_the_byte_and_its_checksums_hold(tmp_path: Path) -> None:
    made = snapshot(tmp_path / "s")
    for name in ("one", "two"):
        releasing.write_release("v2026.11.1", made, b"# catalogue\n", tmp_path / name)
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))

    assert first == second
    assert set(first) == {ASSERTED, "catalog.ttl", "NOTES.md", "SHA256SUMS"}
    assert b"The first release" in first["NOTES.md"]
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "one", check=True)
    with pytest.raises(NotReleasableError, match="already"):
        releasing.write_release("v2026.11.1", made, b"", tmp_path / "one")


def test_notes_say_what_changed(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "s").dumps_path
    releasing.write_release(
        "v2026.11.2", snapshot(tmp_path / "t", TERM.replace('"old"', '"aged"')), b"", tmp_path / "n", before
    )

    assert ": aged, before old" in (tmp_path / "n" / "NOTES.md").read_text(encoding="utf-8")


def test_lost_iri_stops_a_release(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "s").dumps_path

    with pytest.raises(NotReleasableError, match=f"{CHEF}old"):
        releasing.write_release("v2026.11.2", snapshot(tmp_path / "t", ""), b"", tmp_path / "n", before)
    assert not (tmp_path / "n").exists()


def test_deprecated_term_needs_its_migration_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "root", lambda: tmp_path)
    before, after = snapshot(tmp_path / "s").dumps_path, snapshot(tmp_path / "t", TERM + DEPRECATED)

    with pytest.raises(NotReleasableError, match="migration"):
        releasing.write_release("v2026.11.2", after, b"", tmp_path / "n", before)
    query = tmp_path / "queries/migration/2026.11.2.rq"
    query.parent.mkdir(parents=True)
    query.write_text("SELECT * WHERE { ?s ?p ?o }\n", encoding="utf-8")
    releasing.write_release("v2026.11.2", after, b"", tmp_path / "n", before)

    assert (tmp_path / "n/migration.rq").read_bytes() == query.read_bytes()


@pytest.mark.parametrize("name", ["2026.11.1", "v2026.13.1", "v2026.11.0", "v2026.11", "v2026.11.1-rc"])
def test_name_has_one_form(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotReleasableError, match="vYYYY"):
        releasing.check_release(name, snapshot(tmp_path / "s"))


def test_citation_day_and_checkout_must_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version in CITATION.cff, month of the release day, committed files, the tag: each alone stops it."""
    made, git = snapshot(tmp_path / "s"), shutil.which("git") or "git"

    def run(*arguments: str) -> None:
        subprocess.run(
            [git, "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], cwd=tmp_path, check=True
        )

    with pytest.raises(NotReleasableError, match=f"version is {release()}"):
        releasing.check_release("v2026.11.1", made)
    monkeypatch.setattr(releasing, "root", lambda: tmp_path)
    monkeypatch.setattr(releasing, "release", lambda: "2026.12.1")
    with pytest.raises(NotReleasableError, match="another month"):
        releasing.check_release("v2026.12.1", made)
    monkeypatch.setattr(releasing, "release", lambda: "2026.11.1")
    run("init", "-q")
    with pytest.raises(NotReleasableError, match="uncommitted"):
        releasing.check_release("v2026.11.1", made)
    run("add", "-A")
    run("commit", "-q", "-m", "x")
    with pytest.raises(NotReleasableError, match="no such tag"):
        releasing.check_release("v2026.11.1", made)
    run("tag", "v2026.11.1")
    releasing.check_release("v2026.11.1", made)
