"""Authorities side by side: the answers of the questions, each with its certainty and its claim."""

import html
import re

import pytest
from flask.testing import FlaskClient


def _cells(page: str, aspect: str) -> list[str]:
    part = page[page.index(f'id="r-{aspect}"') :]
    return re.findall(r"<td headers=.*?</td>", part[: part.index("</tbody>")], re.DOTALL)


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    return html.unescape(client.get("/compare?authority=05916000&authority=Gladbeck&lang=en").text)


def test_who_leads_stands_side_by_side(page: str) -> None:
    """Key and name mean the same; silence is never in office."""
    herne, gladbeck = _cells(page, "steering")

    assert "Pierre Herbe" in herne
    assert "Lukas Zalkau" in gladbeck
    assert "last documented 15 March 2022" in gladbeck
    assert "from 1 December 2021" in gladbeck


def test_place_says_form_and_distance(page: str) -> None:
    herne, gladbeck = _cells(page, "place")

    assert "directly under the head" in herne
    assert "steps to the head" in gladbeck


def test_papers_say_their_last_step(page: str) -> None:
    """In the reader's language; of Gladbeck's Leitbild only the announcement is documented."""
    herne, gladbeck = _cells(page, "papers")
    leitbild = gladbeck[gladbeck.index("/id/05562014-artefact-leitbild-digitale-stadt") :]

    assert "adopted" in herne
    assert "contested" in herne
    assert ">announced<" in leitbild[: leitbild.index("</div>")]


@pytest.mark.parametrize("aspect", ["steering", "place", "papers"])
def test_every_line_has_its_claim_and_source(page: str, aspect: str) -> None:
    lines = [line for cell in _cells(page, aspect) for line in cell.split('<div class="line">')[1:]]

    assert lines
    assert all('class="claim" href="/id/' in line and "/id/source-" in line for line in lines)


def test_partnerships_in_common_are_named_for_both(client: FlaskClient) -> None:
    """What two share stands in both columns, with the other's name and the claim of one's own part."""
    page = html.unescape(client.get("/compare?authority=Herne,Bochum,Dortmund&lang=de").text)
    shared = [
        set(re.findall(r'class="main"><a href="(/id/partnership-[^"?]+)', cell)) for cell in _cells(page, "partners")
    ]

    assert sum(map(bool, shared)) >= 2
    assert all(any(item in other for other in shared if other is not one) for one in shared for item in one)
    assert 'class="claim"' in _cells(page, "partners")[0]


def test_questions_behind_are_linked(client: FlaskClient, page: str) -> None:
    """The link leads to the question with both authorities."""
    address = re.search(r'id="r-steering".*?href="(/questions/who-steers[^"]+)"', page)[1]
    answer = client.get(address).text

    assert "Pierre Herbe" in answer
    assert "Lukas Zalkau" in answer


def test_one_alone_is_offered_similar_ones(client: FlaskClient) -> None:
    """Of its size and kind, of its Land first; each is one click away."""
    page = client.get("/compare?authority=05916000&lang=de").text
    offered = [html.unescape(href) for href in re.findall(r'<li><a href="([^"]+)" rel="nofollow">\+', page)]

    assert len(offered) == 12
    assert all(re.fullmatch(r"/compare\?authority=05916000&authority=05\d{6}&lang=de", href) for href in offered)


def test_authority_leads_there(client: FlaskClient) -> None:
    assert 'href="/compare?authority=05916000"' in client.get("/id/05916000.html").text
    assert "/compare?authority" not in client.get("/id/01001000.html").text.replace('/compare"', "")


def test_without_a_choice_there_is_a_form(client: FlaskClient) -> None:
    page = client.get("/compare?authority=&lang=de").text

    assert '<option value="Herne">' in page
    assert "<table" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("authority=Nirgendwo", 400),
        ("authority=id:person-pierre-herbe", 400),
        ("authority=Herne,Gladbeck,Bochum,Dortmund,Essen,Bottrop,Witten", 400),
        ("authority=<script>", 400),
        ("authority=id:05916000&authority=Herne&authority=herne", 200),
    ],
)
def test_what_is_asked_wrongly_is_said(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/compare?{query}", headers={"Accept": "text/html"})

    assert response.status_code == status
    assert "<script>" not in response.text
    assert status == 400 or response.text.count('scope="col"') == 1
