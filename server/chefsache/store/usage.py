"""How much query time the work at hand takes: whoever wants to know opens an account, pools write into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Usage:
    """Seconds in which a worker worked for us, and seconds of waiting for one."""

    seconds: float = 0.0
    waited: float = 0.0


_OPEN: ContextVar[Usage | None] = ContextVar("usage", default=None)


@contextmanager
def counted() -> Iterator[Usage]:
    """Count what is done inside.

    >>> with counted() as usage:
    ...     add(seconds=0.5, waited=0.1)
    >>> usage.seconds
    0.5
    """
    usage = Usage()
    token = _OPEN.set(usage)
    try:
        yield usage
    finally:
        _OPEN.reset(token)


def add(seconds: float, waited: float) -> None:
    """Count time, where anybody wants to know."""
    usage = _OPEN.get()
    if usage is not None:
        usage.seconds += seconds
        usage.waited += waited
