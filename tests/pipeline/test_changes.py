"""What changed is said statement by statement, a lost IRI never passes, and what was withdrawn is not named."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.cli import main
from chefsache.content import withdrawn
from chefsache.content.names import ID, PREFIXES
from chefsache.pipeline import change_words, changes

OLD = """
id:05916000-office-x a chef:Office ; skos:prefLabel "Büro X"@de .
id:05916000-tenure-muster a chef:Tenure ; org:member id:person-erika-mustermann ; schema:startDate "2021" .
id:05916000-tenure-beispiel a chef:Tenure ; org:member id:person-max-beispiel ; schema:startDate "2021" .
id:person-erika-mustermann a foaf:Person ; skos:prefLabel "Erika Mustermann" .
id:person-max-beispiel a foaf:Person ; skos:prefLabel "Max Beispiel" .
id:source-x dcterms:title "Gespräch mit Erika Mustermann" ; skos:prefLabel "Quelle X" .
schema:startDate rdfs:label "startDate" .
"""
NEW = OLD.replace('beispiel ; schema:startDate "2021"', 'beispiel ; schema:startDate "2022-01-01"')


def edition(folder: Path, turtle: str) -> Path:
    """Write an edition of these statements, as a folder of dumps."""
    folder.mkdir()
    (folder / changes.ASSERTED).write_bytes(ox.serialize(parsed(turtle), format=ox.RdfFormat.N_TRIPLES) or b"")
    return folder


def parsed(turtle: str) -> list[ox.Triple]:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return sorted((quad.triple for quad in ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE)), key=str)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return edition(tmp_path / "old", OLD)


def without(*parts: str) -> str:
    return "\n".join(line for line in NEW.splitlines() if not any(part in line for part in parts))


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "beginnt: 2022-01-01, vorher 2021"), ("en", "begins: 2022-01-01, before 2021")],
)
def test_changed_value_is_said_with_the_one_before(tmp_path: Path, old: Path, language: str, words: str) -> None:
    new = edition(tmp_path / "new", NEW)
    found = changes.compare(old, new)
    [thing] = found.things

    assert (thing.iri, thing.kind) == (f"{ID}05916000-tenure-beispiel", "changed")
    known = changes.both_labels(old, new, found)
    assert [change_words.edit_words(edit, known, language) for edit in thing.edits] == [words]
    assert not found.lost


def test_difference_applied_to_the_old_edition_gives_the_new_one(tmp_path: Path, old: Path) -> None:
    """In RDF: what TriG says was removed and added is all that lies between them."""
    added = 'id:05916000-office-y a chef:Office ; skos:prefLabel "Büro Y"@de .'
    new = edition(tmp_path / "new", NEW + added)
    text = change_words.changeset(changes.compare(old, new), "a", "b")
    graphs: dict[str, set[ox.Triple]] = {"added": set(), "removed": set()}
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        part = str(quad.graph_name).rstrip(">").rpartition("#")[2]
        if part in graphs:
            graphs[part].add(quad.triple)

    assert (set(parsed(OLD)) - graphs["removed"]) | graphs["added"] == set(parsed(NEW + added))


def test_lost_iri_is_an_error(tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where its successor is not named; marked as no longer in use it is a change like others."""
    lost = edition(tmp_path / "lost", without("office-x"))
    marked = edition(tmp_path / "marked", without("office-x") + "id:05916000-office-x owl:deprecated true .")

    assert changes.compare(old, lost).lost == (f"{ID}05916000-office-x",)
    assert status(old, lost) == 1
    assert f"{ID}05916000-office-x: lost" in capsys.readouterr().err
    assert status(old, marked) == 0
    assert "nicht mehr in Gebrauch: true" in capsys.readouterr().out


def test_withdrawn_person_is_not_named(
    tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the IRIs, nor a title that went because it has the name; only that something was withdrawn."""
    gone = {f"{ID}person-erika-mustermann", f"{ID}05916000-tenure-muster"}
    monkeypatch.setattr(withdrawn, "_table", lambda _: {withdrawn.digest(iri) for iri in gone})
    new = edition(tmp_path / "new", without("muster", "Muster") + 'id:source-x skos:prefLabel "Quelle X" .')

    assert status(old, new) == 0
    said = capsys.readouterr()
    assert "etwas wurde zurückgezogen" in said.out
    found = changes.compare(old, new)
    assert found.withdrawn == 2
    assert "muster" not in (said.out + said.err + change_words.changeset(found, "a", "b").decode()).lower()


def test_nothing_changed_between_equals(old: Path) -> None:
    found = changes.compare(old, old)

    assert not found.things
    assert change_words.summary(found, "en") == "nothing changed"


def test_unknown_edition_is_named(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(old, Path("0123456789abcdef")) == 1
    assert "0123456789abcdef" in capsys.readouterr().err


def status(before: Path, after: Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["changes", str(before), str(after)])
    return int(ended.value.code or 0)
