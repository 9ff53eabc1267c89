"""Who asks: the peer, or the address that a trusted proxy names; and a name for it that tells no address.

Forwarded addresses (RFC 7239, and X-Forwarded-For) are lists that every hop appends to, so only their right end can be
believed, and only as far as the hops are ours. They are read from the right: the first address that is no trusted proxy
is the client. Only the header that the proxies write is read at all: the other one would come from anybody.
"""

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: The header that proxies write the client's address into, by the name in the settings.
HEADERS = {"x-forwarded-for": "HTTP_X_FORWARDED_FOR", "forwarded": "HTTP_FORWARDED"}
#: Among the networks: peers on a Unix socket.
UNIX = "unix"
_TRACES = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_VIA", "HTTP_X_REAL_IP")
_FOR = re.compile(r'for\s*=\s*(?:"([^"]*)"|([^\s;,]*))', re.IGNORECASE)
_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")
#: After this many seconds a client gets another name.
_DAY = 86_400.0


@dataclass(frozen=True)
class Networks:
    """Networks of peers, perhaps with those on a Unix socket."""

    networks: tuple[Network, ...] = ()
    unix: bool = False

    @classmethod
    def read(cls, text: str) -> "Networks":
        """Read networks separated by commas.

        >>> Networks.read("10.0.0.0/8, ::1, unix").unix
        True

        Raises:
            ValueError: one is none; the message names it.
        """
        names = [name.strip().lower() for name in text.split(",") if name.strip()]
        return cls(tuple(ip_network(name, strict=False) for name in names if name != UNIX), UNIX in names)

    def __contains__(self, peer: Address | None) -> bool:
        if peer is None:
            return self.unix
        return any(peer.version == network.version and peer in network for network in self.networks)


LOOPBACK = Networks.read("127.0.0.0/8, ::1, unix")


@dataclass(frozen=True)
class Client:
    """Who asks; no address means a Unix socket. *trusted*: the peer is a proxy of ours. *direct*: nobody in between."""

    address: Address | None
    trusted: bool
    direct: bool

    @property
    def local(self) -> bool:
        """Whether it runs on this machine, as far as can be told."""
        return self.direct and self.address in LOOPBACK


def client(environ: dict[str, Any], proxies: Networks, header: str = "x-forwarded-for") -> Client:
    """Return who asks."""
    peer = _address(environ.get("REMOTE_ADDR", ""))
    direct = not any(name in environ for name in _TRACES)
    if peer not in proxies:
        return Client(peer, trusted=False, direct=direct)
    found = peer
    for hop in reversed(list(_hops(environ.get(HEADERS[header], ""), header))):
        address = _address(hop)
        if address is None:
            break
        found = address
        if address not in proxies:
            break
    return Client(found, trusted=True, direct=direct)


class Names:
    """Names for clients, with a key that nobody knows, not even tomorrow: they cannot be turned back into addresses.

    An IPv6 client is named by its /64, which is what one connection is given (RFC 6177).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key, self._since = secrets.token_bytes(32), clock()

    def name(self, address: Address | None) -> bytes:
        """Return the name of a client, the same for a day at most."""
        now = self._clock()
        if now - self._since > _DAY:
            self._key, self._since = secrets.token_bytes(32), now
        return hashlib.blake2b(_told(address), key=self._key, digest_size=12).digest()


def _told(address: Address | None) -> bytes:
    if address is None:
        return b"unix"
    return address.packed if address.version == 4 else address.packed[:8] + b"/64"


def _hops(value: str, header: str) -> Iterator[str]:
    if header == "forwarded":
        for quoted, plain in _FOR.findall(value):
            yield quoted or plain
    else:
        yield from value.split(",")


def _address(text: str) -> Address | None:
    text = text.strip()
    port = _PORT.fullmatch(text)
    if port:
        text = port[1] or port[2]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
