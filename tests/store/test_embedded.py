"""The embedded store answers completely or not at all, and nobody waits for somebody else's query."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from chefsache.store import errors
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import INLINE_BYTES, Limits
from chefsache.store.pool import Pool, Worker
from chefsache.store.protocol import RESULT_TYPES, Query, Term

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"


def test_answers_a_table(store: EmbeddedStore) -> None:
    """Rows have terms with language and datatype; what is unbound is missing."""
    rows = store.select("SELECT ?name ?none (1 + 1 AS ?two) { <http://example.org/7> <http://example.org/name> ?name }")

    integer = "http://www.w3.org/2001/XMLSchema#integer"
    expected = {"name": Term("literal", "Nummer 7", language="de"), "two": Term("literal", "2", datatype=integer)}
    assert rows == (expected,)


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"s\r\n"),
        ("text/tab-separated-values", b"?s\n"),
    ],
)
def test_writes_tables_in_four_formats(store: EmbeddedStore, media_type: str, start: bytes) -> None:
    answer = store.query(Query("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1", media_type))

    assert answer.form == "SELECT"
    assert answer.read().startswith(start)


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_writes_graphs_in_four_formats(store: EmbeddedStore, media_type: str) -> None:
    answer = store.query(Query("CONSTRUCT WHERE { <http://example.org/7> ?p ?o }", media_type, ordered=True))

    assert answer.form == "CONSTRUCT"
    assert b"Nummer 7" in answer.read()


def test_writes_turtle_with_our_prefixes(store: EmbeddedStore) -> None:
    answer = store.query(
        Query("CONSTRUCT WHERE { <http://example.org/7> <http://example.org/next> ?o }", "text/turtle")
    )

    assert b"ex:7" in answer.read()


def test_form_without_such_a_format(store: EmbeddedStore) -> None:
    with pytest.raises(errors.FormatError):
        store.query(Query("ASK {}", "text/turtle"))


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (Query("SELECT * { ?s ?p ?o }", "text/csv"), 600),
        (Query("SELECT * { ?s ?p ?o }", "text/csv", default_graphs=("http://example.org/graph",)), 1),
        (Query("SELECT * { ?s ?p ?o }", "text/csv", named_graphs=("http://example.org/graph",)), 0),
        (Query("SELECT * { GRAPH ?g { ?s ?p ?o } }", "text/csv", default_graphs=("http://example.org/graph",)), 0),
        (Query("SELECT * FROM <http://example.org/graph> { ?s ?p ?o }", "text/csv"), 1),
    ],
)
def test_dataset_of_the_request(store: EmbeddedStore, query: Query, rows: int) -> None:
    """What a request's dataset does not name is empty."""
    assert store.query(query).read().count(b"\r\n") - 1 == rows


def test_large_answer_comes_from_a_file_that_vanishes(store: EmbeddedStore) -> None:
    answer = store.query(Query("SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 10000"))

    assert answer.file is not None
    assert answer.size > INLINE_BYTES
    assert len(answer.read()) == answer.size
    assert not Path(answer.file.name).exists()


def test_query_too_deep_for_the_engine(store: EmbeddedStore) -> None:
    """An engine that breaks down takes nobody with it."""
    with pytest.raises(errors.EvaluationError):
        store.query(Query("ASK { FILTER(" + "1+" * 20_000 + "1) }"))

    assert store.query(Query("ASK {}")).read() == b'{"head":{},"boolean":true}'


def test_public_cannot_occupy_our_own_workers(folder: Path) -> None:
    """When all places are taken, a query is told to come back; our pages still answer."""
    few = Limits(seconds=3, workers=2, patience=0.2)
    with EmbeddedStore(folder, few) as store, ThreadPoolExecutor(2) as busy:
        _until(lambda: store.pools()["public"].alive == 2)
        store.wait_ready()
        running = [busy.submit(_error, store, ENDLESS) for _ in range(2)]
        _until(lambda: store.pools()["public"].busy == 2)
        with pytest.raises(errors.OverloadedError):
            store.query(Query("ASK {}"))
        own = store.own(Query("ASK {}")).read()

        assert own == b'{"head":{},"boolean":true}'
        assert [result.result() for result in running] == ["DeadlineError", "DeadlineError"]


