"""A worker has given up its sockets, and says so to whoever asks in its process."""

import subprocess
import sys

PROGRAM = """
import socket
from chefsache.store import sandbox
print(sandbox.no_sockets())
try:
    socket.socket()
    print("open")
except PermissionError:
    print("refused")
"""


def test_no_sockets() -> None:
    """Where the kernel took the lock, no socket can be opened; where it did not, the worker runs without."""
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout.split()

    assert found in (["True", "refused"], ["False", "open"])
