"""Thirty-two queries that want too much, each with the ends it may come to: in time, while another client is served."""

import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from chefsache.store import errors
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.store.protocol import Query

#: What a hostile query may take, and what others may.
SECONDS = 0.4
#: Seconds until a busy machine notices the end.
PATIENCE = 6.0
LIMITS = Limits(seconds=10, memory_mb=160, result_mb=2, workers=6, patience=20.0, waiting=16)
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ENDLESS = "?a (!<x:a>|^!<x:a>)* ?b . ?c (!<x:b>|^!<x:b>)* ?d . ?e (!<x:c>|^!<x:c>)* ?f"
REPLACED = "REPLACE(?x,'a','aaaaaaaaaa')"
#: Any of the three limits: which one comes first is a matter of the machine.
LIMIT = frozenset({"deadline", "memory", "result-size"})
ANSWER = frozenset({"answer"})


def grown(step: str, times: int) -> str:
    """Return a chain of BINDs, each from the one before."""
    return " ".join(f"BIND({step.replace('?x', f'?x{n}')} AS ?x{n + 1})" for n in range(times))


#: Name -> the query, and the ends it may come to.
HOSTILE: dict[str, tuple[str, frozenset[str]]] = {
    "count of a product": (f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", LIMIT),
    "distinct count of a product": (f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {PRODUCT} }}", LIMIT),
    "order of a product": (f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i", LIMIT),
    "order of a product, one row": (f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i LIMIT 1", LIMIT),
    "distinct product": (f"SELECT DISTINCT ?a ?d ?g {{ {PRODUCT} }} OFFSET 100000000", LIMIT),
    "all rows of a product": (f"SELECT * {{ {PRODUCT} }}", LIMIT),
    "offset": (f"SELECT * {{ {PRODUCT} }} OFFSET 9000000000 LIMIT 1", LIMIT),
    "graph of a product": (f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {PRODUCT} }}", LIMIT),
    "graph with new blank nodes": (f"CONSTRUCT {{ [] ?b [ ?e ?f ] }} WHERE {{ {PRODUCT} }}", LIMIT),
    "description of everything": (f"DESCRIBE * {{ {PRODUCT} }}", LIMIT | ANSWER),
    "group by": (f"SELECT ?c ?f (COUNT(?i) AS ?n) {{ {PRODUCT} }} GROUP BY ?c ?f", LIMIT),
    "group_concat": (f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {PRODUCT} }}", LIMIT),
    "group_concat of groups": (f"SELECT ?c (GROUP_CONCAT(?i) AS ?all) {{ {PRODUCT} }} GROUP BY ?c", LIMIT),
    "distinct sum": (f"SELECT (SUM(DISTINCT STRLEN(STR(?c))) AS ?n) {{ {PRODUCT} }}", LIMIT),
    "sample and max": (f"SELECT (MAX(?c) AS ?m) (SAMPLE(?f) AS ?s) {{ {PRODUCT} }}", LIMIT),
    "paths": (f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}", LIMIT),
    "path in a path": ("SELECT (COUNT(*) AS ?n) { ?a ((!<x:a>)+/(!<x:b>)*)+ ?b . ?c (!<x:c>)* ?d . ?e ?f ?g }", LIMIT),
    "negated path": ("SELECT (COUNT(*) AS ?n) { ?a !(<x:a>|^<x:b>) ?b . ?c !(<x:a>) ?d . ?e !<x:c> ?f }", LIMIT),
    "concat": (f"SELECT ?x30 {{ BIND('0123456789abcdef' AS ?x0) {grown('CONCAT(?x,?x)', 30)} }}", LIMIT),
    "replace": (f"SELECT ?x8 {{ BIND('aaaaaaaaaa' AS ?x0) {grown(REPLACED, 8)} }}", LIMIT),
    "encode_for_uri": (f"SELECT ?x20 {{ BIND('%%%%%%%%' AS ?x0) {grown('ENCODE_FOR_URI(?x)', 20)} }}", LIMIT | ANSWER),
    "hash": (f"SELECT (COUNT(?x) AS ?n) {{ {PRODUCT} BIND(SHA512(CONCAT(STR(?c), STR(?f))) AS ?x) }}", LIMIT),
    "regex of a product": (
        f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '(a+)+$')) }}",
        LIMIT,
    ),
    "regex with nested repetition": ("ASK { FILTER(REGEX('" + "a" * 5000 + "b', '^(a+)+$')) }", ANSWER),
    "regex with counted repetition": ("ASK { FILTER(REGEX('a', '((a{1,500}){1,500}){1,500}')) }", LIMIT | ANSWER),
    "exists in a product": (f"SELECT * {{ {PRODUCT} FILTER NOT EXISTS {{ ?x ?y ?z FILTER(?z = ?l) }} }}", LIMIT),
    "optional upon optional": (
        f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} " + "".join(f"OPTIONAL {{ ?a ?p{n} ?q{n} }} " for n in range(20)) + "}",
        LIMIT,
    ),
    "minus": (f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} MINUS {{ ?m ?b ?o . ?q ?e ?s . ?t ?h ?v . ?w ?k ?y }} }}", LIMIT),
    "values": (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(2000)))} }}" for n in range(5))
        + " }",
        LIMIT,
    ),
    "many unions": ("SELECT * { " + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f }"] * 200) + " }", LIMIT),
    "deep brackets": ("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", frozenset({"nesting"})),
    "long sum": ("ASK { FILTER(" + "1+" * 20_000 + "1) }", frozenset({"evaluation", "deadline"})),
}  # fmt: skip


@dataclass
class Course:
    """What became of the queries, and how long the other client waited each time."""

    ends: dict[str, tuple[str, float]]
    waits: list[float]


@pytest.fixture(scope="module")
def course(folder: Path) -> Iterator[Course]:
    """One client asks all hostile queries; another asks for something simple, again and again."""
    done = threading.Event()
    waits: list[float] = []
    with EmbeddedStore(folder, LIMITS) as store, ThreadPoolExecutor(1) as others:
        store.wait_ready()

        def ask_simply() -> None:
            while not done.is_set():
                started = time.monotonic()
                store.query(Query("SELECT * { <http://example.org/7> ?p ?o }")).read()
                waits.append(time.monotonic() - started)
                time.sleep(0.02)

        simple = others.submit(ask_simply)
        try:
            ends = {name: _end(store, text) for name, (text, _) in HOSTILE.items()}
        finally:
            done.set()
        simple.result()
        yield Course(ends, waits)


@pytest.mark.parametrize("name", HOSTILE)
def test_ends_in_time(course: Course, name: str) -> None:
    end, took = course.ends[name]

    assert end in HOSTILE[name][1]
    assert took < SECONDS + PATIENCE


def test_others_are_served(course: Course) -> None:
    """Every simple query got its answer, and most of them at once."""
    assert len(course.waits) > len(HOSTILE)
    assert statistics.median(course.waits) < 0.25


def _end(store: EmbeddedStore, text: str) -> tuple[str, float]:
    """Return how a query ended, and after how many seconds."""
    graph = text.startswith(("CONSTRUCT", "DESCRIBE"))
    started = time.monotonic()
    try:
        store.query(Query(text, "text/turtle" if graph else "text/csv", seconds=SECONDS)).close()
    except errors.StoreError as error:
        return error.code, time.monotonic() - started
    return "answer", time.monotonic() - started
