"""The limits of one query, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

#: Workers beside those for the public, kept for our own pages.
OWN_WORKERS = 2
#: Answers up to this size travel through the pipe; larger ones through a file.
INLINE_BYTES = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much of the machine a query may take, and how many may run at once.

    >>> Limits.from_env({"CHEFSACHE_QUERY_SECONDS": "2.5"}).seconds
    2.5
    """

    seconds: float = 30.0
    memory_mb: int = 1024
    result_mb: int = 256
    workers: int = 4
    #: How long a query waits for a free worker before it is told to come back.
    patience: float = 5.0
    #: How many queries may wait at once.
    waiting: int = 32

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the limits; a value that is no positive number is refused.

        Raises:
            ValueError: a variable is set to something that is no positive number; the message names it.
        """
        env = os.environ if environ is None else environ
        return cls(
            seconds=number(env, "CHEFSACHE_QUERY_SECONDS", cls.seconds),
            memory_mb=whole(env, "CHEFSACHE_QUERY_MEMORY_MB", cls.memory_mb),
            result_mb=whole(env, "CHEFSACHE_MAX_RESULT_MB", cls.result_mb),
            workers=whole(env, "CHEFSACHE_QUERY_WORKERS", max(cls.workers, os.cpu_count() or 1)),
            patience=number(env, "CHEFSACHE_QUERY_WAIT", cls.patience),
            waiting=whole(env, "CHEFSACHE_QUERY_QUEUE", cls.waiting),
        )


def number(env: Mapping[str, str], name: str, default: float) -> float:
    """Read a positive number.

    Raises:
        ValueError: it is none; the message names the variable.
    """
    text = env.get(name, "").strip()
    try:
        value = float(text) if text else float(default)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise ValueError(f"{name}={text}: expected a positive number")
    return value


def whole(env: Mapping[str, str], name: str, default: int) -> int:
    """Read a positive whole number.

    Raises:
        ValueError: it is none; the message names the variable.
    """
    value = number(env, name, default)
    if value != int(value):
        raise ValueError(f"{name}={value}: expected a whole number")
    return int(value)
