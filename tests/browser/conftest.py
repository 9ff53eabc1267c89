"""What the browser tests share: the application served over HTTP, and a Chromium."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from chefsache.content.names import PREFIXES
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.web.app import create_app
from chefsache.web.matching import index
from chefsache.web.settings import Settings

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Rules of WCAG 2.2 at A and AA, and axe's own good practice.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async tags => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}"""

Check = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def server(snapshot: Snapshot, served: Callable[[Flask], AbstractContextManager[str]]) -> Iterator[str]:
    """The address of a running server."""
    limits = Limits(seconds=20, workers=2)
    with EmbeddedStore(snapshot.store_path, limits, PREFIXES) as store:
        store.wait_ready()
        app = create_app(snapshot, store, Settings(limits=limits))
        index.start(app).join()
        with served(app) as address:
            yield address


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(frontend: Path) -> Check:
    """A function that returns what axe-core finds serious or critical on a page."""
    source = (frontend / "node_modules/axe-core/axe.min.js").read_text()

    def check(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found: list[str] = page.evaluate(_RUN, _TAGS)
        return found

    return check
