"""Kept answers are bounded, never mixed up, and made once."""

import contextlib
import threading
import time

import pytest

from chefsache.web.gateway.kept import Asked, Kept
from chefsache.web.gateway.replies import Reply


def _asked(path: str = "/", query: str = "", **headers: str) -> Asked:
    return Asked({"PATH_INFO": path, "QUERY_STRING": query, **{f"HTTP_{name}": text for name, text in headers.items()}})


def _reply(body: bytes = b"Herne", vary: str = "", status: str = "200 OK", control: str = "no-cache") -> Reply:
    return Reply(status, [("Cache-Control", control), ("Vary", vary)], body)


def _fail() -> Reply:
    raise AssertionError("not from memory")


def test_second_answer_is_the_first() -> None:
    kept = Kept(1_000_000)
    made = kept.answer(_asked(), _reply)

    assert made[1] == "miss"
    assert kept.answer(_asked(), _fail) == (made[0], "hit")


@pytest.mark.parametrize(
    "reply",
    [
        _reply(control="no-store"),
        _reply(control=""),
        _reply(status="404 Not Found"),
        _reply(status="206 Partial Content"),
        _reply(vary="*"),
        Reply("200 OK", [("Cache-Control", "no-cache")], stream=[b"x"]),
        Reply("200 OK", [("Cache-Control", "no-cache"), ("Set-Cookie", "a=b")], b"x"),
        _reply(body=b"x" * 200_000),
    ],
)
def test_not_kept(reply: Reply) -> None:
    kept = Kept(1_000_000)
    kept.answer(_asked(), lambda: reply)

    assert (len(kept), kept.size) == (0, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (_asked(query="a=1&b=2"), _asked(query="b=2&a=1"), True),
        (_asked(query="a=1&a=2"), _asked(query="a=2&a=1"), False),
        (_asked(query="a=%41"), _asked(query="a=A"), True),
        (_asked(query="a="), _asked(query=""), False),
        (_asked(path="/x"), _asked(path="/X"), False),
        (_asked(ACCEPT="text/csv, */*"), _asked(ACCEPT="Text/CSV,*/*"), True),
        (_asked(ACCEPT="text/csv"), _asked(ACCEPT="text/turtle"), False),
        (_asked(ACCEPT_LANGUAGE="de-DE,de;q=0.9"), _asked(), True),
        (_asked(ACCEPT_LANGUAGE="en"), _asked(ACCEPT_LANGUAGE="de"), False),
        (_asked(USER_AGENT="a"), _asked(USER_AGENT="b"), True),
    ],
)
def test_what_an_answer_depends_on(one: Asked, other: Asked, same: bool) -> None:
    kept = Kept(1_000_000)
    kept.keep(one, _reply(vary="Accept, Accept-Language, Accept-Encoding"))

    assert (kept.find(other) is not None) is same


def test_an_address_may_depend_on_more_than_was_seen_first() -> None:
    """The page depends on the language, the data do not; neither is sent in place of the other."""
    kept = Kept(1_000_000)
    kept.keep(_asked(ACCEPT="text/turtle"), _reply(b"data", vary="Accept"))
    for language in ("de", "en"):
        page = _reply(language.encode(), vary="Accept, Accept-Language")
        kept.keep(_asked(ACCEPT="text/html", ACCEPT_LANGUAGE=language), page)
    found = kept.find(_asked(ACCEPT="text/html", ACCEPT_LANGUAGE="de"))

    assert found is not None
    assert found.body == b"de"
    assert kept.find(_asked(ACCEPT="text/turtle", ACCEPT_LANGUAGE="en")) is None


def test_bounded_in_bytes() -> None:
    """What was not asked for longest goes; codings count, too."""
    kept = Kept(40_000)
    first = _asked("/0")
    kept.keep(first, _reply(b"a" * 3000))
    for number in range(1, 30):
        assert kept.find(first) is not None
        kept.keep(_asked(f"/{number}"), _reply(b"a" * 3000))
        assert kept.size <= 40_000
    found = kept.find(first)
    assert found is not None
    count, size = len(kept), kept.size
    found.headers.append(("Content-Type", "text/plain"))
    found.coded(("gzip",))
    kept.grown(first, found)

    assert 5 < count < 14
    assert kept.find(_asked("/1")) is None
    assert kept.size > size


def test_size_is_given_back() -> None:
    kept = Kept(20_000)
    for number in range(50):
        kept.keep(_asked("/same"), _reply(b"a" * (number + 1), vary="Accept" if number % 2 else "Accept-Language"))

    assert len(kept) == 1
    assert kept.size < 2000


def test_equal_requests_at_once_are_computed_once() -> None:
    kept, made, found = Kept(1_000_000), [], []

    def make() -> Reply:
        made.append(1)
        time.sleep(0.3)
        return _reply(vary="Accept")

    threads = [
        threading.Thread(target=lambda: found.append(kept.answer(_asked(ACCEPT="text/csv"), make))) for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(made) == 1
    assert {how for _, how in found} <= {"miss", "joined", "hit"}
    assert len({id(reply) for reply, _ in found}) == 1


def test_a_failure_is_not_shared() -> None:
    """Who waited for an answer that could not be made makes its own."""
    kept, answers = Kept(1_000_000), []
    entered = threading.Event()

    def broken() -> Reply:
        entered.set()
        time.sleep(0.05)
        raise ValueError

    def first() -> None:
        with contextlib.suppress(ValueError):
            kept.answer(_asked(), broken)

    thread = threading.Thread(target=first)
    thread.start()
    assert entered.wait(5)
    answers.append(kept.answer(_asked(), _reply))
    thread.join(5)

    assert [how for _, how in answers] == ["miss"]
