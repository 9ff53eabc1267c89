"""A new snapshot is taken up without dropping a request; one that cannot be opened is left alone."""

import os
import shutil
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chefsache.pipeline.snapshot import find, hold, prune

BIG = "/sparql?query=SELECT%20*%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20%7D%20LIMIT%20100000"
NAME = "SELECT ?o { <http://example.org/0> <http://example.org/name> ?o }"

Serving = Callable[..., Any]


def publish(home: Path, digest: str) -> None:
    fresh = home / ".fresh"
    fresh.symlink_to(Path("snapshots") / digest)
    fresh.replace(home / "current")


def name(server: Any) -> bytes:
    return server.query(NAME)[2].split()[1]


def drained(connection: socket.socket, after: float) -> bytes:
    """Read an answer slowly at first, then to its end."""
    time.sleep(after)
    parts = []
    while part := connection.recv(1 << 20):
        parts.append(part)
    return b"".join(parts)


def test_no_request_is_lost(serving: Serving, place: Path) -> None:
    """Three clients ask without a pause, one reads slowly, two processes serve: every answer is whole.

    At last all come from the new snapshot, and the workers of the old one are gone.
    """
    server = serving(workers=2, CHEFSACHE_QUERY_SECONDS="60").wait_ready()
    whole = len(server.get(BIG, Accept="text/csv")[2])
    seen: Counter[tuple[int, bytes]] = Counter()
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            status, _, body = server.query(NAME)
            seen[status, body.split()[1]] += 1

    clients = [threading.Thread(target=ask) for _ in range(3)]
    for client in clients:
        client.start()
    slow = server.connect(f"GET {BIG} HTTP/1.1\r\nConnection: close")
    publish(place, "new")
    server.until(lambda: all(name(server) == b"new" for _ in range(10)), "all new")
    body = drained(slow, 0.5).partition(b"\r\n\r\n")[2]
    slow.close()
    done.set()
    for client in clients:
        client.join()
    server.until(lambda: len(server.query_workers()) == 2 * 6, "rid of the old workers", 70)

    assert set(seen) == {(200, b"old"), (200, b"new")}, seen
    assert len(body) == whole
    assert server.errors.count("new statt / instead of old") == 2


def test_a_damaged_snapshot_is_not_taken_up(serving: Serving, place: Path) -> None:
    """The old one is served on, and what is wrong is said; the next whole one is taken up."""
    shutil.copytree(place / "snapshots" / "new", place / "snapshots" / "half")
    for file in (place / "snapshots" / "half" / "store").glob("*.sst"):
        file.write_bytes(b"")
    (place / "snapshots" / "half" / "store" / "CURRENT").write_text("nonsense\n")
    server = serving().wait_ready()
    publish(place, "half")
    server.until(lambda: "served on" in server.errors, "heard of")
    after = name(server)
    publish(place, "new")
    server.until(lambda: name(server) == b"new", "new")

    assert after == b"old"
    assert "half: the snapshot is damaged" in server.errors
    assert "Traceback" not in server.errors


@pytest.mark.parametrize("damage", ["snapshot.json", "store"])
def test_a_damaged_snapshot_is_not_served(serving: Serving, place: Path, damage: str) -> None:
    """At the start, too, it is refused, with what to do, and nothing stays behind."""
    if damage == "store":
        shutil.rmtree(place / "snapshots" / "old" / "store")
    else:
        (place / "snapshots" / "old" / damage).write_text("{")
    server = serving()
    code = server.process.wait(timeout=30)

    assert code == 1
    assert "the snapshot is damaged" in server.errors
    assert "build again" in server.errors
    assert "Traceback" not in server.errors or damage == "snapshot.json"
    assert server.left_over() == []


def test_what_is_served_is_not_removed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A held snapshot survives however few are kept; once it is let go, it goes."""
    monkeypatch.setenv("CHEFSACHE_HOME", str(place))
    monkeypatch.setenv("CHEFSACHE_KEEP", "1")
    old, new = find("old"), find("new")
    assert old is not None
    assert new is not None
    with hold(old):
        prune(new)
        kept = (old.store_path / "CURRENT").is_file()
    prune(new)

    assert kept
    assert not old.path.exists()
    assert new.path.exists()


def test_a_lost_process_comes_back_with_the_current_snapshot(serving: Serving, place: Path) -> None:
    """A killed server process is replaced; the new one serves what is current, not what was at the start."""
    server = serving(workers=2).wait_ready()
    server.until(lambda: len(server.query_workers()) >= 12, "complete")  # both began on the old one
    publish(place, "new")
    server.until(lambda: server.errors.count("instead of old") == 2, "new")
    lost = server.servers()
    os.kill(lost[0], signal.SIGKILL)
    server.until(lambda: len(server.servers()) == 2 and lost[0] not in server.servers(), "replaced")
    server.until(lambda: len(server.query_workers()) == 12, "complete again")
    names = Counter(name(server) for _ in range(20))

    assert names == {b"new": 20}
    assert server.terminate() == 0
    assert server.left_over() == []
