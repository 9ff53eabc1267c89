"""Do a piece of work beside another: in a copy of this process, where the system makes one for next to nothing.

On Linux a copy shares the memory of what it was made from: a graph of half a million statements need not be handed
over, two cores work at once, and what the original changes meanwhile the copy does not see. Elsewhere, where a copy
of a process with threads may hang, the work is done before the other: the same result, later.
"""

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

__all__ = ["beside"]

T = TypeVar("T")

_COPIES = sys.platform == "linux"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin *work*, and give a function that waits for its result; whoever leaves without it ends the work.

    The work must not need threads that began before it (those of a store on disk, or of the validator), and what it
    changes in memory nobody sees. The function raises what the work raised.

    Raises:
        ChildProcessError: by the function, where the work ended without a result, killed for want of memory above all.
    """
    with (_in_a_copy if _COPIES else _at_once)(work) as result:
        yield result


@contextmanager
def _at_once(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    found = work()
    yield lambda: found


@contextmanager
def _in_a_copy(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    copy = context.Process(target=_send, args=(work, sender), daemon=True)
    copy.start()
    sender.close()  # so that the copy alone holds it, and its end is seen

    def result() -> T:
        try:
            value, error = receiver.recv()
        except EOFError:
            copy.join()
            raise ChildProcessError(f"a part of the work ended with {copy.exitcode}") from None
        if error is not None:
            raise error
        found: T = value
        return found

    try:
        yield result
    finally:
        receiver.close()
        if copy.is_alive():
            copy.kill()
        copy.join()


def _send(work: Callable[[], T], sender: Connection) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)  # a killed build leaves nobody writing
    try:
        answer: tuple[T | None, Exception | None] = (work(), None)
    except Exception as error:  # noqa: BLE001 - it is raised where the result is awaited
        answer = (None, error)
    sender.send(answer)
