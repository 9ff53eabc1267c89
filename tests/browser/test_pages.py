"""Pages in a real browser: readable on a phone and on a desk, with and without JavaScript, in light and dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

Check = Callable[[Page], list[str]]

#: Each kind of page.
ADDRESSES = {
    "start": "/",
    "persons": "/persons",
    "authority": "/id/05916000",
    "office": "/id/05916000-office-fachbereich-16",
    "post": "/id/05562014-post-digitalisierungsbeauftragter",
    "person": "/id/person-pierre-herbe",
    "artefact": "/id/05562014-artefact-leitbild-digitale-stadt",
    "partnership": "/id/partnership-data-hub-ruhr",
    "source": "/id/source-kommune21-31448",
    "claim": "/id/05916000-tenure-luebbers",
    "concept": "/vocab/steering",
    "scheme": "/vocab/office-forms",
    "question": "/questions/who-steers?day=2019-06-01",
    "questions": "/questions",
    "sparql": "/sparql",
    "dumps": "/dumps/",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "coverage": "/coverage",
    "municipalities": "/municipalities",
    "map": "/map",
    "map of a Land": "/map?land=05",
    "compare": "/compare?authority=Herne&authority=Gladbeck",
    "choose": "/compare",
    "narrowed": "/artefacts?land=05&status=adopted",
    "partnerships": "/partnerships",
    "search": "/search?q=Neustadt",
    "municipality": "/id/01001000",
    "district": "/id/05562",
    "organigram": "/organigram/05562014?day=2022-06-01",
    "timelines": "/timeline",
    "timeline": "/timeline/05916000",
    "network": "/network/partnership-gruenderallianz-ruhr",
    "partners": "/network/05916000",
}
#: A phone is as narrow as a desk at 400 % (WCAG 2.2, 1.4.10).
SIZES = {"phone": {"width": 320, "height": 740}, "desk": {"width": 1280, "height": 900}}
#: What scrolls sideways beside tables, code and the editor, which are marked as regions or take the focus.
_SIDEWAYS = """[...document.querySelectorAll("body *")]
  .filter(each => ["auto", "scroll"].includes(getComputedStyle(each).overflowX))
  .filter(each => each.scrollWidth > each.clientWidth + 1)
  .filter(each => !each.matches(".scroll[role=region][tabindex='0'][aria-label], pre, textarea"))
  .map(each => each.outerHTML.slice(0, 80))"""


def _open(context: BrowserContext, address: str, width: int, status: int = 200) -> Page:
    """Open a page; nothing is wider than the screen, nothing is loaded from elsewhere, the console stays empty."""
    page = context.new_page()
    said: list[str] = []
    loaded: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: loaded.append(request.url))
    response = page.goto(address)
    boxes = [each.bounding_box() for each in page.locator("main, h1, .scroll").all() if each.is_visible()]

    assert response is not None
    assert response.status == status
    assert [text for text in said if status == 200 or str(status) not in text] == []
    assert all(url.startswith(address[: address.index("/", 8)]) for url in loaded)
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    return page


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_is_accessible(server: str, browser: Browser, axe: Check, name: str) -> None:
    """With JavaScript, at both sizes: the page fits, is quiet, and axe-core finds nothing serious."""
    with browser.new_context(viewport=SIZES["phone"], locale="de-DE") as context:
        page = _open(context, server + ADDRESSES[name], SIZES["phone"]["width"])
        if name == "sparql":
            page.locator(".cm-content").wait_for()
        for size in SIZES.values():
            page.set_viewport_size(size)

            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
            assert page.evaluate(_SIDEWAYS) == []
            assert axe(page) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_needs_no_script(server: str, browser: Browser, name: str) -> None:
    """Without JavaScript, on a phone: the page fits and is quiet."""
    with browser.new_context(viewport=SIZES["phone"], java_script_enabled=False, locale="de-DE") as context:
        _open(context, server + ADDRESSES[name], SIZES["phone"]["width"])


@pytest.mark.parametrize("name", ["organigram", "network", "partners", "timeline"])
def test_picture_of_a_thing_fits_a_phone(server: str, browser: Browser, name: str) -> None:
    """What is shown above the table needs no scrolling, and leads to all that the picture for a desk leads to."""
    with browser.new_context(viewport=SIZES["phone"], locale="de-DE") as context:
        page = _open(context, server + ADDRESSES[name], SIZES["phone"]["width"])
        shown = page.locator(".narrow")
        links = "each => [...each.querySelectorAll('a')].map(a => a.getAttribute('href')).sort()"

        assert shown.is_visible()
        assert not page.locator(".wide").is_visible()
        assert shown.evaluate("each => each.scrollWidth <= each.clientWidth")
        wide = set(page.locator(".wide").evaluate(links))
        assert wide
        assert set(shown.evaluate(links)) >= wide


PRINTED = ["start", "authority", "organigram", "partners", "timeline", "coverage", "map of a Land", "question", "dumps"]


@pytest.mark.parametrize("name", PRINTED)
def test_page_fits_on_paper(server: str, browser: Browser, name: str) -> None:
    """On A4 with margins of 1 cm nothing is cut off at the right; what is for a screen alone is not printed."""
    width = 718
    with browser.new_context(viewport={"width": width, "height": 1000}, locale="de-DE") as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto(server + ADDRESSES[name])

        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert not page.locator("header nav, form, .wrong").filter(visible=True).count()


def test_error_is_a_page(server: str, browser: Browser, axe: Check) -> None:
    """What leads nowhere answers with a page as accessible as the others, and a way home."""
    with browser.new_context(viewport=SIZES["phone"], locale="de-DE") as context:
        page = _open(context, f"{server}/id/nobody", SIZES["phone"]["width"], status=404)

        assert axe(page) == []
        assert page.get_by_role("link", name="Zur Startseite").is_visible()


DARK = ["start", "authority", "sparql", "coverage", "map", "compare", "organigram", "timeline", "network"]


@pytest.mark.parametrize("name", DARK)
def test_dark_page_is_accessible(server: str, browser: Browser, axe: Check, name: str) -> None:
    """In the dark, axe-core finds nothing serious either."""
    with browser.new_context(viewport=SIZES["desk"], color_scheme="dark", locale="de-DE") as context:
        assert axe(_open(context, server + ADDRESSES[name], SIZES["desk"]["width"])) == []


def test_language_switch_keeps_the_place(server: str, browser: Browser, frontend: Path) -> None:
    """The other language shows the same page with the same parameters, at the same fragment."""
    assert frontend.is_dir()
    page = browser.new_page(locale="de-DE")
    page.goto(f"{server}/questions/who-steers?day=2019-06-01&authority=Herne#answer")
    page.get_by_role("link", name="English").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_label("day").input_value() == "2019-06-01"
    assert page.url.endswith("&lang=en#answer")
    page.close()


def test_skip_link_comes_first(server: str, browser: Browser) -> None:
    """The first stop of the keyboard leads past the navigation."""
    page = browser.new_page(locale="de-DE")
    page.goto(server)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_form_asks_the_question(server: str, browser: Browser) -> None:
    """Without JavaScript: another day gives another answer; the answer leads to the person, with a source."""
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{server}/questions/who-steers")
    page.get_by_label("Stichtag").fill("2019-06-01")
    page.get_by_label("Kommune").fill("Herne")
    page.get_by_role("button", name="Antwort anzeigen").click()
    page.get_by_role("link", name="Stabsstelle Digitalisierung", exact=True).first.click()

    assert page.locator("h1").inner_text() == "Stabsstelle Digitalisierung"
    assert page.locator(".chain").get_by_role("link", name="Büro Oberbürgermeister").count() == 1
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_term_is_where_its_iri_points(server: str, browser: Browser) -> None:
    """The fragment of a term's IRI is in view, and the diagrams are loaded."""
    page = browser.new_page(viewport=SIZES["desk"], reduced_motion="reduce", locale="de-DE")
    page.goto(f"{server}/ontology#Tenure")
    top = page.locator("#Tenure").bounding_box()
    widths = page.eval_on_selector_all(".picture img", "images => images.map(image => image.naturalWidth)")

    assert top is not None
    assert 0 <= top["y"] < SIZES["desk"]["height"] / 2
    assert len(widths) >= 5
    assert all(widths)
    page.close()


