"""No client gets more than its share, each refusal says when to come back, and memory stays bounded."""

import threading

import pytest

from chefsache.web.gateway.rates import RateLimits, Rates
from chefsache.web.http.problems import Problem

LIMITS = RateLimits(requests=60, seconds=60, burst=2, places=2, patience=0.05)


class Clock:
    """A clock that goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def _refused(rates: Rates, client: bytes = b"a") -> Problem | None:
    try:
        rates.enter(client)
    except Problem as problem:
        return problem
    return None


def test_requests_are_saved_up_and_refilled() -> None:
    clock = Clock()
    rates = Rates(LIMITS, clock)
    first = [_refused(rates) for _ in range(120)]
    refused = _refused(rates)
    clock.now += 1
    again, over = _refused(rates), _refused(rates)
    clock.now += 10_000
    later = [_refused(rates) for _ in range(121)]

    assert not any(first)
    assert refused is not None
    assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "rate-requests", "1")
    assert again is None
    assert over is not None
    assert [problem is None for problem in later] == [True] * 120 + [False]


def test_one_client_does_not_use_up_another() -> None:
    rates = Rates(LIMITS, Clock())
    while not _refused(rates):
        pass

    assert _refused(rates, b"b") is None


def test_answers_from_memory_are_cheap() -> None:
    rates, count = Rates(LIMITS, Clock()), 0
    while not _refused(rates):
        rates.was_cheap(b"a")
        count += 1

    assert 1150 < count < 1210


def test_query_time_is_paid_afterwards() -> None:
    """A long query overdraws the account; the answer says when it is filled again, and then it is."""
    clock = Clock()
    rates = Rates(LIMITS, clock)
    with rates.place(b"a"):
        rates.spend(b"a", 150)
    with pytest.raises(Problem) as refused, rates.place(b"a"):
        pass
    clock.now += 31
    with rates.place(b"a"):
        pass

    assert (refused.value.code, refused.value.headers["Retry-After"]) == ("rate-seconds", "30")


def test_places() -> None:
    """Two at once; more wait, and are refused when no place gets free."""
    rates = Rates(LIMITS, Clock())
    with rates.place(b"a"), rates.place(b"a"):
        with pytest.raises(Problem) as refused, rates.place(b"a"):
            pass
        with rates.place(b"b"):
            pass
    with rates.place(b"a"):
        pass

    assert refused.value.code == "rate-places"


def test_who_waits_gets_the_place_that_is_left() -> None:
    rates = Rates(RateLimits(places=1, patience=10))
    entered = threading.Event()

    def second() -> None:
        with rates.place(b"a"):
            entered.set()

    with rates.place(b"a"):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.05)
    thread.join(5)

    assert entered.is_set()


def test_few_wait() -> None:
    """Who cannot wait is told so at once, without holding a thread."""
    rates = Rates(RateLimits(places=1, patience=10))
    codes = []

    def ask() -> None:
        try:
            with rates.place(b"a"):
                pass
        except Problem as problem:
            codes.append(problem.code)

    with rates.place(b"a"):
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads[:1]:
            thread.join(0.3)
    for thread in threads:
        thread.join(5)

    assert codes == ["rate-places"] * 5


def test_the_table_is_bounded() -> None:
    """Who was heard of last is remembered, and who holds a place."""
    rates = Rates(LIMITS, Clock(), size=100)
    with rates.place(b"busy"):
        for number in range(1000):
            rates.enter(str(number).encode())
        while not _refused(rates, b"999"):
            pass

    assert len(rates) == 100
    assert _refused(rates, b"999") is not None
    assert _refused(rates, b"0") is None
