"""How much a client may ask for: requests, seconds, places, and who counts as one client."""

from dataclasses import replace
from typing import Any

from chefsache.web.settings import Settings

ASK = "/sparql?query=ASK%20%7B%7D"


def test_rate_of_requests(made: Any) -> None:
    """The eleventh question in a minute waits, in our shape; others are served, health always."""
    client = made()
    codes = [client.get(f"{ASK}%23{number}").status_code for number in range(12)]
    refused = client.get(ASK, headers={"Accept": "application/json"})
    page = client.get("/", headers={"Accept": "text/html", "Accept-Language": "en"})

    assert codes == [200] * 10 + [429] * 2
    assert (refused.json["error"]["code"], refused.headers["Retry-After"]) == ("rate-requests", "6")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert client.get("/health/live").status_code == 200
    assert client.get(ASK, environ_overrides={"REMOTE_ADDR": "198.51.100.2"}).status_code == 200
    assert client.get(ASK, headers={"X-Forwarded-For": "198.51.100.3"}).status_code == 429


def test_rate_of_answers_from_memory(made: Any) -> None:
    """They cost a tenth."""
    client = made()
    codes = [client.get(ASK).status_code for _ in range(60)]

    assert codes == [200] * 60


def test_rate_behind_a_proxy(made: Any) -> None:
    """Clients of a trusted proxy are told apart by what the proxy says, not by what they say."""
    client = made()
    proxy = {"REMOTE_ADDR": "10.0.0.1"}

    def ask(number: int, forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return client.get(f"{ASK}%23{number}", headers=headers, environ_overrides=proxy).status_code

    codes = [ask(number, f"1.1.1.{number}, 198.51.100.7") for number in range(11)]

    assert codes == [200] * 10 + [429]
    assert ask(99, "198.51.100.8") == 200


def test_rate_of_query_time(made: Any, public: Settings) -> None:
    client = made(replace(public, rates=replace(public.rates, seconds=0.00001)))
    first, second = (client.get(f"{ASK}%23{number}") for number in range(2))

    assert first.status_code == 200
    assert (second.status_code, second.json["error"]["code"]) == (429, "rate-seconds")


def test_a_place_is_held_while_a_stream_goes_out(made: Any) -> None:
    """Who reads slowly occupies a thread; it is given back when the stream is given up."""
    client = made()
    slow = client.get("/dumps/chefsache.nt", follow_redirects=True)
    refused = client.get(ASK)
    slow.close()
    served = client.get(ASK)

    assert (refused.status_code, refused.json["error"]["code"]) == (429, "rate-places")
    assert served.status_code == 200


def test_own_machine_is_not_limited(made: Any, settings: Settings, public: Settings) -> None:
    """While nobody else is served, and not where a proxy may stand in between."""
    here = {"REMOTE_ADDR": "127.0.0.1"}
    home = made(replace(settings, rates=public.rates))
    codes = [home.get(f"{ASK}%23{number}", environ_overrides=here).status_code for number in range(12)]
    public = made()
    limited = [public.get(f"{ASK}%23{number}", environ_overrides=here).status_code for number in range(12)]

    assert set(codes) == {200}
    assert limited[-1] == 429
