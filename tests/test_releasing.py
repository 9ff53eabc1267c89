"""A release is made only where everything agrees, is complete, and has the same bytes whenever it is made."""

import datetime
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from chefsache import releasing
from chefsache.content import releases
from chefsache.content.errors import ContentError
from chefsache.content.files import citation, release, root
from chefsache.content.releases import UNRELEASED
from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot
from chefsache.releasable import NotReleasableError, check_release

BASE = "https://w3id.org/chefsache/"
CHEF = f"{BASE}ontology#"
SERVER = "https://graph.example.org"
TERM = f'<{CHEF}old> <http://www.w3.org/2000/01/rdf-schema#label> "old"@en .\n'
DEPRECATED = (
    f'<{CHEF}old> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
)
DAY = datetime.date(2026, 11, 22)


def ontology(version: str) -> str:
    return f'<{BASE}ontology> <http://www.w3.org/2002/07/owl#versionInfo> "{version}" .\n'


def snapshot(folder: Path, text: str = TERM) -> Snapshot:
    (folder / "dumps").mkdir(parents=True)
    (folder / "dumps" / ASSERTED).write_text(text, encoding="utf-8")
    return Snapshot(folder, "a" * 16, DAY)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has nothing but what names a release: 2026.11.2, after 2026.11.1."""
    place = tmp_path / "project"
    (place / "data").mkdir(parents=True)
    (place / "ontology").mkdir()
    (place / "CITATION.cff").write_text("version: 2026.11.2\ndate-released: 2026-11-22\n", encoding="utf-8")
    (place / "LICENSE-DATA").write_text("CC BY\n", encoding="utf-8")
    (place / "pyproject.toml").write_text('[project]\nversion = "2026.11.2"\n', encoding="utf-8")
    (place / "CHANGELOG.md").write_text(
        "# C\n\n## Unreleased\n- x\n\n## 2026.11.2\n### Added\n- y\n\n## 2026.11.1\n- z\n", encoding="utf-8"
    )
    (place / "data/releases.csv").write_text(
        f"version,day,snapshot,address\n2026.11.1,2026-11-21,{'b' * 16},https://doi.org/10.0000/x\n", encoding="utf-8"
    )
    monkeypatch.setenv("CHEFSACHE_ROOT", str(place))
    return place


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The folder of the release before."""
    place = snapshot(tmp_path / "first").dumps_path
    (place / "CITATION.cff").write_text("version: 2026.11.1\n", encoding="utf-8")
    return place


def test_what_names_the_version_here_agrees() -> None:
    """Citation and package have one version; the ontology's two statements of its own agree."""
    packaged = tomllib.loads((root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = (root() / "ontology/chefsache.ttl").read_text(encoding="utf-8")

    assert packaged == release().replace(UNRELEASED, ".dev0")
    assert releases.VERSION.fullmatch(release().removesuffix(UNRELEASED))
    assert re.search(r'owl:versionInfo "(.+)"', text)[1] == re.search(r"versionIRI <.+/(.+)>", text)[1]
    assert release() not in {made.version for made in releases.releases()}


def test_release_is_the_same_to_the_byte_and_its_checksums_hold(tmp_path: Path, project: Path, first: Path) -> None:
    made = snapshot(tmp_path / "s")
    for name in ("one", "two"):
        releasing.write_release("2026.11.2", made, b"# catalogue\n", tmp_path / name, first)
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))

    assert one == two
    assert set(one) == {ASSERTED, "catalog.ttl", "CITATION.cff", "LICENSE-DATA", "NOTES.md", "SHA256SUMS"}
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "one", check=True)
    with pytest.raises(NotReleasableError, match="already"):
        releasing.write_release("2026.11.2", made, b"", tmp_path / "one", first)


def test_first_release_has_none_before_it(tmp_path: Path, project: Path, first: Path) -> None:
    (project / "data/releases.csv").unlink()
    releasing.write_release("2026.11.2", snapshot(tmp_path / "s"), b"", tmp_path / "n", None)

    assert "The first release" in (tmp_path / "n/NOTES.md").read_text(encoding="utf-8")
    with pytest.raises(NotReleasableError, match=r"expected the folder of no release, not 2026\.11\.1"):
        releasing.write_release("2026.11.2", snapshot(tmp_path / "t"), b"", tmp_path / "m", first)


def test_the_release_before_must_be_the_one_before(tmp_path: Path, project: Path) -> None:
    made = snapshot(tmp_path / "s")
    for wrong in (None, made.dumps_path):
        with pytest.raises(NotReleasableError, match=r"expected the folder of 2026\.11\.1"):
            releasing.write_release("2026.11.2", made, b"", tmp_path / "n", wrong)


def test_notes_say_what_changed_in_data_and_code(tmp_path: Path, project: Path, first: Path) -> None:
    after = snapshot(tmp_path / "t", TERM.replace('"old"', '"aged"') + ontology("2026.11.2"))
    releasing.write_release("2026.11.2", after, b"", tmp_path / "n", first)
    notes = (tmp_path / "n/NOTES.md").read_text(encoding="utf-8")

    assert "since 2026.11.1\n" in notes
    assert ": aged, before old" in notes
    assert notes.endswith("### Added\n- y\n")


