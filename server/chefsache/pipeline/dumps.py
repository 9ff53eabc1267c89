"""Write the dumps: six formats, two flavours, the same bytes for the same graph.

Statements are sorted, and blank nodes named by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), before anything is written.
Turtle, N-Triples, JSON-LD and RDF/XML hold the merged graph; TriG and N-Quads keep each file as a named graph.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.names import PREFIXES

__all__ = ["FORMATS", "canonical", "write_dumps"]

#: The formats of the dumps by file suffix.
FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def canonical(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads without repetition, in a stable order, with canonical names for blank nodes."""
    every = set(quads)
    anonymous = {quad for quad in every if _mentions_blank_node(quad)}
    dataset = ox.Dataset(anonymous)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted([*(every - anonymous), *dataset], key=str)  # so the triples are in order, too, whatever their graph


def write_dumps(folder: Path, asserted: list[ox.Quad], complete: list[ox.Quad]) -> None:
    """Write both flavours of canonical quads (``chefsache-asserted.*``, ``chefsache.*``), and SHA256SUMS."""
    folder.mkdir()
    for name, quads in (("chefsache-asserted", asserted), ("chefsache", complete)):
        merged = list(dict.fromkeys(quad.triple for quad in quads))
        quads = sorted(quads, key=lambda quad: str(quad.graph_name))
        for suffix, format_ in FORMATS.items():
            (folder / f"{name}.{suffix}").write_bytes(_serialised(format_, quads, merged))
    files = sorted(folder.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


def _serialised(format_: ox.RdfFormat, quads: list[ox.Quad], merged: list[ox.Triple]) -> bytes:
    if format_ in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS):
        return ox.serialize(quads, format=format_, prefixes=PREFIXES) or b""
    return ox.serialize(merged, format=format_, prefixes=PREFIXES) or b""


def _mentions_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
