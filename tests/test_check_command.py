"""Whoever breaks a data file is told: file, line, what, in German and English."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from chefsache.pipeline.snapshot import Snapshot

HERNE = "data/municipalities/nrw/herne.ttl"
ORIGINAL = Path(__file__).parent / "golden/graph/herne-and-gladbeck.ttl"
COMMAND = [sys.executable, "-c", "from chefsache.cli import main; main()", "check"]


@dataclass(frozen=True)
class Case:
    """A way to break Herne's file: a pattern inside the block of a subject, and what takes its place."""

    name: str
    subject: str
    pattern: str
    replacement: str
    code: int
    #: Text in the line that the finding points to.
    line: str


TENURE = "id:05916000-tenure-herbe-stabsstelle"
CASES = [
    Case("syntax", TENURE, r"a chef:Tenure ;", "a chef:Tenure", 2, ""),
    Case("missing source", TENURE, r"    dcterms:source\n(?:        .*\n)+|    dcterms:source .*\n", "", 1, TENURE),
    Case("end before start", TENURE, r"schema:endDate .*;", 'schema:endDate "2017-01-31"^^xsd:date ;', 1, "2017-01-31"),
    Case("month 13", TENURE, r"schema:startDate .*;", 'schema:startDate "2018-13"^^xsd:gYearMonth ;', 1, "2018-13"),
    Case(
        "day 31 of February", TENURE, r"schema:endDate .*;", 'schema:endDate "2023-02-31"^^xsd:date ;', 1, "2023-02-31"
    ),
    Case(
        "unknown concept",
        "id:05916000-office-stabsstelle-digitalisierung",
        r"org:classification .*;",
        "org:classification vocab:no-such-form ;",
        1,
        "vocab:no-such-form",
    ),
    Case("wrong class", TENURE, r"chef:post .*;", "chef:post id:person-frank-dudda ;", 1, "id:person-frank-dudda"),
    Case(
        "two persons",
        TENURE,
        r"org:member .*;",
        "org:member id:person-frank-dudda , id:person-pierre-herbe ;",
        1,
        "id:person-frank-dudda",
    ),
    Case("unknown person", TENURE, r"org:member .*;", "org:member id:person-no-such ;", 1, "id:person-no-such"),
    Case("misspelt property", TENURE, r"org:member ", "org:membre ", 1, "org:membre"),
]


@pytest.fixture(scope="module")
def root(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a small project's files, to be broken and mended."""
    return Path(shutil.copytree(small_root, tmp_path_factory.mktemp("root") / "root"))


def check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``chefsache check`` on a copy of the project."""
    environment = os.environ | {"CHEFSACHE_ROOT": str(root)}
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def broken(text: str, case: Case) -> str:
    """Replace inside the subject's block only."""
    start = text.index(f"\n{case.subject}\n") + 1
    end = text.index("\n.\n", start)
    block, number = re.subn(case.pattern, case.replacement, text[start:end] + "\n", count=1)
    assert number == 1, f"{case.pattern} does not stand in {case.subject}"
    return text[:start] + block.removesuffix("\n") + text[end:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_is_reported(root: Path, case: Case) -> None:
    """Exit code 1 or 2; the finding names the file, the line, and says what is wrong in German and English."""
    original = ORIGINAL.read_text(encoding="utf-8")
    text = broken(original, case)
    (root / HERNE).write_text(text, encoding="utf-8")
    try:
        result = check(root, "--format", "json")
    finally:
        (root / HERNE).write_text(original, encoding="utf-8")
    findings = [one for one in json.loads(result.stdout) if one["severity"] == "violation" and one["file"] == HERNE]

    assert result.returncode == case.code, result.stderr
    assert findings
    assert all(one["message"]["de"] and one["message"]["en"] for one in findings)
    assert all(one["message"]["de"] != one["message"]["en"] for one in findings)
    assert any(one["line"] and case.line in text.splitlines()[one["line"] - 1] for one in findings)


def test_the_repository_conforms(snapshot: Snapshot) -> None:
    """As it stands, nothing in the whole project is a violation; a build checks all that the command checks."""
    assert snapshot.report["counts"]["violation"] == 0


def test_a_project_that_conforms(root: Path) -> None:
    """The text output says so."""
    result = check(root)

    assert result.returncode == 0, result.stdout
    assert "0 Verstöße / violations" in result.stderr


def test_an_edited_copy_is_checked_in_place_of_the_original(root: Path, tmp_path: Path) -> None:
    """A file from outside is checked as part of the whole graph; only its own findings are shown."""
    copy = tmp_path / "my-herne.ttl"
    copy.write_text(broken(ORIGINAL.read_text(encoding="utf-8"), CASES[1]), encoding="utf-8")
    result = check(root, str(copy))

    assert result.returncode == 1
    assert f"{copy}:" in result.stdout
    assert HERNE not in result.stdout


@pytest.mark.parametrize(
    ("format_", "expected"),
    [("text", f"{HERNE}:"), ("github", f"::error file={HERNE},line="), ("turtle", "sh:ValidationReport")],
)
def test_the_forms_of_a_report(root: Path, format_: str, expected: str) -> None:
    """For a person, a forge, an RDF tool."""
    original = ORIGINAL.read_text(encoding="utf-8")
    (root / HERNE).write_text(broken(original, CASES[1]), encoding="utf-8")
    try:
        result = check(root, "--format", format_)
    finally:
        (root / HERNE).write_text(original, encoding="utf-8")

    assert expected in result.stdout


def test_no_such_file(root: Path) -> None:
    """A missing path is unreadable input."""
    result = check(root, "no-such.ttl")

    assert result.returncode == 2
    assert "no-such.ttl" in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_usage(root: Path) -> None:
    """An unknown option is wrong usage."""
    assert check(root, "--no-such").returncode == 64
