"""What may go wrong in a night: each failure hurts those it must, tells them so, and nobody else."""

import json
import os
import random
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

BIG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAME = "SELECT ?o { <http://example.org/0> <http://example.org/name> ?o }"

Serving = Callable[..., Any]


def outcome(server: Any, text: str) -> str:
    """What a client sees: the status, and the code of the error, which must be stated as one."""
    status, _, body = server.query(text)
    return str(status) if status == 200 else f"{status} {json.loads(body)['error']['code']}"


def test_a_killed_worker_takes_only_its_own_query(serving: Serving) -> None:
    """What is lost is at most what was killed, each with a clear 503; everything else is answered.

    Twelve times a worker is killed at random while four clients ask; at the end all workers are there again.
    """
    server = serving().wait_ready()
    server.until(lambda: len(server.query_workers()) >= 6, "complete")
    seen: Counter[str] = Counter()
    done = threading.Event()
    chance = random.Random(7)

    def ask() -> None:
        while not done.is_set():
            seen[outcome(server, NAME)] += 1

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    killed = 0
    while killed < 12:
        victims = server.query_workers()
        if victims:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed += 1
        time.sleep(0.1)
    done.set()
    for client in clients:
        client.join()
    server.until(lambda: len(server.query_workers()) >= 6, "complete again")
    lost = sum(number for what, number in seen.items() if what != "200")
    after = [outcome(server, NAME) for _ in range(10)]

    assert set(seen) <= {"200", "503 worker-lost", "503 overloaded"}, seen
    assert seen["200"] > lost
    assert lost <= killed, seen
    assert after == ["200"] * 10


def test_a_full_queue_says_so(serving: Serving) -> None:
    """Fifty queries without end: each is told that its time is over, or that no place is free and when to come back.

    What is our own is answered meanwhile.
    """
    server = serving(CHEFSACHE_QUERY_SECONDS="1").wait_ready()
    found: list[tuple[int, str | None, float]] = []

    def ask(number: int) -> None:
        before = time.monotonic()
        status, headers, _ = server.query(ENDLESS, source=f"127.0.1.{number + 1}")
        found.append((status, headers["Retry-After"], time.monotonic() - before))

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for client in clients:
        client.start()
    meanwhile = {server.status("/health/ready") for _ in range(10)}
    for client in clients:
        client.join()
    refused = [entry for entry in found if entry[0] == 503]

    assert {status for status, _, _ in found} == {503, 504}
    assert refused
    assert all(retry and int(retry) > 0 for _, retry, _ in refused)
    assert meanwhile == {200}


def test_slow_and_broken_clients_hold_nobody_up(serving: Serving) -> None:
    """Some read nothing of a large answer, some stop in their headers, some hang up: others' queries all succeed."""
    server = serving().wait_ready()
    target = f"GET /sparql?query={quote(BIG)} HTTP/1.1"
    reading = [server.connect(target, source="127.0.0.2") for _ in range(3)]
    sending = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(30)]
    for connection in sending:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    seen: Counter[str] = Counter()
    for _ in range(3):
        broken = server.connect(target, source="127.0.0.3")
        broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        broken.close()
        seen[outcome(server, NAME)] += 1
    for connection in (*reading, *sending):
        connection.close()
    server.until(lambda: not server.left_over(), "rid of the answers that nobody read")

    assert seen == {"200": 3}
    assert "Traceback" not in server.errors


def test_no_room_for_an_answer(serving: Serving) -> None:
    """Where the disk takes no more, a large answer is a clear 5xx without a part of it; small ones are as ever."""
    server = serving(file_size=2_000_000).wait_ready()
    status, _, body = server.query(BIG)
    error = json.loads(body)["error"]

    assert (status, error["code"]) == (503, "no-room")
    assert str(server.home) not in body.decode()
    assert outcome(server, NAME) == "200"
    assert server.left_over() == []


def test_no_room_for_a_snapshot(small_root: Path, tmp_path: Path) -> None:
    """Where the disk is full, a build says so, and what stood before stands."""
    environment = os.environ | {"CHEFSACHE_ROOT": str(small_root), "CHEFSACHE_HOME": str(tmp_path / "home")}
    build = [sys.executable, "-c", "from chefsache.cli import main; main(['build'])"]
    subprocess.run(build, env=environment, check=True, capture_output=True, timeout=120)
    before = (tmp_path / "home" / "current").resolve()
    full = subprocess.run(
        build, env=environment | {"CHEFSACHE_AS_OF": "2019-06-01"}, capture_output=True, text=True, timeout=120,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip

    assert full.returncode == 2, full.stderr
    assert "could not be written" in full.stderr
    assert "Traceback" not in full.stderr
    assert (tmp_path / "home" / "current").resolve() == before
    assert [path.name for path in (tmp_path / "home" / "snapshots").iterdir()] == [before.name]
    assert not list((tmp_path / "home").glob("building-*"))
