"""Write the dumps: every dataset in its formats and flavours, the tables, checksums; same graph, same bytes.

Turtle, N-Triples, JSON-LD and RDF/XML hold the merged graph; TriG and N-Quads keep each file as a named graph. What is
large comes compressed, too: gzip (RFC 1952, without a time) and Zstandard (RFC 8878). The engine serialises on one
thread while others compress, hash and write.
"""

import datetime
import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import zstandard
from isal import igzip

from chefsache.content.names import PREFIXES, expand
from chefsache.pipeline.canonical import by_graph, merged
from chefsache.pipeline.columns import TABLES
from chefsache.pipeline.datasets import DATASETS, LINKS, WHOLE, Dataset
from chefsache.pipeline.links import LINKS_TABLE, link_rows, links, links_metadata, links_text
from chefsache.pipeline.parts import Parts
from chefsache.pipeline.tables import METADATA, Reader, metadata, rows, table_text

__all__ = ["CHECKSUMS", "FORMATS", "write_dumps"]

#: The formats of the dumps by file suffix.
FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
#: The file of checksums, as `sha256sum --check` reads it.
CHECKSUMS = "SHA256SUMS"

_START = ox.NamedNode(expand("chef:earliestStart"))
_OPEN = "0001-01-01"
_NAMED = ("trig", "nq")


@dataclass(frozen=True)
class _Dump:
    """A file to be written, and what is known of it.

    ``flavour`` is ``asserted``, ``complete`` (with what follows) or ``table``; ``count`` is of statements or rows;
    ``since`` is the first day that a claim of the dataset bounds, if any does.
    """

    name: str
    dataset: str
    flavour: str
    format: str
    count: int
    since: str = ""
    packing: str = ""

    def packed(self, packing: str) -> "_Dump":
        return replace(self, name=f"{self.name}.{packing}", packing=packing)


def write_dumps(
    folder: Path, asserted: list[ox.Quad], complete: list[ox.Quad], as_of: datetime.date
) -> list[dict[str, Any]]:
    """Write all dumps, and SHA256SUMS.

    Args:
        folder: is made.
        asserted: what files state, as canonical quads.
        complete: that with what follows from it.
        as_of: the day of the certainty in tables.

    Returns:
        What is known of each file, by its name: dataset, flavour, format, count, since, packing, bytes, sha256.
    """
    folder.mkdir()
    known: dict[str, Future[dict[str, Any]]] = {}
    with ThreadPoolExecutor(1) as aside:  # compression, hashing and writing let Python go on
        for dump, content, packings in _files(asserted, complete, as_of):
            known[dump.name] = aside.submit(_write, folder, dump, content)
            for packing in packings:
                packed = dump.packed(packing)
                known[packed.name] = aside.submit(_write_packed, folder, packed, content)
    found = [known[name].result() for name in sorted(known)]
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in found)
    (folder / CHECKSUMS).write_text(sums, encoding="utf-8")
    return found


def _files(
    asserted: list[ox.Quad], complete: list[ox.Quad], as_of: datetime.date
) -> Iterator[tuple[_Dump, bytes, tuple[str, ...]]]:
    known, leading = Parts(complete), links(complete)
    stated = {quad.graph_name for quad in asserted}
    for dataset in DATASETS:
        packings = ("gz", "zst") if dataset.register else ()
        whole = complete if dataset.name == WHOLE else leading if dataset.linked else _part(known, dataset)
        since = _since(whole)
        flavours = {
            "asserted": (dataset.asserted, [quad for quad in whole if quad.graph_name in stated]),
            "complete": (dataset.complete, whole),
        }
        for flavour, (formats, quads) in flavours.items():
            if quads and formats:
                for suffix, count, content in _serialised(formats, quads):
                    name = dataset.file_name(flavour, suffix)
                    yield _Dump(name, dataset.name, flavour, suffix, count, since), content, packings
    yield from ((dump, content, ()) for dump, content in _tables(Reader(known), leading, as_of))


def _part(known: Parts, dataset: Dataset) -> list[ox.Quad]:
    return known.part(dataset) if dataset.classes or dataset.land else known.graphs(dataset)


def _since(quads: list[ox.Quad]) -> str:
    days = (quad.object.value for quad in quads if quad.predicate == _START and isinstance(quad.object, ox.Literal))
    return min((day for day in days if day != _OPEN), default="")


def _serialised(formats: tuple[str, ...], quads: list[ox.Quad]) -> Iterator[tuple[str, int, bytes]]:
    triples = merged(quads)
    graphs = by_graph(quads) if set(_NAMED).intersection(formats) else []
    for suffix in formats:
        statements: list[ox.Quad] | list[ox.Triple] = graphs if suffix in _NAMED else triples
        content = ox.serialize(statements, format=FORMATS[suffix], prefixes=PREFIXES) or b""
        yield suffix, len(statements), content


def _tables(reader: Reader, leading: list[ox.Quad], as_of: datetime.date) -> Iterator[tuple[_Dump, bytes]]:
    for dataset in DATASETS:
        for name in dataset.tables:
            lines = list(rows(reader, TABLES[name], as_of))
            yield _Dump(f"{name}.csv", dataset.name, "table", "csv", len(lines)), table_text(TABLES[name], lines)
    lines = list(link_rows(leading, reader))
    yield _Dump(LINKS_TABLE, LINKS, "table", "csv", len(lines)), links_text(lines)
    yield _Dump(METADATA, WHOLE, "table", "csvw", len(TABLES) + 1), metadata(links_metadata())


def _write(folder: Path, dump: _Dump, content: bytes) -> dict[str, Any]:
    (folder / dump.name).write_bytes(content)
    return asdict(dump) | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _write_packed(folder: Path, dump: _Dump, content: bytes) -> dict[str, Any]:
    return _write(folder, dump, _packed(dump.packing, content))


def _packed(packing: str, content: bytes) -> bytes:
    if packing == "gz":
        return igzip.compress(content, 1, mtime=0)
    return zstandard.ZstdCompressor(level=3).compress(content)
