"""Answers travel small where the client can read them, and each coding has its own validator."""

import gzip
import tracemalloc
from collections.abc import Iterator

import brotli
import pytest
import zstandard

from chefsache.web.gateway import codings
from chefsache.web.gateway.replies import Reply

READ = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}
TEXT = b"<https://w3id.org/chefsache/id/05916000> a <https://w3id.org/chefsache/ontology#Municipality> .\n" * 200


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ["identity"]),
        ("", ["identity"]),
        ("gzip", ["gzip", "identity"]),
        ("x-gzip", ["gzip", "identity"]),
        ("gzip, deflate, br, zstd", ["zstd", "br", "gzip", "identity"]),
        ("gzip;q=1.0, br;q=0.5", ["gzip", "br", "identity"]),
        ("gzip;q=0", ["identity"]),
        ("*", ["zstd", "br", "gzip", "identity"]),
        ("*;q=0", []),
        ("br;q=0, *", ["zstd", "gzip", "identity"]),
        ("identity;q=0", []),
        ("identity;q=0, gzip", ["gzip"]),
        ("identity, gzip;q=0.5", ["identity", "gzip"]),
        ("gzip;q=much, br;q=7", ["identity"]),
        ("compress, , ;q=1", ["identity"]),
    ],
)
def test_preferred(header: str | None, expected: list[str]) -> None:
    assert list(codings.preferred(header)) == expected


@pytest.mark.parametrize("coding", codings.CODINGS)
def test_read_back(coding: str) -> None:
    whole = codings.whole(TEXT, coding)

    assert READ[coding](whole) == TEXT
    assert len(whole) < len(TEXT) / 20
    assert READ[coding](b"".join(codings.pieces([TEXT, b"", TEXT], coding))) == TEXT * 2


@pytest.mark.parametrize("coding", codings.CODINGS)
def test_streams_are_never_in_memory(coding: str) -> None:
    def stream() -> Iterator[bytes]:
        for number in range(600):
            yield TEXT.replace(b"05916000", b"%08d" % number)

    tracemalloc.start()
    sent = sum(len(piece) for piece in codings.pieces(stream(), coding))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert 0 < sent < 600 * len(TEXT) / 10
    assert peak < 2_000_000


def _reply(kind: str = "text/turtle", body: bytes = TEXT, **headers: str) -> Reply:
    given = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Reply("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body))), ("ETag", '"a"'), *given], body)


def test_each_coding_has_its_validator() -> None:
    reply = _reply()
    tags = [reply.coded((coding, "identity")).get("etag") for coding in (*codings.CODINGS, "identity")]

    assert len(set(tags)) == 4
    assert reply.coded(("br",)).get("content-length") == str(len(reply.coded(("br",)).body))
    assert reply.coded(("br",)).get("content-encoding") == "br"


@pytest.mark.parametrize(
    "reply",
    [
        _reply("application/gzip"),
        _reply(body=b"short"),
        _reply(Cache_Control="no-cache, no-transform"),
        _reply(Content_Encoding="gzip"),
        Reply("404 Not Found", [("Content-Type", "text/html")], TEXT),
    ],
)
def test_sent_as_it_is(reply: Reply) -> None:
    assert reply.coded(("br", "identity")) is reply


def test_coded_where_the_client_refuses_it_as_it_is() -> None:
    assert _reply(body=b"short").coded(("gzip",)).get("content-encoding") == "gzip"


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ('"a.br"', False),
        ("", False),
        (None, False),
    ],
)
def test_if_none_match(header: str | None, known: bool) -> None:
    """Weak comparison, lists, and any; what describes the body does not travel with a 304."""
    reply = _reply(Vary="Accept", Cache_Control="no-cache").unless_known(header)

    assert (reply.code == 304) is known
    assert bool(reply.body) is not known
    assert (reply.get("vary"), reply.get("etag"), reply.get("cache-control")) == ("Accept", '"a"', "no-cache")
    assert bool(reply.get("content-length")) is not known


def test_a_stream_is_closed_with_its_coding() -> None:
    closed = []

    class Stream:
        def __iter__(self) -> Iterator[bytes]:
            return iter([TEXT])

        def close(self) -> None:
            closed.append(1)

    reply = Reply("200 OK", [("Content-Type", "text/turtle"), ("Content-Length", "9"), ("ETag", '"a"')], b"", Stream())
    coded = reply.coded(("zstd",))
    assert coded.get("content-length") == ""
    coded.close()
    assert coded.unless_known('"a.zstd"').code == 304

    assert len(closed) == 2
