"""An answer on its way out: whole in memory, or a stream; in the coding that the client likes; or not sent again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wsgi import ClosingIterator

from chefsache.web.gateway import codings
from chefsache.web.gateway.codings import IDENTITY

Headers = list[tuple[str, str]]
#: What describes a body that is not sent with a 304 (RFC 9110, 15.4.5).
_OF_BODY = {"accept-ranges", "content-disposition", "content-encoding", "content-language", "content-length",
            "content-type"}  # fmt: skip


@dataclass
class Reply:
    """Status line, headers and body; the body is whole unless there is a stream."""

    status: str
    headers: Headers
    body: bytes = b""
    stream: Iterable[bytes] | None = None
    #: Whole bodies in other codings, by the coding's name.
    _coded: dict[str, "Reply"] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return the value of a header, nothing where it is missing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def code(self) -> int:
        """The status as a number."""
        return int(self.status[:3])

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory, with its codings."""
        own = len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 1000
        return own + sum(reply.size for reply in list(self._coded.values()))

    def coded(self, liked: Sequence[str]) -> "Reply":
        """Return it in the coding that a client likes best.

        Where the client refuses the body as it is, one that gains nothing is coded nevertheless.
        """
        if liked[0] in self._coded:
            return self._coded[liked[0]]
        coding = liked[0] if self._gains() or IDENTITY not in liked else IDENTITY
        if coding == IDENTITY or self.code != 200 or self.get("content-encoding"):
            return self
        if self.stream is not None:
            return Reply(self.status, _coded_headers(self.headers, coding), stream=_Coded(self.stream, coding))
        body = codings.whole(self.body, coding)
        headers = [*_coded_headers(self.headers, coding), ("Content-Length", str(len(body)))]
        self._coded[coding] = Reply(self.status, headers, body)
        return self._coded[coding]

    def unless_known(self, header: str | None) -> "Reply":
        """Return 304 where the client names its validator (If-None-Match; RFC 9110, 13.1.2), else itself."""
        if header is None or self.code != 200 or not _matches(header, self.get("etag")):
            return self
        self.close()
        kept = [(name, value) for name, value in self.headers if name.lower() not in _OF_BODY]
        return Reply("304 Not Modified", kept)

    def until_closed(self, done: Callable[[], None]) -> "Reply":
        """Return it with something to do when its stream ends or is given up."""
        return Reply(self.status, self.headers, stream=ClosingIterator(self.stream or (), [self.close, done]))

    def close(self) -> None:
        """Give up the stream, if there is one."""
        close: Any = getattr(self.stream, "close", None)
        if close is not None:
            close()

    def _gains(self) -> bool:
        return (
            self.code == 200
            and codings.gains(self.get("content-type"))
            and "no-transform" not in self.get("cache-control")
            and not self.get("content-encoding")
            and (self.stream is not None or len(self.body) >= codings.SMALLEST)
        )


class _Coded:
    """A stream in a coding; closing it closes the stream."""

    def __init__(self, stream: Iterable[bytes], coding: str) -> None:
        self._stream = stream
        self._pieces = codings.pieces(stream, coding)

    def __iter__(self) -> "_Coded":
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        close: Any = getattr(self._stream, "close", None)
        if close is not None:
            close()


def _coded_headers(headers: Headers, coding: str) -> Headers:
    changed = [(name, value) for name, value in headers if name.lower() not in {"content-length", "accept-ranges"}]
    changed = [
        (name, f'{value[:-1]}.{coding}"' if name.lower() == "etag" and value.endswith('"') else value)
        for name, value in changed
    ]
    return [*changed, ("Content-Encoding", coding)]


def _matches(header: str, tag: str) -> bool:
    """Compare weakly; our tags hold no comma."""
    if not tag:
        return False
    if header.strip() == "*":
        return True
    return tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in header.split(","))
