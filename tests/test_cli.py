"""The command line answers as documented: results on standard output, exit codes that a script can rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chefsache.pipeline.snapshot import Snapshot

COMMAND = [sys.executable, "-c", "from chefsache.cli import main; main()"]


def run(*arguments: str, text: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    environment = os.environ | {"COLUMNS": "160"}
    return subprocess.run(
        [*COMMAND, *arguments],
        input=text,
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_ask_answers_by_name(snapshot: Snapshot, tmp_path: Path) -> None:
    """A municipality is named by its label, from any folder."""
    result = run("ask", "who-steers", "--authority", "Herne", "--day=2019-06-01", cwd=tmp_path)

    assert result.returncode == 0, result.stderr
    assert "Stabsstelle Digitalisierung" in result.stdout
    assert "Pierre Herbe" in result.stdout


@pytest.mark.parametrize(
    "name", ["Herne", "herne", "05916000", "id:05916000", "https://w3id.org/chefsache/id/05916000"]
)
def test_things_are_named_in_many_ways(snapshot: Snapshot, name: str) -> None:
    """Label, key, prefixed name and IRI mean the same thing."""
    result = run("ask", "who-steers", "--authority", name, "--day", "2019-06-01", "--format", "csv")

    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_ask_without_a_name_lists_the_questions(snapshot: Snapshot) -> None:
    """With the options that each takes."""
    result = run("ask", "--lang", "en")

    assert result.returncode == 0
    assert "who-steers" in result.stdout
    assert "--day" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ask", "no-such"), 1, "who-steers"),
        (("ask", "who-steers", "--authority", "Atlantis"), 1, "Atlantis"),
        (("ask", "who-steers", "--authority", "Hern"), 1, "Herne"),
        (("ask", "who-steers", "--day", "tomorrow"), 64, "2024-06-01"),
        (("ask", "who-steers", "--nope", "x"), 64, "nope"),
        (("ask", "who-steers", "day"), 64, "--NAME"),
        (("query", "no-such-file.rq"), 2, "no-such-file.rq"),
        (("no-such-command",), 64, "no-such-command"),
    ],
)
def test_what_goes_wrong_has_a_code_and_a_message(
    snapshot: Snapshot, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """1 no such thing, 2 unreadable, 64 wrong usage; never a stack trace."""
    result = run(*arguments)

    assert result.returncode == code, result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("text", "format_", "expected"),
    [
        ("ASK {}", "table", "true"),
        ("ASK {}", "json", '"boolean":true'),
        ("SELECT (1 AS ?x) {}", "csv", "x\r\n1"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "turtle", "<urn:a> <urn:b> 1"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "table", "urn:b"),
    ],
)
def test_query_reads_standard_input(snapshot: Snapshot, text: str, format_: str, expected: str) -> None:
    """Every form of query, in a form that fits."""
    result = run("query", "-", "--format", format_, text=text)

    assert result.returncode == 0, result.stderr
    assert expected.replace("\r", "") in result.stdout.replace("\r", "")


@pytest.mark.parametrize(("text", "format_"), [("SELECT {", "table"), ("ASK {}", "turtle"), ("CONSTRUCT {} {}", "csv")])
def test_query_refuses_what_it_cannot_do(snapshot: Snapshot, text: str, format_: str) -> None:
    """No query, or a form that does not fit it: unreadable input."""
    result = run("query", "--format", format_, text=text)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_build_names_the_snapshot(snapshot: Snapshot) -> None:
    """The digest and the folder, on standard output."""
    assert run("build").stdout == f"{snapshot.digest}\t{snapshot.path}\n"


def test_export_writes_dumps_and_catalogue(snapshot: Snapshot, tmp_path: Path) -> None:
    """What is exported is what the snapshot holds, and the catalogue of it."""
    folder = tmp_path / "a" / "b"
    result = run("export", str(folder))

    assert result.returncode == 0
    assert snapshot.digest in (folder / "catalog.ttl").read_text(encoding="utf-8")
    (folder / "catalog.ttl").unlink()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        file.name: file.read_bytes() for file in snapshot.dumps_path.iterdir()
    }


def test_format_writes_the_form(tmp_path: Path) -> None:
    """--check tells and changes nothing; without it the file is written."""
    file = tmp_path / "x.ttl"
    file.write_text('@prefix id: <https://w3id.org/chefsache/id/> . id:a id:b "c" .', encoding="utf-8")

    assert run("format", "--check", str(file)).returncode == 1
    assert run("format", str(file)).returncode == 0
    assert run("format", "--check", str(file)).returncode == 0


def test_an_installed_wheel_answers_from_any_folder(tmp_path: Path, snapshot: Snapshot) -> None:
    """The wheel carries ontology, data, shapes and queries, and gives the snapshot that stands already."""
    root = Path(__file__).parents[1]
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=root, check=True, capture_output=True, timeout=120)
    wheel = next(tmp_path.glob("*.whl"))
    target = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    environment = os.environ | {"PYTHONPATH": str(target)}
    code = "import chefsache, sys; print(chefsache.__file__, file=sys.stderr); from chefsache.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "ask",
        "who-steers",
        "--authority",
        "Herne",
        "--day",
        "2019-06-01",
        "--format",
        "json",
    ]
    result = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )

    assert result.returncode == 0, result.stderr
    assert str(target) in result.stderr
    assert len(json.loads(result.stdout)["results"]["bindings"]) == 1
