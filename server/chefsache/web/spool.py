"""A folder of its own for the temporary files of each server process, and the removal of those left by the killed.

Large answers pass through files. Each is unlinked before its first byte is sent; a process that is killed in between
leaves one. The folder's lock goes with its process, however that ends, so the next start knows what nobody uses.
"""

import fcntl
import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

_PREFIX = "chefsache-spool-"
_LOCK = "lock"
#: Held open as long as this process lives.
_held: list[int] = []


def claim() -> Path:
    """Let `tempfile` use a new private folder, removed when this process ends; remove those of the dead.

    Raises:
        OSError: there is no room for it.
    """
    place = Path(tempfile.gettempdir())
    for folder in place.glob(f"{_PREFIX}*"):
        _remove_if_left(folder)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    descriptor = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    _held.append(descriptor)
    tempfile.tempdir = str(folder)
    # Processes of multiprocessing do not run what atexit knows.
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)
    return folder


def _remove_if_left(folder: Path) -> None:
    """Remove a folder whose process has gone; one without its lock file is about to get it."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)