def test_municipality_is_found_from_the_start(server: str, browser: Browser) -> None:
    """Without JavaScript: name typed, district shown, page opened that says what is not known."""
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(server)
    page.get_by_label("Ihre Kommune").fill("Waltrop")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Waltrop", exact=True).click()

    assert page.locator("h1").inner_text() == "Waltrop"
    assert page.get_by_role("link", name="Kreis Recklinghausen").count() >= 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(server: str, browser: Browser, scheme: str) -> None:
    """Ink, soft text, links and marks stand at least 4.5:1 against both backgrounds (WCAG 2.2, 1.4.3)."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(server)
    names = ["paper", "raised", "ink", "soft", "accent", "warn", "good"]
    script = "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue('--' + n).trim())"
    colours = dict(zip(names, page.evaluate(script, names), strict=True))
    context.close()

    for text in ("ink", "soft", "accent", "warn", "good"):
        for ground in ("paper", "raised"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_marks_of_the_map_are_reached_by_keyboard(server: str, browser: Browser) -> None:
    """Without JavaScript: a mark takes the focus, has a name, and leads to its authority."""
    with browser.new_context(viewport=SIZES["desk"], java_script_enabled=False, locale="de-DE") as context:
        page = context.new_page()
        page.goto(f"{server}/map?land=05")
        page.get_by_role("link", name="Herne: Steuerung bekannt").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/05916000*")

        assert page.locator("h1").inner_text() == "Herne"


def test_anything_is_found_from_every_page(server: str, browser: Browser) -> None:
    """On a desk by the field in the header, with the return key and without JavaScript; on a phone by a link."""
    with browser.new_context(viewport=SIZES["desk"], java_script_enabled=False, locale="de-DE") as context:
        page = context.new_page()
        page.goto(f"{server}/dumps/")
        page.get_by_label("Name, früherer Name").fill("Herne")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=Herne")
    with browser.new_context(viewport=SIZES["phone"], java_script_enabled=False, locale="de-DE") as context:
        page = context.new_page()
        page.goto(f"{server}/dumps/")

        assert not page.get_by_label("Name, früherer Name").is_visible()
        page.get_by_role("navigation").get_by_role("link", name="Suche").click()
        page.wait_for_url("**/search")


def test_list_is_narrowed_without_script(server: str, browser: Browser) -> None:
    """Choosing in the form narrows the list; taking the choice back shows all again."""
    with browser.new_context(viewport=SIZES["phone"], java_script_enabled=False, locale="de-DE") as context:
        page = context.new_page()
        page.goto(f"{server}/municipalities")
        everything = page.locator("section[aria-labelledby=known] .entries li").count()
        page.get_by_label("Land", exact=True).select_option("05")
        page.get_by_role("button", name="Eingrenzen").click()
        narrowed = page.locator("section[aria-labelledby=known] .entries li").count()
        page.get_by_role("link", name="Land: Nordrhein-Westfalen").click()

        assert 0 < narrowed < everything
        assert page.locator("section[aria-labelledby=known] .entries li").count() == everything
