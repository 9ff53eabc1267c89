"""Pictures of things: what they show is what the graph says, and the table behind says the same."""

import re
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

SVG = "{http://www.w3.org/2000/svg}"
PAGES = (
    "/organigram/05916000",
    "/organigram/05562014?day=2022-06-01",
    "/organigram/05954036",
    "/organigram/05913000",
    "/timeline/05916000",
    "/timeline/05562014",
    "/timeline/05112000",
    "/timeline/person-pierre-herbe",
    "/timeline/05916000-office-fachbereich-16",
    "/timeline/05112000-artefact-masterplan-digitales",
    "/timeline/partnership-gruenderallianz-ruhr",
    "/timeline/05954036-post-beauftragte-fuer-das-staedtische-e-government",
    "/network/05916000",
    "/network/05913000",
    "/network/partnership-gruenderallianz-ruhr",
)


def _pictures(page: str) -> list[ET.Element]:
    """Return the pictures of a page, parsed as XML."""
    found = re.findall(r'<svg class="scene" role="group".*?</svg>', page, re.DOTALL)
    return [ET.fromstring(each.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)) for each in found]


def _boxes(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the boxes of a picture, with all they say, by their first line."""
    (picture,) = _pictures(client.get(address).text)
    titles = [box.findtext(f"{SVG}title") or "" for box in picture.iter(f"{SVG}g")]
    return {title.split("; ")[0]: title for title in titles}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_picture_is_whole(client: FlaskClient, address: str, language: str) -> None:
    """It has a name and a description, keeps within its frame and the page within its weight, and has its table."""
    answer = client.get(address, query_string=None, headers={"Accept-Language": language})
    pictures = _pictures(answer.text)

    assert answer.status_code == 200
    assert len(answer.data) < 150_000
    assert pictures
    for picture in pictures:
        width, height = int(picture.attrib["width"]), int(picture.attrib["height"])
        assert picture.findtext(f"{SVG}title")
        assert picture.findtext(f"{SVG}desc")
        for text in picture.iter(f"{SVG}text"):
            assert 0 <= float(text.attrib["x"]) < width
            assert 0 < float(text.attrib["y"]) < height
        for box in picture.iter(f"{SVG}rect"):
            assert 0 <= float(box.attrib["x"]) <= float(box.attrib["x"]) + float(box.attrib["width"]) <= width
            assert 0 <= float(box.attrib["y"]) <= float(box.attrib["y"]) + float(box.attrib["height"]) <= height
    links = {link.attrib["href"] for picture in pictures for link in picture.iter(f"{SVG}a")}
    after = answer.text[answer.text.rindex("</svg>") :]
    assert links
    assert {link for link in links if f'href="{link}"' not in after} == set()


def test_organigram_follows_the_day(client: FlaskClient) -> None:
    """Herne in 2019 has a staff unit in the mayor's office; from 2023 a department under the mayor took its place."""
    before, after = (_boxes(client, f"/organigram/05916000?day={day}") for day in ("2019-06-01", "2024-06-01"))

    assert "Stabsstelle Digitalisierung" in before
    assert "Fachbereich 16 Digitalisierung" not in before
    assert "Fachbereich 16 Digitalisierung" in after
    assert "Stabsstelle Digitalisierung" not in after
    assert "Pierre Herbe" in before["Stabsstelle Digitalisierung"]


def test_silence_is_not_turned_into_office(client: FlaskClient) -> None:
    """Long after the last evidence nobody is shown as documented, and the words say until when there is some."""
    page = client.get("/organigram/05916000?day=2099-01-01").text
    (picture,) = _pictures(page)
    looks = [mark.attrib["class"] for mark in picture.iter(f"{SVG}circle")]

    assert looks
    assert "mark documented" not in looks
    assert "Fachbereich 16 Digitalisierung; Pierre Herbe; zuletzt belegt 10. Februar 2025" in page


def test_shared_post_names_both(client: FlaskClient) -> None:
    """Witten: two people, one post, one box."""
    box = _boxes(client, "/organigram/05954036?day=2018-06-01")["Beauftragte für das städtische e-Government"]

    assert "Astrid Raith" in box
    assert "Eike Zengerle" in box


def test_days_of_change_lead_on(client: FlaskClient) -> None:
    """From any day the page leads to the change before and after it, and the reorganisations are listed."""
    page = client.get("/organigram/05916000?day=2019-06-01").text

    assert 'rel="prev" href="/organigram/05916000?day=2019-02-01"' in page
    following = re.search(r'rel="next" href="/organigram/05916000\?day=([\d-]+)"', page)
    assert following
    assert "2019-06-01" < following[1] <= "2023-02-01"
    assert page.index('id="organigram-earlier"') < page.index('id="organigram-later"') < page.index("zusammengelegt")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/organigram/05916000?day=yesterday", 400),
        ("/organigram/05916000?day=2024-02-30", 400),
        ("/organigram/nobody", 404),
        ("/organigram/person-pierre-herbe", 404),
        ("/network/person-pierre-herbe", 404),
        ("/timeline/%3Cx%3E", 404),
        ("/timeline/source-kommune21-31448", 404),
    ],
)
def test_what_cannot_be_drawn_is_said(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_empty_day_is_the_release_day(client: FlaskClient) -> None:
    day = re.compile(r'name="day" value="([\d-]+)"')
    pages = [client.get(f"/organigram/05916000{query}").text for query in ("", "?day=")]

    assert len({day.search(page)[1] for page in pages}) == 1


def test_authority_of_the_register_alone_has_nothing_to_draw(client: FlaskClient) -> None:
    """It says so, and its own page does not lead there."""
    for name in ("organigram", "timeline", "network"):
        page = client.get(f"/{name}/01001000").text
        assert _pictures(page) == []
        assert 'class="empty"' in page
    assert "/organigram/01001000" not in client.get("/id/01001000.html").text


def test_thing_leads_to_its_pictures(client: FlaskClient) -> None:
    page = client.get("/id/05916000.html?lang=en").text

    for name in ("organigram", "timeline", "network"):
        assert f'href="/{name}/05916000?lang=en"' in page


def test_choice_of_authorities_leads_to_timelines(client: FlaskClient) -> None:
    page = client.get("/timeline").text

    assert '<a href="/timeline/05916000">Herne</a>' in page
    assert page.count('href="/timeline/') > 100


def test_network_shows_who_set_it_up(client: FlaskClient) -> None:
    """The Gründerallianz Ruhr, its initiators, and theirs; each to the left of what it set up."""
    (picture,) = _pictures(client.get("/network/partnership-gruenderallianz-ruhr").text)
    left = {}
    for box in picture.iter(f"{SVG}g"):
        left.setdefault((box.findtext(f"{SVG}title") or "").split("; ")[0], int(box.find(f"{SVG}rect").attrib["x"]))

    assert left["RAG-Stiftung"] < left["Glückauf Zukunft!"] < left["Gründerallianz Ruhr"]
    assert left["Initiativkreis Ruhr"] < left["Gründerallianz Ruhr"]


def test_timelines_of_other_persons_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    """As with their pages: who heads neither an authority nor an office is not listed."""
    assert "X-Robots-Tag" not in client.get("/timeline/person-pierre-herbe").headers
    answer = client.get("/timeline/person-bianka-sybille-horstmann")

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text


@pytest.mark.parametrize("address", PAGES[:5])
def test_same_graph_same_bytes(client: FlaskClient, address: str) -> None:
    assert client.get(address).data == client.get(address).data
