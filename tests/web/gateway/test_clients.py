"""Who asks: forwarded addresses count only from trusted proxies, and no name can be turned back into an address."""

from ipaddress import ip_address

import pytest

from chefsache.web.gateway.clients import LOOPBACK, Names, Networks, client

PROXIES = Networks.read("10.0.0.0/8, 2001:db8:ff::/48, unix")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1,198.51.100.1 , 10.2.3.4", "198.51.100.1"),
        ("10.0.0.1", "10.9.9.9, 10.2.3.4", "10.9.9.9"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::5]:4711", "2001:db8::5"),
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, nonsense, 10.2.3.4", "10.2.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:ff::1", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_x_forwarded_for(peer: str, forwarded: str, expected: str) -> None:
    """The rightmost address that is no proxy of ours; what cannot be read ends the walk."""
    environ = {"REMOTE_ADDR": peer, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}

    assert client(environ, PROXIES).address == ip_address(expected)


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("for=198.51.100.1", "198.51.100.1"),
        ('for=1.1.1.1;proto=http, For="[2001:db8::5]:80";by=10.0.0.1', "2001:db8::5"),
        ('by=10.0.0.9;for="198.51.100.1:9"', "198.51.100.1"),
        ("for=1.1.1.1, for=_hidden", "10.0.0.1"),
        ('for="1.1.1.1, for=198.51.100.1', "198.51.100.1"),
        ('x="for=1.1.1.1", for=198.51.100.1', "198.51.100.1"),
    ],
)
def test_forwarded(forwarded: str, expected: str) -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_FORWARDED": forwarded, "HTTP_X_FORWARDED_FOR": "9.9.9.9"}

    assert client(environ, PROXIES, "forwarded").address == ip_address(expected)


def test_the_header_that_proxies_do_not_write_is_not_read() -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_FORWARDED": "for=9.9.9.9", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}

    assert client(environ, PROXIES).address == ip_address("198.51.100.1")


@pytest.mark.parametrize(
    ("environ", "local"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"}, False),
        ({"REMOTE_ADDR": "198.51.100.1"}, False),
    ],
)
def test_local(environ: dict[str, str], local: bool) -> None:
    """Whoever comes through a proxy is not local, even where the proxy is not known to us."""
    assert client(environ, Networks()).local is local
    assert None in LOOPBACK


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.1", "198.51.100.1", True),
        ("198.51.100.1", "198.51.100.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    """An IPv6 client is its /64."""
    names = Names()

    assert (names.name(ip_address(one)) == names.name(ip_address(other))) is same


def test_names_do_not_last() -> None:
    """Neither another process nor the next day gives the same name; the address is not in it."""
    now = [0.0]
    names = Names(clock=lambda: now[0])
    address = ip_address("198.51.100.1")
    today = names.name(address)
    now[0] = 90_000.0

    assert names.name(address) != today
    assert Names().name(address) != today
    assert address.packed not in today
