"""A pool of workers that can be killed: each query gets one, or an error within a bounded time."""

import contextlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from chefsache.store import frames, usage
from chefsache.store.errors import (
    ClosedError,
    DeadlineError,
    EvaluationError,
    MemoryLimitError,
    OverloadedError,
    WorkerLostError,
)
from chefsache.store.limits import Limits

#: A worker must have opened its store within this time.
_START_SECONDS = 60.0
#: Idle workers are looked at this often, so that one killed from outside is replaced before it is asked for.
_LOOK_SECONDS = 1.0
_OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "out of memory")
_TOO_DEEP = "overflowed its stack"


class Worker:
    """One worker process, from the parent's side."""

    def __init__(self, opening: Mapping[str, Any], memory_mb: int) -> None:
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the worker)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "chefsache.store.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            process_group=0,
        )
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._stdin = self._process.stdin
        self._reader = frames.Reader(self._process.stdout.fileno())
        self._opening = {**opening, "memory_mb": memory_mb}
        self._memory_mb = memory_mb
        self._words = ""

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def alive(self) -> bool:
        """Say whether the process still runs."""
        return self._process.poll() is None

    def wait_ready(self) -> None:
        """Wait until the store is open.

        Raises:
            WorkerLostError: it did not open; the message says why.
        """
        try:
            frames.write(self._stdin, self._opening)
            self._reader.read(time.monotonic() + _START_SECONDS)
        except (TimeoutError, EOFError, BrokenPipeError):
            self.kill()
            raise WorkerLostError(self._words[-500:] or "no answer at the start") from None

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and return its answer; after any error the worker is dead.

        Raises:
            DeadlineError: it took longer than *seconds*.
            MemoryLimitError: it needed too much memory.
            EvaluationError: the engine broke down over the query.
            WorkerLostError: it died of something else.
        """
        deadline = time.monotonic() + seconds
        try:
            frames.write(self._stdin, request)
            return self._reader.read(deadline)
        except TimeoutError:
            self.kill()
            raise DeadlineError(seconds) from None
        except (EOFError, BrokenPipeError):
            self.kill()
            raise self._verdict() from None

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone; any thread may."""
        self._process.kill()
        self._process.wait()

    def kill(self) -> None:
        """End the process and close what leads to it; a second time does nothing.

        Only who has the worker may: the number of a closed pipe goes to the next file that is opened, and another
        thread that still reads from it would take what is meant for others.
        """
        self.end()
        if not self._stderr.closed:
            self._stderr.seek(0)
            self._words = self._stderr.read(4000).decode(errors="replace").strip()
            self._stderr.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _verdict(self) -> Exception:
        code = self._process.returncode
        if any(sign in self._words for sign in _OUT_OF_MEMORY):
            return MemoryLimitError(self._memory_mb)
        if code == -signal.SIGSEGV or _TOO_DEEP in self._words:
            return EvaluationError("it is nested too deeply for the engine")
        return WorkerLostError(f"exit code {code}")


@dataclass(frozen=True)
class PoolState:
    """How many workers live, how many of them are busy, how many queries wait, how many workers were ever started."""

    alive: int
    busy: int
    waiting: int
    started: int


