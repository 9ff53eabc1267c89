"""A card says who steers, how certain that is and by which source; any site may frame it, but not our pages."""

import html
import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Digitalisierung: Herne", "zuletzt belegt", "Quelle")),
        ("en", ("Digitalisation:", "last documented", "Source")),
    ],
)
def test_card_says_what_is_known(client: FlaskClient, language: str, words: tuple[str, ...]) -> None:
    """Lead, certainty with its day, a source; every link leaves the frame and answers."""
    card = client.get(f"/card/05916000?lang={language}").text

    assert all(word in card for word in (*words, "Pierre Herbe", "Fachbereich 16", "2025", "2026"))
    assert "<script" not in card
    links = re.findall(r"<a [^>]*>", card)
    assert len(links) > 4
    assert all('target="_top"' in link for link in links)
    for address in re.findall(r'<a [^>]*href="([^"]+)"', card):
        assert client.get(html.unescape(address), follow_redirects=True).status_code == 200


def test_card_may_be_framed_and_its_page_may_not(client: FlaskClient) -> None:
    card, page = (client.get(address).headers for address in ("/card/05916000", "/id/05916000.html"))

    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "script-src" not in card["Content-Security-Policy"]
    assert card["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_card_of_an_authority_without_a_known_lead_says_so(client: FlaskClient) -> None:
    assert "nicht belegt" in client.get("/card/01001000").text


@pytest.mark.parametrize("key", ["99999999", "person-pierre-herbe", "05916000-office-fachbereich-16", "a b", "%3Cx%3E"])
def test_only_authorities_have_a_card(client: FlaskClient, key: str) -> None:
    assert client.get(f"/card/{key}").status_code == 404


def test_page_offers_the_snippet(client: FlaskClient) -> None:
    """Ready to copy: its address answers, its title names the authority."""
    page = html.unescape(client.get("/id/05916000.html?lang=de").text)
    frame = re.search(r'<iframe src="([^"]+)" title="([^"]+)"', page)

    assert frame[2] == "Digitalisierung: Herne"
    assert client.get(frame[1].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "<iframe" not in html.unescape(client.get("/id/01001000.html").text)
