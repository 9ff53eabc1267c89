"""Run the application under granian: worker processes with threads, ended gracefully."""

import ipaddress
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Event

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer

from chefsache.content.errors import ChefsacheError
from chefsache.pipeline.snapshot import Snapshot, SnapshotError, current, hold, home
from chefsache.store import sandbox
from chefsache.store.errors import WorkerLostError
from chefsache.store.opening import StoreSettings, open_store
from chefsache.web import spool
from chefsache.web.app import create_app
from chefsache.web.gateway.door import Door
from chefsache.web.settings import Settings
from chefsache.web.takeover import Follower, House, Switch, complain
from chefsache.web.warming import warm

#: Threads of each worker beside those whose query runs or waits, so that pages and health checks find one.
_OTHER_THREADS = 8
#: Who has not sent their headers by then is hung up on.
_HEADER_MILLISECONDS = 10_000
#: Bytes of the head of a request, its longest address included.
_HEAD_BYTES = 131_072
#: Answers may take this long after the last query has ended, before the server ends for good.
_LAST_SECONDS = 5
#: A new snapshot is taken up after this time, even if it is not warm yet.
_WARMING_SECONDS = 60


class NotServedError(ChefsacheError):
    """The server could not open what it should serve; it has said why."""

    def __init__(self) -> None:
        super().__init__("der Server konnte nicht beginnen", "the server could not begin")


def serve(
    snapshot: Snapshot,
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    say: Callable[[str], None] | None = None,
) -> None:
    """Serve until the process is told to end (Ctrl-C, SIGTERM): the snapshot, and what takes its place meanwhile.

    Args:
        snapshot: what is served.
        settings: by default those of the environment, with the address below as the public one.
        host: where to listen.
        port: where to listen.
        workers: processes; each has its own query workers.
        say: told the address once.

    Raises:
        NotServedError: the snapshot cannot be opened.
    """
    address = f"http://{_bracketed(host)}:{port}"
    settings = settings or Settings.from_env(address=address)
    threads = settings.limits.workers + settings.limits.waiting + _OTHER_THREADS
    refused = multiprocessing.Event()
    server = MPServer(
        "chefsache",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=4 * threads,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEAD_BYTES),
        workers_kill_timeout=int(settings.limits.seconds) + _LAST_SECONDS,
        respawn_failed_workers=True,
        log_enabled=False,
    )
    (say or _say)(f"chefsache: {settings.public_url}")
    if settings.public_url != address:
        (say or _say)(f"           ({address})")
    try:
        server.serve(target_loader=_Loader(snapshot, settings, refused), wrap_loader=False)
    except SystemExit:
        if not refused.is_set():
            raise
    if refused.is_set():
        raise NotServedError


@dataclass(frozen=True)
class _Loader:
    """Makes the application, in the server's worker process; a worker that replaces a lost one begins here as well.

    Ctrl-C goes to a whole process group. A worker that hears of the end from there and from its parent at once may miss
    both (granian 2.8.7), or end before the parent expects it, which then takes it for lost: so it leaves the group.
    """

    snapshot: Snapshot
    settings: Settings
    refused: Event

    def __call__(self) -> Switch:
        sandbox.die_with_parent()
        os.setpgid(0, 0)
        door = Door(self.settings)
        try:
            spool.claim()
            switch = Switch(self._first(door))
        except (ChefsacheError, WorkerLostError, OSError) as error:
            complain(f"chefsache: {error}")
            self.refused.set()
            os.kill(os.getppid(), signal.SIGTERM)
            sys.exit(2)
        warm(switch.house.application)
        if self._published and not StoreSettings.from_env().url:  # another store does not change with the files here
            Follower(switch, partial(_warmed, door=door)).start()
        return switch

    @property
    def _published(self) -> bool:
        """Whether the snapshot stands where newer ones appear."""
        return self.snapshot.path.parent == home() / "snapshots"

    def _first(self, door: Door) -> House:
        """Open what is current now; at the start that is the snapshot given."""
        newest = current() if self._published else None
        if newest is None or newest.path == self.snapshot.path:
            return _opened(self.snapshot, door)
        try:
            return _opened(newest, door)
        except (ChefsacheError, WorkerLostError):
            return _opened(self.snapshot, door)


def _opened(snapshot: Snapshot, door: Door) -> House:
    held = hold(snapshot)
    store = open_store(snapshot, door.settings.limits)
    try:
        app = create_app(snapshot, store, door=door)
        store.wait_ready()
    except BaseException as error:
        store.close()
        held.close()
        if isinstance(error, WorkerLostError):
            raise SnapshotError(snapshot.path, str(error.details["reason"]).splitlines()[-1]) from error
        raise
    return House(snapshot, store, app, held)


def _warmed(snapshot: Snapshot, door: Door) -> House:
    house = _opened(snapshot, door)
    warm(house.application).join(_WARMING_SECONDS)
    return house


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _bracketed(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host
