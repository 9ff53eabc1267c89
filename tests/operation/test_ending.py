"""However a server ends, nothing of it stays: answers on their way arrive, no process and no file is left."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

BIG = f"/sparql?query={quote('SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000')}"

Serving = Callable[..., Any]


def test_an_answer_on_its_way_arrives(serving: Serving) -> None:
    """Told to end while a slow reader is in the middle, it refuses new connections, sends the rest, ends with 0."""
    server = serving().wait_ready()
    processes = server.servers() + server.query_workers()
    connection = server.connect(f"GET {BIG} HTTP/1.1\r\nConnection: close")
    begun = connection.recv(1 << 16)
    codes: list[int] = []
    ending = threading.Thread(target=lambda: codes.append(server.terminate()))
    ending.start()
    server.until(lambda: _refused(server.port), "closed to others")
    parts = [begun]
    while part := connection.recv(1 << 20):
        parts.append(part)
    ending.join()
    server.until(lambda: not [pid for pid in processes if _runs(pid)], "rid of its processes", 10)
    connection.close()
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )

    assert head.startswith(b"HTTP/1.1 200")
    assert len(body) == length
    assert codes == [0]
    assert server.left_over() == []


def test_nobody_outlives_a_killed_server(serving: Serving) -> None:
    """After SIGKILL of the main process all others go, and temporary files left behind go at the next start."""
    server = serving(workers=2).wait_ready()
    server.until(lambda: len(server.query_workers()) == 12, "complete")
    processes = server.servers() + server.query_workers()
    server.kill()
    server.until(lambda: not [pid for pid in processes if _runs(pid)], "gone", 10)
    left = list(server.temporary.iterdir())
    (left[0] / "chefsache-answer-00").write_bytes(b"half an answer")
    again = serving().wait_ready()
    folders = list(again.temporary.iterdir())
    code = again.terminate()

    assert len(left) == 2
    assert len(folders) == 1
    assert folders[0] not in left
    assert code == 0
    assert again.left_over() == []


def _refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
