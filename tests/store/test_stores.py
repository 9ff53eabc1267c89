"""What every store must keep, whichever engine is behind: embedded, Oxigraph's own server, Virtuoso."""

import csv
import io
import json
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.store import errors
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.store.pooled import PooledStore
from chefsache.store.protocol import GRAPH_TYPES, RESULT_TYPES, Query, Term
from chefsache.store.remote import RemoteStore

EX = "http://example.org/"
A, B, C, MERGED = (f"{EX}graph/{name}" for name in ("a", "b", "c", "merged"))
#: A and B both state one triple; C is large enough for what must be cut.
TURTLE = {
    A: "ex:herne ex:name 'Herne', 'Härne \U0001f600'@de ; ex:part ex:ruhr ; ex:area 51.42 ; ex:odd '=1+1' .",
    B: "ex:herne ex:name 'Herne' ; ex:since '1897-04-01'^^xsd:date . [] ex:name 'nobody' .",
    C: " ".join(f"ex:n{number} ex:next ex:n{number + 1} ; ex:value {number} ." for number in range(300)),
}
#: Generous in time but for the tests of the deadline: a server that has just started may be slow.
LIMITS = Limits(seconds=8.0, memory_mb=256, result_mb=1, workers=2, patience=30.0)
JSON, XML, CSV, TSV = RESULT_TYPES
PREFIX = f"PREFIX ex: <{EX}> "
#: What is computed to be true; Virtuoso has no booleans of its own.
TRUE = {"embedded": ("true", "boolean"), "oxigraph": ("true", "boolean"), "virtuoso": ("1", "integer")}


