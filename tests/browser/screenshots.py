"""Take the pictures in docs/screenshots: `make screenshots`, on the snapshot that stands."""

import shutil
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from chefsache.content.names import PREFIXES
from chefsache.pipeline import building
from chefsache.store.embedded import EmbeddedStore
from chefsache.web.app import create_app
from chefsache.web.settings import Settings

FOLDER = Path(__file__).parents[2] / "docs/screenshots"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
#: Name, address, size, light or dark, question of the workbench and its view.
SHOTS = (
    ("start", "/", DESK, "light", "", ""),
    ("authority", "/id/05916000", PHONE, "light", "", ""),
    ("workbench-map", "/sparql", DESK, "light", "who-steers", "map"),
    ("workbench-timeline", "/sparql", DESK, "dark", "career", "timeline"),
)


def main() -> None:
    """Serve the snapshot, and write one small JPEG a picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    with EmbeddedStore(building.build().store_path, settings.limits, PREFIXES) as store, sync_playwright() as driver:
        store.wait_ready()
        http = make_server("127.0.0.1", 0, create_app(building.build(), store, settings), threaded=True)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in SHOTS:
            _take(browser, f"http://127.0.0.1:{http.server_port}", *shot)
        browser.close()
        http.shutdown()


def _take(
    browser: Browser, server: str, name: str, address: str, size: dict[str, int], scheme: str, question: str, view: str
) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme, locale="de-DE")
    page.goto(server + address)
    if question:
        page.get_by_label("Frage als Beispiel laden").select_option(question)
        page.locator(f"[role=tab][id$={view}]").click(timeout=60_000)
        page.locator(".panel:not([hidden]) .drawn svg").wait_for(timeout=60_000)
        page.evaluate("document.querySelector('.tabs').scrollIntoView({ behavior: 'instant' })")
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=70)
    page.close()


if __name__ == "__main__":
    main()
