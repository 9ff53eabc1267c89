"""Run the application under granian: worker processes with threads, ended gracefully."""

import ipaddress
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.server import MPServer

from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.opening import open_store
from chefsache.web.app import create_app
from chefsache.web.settings import Settings
from chefsache.web.warming import warm

#: Threads that answer at the same time, in each worker.
_THREADS = 24


def serve(
    snapshot: Snapshot,
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    say: Callable[[str], None] | None = None,
) -> None:
    """Serve a snapshot until the process is told to end (Ctrl-C, SIGTERM).

    Args:
        snapshot: what is served.
        settings: by default those of the environment, with the address below as the public one.
        host: where to listen.
        port: where to listen.
        workers: processes; each has its own query workers.
        say: told the address once.
    """
    address = f"http://{_bracketed(host)}:{port}"
    settings = settings or Settings.from_env(address=address)

    def load() -> Callable[..., Any]:
        """Open the store and build the application, in the worker process."""
        store = open_store(snapshot, settings.limits)
        store.wait_ready()
        app = create_app(snapshot, store, settings)
        warm(app)
        return app

    server = MPServer(
        "chefsache",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=4 * _THREADS,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_enabled=False,
    )
    (say or _say)(f"chefsache: {settings.public_url}")
    if settings.public_url != address:
        (say or _say)(f"           ({address})")
    server.serve(target_loader=load, wrap_loader=False)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _bracketed(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host
