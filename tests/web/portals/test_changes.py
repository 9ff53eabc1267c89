"""`/changes`: what changed between kept editions, as page, RDF and feed; without an earlier edition it says so."""

import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient

from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.app import create_app
from chefsache.web.portals import changes
from chefsache.web.settings import Settings

_NAMES = {"a": "http://www.w3.org/2005/Atom"}
OFFICE = "<https://w3id.org/chefsache/id/05916000-office-x>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def kept(folder: Path, digest: str, day: str, label: str) -> Snapshot:
    (folder / digest / "dumps").mkdir(parents=True)
    (folder / digest / "dumps" / ASSERTED).write_text(f'{OFFICE} {LABEL} "{label}"@de .\n', encoding="utf-8")
    return Snapshot(folder / digest, digest, datetime.date.fromisoformat(day))


@pytest.fixture
def editions(
    tmp_path: Path, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> tuple[FlaskClient, list[Snapshot]]:
    """The application on the newest of three editions."""
    known = [
        kept(tmp_path, digest * 16, day, label)
        for digest, day, label in (
            ("c", "2027-02-01", "Büro <Z>"),
            ("b", "2026-11-22", "Büro Y"),
            ("a", "2026-08-03", "Büro X"),
        )
    ]
    monkeypatch.setattr(changes, "kept", lambda: tuple(known))
    monkeypatch.setattr(changes, "find", lambda name: next((one for one in known if one.digest == name), None))
    return create_app(known[0], store, Settings()).test_client(), known


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Name: Büro &lt;Z&gt;, vorher Büro Y"), ("en", "before Büro Y")]
)
def test_page_says_what_changed_since_the_edition_before(
    editions: tuple[FlaskClient, list[Snapshot]], language: str, words: str
) -> None:
    client, known = editions
    page = client.get(f"/changes?lang={language}").text

    assert words in page
    assert client.get(f"/changes?lang={language}").headers["X-Robots-Tag"] == "noindex"
    assert f"/changes/{known[2].digest}/{known[0].digest}" in page
    assert "Büro X" in client.get(f"/changes/{known[2].digest}/{known[0].digest}?lang={language}").text


def test_rdf_has_both_graphs(editions: tuple[FlaskClient, list[Snapshot]]) -> None:
    client, known = editions
    answer = client.get(f"/changes/{known[1].digest}/{known[0].digest}.trig")
    objects = {
        str(quad.graph_name).rstrip(">").rpartition("#")[2]: quad.object.value
        for quad in ox.parse(answer.data, format=ox.RdfFormat.TRIG)
        if quad.predicate.value == LABEL[1:-1]
    }

    assert answer.mimetype == "application/trig"
    assert objects == {"added": "Büro <Z>", "removed": "Büro Y"}


def test_feed_has_stable_entries_with_release_days(editions: tuple[FlaskClient, list[Snapshot]]) -> None:
    client, known = editions
    answer = client.get("/changes.atom")
    tree = ElementTree.fromstring(answer.data)
    entries = tree.findall("a:entry", _NAMES)

    assert answer.mimetype == "application/atom+xml"
    assert [entry.findtext("a:id", "", _NAMES).rpartition("/changes/")[2] for entry in entries] == [
        f"{known[1].digest}/{known[0].digest}",
        f"{known[2].digest}/{known[1].digest}",
    ]
    assert [entry.findtext("a:updated", "", _NAMES)[:10] for entry in entries] == ["2027-02-01", "2026-11-22"]
    assert "Büro <Z>" in entries[0].findtext("a:content", "", _NAMES)
    assert client.get("/changes.atom").data == answer.data


def test_feed_is_silent_where_nothing_changed(editions: tuple[FlaskClient, list[Snapshot]]) -> None:
    client, known = editions
    (known[1].dumps_path / ASSERTED).write_bytes((known[0].dumps_path / ASSERTED).read_bytes())

    assert client.get("/changes.atom").text.count("<entry>") == 1


def test_first_edition_says_that_nothing_came_before(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "kept", tuple)

    assert "wird nicht vorgehalten" in client.get("/changes?lang=de&first").text
    assert not ElementTree.fromstring(client.get("/changes.atom").data).findall("a:entry", _NAMES)


@pytest.mark.parametrize("name", ["0123456789abcdef", "..", "latest", "0123456789abcdef.ttl"])
def test_what_is_not_kept_is_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/changes/{name}/{name}").status_code == 404