@pytest.fixture(scope="session")
def quads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The graphs as N-Quads: with the merge as default graph, and with the merge under a name."""
    folder = tmp_path_factory.mktemp("quads")
    head = f"PREFIX ex: <{EX}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    named = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
        for graph, text in TURTLE.items()
        for quad in ox.parse(head + text, format=ox.RdfFormat.TURTLE)
    ]
    found = {}
    for name, target in (("default", ox.DefaultGraph()), ("merged", ox.NamedNode(MERGED))):
        merge = [ox.Quad(*quad.triple, target) for quad in named]
        found[name] = folder / f"{name}.nq"
        ox.serialize(dict.fromkeys([*named, *merge]), str(found[name]), ox.RdfFormat.N_QUADS)
    return found


@pytest.fixture(scope="session", params=["embedded", "oxigraph", "virtuoso"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def store(
    kind: str,
    quads: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    required,
    oxigraph_server,
    virtuoso_server,
) -> Iterator[PooledStore]:
    folder = tmp_path_factory.mktemp(kind)
    prefixes = {"ex": EX}
    if kind == "embedded":
        own = ox.Store(str(folder / "store"))
        own.load(path=str(quads["default"]), format=ox.RdfFormat.N_QUADS)
        own.flush()
        del own
        with EmbeddedStore(folder / "store", LIMITS, prefixes) as store:
            store.wait_ready()
            yield store
    elif kind == "oxigraph":
        program = required(str(Path(sys.executable).parent / "oxigraph"), "oxigraph")
        with (
            oxigraph_server(program, folder, quads["default"]) as url,
            RemoteStore(url, (A, B, C), "", LIMITS, prefixes) as store,
        ):
            store.wait_ready()
            yield store
    else:
        program, isql = required("virtuoso-t"), required("isql-vt", "isql-v")
        with (
            virtuoso_server(program, isql, folder, quads["merged"]) as url,
            RemoteStore(url, (A, B, C), MERGED, LIMITS, prefixes) as store,
        ):
            store.wait_ready()
            yield store


def rows(store: PooledStore, text: str, **more: object) -> list[dict[str, dict[str, str]]]:
    found = json.loads(store.query(Query(PREFIX + text, JSON, **more)).read())
    return found["results"]["bindings"]


def values(store: PooledStore, text: str, **more: object) -> list[str]:
    return sorted(cell["value"] for row in rows(store, text, **more) for cell in row.values())


class TestEveryStore:
    """The behaviour that callers rely on."""

    def test_default_graph_is_the_merge(self, store: PooledStore) -> None:
        """A triple that two graphs state counts once."""
        assert values(store, "SELECT (COUNT(*) AS ?n) { ex:herne ex:name 'Herne' }") == ["1"]
        assert values(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["607"]

    def test_relative_names(self, store: PooledStore) -> None:
        """They stand below our things."""
        assert values(store, "SELECT ?x { BIND(<05978> AS ?x) }") == ["https://w3id.org/chefsache/id/05978"]

    def test_each_file_is_a_graph(self, store: PooledStore) -> None:
        text = "SELECT ?g { GRAPH ?g { ex:herne ex:name 'Herne' } }"

        assert values(store, text) == [A, B]

    def test_default_graph_beside_named_ones(self, store: PooledStore) -> None:
        assert values(store, "SELECT ?g { ex:herne ex:since ?d . GRAPH ?g { ex:herne ex:part ?x } }") == [A]

    def test_merge_of_several_graphs(self, store: PooledStore) -> None:
        """FROM, and the request's own dataset: the merge counts a triple once, and holds nothing else."""
        text = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"

        assert values(store, text.format(f"FROM <{A}> FROM ex:graph\\/b")) == ["7"]
        assert values(store, text.format(""), default_graphs=(A, B)) == ["7"]
        assert values(store, text.format(f"FROM <{C}>"), default_graphs=(A, B)) == ["7"]

    def test_one_graph(self, store: PooledStore) -> None:
        text = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"

        assert values(store, text.format(f"FROM <{A}>")) == ["5"]
        assert values(store, text.format(""), default_graphs=(A,)) == ["5"]
        assert values(store, text.format(f"FROM <{C}>"), default_graphs=(A,)) == ["5"]

    @pytest.mark.parametrize(
        ("clauses", "expected"),
        [
            ("FROM <a>", []),
            ("FROM NAMED <a>", [A]),
            ("FROM <a> FROM NAMED <b>", [B]),
            ("FROM <a> FROM <b> FROM NAMED <b>", [B]),
        ],
    )
    def test_named_graphs_of_a_dataset(self, store: PooledStore, clauses: str, expected: list[str]) -> None:
        """What a dataset does not name is not there."""
        text = f"BASE <{EX}graph/> {PREFIX} SELECT ?g {clauses} {{ GRAPH ?g {{ ex:herne ex:name 'Herne' }} }}"
        found = json.loads(store.query(Query(text)).read())["results"]["bindings"]

        assert [row["g"]["value"] for row in found] == expected

    def test_default_graph_of_named_graphs_alone_is_empty(self, store: PooledStore) -> None:
        assert rows(store, f"SELECT * FROM NAMED <{A}> {{ ?s ?p ?o }}") == []
        assert rows(store, "SELECT * { ?s ?p ?o }", named_graphs=(A,)) == []

    @pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "fromnamed"])
    @pytest.mark.parametrize("graph", ["http://127.0.0.1:9/x", "file:///etc/passwd", MERGED])
    def test_unknown_graph(self, store: PooledStore, clause: str, graph: str) -> None:
        with pytest.raises(errors.UnknownGraphError) as caught:
            store.query(Query(f"SELECT * {clause} <{graph}> {{ ?s ?p ?o }}"))

        assert caught.value.details["graph"] == graph

    def test_unknown_graph_of_the_request(self, store: PooledStore) -> None:
        with pytest.raises(errors.UnknownGraphError):
            store.query(Query("ASK {}", default_graphs=(A, f"{EX}none")))

    def test_terms(self, store: PooledStore) -> None:
        """Language, datatype, unbound, characters beyond the first plane."""
        found = store.table(
            f"{PREFIX} SELECT ?name ?area ?none {{ ex:herne ex:name ?name ; ex:area ?area FILTER(LANG(?name) = 'de') }}"
        )
        decimal = "http://www.w3.org/2001/XMLSchema#decimal"

        assert found.columns == ("name", "area", "none")
        expected = {"name": Term("literal", "Härne 😀", language="de"), "area": Term("literal", "51.42", None, decimal)}
        assert found.rows == (expected,)

    def test_blank_node(self, store: PooledStore) -> None:
        assert [row["x"]["type"] for row in rows(store, "SELECT ?x { ?x ex:name 'nobody' }")] == ["bnode"]

    def test_boolean_literal(self, store: PooledStore, kind: str) -> None:
        found = rows(store, "SELECT (ISIRI(ex:herne) AS ?x) {}")
        value, datatype = TRUE[kind]

        assert found == [
            {"x": {"type": "literal", "value": value, "datatype": f"http://www.w3.org/2001/XMLSchema#{datatype}"}}
        ]

    @pytest.mark.parametrize(("pattern", "expected"), [("ex:herne ?p ?o", True), ("ex:gladbeck ?p ?o", False)])
    def test_yes_or_no(self, store: PooledStore, pattern: str, expected: bool) -> None:
        text = f"{PREFIX} ASK {{ {pattern} }}"
        said = str(expected).lower()

        assert json.loads(store.query(Query(text, JSON)).read()) == {"head": {}, "boolean": expected}
        assert f"<boolean>{said}</boolean>" in store.query(Query(text, XML)).read().decode()
        assert store.query(Query(text, CSV)).read().decode() == said

    def test_four_formats_of_a_table(self, store: PooledStore) -> None:
        text = f"{PREFIX} SELECT ?name ?none {{ ex:herne ex:since ?since ; ex:name ?name FILTER(LANG(?name) = 'de') }}"
        written = {kind: store.query(Query(text, kind)).read().decode() for kind in RESULT_TYPES}

        assert json.loads(written[JSON])["head"]["vars"] == ["name", "none"]
        assert ET.fromstring(written[XML]).tag.endswith("sparql")
        assert written[CSV] == "name,none\r\nHärne 😀,\r\n"
        assert written[TSV] == '?name\t?none\n"Härne 😀"@de\t\n'

    @pytest.mark.parametrize("media_type", GRAPH_TYPES)
    @pytest.mark.parametrize("text", [f"CONSTRUCT WHERE {{ <{EX}herne> ?p ?o }}", f"DESCRIBE <{EX}herne>"])
    def test_six_formats_of_a_graph(self, store: PooledStore, media_type: str, text: str) -> None:
        """TriG and N-Quads hold the statements in the default graph."""
        body = store.query(Query(text, media_type)).read()
        found = list(ox.parse(body, format=ox.RdfFormat.from_media_type(media_type)))

        assert len(found) == 6
        assert {quad.graph_name for quad in found} == {ox.DefaultGraph()}

    @pytest.mark.parametrize("media_type", RESULT_TYPES)
    def test_empty_table(self, store: PooledStore, media_type: str) -> None:
        body = store.query(Query("SELECT ?a ?b { ?a <http://example.org/nothing> ?b }", media_type)).read()

        assert body.count(b"\n") in {0, 1}
        assert b"<result>" not in body

    @pytest.mark.parametrize("media_type", GRAPH_TYPES)
    def test_empty_graph(self, store: PooledStore, media_type: str) -> None:
        body = store.query(Query("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c FILTER(?a = <x:y>) }", media_type)).read()

        assert b"example.org/n" not in body

    def test_order(self, store: PooledStore) -> None:
        text = "SELECT ?v { ?s ex:value ?v } ORDER BY DESC(?v) LIMIT 3"

        assert [row["v"]["value"] for row in rows(store, text)] == ["299", "298", "297"]

    def test_size_of_an_answer(self, store: PooledStore) -> None:
        with pytest.raises(errors.ResultSizeError):
            store.query(Query(f"{PREFIX} SELECT * {{ ?a ex:value ?v . ?b ex:value ?w }} LIMIT 20000"))

    def test_deadline(self, store: PooledStore) -> None:
        """It ends in time, and the next query is answered."""
        product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4))
        store.query(Query("ASK {}")).read()  # a worker is there
        started = time.monotonic()
        with pytest.raises(errors.DeadlineError) as caught:
            store.query(Query(f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {product} }}", seconds=0.5))

        assert time.monotonic() - started < 1.5
        assert caught.value.details["limit"] == 0.5
        assert values(store, "SELECT ?d { ex:herne ex:since ?d }") == ["1897-04-01"]

    def test_syntax_error_has_its_place(self, store: PooledStore) -> None:
        with pytest.raises(errors.SyntaxFault) as caught:
            store.query(Query("SELECT *\nWHERE { ?s ?p }"))

        assert (caught.value.details["line"], caught.value.details["column"]) == (2, 16)

    def test_missing_prefix_is_named(self, store: PooledStore) -> None:
        with pytest.raises(errors.SyntaxFault, match="Add at the top: PREFIX ex:"):
            store.query(Query("SELECT * { ?s ex:name ?o }"))

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("INSERT DATA { <x:a> <x:b> <x:c> }", errors.UpdateError),
            ("DROP ALL", errors.UpdateError),
            ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", errors.ServiceError),
            ("ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", errors.ServiceError),
            ("DEFINE get:soft 'soft' SELECT * { ?s ?p ?o }", errors.SyntaxFault),
            ("SELECT (bif:now() AS ?x) {}", errors.SyntaxFault),
        ],
    )
    def test_refusals(self, store: PooledStore, text: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            store.query(Query(text))

    def test_form_without_such_a_format(self, store: PooledStore) -> None:
        with pytest.raises(errors.FormatError):
            store.query(Query("ASK {}", "text/turtle"))

    @pytest.mark.parametrize(("wanted", "complete"), [(0, False), (299, False), (300, True), (301, True)])
    def test_rows_on_request(self, store: PooledStore, wanted: int, complete: bool) -> None:
        """The answer says whether there is more, and the body, too."""
        text = f"{PREFIX} SELECT ?v {{ ?s ex:value ?v }} ORDER BY ?v"
        answer = store.query(Query(text, JSON, rows=wanted))
        found = json.loads(answer.read())

        assert answer.complete is complete
        expected = [str(number) for number in range(min(wanted, 300))]
        assert [row["v"]["value"] for row in found["results"]["bindings"]] == expected
        assert found.get("meta") == (None if complete else {"complete": False, "rows": wanted})

    @pytest.mark.parametrize("media_type", [XML, CSV, TSV])
    def test_rows_in_other_formats(self, store: PooledStore, media_type: str) -> None:
        text = f"{PREFIX} SELECT ?s ?v {{ ?s ex:value ?v }} ORDER BY ?v"
        whole = store.query(Query(text + " LIMIT 2", media_type)).read().decode()
        cut = store.query(Query(text, media_type, rows=2)).read().decode()

        assert cut.startswith(whole)
        assert ("incomplete: cut after 2" in cut) == (media_type == XML)

    @pytest.mark.parametrize("media_type", GRAPH_TYPES)
    def test_triples_on_request(self, store: PooledStore, media_type: str) -> None:
        text = f"{PREFIX} CONSTRUCT {{ ?s ex:value ?v }} WHERE {{ ?s ex:value ?v }}"
        answer = store.query(Query(text, media_type, rows=7))
        body = answer.read()
        found = list(ox.parse(body, format=ox.RdfFormat.from_media_type(media_type)))

        assert (len(found), answer.complete) == (7, False)
        assert (b"incomplete: cut after 7" in body) == (media_type != "application/ld+json")

    def test_cells_are_safe_in_a_spreadsheet(self, store: PooledStore) -> None:
        text = f"{PREFIX} SELECT ?x {{ ex:herne ex:odd ?x }}"
        found = list(csv.reader(io.StringIO(store.query(Query(text, CSV)).read().decode())))

        assert found == [["x"], ["'=1+1"]]
        assert values(store, "SELECT ?x { ex:herne ex:odd ?x }") == ["=1+1"]

    def test_own_queries(self, store: PooledStore) -> None:
        assert store.select(f"{PREFIX} SELECT ?x {{ ex:herne ex:part ?x }}") == ({"x": Term("iri", f"{EX}ruhr")},)

    def test_ready(self, store: PooledStore) -> None:
        assert store.ready()