def test_lost_iri_stops_a_release(tmp_path: Path, project: Path, first: Path) -> None:
    with pytest.raises(NotReleasableError, match=f"{CHEF}old"):
        releasing.write_release("2026.11.2", snapshot(tmp_path / "t", ""), b"", tmp_path / "n", first)
    assert not (tmp_path / "n").exists()


def test_changed_term_needs_a_version_of_the_ontology(tmp_path: Path, project: Path, first: Path) -> None:
    after = snapshot(tmp_path / "t", TERM.replace('"old"', '"aged"') + ontology("2026.11.1"))

    with pytest.raises(NotReleasableError, match="set owl:versionInfo and owl:versionIRI to 2026"):
        releasing.write_release("2026.11.2", after, b"", tmp_path / "n", first)


def test_deprecated_term_needs_its_migration_query(tmp_path: Path, project: Path, first: Path) -> None:
    stale = snapshot(tmp_path / "u", TERM + DEPRECATED + ontology("2026.11.1"))
    with pytest.raises(NotReleasableError, match=r"set owl:versionInfo.*\n.*missing for"):
        releasing.write_release("2026.11.2", stale, b"", tmp_path / "n", first)
    after = snapshot(tmp_path / "t", TERM + DEPRECATED + ontology("2026.11.2"))
    with pytest.raises(NotReleasableError, match="migration"):
        releasing.write_release("2026.11.2", after, b"", tmp_path / "n", first)
    query = project / "queries/migration/2026.11.2.rq"
    query.parent.mkdir(parents=True)
    query.write_text("SELECT * WHERE { ?s ?p ?o }\n", encoding="utf-8")
    releasing.write_release("2026.11.2", after, b"", tmp_path / "n", first)

    assert (tmp_path / "n/migration.rq").read_bytes() == query.read_bytes()


@pytest.mark.parametrize("name", ["2026.11.1", "v2026.13.1", "v2026.11.0", "v2026.11", "v2026.11.1-dev"])
def test_name_has_one_form(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotReleasableError, match="vYYYY"):
        check_release(name, snapshot(tmp_path / "s"), SERVER)


def test_all_that_disagrees_is_said_at_once(tmp_path: Path, project: Path) -> None:
    """Version in citation and package, changelog, table, day, ontology and address: a line each."""
    (project / "CITATION.cff").write_text("version: 2026.11.1-dev\n", encoding="utf-8")
    (project / "pyproject.toml").write_text('[project]\nversion = "2026.11.1.dev0"\n', encoding="utf-8")
    made = snapshot(tmp_path / "s", TERM + ontology("2026.12.1-dev"))
    with pytest.raises(NotReleasableError) as caught:
        check_release("v2026.12.1", made, "http://127.0.0.1:8000")

    assert [line.split(":")[0] for line in caught.value.message["en"].splitlines()] == [
        "CITATION.cff", "pyproject.toml", "CHANGELOG.md", "v2026.12.1", "ontology/", "CHEFSACHE_PUBLIC_URL",
    ]  # fmt: skip
    with pytest.raises(NotReleasableError, match=r"2026\.11\.1 was made already"):
        check_release("v2026.11.1", made, SERVER)


def test_commit_and_tag_must_stand(tmp_path: Path, project: Path) -> None:
    """Committed files, and the tag: each alone stops it."""
    made, git = snapshot(tmp_path / "s", ontology("2026.11.1")), shutil.which("git") or "git"

    def run(*arguments: str) -> None:
        subprocess.run(
            [git, "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], cwd=project, check=True
        )

    run("init", "-q")
    with pytest.raises(NotReleasableError, match="uncommitted"):
        check_release("v2026.11.2", made, SERVER)
    run("add", "-A")
    run("commit", "-q", "-m", "x")
    with pytest.raises(NotReleasableError, match="no such tag"):
        check_release("v2026.11.2", made, SERVER)
    run("tag", "v2026.11.2")

    assert check_release("v2026.11.2", made, SERVER) == "2026.11.2"


@pytest.mark.parametrize(
    "row",
    [
        "2026.11,2026-11-21,b,https://x.example",
        "2026.10.9,2026-10-01,b,https://x.example",
        "2026.11.1,2026-11-22,b,https://x.example",
        "2026.11.3,2026-11-22,b,javascript:x",
    ],
)
def test_wrong_line_of_the_table_is_named(project: Path, row: str) -> None:
    table = project / "data/releases.csv"
    table.write_text(f"{table.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        releases.releases()
    assert (caught.value.path, caught.value.line) == (table, 3)


def test_releases_are_ordered_by_number(project: Path) -> None:
    """The tenth of a month comes after the ninth."""
    with (project / "data/releases.csv").open("a", encoding="utf-8") as table:
        table.writelines(f"2026.11.{number},2026-11-22,b,https://x.example\n" for number in (9, 10))

    assert [made.version for made in releases.releases()] == ["2026.11.1", "2026.11.9", "2026.11.10"]
    assert citation().parent == project
