"""Dumps: every format says the same, parts are cut where they should be, same graph same bytes."""

import datetime
import gzip
import hashlib
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from rdflib import Dataset as RdflibDataset
from rdflib import Graph

from chefsache.content.names import expand
from chefsache.pipeline.canonical import canonical, merged
from chefsache.pipeline.datasets import DATASETS
from chefsache.pipeline.dumps import FORMATS, write_dumps
from chefsache.pipeline.links import LINKED
from chefsache.pipeline.loading import Content
from chefsache.pipeline.parts import Parts

DAY = datetime.date(2026, 11, 22)
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "trig": "trig", "nq": "nquads"}
GRAPH = ox.NamedNode(expand("graph:data/municipalities/nrw/herne"))


@pytest.fixture(scope="module")
def quads(small_content: Content) -> list[ox.Quad]:
    """The golden graph of two cities, as if it were a file of Nordrhein-Westfalen, with the ontology."""
    return canonical(
        ox.Quad(*quad.triple, GRAPH) if "/herne-and-gladbeck" in str(quad.graph_name) else quad
        for quad in small_content.quads()
    )


@pytest.fixture(scope="module")
def folder(quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dumps") / "dumps"
    write_dumps(place, quads, quads, DAY)
    return place


def test_order_and_blank_nodes_do_not_matter() -> None:
    """Quads in another order, with other names of blank nodes and repetitions, are the same canonical quads."""
    one, other = (
        f'_:{a} <http://example.org/p> _:{b} .\n_:{b} <http://example.org/p> "x _:y" .\n'
        '<http://example.org/s> <http://example.org/p> "b", "a" .\n'
        for a, b in (("n1", "n2"), ("z", "a"))
    )
    first = [ox.Quad(*triple) for triple in ox.parse(one, format=ox.RdfFormat.TURTLE)]
    second = [ox.Quad(*triple) for triple in ox.parse(other, format=ox.RdfFormat.TURTLE)]

    assert canonical(first) == canonical([*reversed(second), *second])
    assert len(canonical(first)) == 4


def test_the_merge_counts_once() -> None:
    """A triple in two graphs is one triple."""
    graphs = (ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b"))
    thing = ox.NamedNode("http://example.org/s")
    quads = canonical(ox.Quad(thing, thing, thing, graph) for graph in graphs)

    assert (len(quads), len(merged(quads))) == (2, 1)


def test_two_runs_give_the_same_bytes(quads: list[ox.Quad], folder: Path, tmp_path: Path) -> None:
    write_dumps(tmp_path / "dumps", canonical(reversed(quads)), quads, DAY)

    assert (tmp_path / "dumps/SHA256SUMS").read_bytes() == (folder / "SHA256SUMS").read_bytes()


def test_checksums_hold(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    stated = dict(reversed(line.split("  ")) for line in lines)
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    del found["SHA256SUMS"]

    assert stated == found


@pytest.mark.parametrize("suffix", FORMATS)
def test_rdflib_and_oxigraph_read_as_many_statements(folder: Path, quads: list[ox.Quad], suffix: str) -> None:
    """Each format of the whole holds the same number of statements for two engines: of the merge, or in graphs."""
    file = folder / f"chefsache.{suffix}"
    expected = len(quads) if suffix in ("trig", "nq") else len(merged(quads))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its parsers
        graph = (RdflibDataset() if suffix in ("trig", "nq") else Graph()).parse(file, format=RDFLIB[suffix])

    assert sum(1 for _ in ox.parse(path=str(file), format=FORMATS[suffix])) == expected
    assert len(graph) == expected


def test_packed_files_hold_the_file(folder: Path) -> None:
    """Gzip and Zstandard give the file back; gzip states no time."""
    plain = (folder / "chefsache.ttl").read_bytes()
    packed = (folder / "chefsache.ttl.gz").read_bytes()

    assert gzip.decompress(packed) == plain
    assert packed[4:8] == b"\0\0\0\0"
    assert zstandard.ZstdDecompressor().decompress((folder / "chefsache.ttl.zst").read_bytes()) == plain


def test_parts_hold_what_they_are_about(quads: list[ox.Quad]) -> None:
    """Partnerships come with their claims, the claims with their sources; offices of the cities are not among them."""
    parts = Parts(quads)
    dataset = next(dataset for dataset in DATASETS if dataset.name == "partnerships")
    part = parts.part(dataset)
    subjects = {quad.subject for quad in part}
    kind = (ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("chef:Partnership")))
    partnerships = {quad.subject for quad in quads if (quad.predicate, quad.object) == kind}
    about = ox.NamedNode(expand("chef:about"))
    claims = {quad.subject for quad in quads if quad.predicate == about and quad.object in partnerships}
    sources = {
        quad.object for quad in part if quad.predicate.value == expand("dcterms:source") and quad.subject in claims
    }

    assert claims
    assert claims <= subjects
    assert sources <= subjects
    assert part == canonical(part)
    assert ox.NamedNode(expand("id:05916000-placement-fb16")) not in subjects


def test_a_land_is_its_folder(folder: Path) -> None:
    """The part of a Land has what its files state; a Land without files has no dumps."""
    text = (folder / "land-nordrhein-westfalen-asserted.ttl").read_text(encoding="utf-8")

    assert "id:05916000-office-fachbereich-16 " in text
    assert not list(folder.glob("land-bayern*"))


def test_terms_are_not_in_the_data(folder: Path) -> None:
    ontology, persons = ((folder / name).read_text(encoding="utf-8") for name in ("ontology.ttl", "persons.ttl"))

    assert "\nchef:Tenure " in ontology
    assert "\nchef:Tenure " not in persons
    assert "\nid:person-pierre-herbe " in persons
    assert "id:person-" not in ontology


def test_links_are_a_dump_of_their_own(folder: Path, quads: list[ox.Quad]) -> None:
    """Its triples are all that lead to another data set, and nothing else."""
    found = [quad.triple for quad in ox.parse(path=str(folder / "links.nt"), format=ox.RdfFormat.N_TRIPLES)]
    starts = tuple(LINKED.values())

    assert found == sorted({quad.triple for quad in quads if str(quad.object)[1:].startswith(starts)}, key=str)
    assert found
