"""The workbench, the pictures and the suggestions, as somebody with a keyboard uses them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

Check = Callable[[Page], list[str]]

POINTS = """SELECT ?name ?lat ?long ?inhabitants {
  VALUES (?name ?lat ?long ?inhabitants) { ("Herne" 51.54 7.22 157000) ("Gladbeck" 51.57 6.98 76000) }
}"""
SPANS = """SELECT ?name ?from ?to {
  VALUES (?name ?from ?to) { ("A" "2018-01-01"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF)
                             ("B" "2019-01-01"^^<http://www.w3.org/2001/XMLSchema#date>
                                  "2020-12-31"^^<http://www.w3.org/2001/XMLSchema#date>) }
}"""
TRIPLES = "CONSTRUCT { id:05916000 schema:containedInPlace ?in } { id:05916000 schema:containedInPlace ?in }"


@pytest.fixture
def page(browser: Browser, frontend: Path) -> Iterator[Page]:
    """A page whose console has to stay empty, but for the status of a refused query."""
    assert frontend.is_dir()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [text for text in said if "400 (" not in text] == []


def _write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def test_keyboard_alone_runs_a_query(server: str, page: Page, axe: Check) -> None:
    """Typed, completed by the German label, prefix declared by itself, run by Ctrl-Enter; the link asks it again."""
    page.goto(f"{server}/sparql")
    _write(page, "SELECT ?o { ?o a ")
    page.keyboard.type("stelle")
    page.locator(".cm-tooltip-autocomplete li", has_text="chef:Office").first.wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?o a chef:Off")
    page.locator(".cm-tooltip-autocomplete li[aria-selected]", has_text="chef:Office").wait_for()
    page.wait_for_timeout(100)  # the list takes no key in its first moment
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yesno")).to_have_text("Ja.")

    assert page.locator(".cm-line").first.inner_text() == "PREFIX chef: <https://w3id.org/chefsache/ontology#>"
    assert axe(page) == []
    page.reload()
    expect(page.locator(".yesno")).to_have_text("Ja.")


def test_error_is_shown_at_its_place(server: str, page: Page) -> None:
    """The server's message in German, and a mark in the line that it names."""
    page.goto(f"{server}/sparql")
    _write(page, "SELECT * {\n  ?s ?p ?o\n  FILTER(\n}")
    page.get_by_role("button", name="Ausführen").click()

    expect(page.locator(".problem")).to_contain_text("Zeile 4")
    expect(page.locator(".cm-line").nth(3).locator(".cm-lintRange-error, .cm-lintPoint-error")).to_have_count(1)


@pytest.mark.parametrize(
    ("view", "query", "marks", "count"),
    [
        ("chart", POINTS, ".chart .bar", 2),
        ("map", POINTS, ".map .mark", 2),
        ("timeline", SPANS, ".timeline .bar", 1),
        ("graph", TRIPLES, ".net circle", 2),
    ],
)
def test_answer_becomes_a_picture(
    server: str, page: Page, axe: Check, view: str, query: str, marks: str, count: int
) -> None:
    """The link with its view opens the picture; the same rows stand behind it as a table; axe finds nothing."""
    page.goto(f"{server}/sparql?query={quote(query)}#view={view}")
    page.locator(f".panel:not([hidden]) {marks}").first.wait_for(timeout=60_000)

    assert page.locator(f".panel:not([hidden]) .drawn {marks}").count() >= count
    page.get_by_text("Dasselbe als Tabelle").click()
    expect(page.locator(".panel:not([hidden]) table")).to_be_visible()
    assert axe(page) == []


def test_views_open_by_arrow_keys_and_columns_sort(server: str, page: Page) -> None:
    """Arrow keys walk through the tabs; a heading sorts its column, and says so."""
    page.goto(f"{server}/sparql?query={quote(POINTS)}")
    page.get_by_role("tab", name="Tabelle").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Diagramm")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="name", exact=True).click()

    expect(page.get_by_role("columnheader", name="name")).to_have_attribute("aria-sort", "ascending")
    assert page.locator("tbody td:first-child").all_inner_texts() == ["Gladbeck", "Herne"]


def test_question_is_an_example_with_fields(server: str, page: Page) -> None:
    """A question is chosen, its parameter filled; the query holds it, the answer comes, and can be downloaded."""
    page.goto(f"{server}/sparql")
    page.get_by_label("Frage als Beispiel laden").select_option("offices")
    page.get_by_label("Kommune").fill("Gladbeck")
    page.get_by_label("Kommune").press("Tab")
    expect(page.locator(".cm-content")).to_contain_text("id/05562014", timeout=30_000)
    expect(page.locator("td", has_text="Gladbeck").first).to_be_visible(timeout=30_000)
    answer = page.request.get(server + str(page.get_by_role("link", name="CSV").get_attribute("href")))

    assert answer.headers["content-type"].startswith("text/csv")
    assert "Gladbeck" in answer.text()


def test_running_query_can_be_cancelled(server: str, page: Page) -> None:
    """While a query runs, the button cancels it."""
    page.route("**/sparql?query=*", lambda route: None)
    page.goto(f"{server}/sparql")
    page.locator(".cm-content").wait_for()  # until then the plain form has a button of the same name
    page.get_by_role("button", name="Ausführen").click()
    page.get_by_role("button", name="Abbrechen").click()

    expect(page.get_by_text("Abgebrochen.")).to_be_visible()
    expect(page.get_by_role("button", name="Ausführen")).to_be_visible()


def test_question_page_shows_its_answer_as_a_picture(server: str, page: Page) -> None:
    """On a question's page the pictures are a button away, with the headings of the page."""
    page.goto(f"{server}/questions/coverage-by-land")
    page.get_by_role("button", name="Als Bild zeigen").click()

    expect(page.locator(".chart .bar").first).to_be_visible(timeout=30_000)
    assert page.locator(".chart .bar").count() == 16


def test_suggestions_are_chosen_by_keyboard(server: str, page: Page, axe: Check) -> None:
    """Arrow down marks a suggestion and tells it, Escape closes, Enter opens its page."""
    found = ["her", ["Herne", "Herten"], ["Stadt", "Stadt"], [f"{server}/id/05916000", f"{server}/id/05562024"]]

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps(found), content_type="application/x-suggestions+json")

    page.route("**/search/suggest?*", answer)
    page.goto(server)
    field = page.get_by_role("combobox", name="Ihre Kommune")
    field.press_sequentially("her")
    expect(page.get_by_role("option")).to_have_count(2)
    assert axe(page) == []
    field.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text().startswith("Herne")
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**/id/05916000*")


def test_pages_are_light(server: str, page: Page) -> None:
    """Before the workbench or a picture is opened, a page brings less than 150 kB, scripts and styles included."""
    for address in ("/", "/id/05916000", "/questions/who-steers"):
        sizes: list[int] = []
        page.on("response", lambda response, sizes=sizes: sizes.append(len(response.body())))
        page.goto(server + address, wait_until="networkidle")

        assert any(size > 0 for size in sizes)
        assert sum(sizes) < 150_000, (address, sizes)
