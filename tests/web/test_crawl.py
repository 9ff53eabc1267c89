"""From the start page and the VoID file a crawler reaches every IRI, and all that is said of one agrees."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.content.names import ID, PREFIXES
from chefsache.pipeline import building
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests/clients"))

from crawl import DEMANDED, Answer, Crawl  # noqa: E402

SERVER = "http://127.0.0.1:8000"
#: A claim of each kind; with all that they mention they make the graph.
CLAIMS = (
    "05562014-change-stabsstelle-zukunft-created", "05562014-measure-buergerkoffer",
    "05562014-milestone-leitbild-announced", "05562014-naming-hfda-kurz",
    "05562014-participation-leitbild-beauftragter", "05562014-placement-stabsstelle-zukunft",
    "05562014-remit-beauftragter", "05562014-tenure-zalkau",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application on a graph of some forty things, with the whole ontology and all vocabularies."""
    folder = tmp_path_factory.mktemp("crawl")
    root = folder / "root"
    shutil.copytree(small_root, root)
    data = root / "data/municipalities/nrw/herne.ttl"
    data.write_bytes(_mentioned(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHEFSACHE_ROOT", str(root))
        patch.setenv("CHEFSACHE_HOME", str(folder / "home"))
        snapshot = building.build()
        with EmbeddedStore(snapshot.store_path, Limits(workers=1), PREFIXES) as store:
            store.wait_ready()
            yield create_app(snapshot, store, Settings(log="off")).test_client()


def _mentioned(file: Path) -> bytes:
    """Return what is said of the claims and of all that they lead to."""
    said: dict[str, list[ox.Triple]] = {}
    for triple in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        said.setdefault(triple.subject.value, []).append(triple.triple)
    waiting, wanted = [ID + claim for claim in CLAIMS], set()
    while waiting:
        iri = waiting.pop()
        wanted.add(iri)
        waiting += {each.object.value for each in said[iri]} & said.keys() - wanted
    triples = [triple for iri in sorted(wanted) for triple in said[iri]]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _asking(client: FlaskClient):
    def ask(method: str, address: str, accept: str) -> Answer:
        found = client.open(address, method=method, headers={"Accept": accept, "Accept-Language": "de"})
        return Answer(found.status_code, found.mimetype, found.headers.get("Location", ""), found.data)

    return ask


def test_everything_is_reached_and_agrees(client: FlaskClient) -> None:
    crawl = Crawl(_asking(client), SERVER, DEMANDED)
    found = crawl.run()

    assert not found, "\n".join(found)
    assert {ID + claim for claim in CLAIMS} < crawl.iris
    assert crawl.counts["IRIs of the store"] > 300


VOID = f"""<{SERVER}/.well-known/void> <http://xmlns.com/foaf/0.1/primaryTopic> <{SERVER}/#all> .
<{SERVER}/#all> <http://rdfs.org/ns/void#uriSpace> "https://w3id.org/chefsache/" ;
    <http://rdfs.org/ns/void#exampleResource> <{ID}a> ;
    <http://rdfs.org/ns/void#dataDump> <{SERVER}/dumps/chefsache.nq> .
"""
LABELLED = f'<{ID}a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A" ; <http://purl.org/dc/terms/source> <{ID}b> .'
PAGE = f'<h1>A</h1><p>{ID}a</p><a href="/id/b">b</a><a href="/id/a.ttl">ttl</a><a href="/id/a.nt">nt</a>'


def test_what_is_wrong_is_found() -> None:
    """A small server with a fault of each kind; what is right with it is not reported."""
    answers = {
        "/.well-known/void": ("text/turtle", VOID),
        "/": (
            "text/html",
            '<a href="/gone">x</a><a href="/chain">x</a><a href="/page#nowhere">x</a><a href="/page#x">x</a>',
        ),
        "/page": ("text/html", '<h1 id="x">Seite</h1><a href="https://example.org/">elsewhere</a>'),
        "/chain": ("", "/hop"),
        "/hop": ("", "/page"),
        "/id/a": ("text/html", PAGE),
        "/id/a.ttl": ("text/turtle", LABELLED),
        "/id/a.nt": ("application/n-triples", f"<{ID}a> <http://purl.org/dc/terms/source> <{ID}b> ."),
        "/id/b": ("text/html", '<h1>C</h1><a href="/id/b.ttl">x</a><a href="/id/b.jsonld">x</a>'),
        "/id/b.ttl": (
            "text/turtle",
            LABELLED.replace(f"{ID}a", f"{ID}b").replace(f"<{ID}b> .", "<https://example.org/s> ."),
        ),
        "/id/b.jsonld": ("application/ld+json", "{}"),
        "/dumps/chefsache.nq": ("application/n-quads", f"<{ID}a> <{ID}b> <{ID}c> ."),
        "/sitemap.xml": ("application/xml", f"<loc>{SERVER}/sitemap-1.xml</loc>"),
        "/sitemap-1.xml": ("application/xml", f"<loc>{SERVER}/page</loc><loc>{SERVER}/lost</loc>"),
    }

    def ask(method: str, address: str, accept: str) -> Answer:
        if accept == "text/turtle" and f"{address}.ttl" in answers:
            return Answer(303, "", f"{address}.ttl", b"")
        kind, text = answers.get(address, ("", ""))
        return Answer(200, kind, "", text.encode()) if kind else Answer(303 if text else 404, "", text, b"")

    found = Crawl(ask, SERVER).run()

    assert sorted(line.replace(ID, "id:") for line in found) == [
        "/gone: 404 (from /)",
        "/hop: 303 (from /)",
        "/id/a.nt: says something else than the Turtle of the IRI",
        "/id/a: has no link to /id/a.jsonld",
        "/id/b.jsonld: says something else than the Turtle of the IRI",
        "/lost: in the sitemap, not reached",
        "/page#nowhere: no such place on the page (from /)",
        "id:b: does not stand on its page",
        "id:b: is headed ['C'], not ['A']",
        "id:b: no link to https://example.org/s",
        "id:c: not reached",
    ]
