"""Content codings: which one a client likes (RFC 9110, 12.5.3), and bodies in it, whole or piece by piece.

Flask-Compress was compared: it codes inside Flask, anew for each request. Here the codings of an answer are made once
and kept beside it in front of Flask; Flask need not be entered to choose one.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

#: Smaller bodies do not gain.
SMALLEST = 500
#: The codings, the one we like best first.
CODINGS = ("zstd", "br", "gzip")
IDENTITY = "identity"
_GAINING = {
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/n-quads",
    "application/n-triples",
    "application/sparql-query",
    "application/trig",
    "application/xml",
    "image/svg+xml",
}


class _Coder(Protocol):
    """What all three libraries have, under one name."""

    def add(self, data: bytes) -> bytes:
        """Take more of the body; return what is ready."""

    def end(self) -> bytes:
        """Return the rest."""


class _Gzip:
    def __init__(self, level: int) -> None:
        self._made = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        self.add, self.end = self._made.compress, self._made.flush


class _Brotli:
    def __init__(self, level: int) -> None:
        made: Any = brotli.Compressor(quality=level)
        self.add, self.end = made.process, made.finish


class _Zstd:
    def __init__(self, level: int) -> None:
        made = zstandard.ZstdCompressor(level=level).compressobj()
        self.add, self.end = made.compress, made.flush


#: Each coding, with the level of what is kept and asked for again, and the level of what is sent once.
_CODERS: dict[str, tuple[Callable[[int], _Coder], int, int]] = {
    "zstd": (_Zstd, 12, 3),
    "br": (_Brotli, 6, 3),
    "gzip": (_Gzip, 6, 4),
}


def gains(content_type: str) -> bool:
    """Say whether bodies of a type become smaller.

    >>> gains("text/turtle; charset=utf-8"), gains("application/gzip")
    (True, False)
    """
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in _GAINING


def preferred(header: str | None) -> tuple[str, ...]:
    """Return the codings that a client takes, best first, `identity` among them unless it is refused.

    >>> preferred("gzip, br;q=0.5"), preferred(None), preferred("identity;q=0")
    (('gzip', 'br', 'identity'), ('identity',), ())
    """
    if header is None:
        return (IDENTITY,)
    weights = _weights(header)
    every = weights.get("*", 0.0)
    ranked = [(-weights.get(name, every), place, name) for place, name in enumerate(CODINGS)]
    named = [entry for entry in ranked if entry[0] < 0]
    plain = weights.get(IDENTITY, every if "*" in weights else 1e-9)
    if plain > 0:
        named.append((-plain, len(CODINGS), IDENTITY))
    return tuple(name for _, _, name in sorted(named))


def whole(body: bytes, coding: str) -> bytes:
    """Return a body in a coding, as small as is worth it."""
    make, level, _ = _CODERS[coding]
    coder = make(level)
    return coder.add(body) + coder.end()


def pieces(body: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield a body in a coding while it is read; it is never in memory as a whole."""
    make, _, level = _CODERS[coding]
    coder = make(level)
    for piece in body:
        if ready := coder.add(piece):
            yield ready
    yield coder.end()


def _weights(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameter = (piece.strip() for piece in part.partition(";"))
        key, _, value = parameter.partition("=")
        if not name:
            continue
        try:
            weight = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            weight = 0.0
        found["gzip" if name == "x-gzip" else name] = weight if 0 <= weight <= 1 else 0.0
    return found
