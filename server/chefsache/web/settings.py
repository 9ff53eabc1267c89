"""What the server is told by its environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self, cast
from urllib.parse import urlsplit

from chefsache.store.limits import Limits, number, whole
from chefsache.web.gateway import clients, logs
from chefsache.web.gateway.clients import LOOPBACK, Networks
from chefsache.web.gateway.rates import RateLimits
from chefsache.web.portals.publisher import Publisher

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")


@dataclass(frozen=True)
class Settings:
    """The address that the world sees, the hosts that are answered, who is trusted, all limits, where the files are."""

    public_url: str = "http://127.0.0.1:8000"
    hosts: frozenset[str] = frozenset(_LOOPBACK)
    limits: Limits = field(default_factory=Limits)
    rates: RateLimits = field(default_factory=RateLimits)
    #: Peers whose word about a client counts, and the header in which they give it.
    proxies: Networks = field(default_factory=Networks)
    proxy_header: str = "x-forwarded-for"
    #: Who may read the metrics.
    metrics: Networks = LOOPBACK
    #: Bytes of answers kept in each process.
    cache_bytes: int = 64_000_000
    log: logs.Form = "text"
    #: Where the files can be read and changed, up to the branch; the path of a file follows.
    forge: str = ""
    #: The mailbox for corrections by those who have no account there.
    mail: str = ""
    #: Who runs the server, as the catalogue names them.
    publisher: Publisher = field(default_factory=Publisher)

    @property
    def root(self) -> str:
        """The path of the public address, without a slash at its end."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether the public address is one of https."""
        return self.public_url.startswith("https://")

    @property
    def at_home(self) -> bool:
        """Whether the public address is this machine, so that nobody but its own people ask."""
        name = host_name(urlsplit(self.public_url).netloc)
        return name in _LOOPBACK or name.startswith("127.")

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
        limits = Limits.from_env(env)
        return cls(
            url,
            frozenset(listed or _default_hosts(parts.hostname)),
            limits,
            _rates(env, limits),
            _networks(env, "CHEFSACHE_PROXIES", Networks()),
            _one_of(env, "CHEFSACHE_PROXY_HEADER", tuple(clients.HEADERS)),
            _networks(env, "CHEFSACHE_METRICS", LOOPBACK),
            int(number(env, "CHEFSACHE_CACHE_MB", cls.cache_bytes / 1e6) * 1e6),
            cast("logs.Form", _one_of(env, "CHEFSACHE_LOG", logs.FORMS)),
            env.get("CHEFSACHE_FORGE", "").strip().rstrip("/"),
            env.get("CHEFSACHE_MAIL", "").strip(),
            publisher=Publisher.from_env(env),
        )


def host_name(header: str) -> str:
    """Return the name in a Host header, without its port; nothing where it is none.

    >>> host_name("[::1]:8000"), host_name("Example.org:443"), host_name("localhost"), host_name("localhost:80,evil")
    ('[::1]', 'example.org', 'localhost', '')
    """
    match = _HOST.fullmatch(header.strip().lower())
    return match[1].rstrip(".") if match else ""


def _default_hosts(name: str) -> tuple[str, ...]:
    name = f"[{name}]" if ":" in name else name
    return _LOOPBACK if name in _LOOPBACK or name.startswith("127.") else (name,)


def _rates(env: Mapping[str, str], limits: Limits) -> RateLimits:
    return RateLimits(
        requests=number(env, "CHEFSACHE_RATE_REQUESTS", RateLimits.requests),
        seconds=number(env, "CHEFSACHE_RATE_SECONDS", RateLimits.seconds),
        burst=number(env, "CHEFSACHE_RATE_BURST", RateLimits.burst),
        places=whole(env, "CHEFSACHE_RATE_PLACES", max(1, limits.workers // 2)),
        patience=limits.patience,
    )


def _networks(env: Mapping[str, str], name: str, default: Networks) -> Networks:
    text = env.get(name, "").strip()
    try:
        return Networks.read(text) if text else default
    except ValueError as error:
        raise ValueError(f"{name}={text}: expected networks, separated by commas, or unix: {error}") from None


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = env.get(name, "").strip().lower() or choices[0]
    if text not in choices:
        raise ValueError(f"{name}={text}: expected one of {', '.join(choices)}")
    return text
