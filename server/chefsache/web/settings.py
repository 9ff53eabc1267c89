"""What the server is told by its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from chefsache.store.limits import Limits

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Settings:
    """The address that the world sees, the hosts that are answered, the limits of a query, the way to the files."""

    public_url: str = "http://127.0.0.1:8000"
    hosts: frozenset[str] = frozenset(_LOOPBACK)
    limits: Limits = field(default_factory=Limits)
    #: Where the files can be read and changed, up to the branch; the path of a file follows.
    forge: str = ""
    #: The mailbox for corrections by those who have no account there.
    mail: str = ""

    @property
    def root(self) -> str:
        """The path of the public address, without a slash at its end."""
        return urlsplit(self.public_url).path.rstrip("/")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, address: str = "http://127.0.0.1:8000") -> Self:
        """Read the settings; *address* is where the server listens, the public address if none is set.

        >>> sorted(Settings.from_env({"CHEFSACHE_PUBLIC_URL": "https://graph.example.org/"}).hosts)
        ['graph.example.org']

        Raises:
            ValueError: a variable cannot be used; the message names it.
        """
        env = os.environ if environ is None else environ
        url = (env.get("CHEFSACHE_PUBLIC_URL", "").strip() or address).rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"CHEFSACHE_PUBLIC_URL={url}: expected http:// or https://, a host, perhaps a path")
        listed = [name.strip().lower() for name in env.get("CHEFSACHE_HOSTS", "").split(",") if name.strip()]
        return cls(
            url,
            frozenset(listed or _default_hosts(parts.hostname)),
            Limits.from_env(env),
            env.get("CHEFSACHE_FORGE", "").strip().rstrip("/"),
            env.get("CHEFSACHE_MAIL", "").strip(),
        )


def host_name(header: str) -> str:
    """Return the name in a Host header, without its port.

    >>> host_name("[::1]:8000"), host_name("Example.org:443"), host_name("localhost")
    ('[::1]', 'example.org', 'localhost')
    """
    header = header.strip().lower()
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0].rstrip(".")


def _default_hosts(name: str) -> tuple[str, ...]:
    name = f"[{name}]" if ":" in name else name
    return _LOOPBACK if name in _LOOPBACK or name.startswith("127.") else (name,)
