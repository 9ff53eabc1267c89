"""Forty requests that no honest client sends: each gets its proper answer, and the next client does not notice."""

import contextlib
import gzip
import socket
import time
from typing import Any
from urllib.parse import quote

import pytest

_HOST = "Host: 127.0.0.1\r\n"
_ASK = quote("ASK {}")
_FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
_QUERY = "Content-Type: application/sparql-query\r\n"
_LEAKS = (b"Traceback", b"site-packages", b"/server/", b"snapshots/", b'.py"', b"/home/", b"/tmp/", b"root:")


def get(path: str, *headers: str) -> bytes:
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"GET {path} HTTP/1.1\r\n{_HOST}{lines}Connection: close\r\n\r\n".encode("latin-1")


def post(headers: str, body: bytes, path: str = "/sparql") -> bytes:
    length = "" if "Content-Length" in headers or "Transfer-Encoding" in headers else f"Content-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\n{_HOST}{headers}{length}Connection: close\r\n\r\n".encode() + body


#: Name -> the bytes sent, and the status of the answer; 0: the connection is closed without one.
REQUESTS: dict[str, tuple[bytes, int]] = {
    # the request line
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64 + b"\r\n\r\n", 400),
    "no version": (b"GET /\r\nHost: 127.0.0.1\r\n\r\n", 400),
    "a version that does not exist": (b"GET / HTTP/7.3\r\nHost: 127.0.0.1\r\n\r\n", 400),
    "a space in the path": (b"GET /a b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
    "NUL in the path": (b"GET /id/\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
    "raw UTF-8 in the path": (get("/id/\u00c3\u00a4"), 404),
    "a path of 100 kB": (get("/id/" + "a" * 100_000), 414),
    "an unknown method": (get("/").replace(b"GET", b"BREW", 1), 405),
    "TRACE": (get("/").replace(b"GET", b"TRACE", 1), 405),
    "CONNECT": (b"CONNECT example.org:443 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", 404),
    "an absolute address of another host": (get("http://example.org/nothing"), 404),
    "an asterisk": (get("*").replace(b"GET", b"OPTIONS", 1), 404),
    # the host
    "another host": (b"GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n", 421),
    "no host": (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 421),
    "two hosts": (get("/health/live", "Host: example.org"), 421),
    "a host with a path": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1/../x\r\nConnection: close\r\n\r\n", 421),
    # headers
    "a header of 1 MB": (get("/health/live", "If-None-Match: " + "a" * 1_000_000), 431),
    "a thousand headers": (get("/health/live", *(f"X-{number}: 1" for number in range(1000))), 431),
    "a header without a name": (get("/health/live", ": nothing"), 400),
    "a folded header": (get("/health/live", "X-One: 1\r\n two"), 400),
    "NUL in a header": (get("/health/live", "X-One: a\0b"), 400),
    "Accept of 200 kB": (get(f"/sparql?query={_ASK}", "Accept: " + "text/csv;q=0.1," * 13_400), 431),
    "Accept that says nothing": (get(f"/sparql?query={_ASK}", "Accept: ;;;,,,q=q=;/"), 200),
    "Latin-1 in a header": (get("/health/live", "User-Agent: \xfc\xff"), 200),
    # the body
    "two lengths": (post(f"{_QUERY}Content-Length: 6\r\nContent-Length: 7\r\n", b"ASK {}x"), 400),
    "a length that is none": (post(f"{_QUERY}Content-Length: -1\r\n", b"ASK {}"), 400),
    "length and chunks": (
        post(f"{_QUERY}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"),
        400,
    ),
    "chunks of no size": (post(f"{_QUERY}Transfer-Encoding: chunked\r\n", b"zz\r\nASK {}\r\n0\r\n\r\n"), 400),
    "an unknown coding of the transfer": (post(f"{_QUERY}Transfer-Encoding: rot13\r\n", b"ASK {}"), 400),
    "a gzip bomb": (post(f"{_QUERY}Content-Encoding: gzip\r\n", gzip.compress(b"#" * 10_000_000)), 415),
    "a query of 2 MB": (post(_QUERY, b"ASK {} #" + b"a" * 2_000_000), 413),
    "a form of 2 MB in chunks": (
        post(f"{_FORM}Transfer-Encoding: chunked\r\n", b"%x\r\nquery=%s\r\n0\r\n\r\n" % (2_000_006, b"a" * 2_000_000)),
        413,
    ),
    "a query that is not UTF-8": (post(_QUERY, b"ASK { ?s ?p '\xff\xfe' }"), 400),
    "a form of ten thousand fields": (post(_FORM, b"&".join(b"f%d=1" % number for number in range(10_000))), 400),
    "files instead of a query": (
        post("Content-Type: multipart/form-data; boundary=x\r\n", b"--x\r\n\r\n" * 1000), 415,
    ),
    # what an address says
    "percent signs that mean nothing": (get("/id/%zz%2"), 400),
    "percent signs that are no UTF-8": (get("/id/%ff%fe"), 400),
    "NUL in percent signs": (get("/id/%00"), 404),
    "a way up, in percent signs": (get("/dumps/..%2fsnapshot.json"), 404),
    "a way up, twice encoded": (get("/dumps/%252e%252e%252fsnapshot.json"), 404),
    "a way up, in the open": (get("/dumps/../../../../etc/passwd"), 404),
    "an absolute file": (get("/dumps//etc/passwd"), 404),
    "ten thousand parameters": (get("/sparql?" + "&".join(f"p{number}=1" for number in range(10_000))), 414),
    "a format that is a way up": (get(f"/sparql?query={_ASK}&format=../../etc/passwd"), 406),
    "the same parameter twice": (get(f"/sparql?query={_ASK}&query={_ASK}"), 400),
    # parts of files
    "a thousand parts of a dump": (get("/dumps/old/chefsache.nt", "Range: bytes=" + ",".join(["0-"] * 1000)), 416),
    "a part beyond the end": (get("/dumps/old/chefsache.nt", "Range: bytes=99999999-"), 416),
    "a part that is none": (get("/dumps/old/chefsache.nt", "Range: lines=1-2"), 200),
}  # fmt: skip


def asked(port: int, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        parts = []
        with contextlib.suppress(OSError):  # hung up on before the end, as it may be
            connection.sendall(request)
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(1 << 16):
                parts.append(part)
        return b"".join(parts)


@pytest.mark.parametrize("name", REQUESTS)
def test_each_gets_its_answer(server: Any, name: str) -> None:
    """The stated status, within a second of the limit of a query, nothing of the inside, and the server lives."""
    request, expected = REQUESTS[name]
    before = time.monotonic()
    answer = asked(server.port, request)
    seconds = time.monotonic() - before
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0

    assert status == expected, answer[:600]
    assert seconds < 3
    assert not [word for word in _LEAKS if word in answer]
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert server.status("/health/live") == 200


def test_there_are_forty() -> None:
    assert len(REQUESTS) >= 40


def test_nothing_is_said_inside_either(server: Any) -> None:
    """None of them ends in an exception that nobody caught."""
    for request, _ in REQUESTS.values():
        asked(server.port, request)

    assert "Traceback" not in server.errors