class Pool:
    """Keeps *size* workers; hands them out one by one and replaces those that died. *opening* is what they open.

    One thread of the pool starts all workers: on Linux they die with the thread that started them.
    """

    def __init__(self, opening: Mapping[str, Any], size: int, limits: Limits) -> None:
        self._opening, self._size, self._limits = opening, size, limits
        self._condition = threading.Condition()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._waiting = self._started = 0
        self._closed = False
        self._failure: WorkerLostError | None = None
        self._keeper = threading.Thread(target=self._keep, name="query-workers", daemon=True)
        self._keeper.start()

    def run(self, job: Callable[[Worker], tuple[dict[str, Any], bytes]]) -> tuple[dict[str, Any], bytes]:
        """Do a job with a free worker; the worker returns to the pool unless the job ended it."""
        asked = time.monotonic()
        worker = self._take()
        began = time.monotonic()
        healthy = False
        try:
            answer = job(worker)
            # A worker whose heap has grown is not returned: the next query would start with less room.
            healthy = answer[0].get("grown", 0) < self._limits.memory_mb * 2**20 // 4
            return answer
        finally:
            usage.add(time.monotonic() - began, waited=began - asked)
            self._give_back(worker, healthy=healthy)

    def ready(self) -> bool:
        """Say whether at least one worker lives."""
        with self._condition:
            return bool(self._all) and not self._closed

    def state(self) -> PoolState:
        """Return how the pool is doing."""
        with self._condition:
            alive = len(self._all)
            return PoolState(alive, alive - len(self._idle), self._waiting, self._started)

    def wait_ready(self) -> None:
        """Wait until a worker has started; the others follow.

        Raises:
            WorkerLostError: no worker could be started.
        """
        with self._condition:
            complete = self._condition.wait_for(lambda: self._all or self._failure or self._closed, _START_SECONDS)
            if self._failure is not None or not complete:
                raise self._failure or WorkerLostError("no answer at the start")

    def close(self) -> None:
        """Kill all workers; a second time does nothing."""
        with self._condition:
            self._closed = True
            idle, busy = self._idle, self._all.difference(self._idle)
            self._all, self._idle = set(), []
            self._condition.notify_all()
        for worker in busy:
            worker.end()  # who asks it closes its pipes
        for worker in idle:
            worker.kill()
        if threading.current_thread() is not self._keeper:
            self._keeper.join(timeout=5)

    def _take(self) -> Worker:
        patience, started = self._limits.patience, time.monotonic()
        with self._condition:
            if self._closed:
                raise ClosedError
            if not self._sound() and self._waiting >= self._limits.waiting:
                raise OverloadedError(0)
            self._waiting += 1
            try:
                self._condition.wait_for(lambda: self._sound() or self._closed, patience)
            finally:
                self._waiting -= 1
            if self._closed:
                raise ClosedError
            if not self._idle:
                raise self._failure or OverloadedError(time.monotonic() - started)
            return self._idle.pop()

    def _sound(self) -> bool:
        """Drop the idle workers that were killed from outside, and say whether others are left; under the lock."""
        dead = [worker for worker in self._idle if not worker.alive()]
        for worker in dead:
            self._idle.remove(worker)
            self._all.discard(worker)
            worker.kill()
        if dead:
            self._condition.notify_all()
        return bool(self._idle)

    def _give_back(self, worker: Worker, *, healthy: bool) -> None:
        with self._condition:
            kept = healthy and not self._closed
            if kept:
                self._idle.append(worker)
            else:
                self._all.discard(worker)
            self._condition.notify_all()
        if not kept:
            worker.kill()

    def _keep(self) -> None:
        """Start workers as they are missing. What goes wrong is tried again: with this thread all workers would end."""
        going = True
        while going:
            try:
                going = self._tend()
            except Exception as error:  # noqa: BLE001  (the outermost layer of a thread)
                traceback.print_exc()
                self._fail(WorkerLostError(type(error).__name__))

    def _tend(self) -> bool:
        """Wait for a worker to be missing and start one; say whether to go on."""
        with self._condition:
            while len(self._all) >= self._size and not self._closed:
                self._condition.wait(_LOOK_SECONDS)
                self._sound()
            if self._closed:
                return False
        worker = Worker(self._opening, self._limits.memory_mb)
        try:
            worker.wait_ready()
        except WorkerLostError as error:
            self._fail(error)
            return True
        with self._condition:
            self._failure = None
            self._started += 1
            if not self._closed:
                self._all.add(worker)
                self._idle.append(worker)
                self._condition.notify_all()
                return True
        worker.kill()
        return False

    def _fail(self, error: WorkerLostError) -> None:
        """Tell who waits, and rest for a second."""
        with self._condition:
            self._failure = error
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._closed, 1.0)
