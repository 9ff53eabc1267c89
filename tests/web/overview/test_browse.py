"""Lists can be narrowed by facets: in the address, without JavaScript, with numbers that hold."""

import html
import re

import pytest
from flask.testing import FlaskClient

from chefsache.web.overview.browsing import FACETS
from chefsache.web.overview.facets import Entry, narrow
from chefsache.web.pages.answers import Cell


def _entry(name: str, **values: str) -> Entry:
    return Entry(Cell(name), "", {facet: frozenset(text.split()) for facet, text in values.items()})


ENTRIES = (
    _entry("a", land="05", kind="strategy plan"),
    _entry("b", land="05", kind="strategy"),
    _entry("c", land="09", kind="plan"),
    _entry("d", kind="plan"),
)


def _narrowed(**chosen: list[str]):
    return narrow(ENTRIES, ("land", "kind"), chosen, lambda _, value: value, {"kind": ("strategy", "plan")})


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, "abcd"),
        ({"land": ["05"]}, "ab"),
        ({"land": ["05", "09"]}, "abc"),
        ({"land": ["05"], "kind": ["plan"]}, "a"),
        ({"land": ["09"], "kind": ["strategy"]}, ""),
        ({"land": ["99"]}, ""),
    ],
)
def test_values_of_a_facet_add_and_facets_narrow(chosen: dict[str, list[str]], names: str) -> None:
    assert "".join(entry.item.text for entry in _narrowed(**chosen).entries) == names


def test_counts_say_what_a_choice_would_leave() -> None:
    """Beside each value stands how many entries there would be with it, given the other facets."""
    land, kind = _narrowed(land=["05"]).facets

    assert [(choice.value, choice.count) for choice in land.choices] == [("05", 2), ("09", 1)]
    assert [(choice.value, choice.count) for choice in kind.choices] == [("strategy", 2), ("plan", 1)]


def test_what_is_chosen_stays_to_be_seen() -> None:
    """A choice that leaves nothing is still shown, so that it can be taken back."""
    land = _narrowed(land=["99"]).facets[0]

    assert [choice.value for choice in land.choices if choice.chosen] == ["99"]


def _options(page: str, facet: str) -> dict[str, int]:
    part = page[page.index(f'id="f-{facet}"') :]
    found = re.findall(r'<option value="([^"]+)"[^>]*>.*? \(([\d.]+)\)</option>', part[: part.index("</select>")])
    return {value: int(number.replace(".", "")) for value, number in found}


def _listed(page: str) -> int:
    return int(re.search(r'<p class="count">([\d.]+)', page)[1].replace(".", ""))


@pytest.mark.parametrize("name", FACETS)
def test_every_facet_keeps_what_it_promises(client: FlaskClient, name: str) -> None:
    """The first value of each facet leads to as many entries as the number beside it says, and so many are listed."""
    page = client.get(f"/{name}?lang=de").text
    for facet in FACETS[name]:
        value, number = next(iter(_options(page, facet).items()))
        narrowed = client.get(f"/{name}", query_string={facet: value, "lang": "de"}).text
        part = narrowed[narrowed.index('<ul class="entries columns">') :]

        assert _listed(narrowed) == number
        assert part[: part.index("</ul>")].count("<li>") == number


def test_papers_of_a_land_by_their_last_step(client: FlaskClient) -> None:
    """Facets combine; the language stays; each choice can be taken back alone."""
    page = client.get("/artefacts?land=05&status=adopted&lang=en").text
    chips = [html.unescape(href) for href in re.findall(r'<li><a href="([^"]+)" rel="nofollow">', page)]

    assert "/id/05916000-artefact-digitalstrategie-2030" in page
    assert "/id/05562014-artefact-leitbild-digitale-stadt" not in page  # announced, its adoption nowhere documented
    assert chips == ["/artefacts?status=adopted&lang=en", "/artefacts?land=05&lang=en"]
    assert '<input type="hidden" name="lang" value="en">' in page
    assert '<option value="adopted" selected>' in page


def test_large_cities_of_a_land_with_a_staff_unit(client: FlaskClient) -> None:
    """Form of unit, size and Land together; who is not in the list lacks one of them."""
    page = client.get("/municipalities?land=05&size=large&form=staff-unit&lang=de").text
    known = page[page.index('id="known"') : page.index('id="all"')]

    assert "/id/05911000" in known  # Bochum
    assert "/id/05562014" not in known  # Gladbeck, smaller, by a post without a unit


def test_empty_list_says_why(client: FlaskClient) -> None:
    page = client.get("/persons?land=17&lang=en").text

    assert "Nothing has all of these" in page
    assert 'href="/persons?lang=en"' in page


@pytest.mark.parametrize("value", ['"><script>', "%00", "ä" * 500])
def test_odd_values_do_no_harm(client: FlaskClient, value: str) -> None:
    response = client.get("/partnerships", query_string={"kind": value})

    assert response.status_code == 200
    assert "<script>" not in response.text


def test_facets_that_are_none_are_ignored(client: FlaskClient) -> None:
    assert _listed(client.get("/persons?size=large&x=y&lang=de").text) == _listed(client.get("/persons?lang=de").text)