def test_syntax_error_has_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(errors.SyntaxFault) as caught:
        store.query(Query("SELECT *\nWHERE { ?s ?p }"))

    assert (caught.value.details["line"], caught.value.details["column"]) == (2, 16)
    assert set(caught.value.message) == {"de", "en"}


def test_missing_prefix_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(errors.SyntaxFault) as caught:
        store.query(Query("SELECT * {\n  ?s ex:name ?o }"))

    assert "Add at the top: PREFIX ex: <http://example.org/>" in str(caught.value)
    assert (caught.value.details["line"], caught.value.details["column"]) == (2, 6)


def test_workers_end_with_the_store(folder: Path) -> None:
    """After closing no process is left, and a query says so."""
    store = EmbeddedStore(folder, Limits(workers=1))
    store.wait_ready()
    pids = [worker.pid for pool in (store._public, store._own) for worker in pool._all]
    store.close()
    store.close()

    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}/stat").exists()]
    with pytest.raises(errors.ClosedError):
        store.query(Query("ASK {}"))


def test_closing_leaves_a_busy_worker_its_pipes(folder: Path) -> None:
    """Who asks while the pool closes learns that the worker is gone, and reads from no file opened since."""
    pool = Pool({"path": str(folder), "calls": False}, 1, Limits())
    pool.wait_ready()
    asked, closed = threading.Event(), threading.Event()

    def job(worker: Worker) -> tuple[dict[str, Any], bytes]:
        asked.set()
        assert closed.wait(30)
        return worker.ask({}, 5)

    with ThreadPoolExecutor(1) as busy:
        answer = busy.submit(pool.run, job)
        assert asked.wait(30)
        pool.close()
        closed.set()
        with pytest.raises(errors.WorkerLostError, match="-9"):
            answer.result()


def test_worker_that_answered_while_the_pool_closed_is_gone(folder: Path) -> None:
    pool = Pool({"path": str(folder), "calls": False}, 1, Limits())
    pool.wait_ready()
    used: list[Worker] = []

    def job(worker: Worker) -> tuple[dict[str, Any], bytes]:
        used.append(worker)
        pool.close()
        return {}, b""

    pool.run(job)

    assert not used[0].alive()
    assert used[0]._stdin.closed


def test_store_that_cannot_be_opened(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "nothing", Limits(workers=1))
    with pytest.raises(errors.WorkerLostError):
        store.wait_ready()
    store.close()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _error(store: EmbeddedStore, text: str) -> str:
    try:
        store.query(Query(text))
    except errors.StoreError as error:
        return type(error).__name__
    return "none"


def test_rdf_1_2_in_all_formats(tmp_path: Path) -> None:
    """Triple terms and the direction of a language are in an answer, whole or cut."""
    text = """VERSION "1.2" PREFIX ex: <http://example.org/>
        SELECT ?claim { ?x ex:claims ?claim } ORDER BY ISTRIPLE(?claim)"""
    turtle = """PREFIX ex: <http://example.org/>
        ex:x ex:claims "مرحبا"@ar--rtl, <<( ex:a ex:b "c"@de )>> ."""
    own = ox.Store(str(tmp_path / "store"))
    own.load(turtle, format=ox.RdfFormat.TURTLE)
    own.flush()
    del own
    with EmbeddedStore(tmp_path / "store", Limits(workers=1)) as store:
        for media_type in RESULT_TYPES:
            whole, cut = (store.query(Query(text, media_type, rows=rows)).read() for rows in (None, 2))
            assert whole == cut
            assert b"example.org/a" in whole
            assert media_type == "text/csv" or b"rtl" in whole
        for media_type in ("text/turtle", "application/trig", "application/n-quads"):
            body = store.query(Query("VERSION '1.2' CONSTRUCT WHERE { ?s ?p ?o }", media_type)).read()
            found = {quad.object for quad in ox.parse(body, format=ox.RdfFormat.from_media_type(media_type))}
            assert found == {quad.object for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
