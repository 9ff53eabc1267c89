"""Pages say what is known, how certainly, and after which source; in German first."""

import re

import pytest
from flask.testing import FlaskClient

from chefsache.content.questions import questions
from chefsache.web.languages import texts

OFFICE = "/id/05916000-office-fachbereich-16.html"
PAGES = [
    "/",
    "/questions",
    "/municipalities",
    "/persons",
    "/partnerships",
    "/artefacts",
    "/sparql",
    "/dumps/",
    "/ontology",
    "/shapes",
    "/coverage",
    "/map",
    "/map?land=05",
    "/compare",
    "/compare?authority=Herne&authority=Gladbeck",
    "/artefacts?land=05&status=adopted",
    "/id/01001000.html",
    "/id/05.html",
    "/id/071.html",
    "/vocab/office-forms.html",
    "/vocab/municipality.html",
]


@pytest.mark.parametrize(
    "address", [*PAGES, OFFICE, "/id/05916000.html", *(f"/questions/{name}" for name in questions())]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_stands(client: FlaskClient, address: str, language: str) -> None:
    """One heading, a title, landmarks, the right language, no code and no style of its own."""
    lead, _, query = address.partition("?")
    response = client.get(lead, query_string=f"{query}&lang={language}", headers={"Accept": "text/html"})
    page = response.text

    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    assert response.headers["Content-Language"] == language
    assert page.count("<h1") == 1
    assert all(part in page for part in ("<header", "<nav", "<main", "<footer", 'class="skip"'))
    assert not re.search(r"<style| style=| on[a-z]+=", page)
    assert all(" src=" in tag or "application/ld+json" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("parameter", "header", "language"),
    [
        ("", "", "de"),
        ("", "fr", "de"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "en;q=0.3, de-AT;q=0.7", "de"),
        ("en", "de", "en"),
        ("de", "en", "de"),
        ("xx", "en", "en"),
        ("", "en;q=0, de", "de"),
    ],
)
def test_language(client: FlaskClient, parameter: str, header: str, language: str) -> None:
    response = client.get(
        "/", query_string={"lang": parameter} if parameter else {}, headers={"Accept-Language": header}
    )

    assert response.headers["Content-Language"] == language


def test_chosen_language_stays_in_links(client: FlaskClient) -> None:
    assert 'href="/questions?lang=en"' in client.get("/?lang=en").text
    assert 'href="/questions"' in client.get("/", headers={"Accept-Language": "en"}).text


def test_every_text_has_both_languages() -> None:
    assert not [key for key, words in texts().items() if set(words) != {"de", "en"} or not all(words.values())]


def test_office_shows_head_place_history_and_sources(client: FlaskClient) -> None:
    """Herne's department: who heads it, that this is only last documented, under whom, from what it was merged."""
    page = client.get(OFFICE + "?lang=de").text

    assert "Pierre Herbe" in page
    assert "zuletzt belegt" in page
    assert "Oberbürgermeister" in page
    assert "zusammengelegt" in page
    assert "Stabsstelle Digitalisierung" in page
    assert "1. Februar 2023" in page
    assert 'href="/id/source-' in page


def test_silence_is_never_in_office(client: FlaskClient) -> None:
    """What was last heard of years ago is not said to be documented for the release day."""
    page = client.get("/id/05562014-post-digitalisierungsbeauftragter.html?lang=en").text
    head = page[page.index('id="now"') : page.index("</section>", page.index('id="now"'))]

    assert "last documented 15 March 2022" in head
    assert 'class="certainty documented"' not in head


def test_time_that_no_source_gives_is_called_unknown(client: FlaskClient) -> None:
    """Neither possible nor documented: nothing at all is known of when."""
    page = client.get("/id/05513000-tenure-sondern-statistikstelle.html?lang=en").text

    assert "time not known" in page
    assert "possible" not in page


def test_length_of_a_tenure_is_said(client: FlaskClient) -> None:
    """A source may say for how long somebody was elected, and not from which day."""
    page = client.get("/id/person-jan-pratzka.html?lang=de").text

    assert "Dauer: 7 Jahre" in page


def test_ended_office_says_who_headed_it_last(client: FlaskClient) -> None:
    page = client.get("/id/05916000-office-stabsstelle-digitalisierung.html?lang=en").text

    assert "Head, at last" in page
    assert "Where it last sat" in page


def test_start_page_answers_the_first_question(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    answer = page[page.index("<tbody>") : page.index("</tbody>")]

    assert 0 < answer.count("<tr>") <= 12
    assert 'href="/id/source-' in answer
    assert '<form class="search"' in page


def test_question_takes_a_day_and_a_name(client: FlaskClient) -> None:
    """In June 2019 the staff unit steers Herne; the authority may be named as people name it."""
    page = client.get(
        "/questions/who-steers", query_string={"day": "2019-06-01", "authority": "Herne", "lang": "de"}
    ).text
    answer = page[page.index("<tbody>") : page.index("</tbody>")]

    assert "Stabsstelle Digitalisierung" in answer
    assert "belegt" in answer
    assert "Gladbeck" not in answer


def test_question_as_data(client: FlaskClient) -> None:
    table = client.get("/questions/who-steers.csv?day=2019-06-01")
    json = client.get("/questions/who-steers.json?day=2019-06-01")

    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.text.startswith("day,municipality,holder")
    assert json.json["head"]["vars"][0] == "day"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/questions/who-steers?day=yesterday", 400),
        ("/questions/who-steers?authority=Nirgendwo", 400),
        ("/questions/nothing", 404),
        ("/questions/nothing.csv", 404),
    ],
)
def test_wrong_parameters_are_explained(client: FlaskClient, address: str, status: int) -> None:
    response = client.get(address, headers={"Accept": "text/html"})

    assert response.status_code == status
    assert 'lang="en" class="detail"' in response.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>', "';--"])
def test_what_comes_in_goes_out_escaped(client: FlaskClient, text: str) -> None:
    for address in (f"/questions/who-steers?authority={text}", f"/sparql?format=html&query={text}", f"/{text}"):
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert text not in page or "<" not in text


def test_pages_of_other_persons_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    """Only who heads an authority or an office is listed."""
    assert "noindex" not in client.get("/id/person-pierre-herbe.html").text
    assert "noindex" in client.get("/id/person-bianka-sybille-horstmann.html").text
