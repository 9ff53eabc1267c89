"""Pages in a real browser: readable on a phone and on a desk, with and without JavaScript, in light and dark."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from chefsache.content.names import PREFIXES
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ADDRESSES = {
    "start": "/",
    "office": "/id/05916000-office-fachbereich-16",
    "authority": "/id/05916000",
    "question": "/questions/who-steers?day=2019-06-01",
    "sparql": "/sparql",
    "dumps": "/dumps/",
    "ontology": "/ontology",
    "vocabulary": "/vocab/office-forms",
    "coverage": "/coverage",
    "municipalities": "/municipalities",
    "search": "/municipalities?name=Neustadt",
    "municipality": "/id/01001000",
    "district": "/id/05562",
}
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def server(snapshot: Snapshot) -> Iterator[str]:
    limits = Limits(seconds=5, workers=2)
    with EmbeddedStore(snapshot.store_path, limits, PREFIXES) as store:
        store.wait_ready()
        http = make_server("127.0.0.1", 0, create_app(snapshot, store, Settings(limits=limits)), threaded=True)
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_page_fits_and_is_quiet(server: str, browser: Browser, name: str, size: str, *, script: bool) -> None:
    """Nothing is wider than the screen, nothing is loaded from elsewhere, the console stays empty."""
    context = browser.new_context(viewport=SIZES[size], java_script_enabled=script, locale="de-DE")
    page = context.new_page()
    said: list[str] = []
    loaded: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: loaded.append(request.url))
    response = page.goto(server + ADDRESSES[name])
    box = page.locator("main").bounding_box()
    heading = page.locator("h1").bounding_box()
    tables = [table.bounding_box() for table in page.locator(".scroll").all()]
    if script:
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == SIZES[size]["width"]

    assert response is not None
    assert response.status == 200
    assert said == []
    assert all(url.startswith(server) for url in loaded)
    assert box is not None
    assert heading is not None
    assert heading["x"] >= 0
    assert heading["x"] + heading["width"] <= SIZES[size]["width"]
    assert all(table and table["x"] + table["width"] <= SIZES[size]["width"] for table in tables)
    context.close()


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
