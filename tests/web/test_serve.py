"""The server as people start it: says its address, answers, ends gracefully and leaves no process behind."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from chefsache.pipeline.snapshot import Snapshot

PROGRAM = """
import datetime, sys
from pathlib import Path
from chefsache.pipeline.snapshot import Snapshot
from chefsache.web.serve import serve
serve(Snapshot(Path(sys.argv[1]), sys.argv[2], datetime.date.fromisoformat(sys.argv[3])), port=int(sys.argv[4]))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_serves_and_ends(snapshot: Snapshot, ending: signal.Signals) -> None:
    with socket.socket() as free:
        # Below the ports that connections start from: who waits for a server there would find itself.
        free.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(snapshot.path), snapshot.digest, snapshot.as_of.isoformat()]
    command.append(str(port))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        ready = _ready(port)
        children = _descendants(server.pid)
        os.killpg(server.pid, ending)
        code = server.wait(timeout=60)
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert f"http://127.0.0.1:{port}" in said
    assert ready == {"status": "ready", "snapshot": snapshot.digest, "as_of": snapshot.as_of.isoformat()}
    assert code == 0
    assert children
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def _ready(port: int) -> dict[str, str]:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as response:
                return json.load(response)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _descendants(pid: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found, level = [], [pid]
    while level:
        level = [child for child, parent in parents.items() if parent in level]
        found += level
    return found
