"""One worker: opens the store, answers query after query from a pipe, and can be killed at any time.

Started as `python -m chefsache.store.worker`. The first message says what to open and what it may take; the worker
says that it is ready with an empty one.
"""

import os
import signal
import sys
from typing import Any

import pyoxigraph as ox

from chefsache.store import engines, frames, sandbox
from chefsache.store.engines import EmbeddedEngine, Engine, RemoteError, UnknownError
from chefsache.store.protocol import Dataset
from chefsache.store.writing import BoundedWriter, DiskFullError, TooLargeError, write


def main() -> None:
    """Serve until the pipe closes."""
    sandbox.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that a library prints may end up between the messages.
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    opening = frames.read(sys.stdin.buffer)
    if opening is None:
        return
    engine = _open(opening[0])
    sandbox.cap_memory(opening[0]["memory_mb"])
    at_rest = sandbox.data_bytes()
    frames.write(pipe, {})
    while (message := frames.read(sys.stdin.buffer)) is not None:
        head, body = _answer(engine, message[0])
        head["grown"] = sandbox.data_bytes() - at_rest
        frames.write(pipe, head, body)


def _open(opening: dict[str, Any]) -> Engine:
    if "url" in opening:
        from chefsache.store.remote_engine import RemoteEngine  # the HTTP client is loaded where it is needed

        return RemoteEngine(opening["url"], opening["default_graph"], tuple(opening["graphs"]), opening["seconds"])
    if not opening["calls"]:
        sandbox.no_sockets()
    return EmbeddedEngine(ox.Store.read_only(opening["path"]))


def _answer(engine: Engine, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    writer = BoundedWriter(request["spool"], request["inline"], request["limit"])
    dataset = Dataset(*map(tuple, request["dataset"])) if request["dataset"] else None
    stage = "ask"
    try:
        found = engines.ask(engine, request["text"], dataset)
        stage = "read"
        complete = write(found, request, writer)
        body = writer.finish()
    except UnknownError as error:
        return {"error": "UnknownError", "text": str(error)}, b""
    except (TooLargeError, DiskFullError, MemoryError) as error:
        writer.drop()
        return {"error": type(error).__name__, "text": ""}, b""
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        writer.drop()
        return {"error": type(error).__name__, "text": str(error.args[0]) if error.args else "", "stage": stage}, b""
    except RemoteError as error:
        writer.drop()
        return {"error": "RemoteError", "kind": error.kind, "text": error.detail, "line": error.line}, b""
    return {"size": writer.size, "spooled": body is None, "complete": complete}, body or b""


if __name__ == "__main__":
    main()
