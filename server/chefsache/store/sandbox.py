"""What a worker gives up before it serves: its memory beyond a cap, its sockets, and life after its parent.

The kernel enforces it. Where a lock does not exist (another system, another processor) the worker still
runs: the guard refuses SERVICE, the parent ends what runs too long, and a closed pipe ends the worker.
"""

import contextlib
import ctypes
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
#: Processor -> (its name in the audit interface, the number of the system call `socket`).
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # errno 13: permission denied
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06


def die_with_parent() -> None:
    """Ask to be killed when the thread that started this process ends."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def no_sockets() -> bool:
    """Take away the system call that every connection starts with; say whether that worked."""
    arch, number = _SOCKET.get(platform.machine(), (0, 0))
    if sys.platform != "linux" or not arch:
        return False
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (_LOAD, 0, 0, 4),  # the processor of the call
            (_EQUAL, 0, 3, arch),
            (_LOAD, 0, 0, 0),  # the number of the call
            (_EQUAL, 0, 1, number),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    pointer = ctypes.create_string_buffer(header, len(header))
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(pointer))


def cap_memory(megabytes: int) -> None:
    """Allow this much writable memory beyond what the process has now."""
    limit = data_bytes() + megabytes * 2**20
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, limit))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def data_bytes() -> int:
    """Return the private writable memory of this process, 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def _prctl(option: int, *arguments: int) -> bool:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
        return bool(libc.prctl(option, *padded) == 0)
    except (AttributeError, OSError):
        return False
