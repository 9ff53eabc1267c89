"""Length-prefixed messages over a pipe: a JSON head, and bytes after it where the head says so."""

import json
import os
import select
import struct
import time
from typing import IO, Any

_SIZE = struct.Struct(">I")


def write(pipe: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Send a message; *body* travels behind the head, which gets its length."""
    encoded = json.dumps({**head, "body": len(body)}).encode()
    pipe.write(_SIZE.pack(len(encoded)) + encoded + body)
    pipe.flush()


def read(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Wait for a message; None when the other side has gone."""
    size = pipe.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    head = json.loads(pipe.read(_SIZE.unpack(size)[0]))
    return head, pipe.read(head["body"])


class Reader:
    """Reads messages from a file descriptor, but never waits beyond a deadline."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def read(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        """Return the next message.

        Raises:
            TimeoutError: `time.monotonic()` passed *deadline*.
            EOFError: the other side has gone.
        """
        size = _SIZE.unpack(self._exactly(_SIZE.size, deadline))[0]
        head = json.loads(self._exactly(size, deadline))
        return head, self._exactly(head["body"], deadline)

    def _exactly(self, count: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while count:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise TimeoutError
            part = os.read(self._descriptor, min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
