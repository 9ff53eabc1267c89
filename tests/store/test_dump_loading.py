"""What is downloaded can be loaded: each format of the whole gives as many statements as are stated of it.

tests/pipeline/test_dumps.py reads the same files with rdflib. Virtuoso 7 has no parser for JSON-LD.
"""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.names import GRAPH
from chefsache.pipeline.canonical import canonical
from chefsache.pipeline.dumps import FORMATS, write_dumps
from chefsache.pipeline.loading import Content

#: How Virtuoso loads each format; the number says which syntax its parser is to expect.
LOADERS = {
    "ttl": "DB.DBA.TTLP(file_to_string_output('{file}'), '', 'urn:x:ttl', 0);",
    "nt": "DB.DBA.TTLP(file_to_string_output('{file}'), '', 'urn:x:nt', 0);",
    "rdf": "DB.DBA.RDF_LOAD_RDFXML(file_to_string_output('{file}'), '', 'urn:x:rdf');",
    "trig": "DB.DBA.TTLP(file_to_string_output('{file}'), '', 'urn:x:none', 256);",
    "nq": "DB.DBA.TTLP(file_to_string_output('{file}'), '', 'urn:x:none', 512);",
}


@pytest.fixture(scope="module")
def dumps(small_content: Content, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The dumps of the golden graph of two cities, and how many statements each is said to have."""
    place = tmp_path_factory.mktemp("dumps") / "dumps"
    quads = canonical(small_content.quads())
    known = write_dumps(place, quads, quads, datetime.date(2026, 11, 22))
    return place, {entry["name"]: entry["count"] for entry in known}


@pytest.fixture(scope="module")
def virtuoso(required, virtuoso_sql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    program, isql = required("virtuoso-t"), required("isql-vt", "isql-v")
    with virtuoso_sql(program, isql, tmp_path_factory.mktemp("virtuoso")) as (run, _):
        yield run


@pytest.mark.parametrize("suffix", FORMATS)
def test_oxigraph_loads_all(dumps: tuple[Path, dict[str, int]], suffix: str) -> None:
    folder, counts = dumps
    store = ox.Store()
    store.bulk_load(path=str(folder / f"chefsache.{suffix}"), format=FORMATS[suffix])

    assert len(store) == counts[f"chefsache.{suffix}"]


@pytest.mark.parametrize("suffix", LOADERS)
def test_virtuoso_loads_all(dumps: tuple[Path, dict[str, int]], virtuoso: Callable[[str], str], suffix: str) -> None:
    """Into an empty store: a graph of the test, or the graphs that the file names."""
    folder, counts = dumps
    start = GRAPH if suffix in {"trig", "nq"} else f"urn:x:{suffix}"
    virtuoso("RDF_GLOBAL_RESET();")
    virtuoso(LOADERS[suffix].format(file=folder / f"chefsache.{suffix}"))
    said = virtuoso(f"sparql select count(*) {{ graph ?g {{ ?s ?p ?o }} filter(strstarts(str(?g), '{start}')) }};")

    assert int(said.split()[-1]) == counts[f"chefsache.{suffix}"]
