"""Ask for the pages that look at the whole graph before a reader does."""

import threading

from flask import Flask

from chefsache.web.gateway.door import INTERNAL
from chefsache.web.languages import LANGUAGES
from chefsache.web.matching import index

#: Pages whose queries go over the whole graph.
_PAGES = (
    "/", "/municipalities", "/coverage", "/map", "/timeline", "/persons", "/partnerships", "/artefacts", "/ontology",
    "/compare?authority=05916000",
)  # fmt: skip


def warm(app: Flask) -> threading.Thread:
    """Start to make those pages, in every language, and the index of names, beside the first requests."""
    index.start(app)
    thread = threading.Thread(target=_warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(app: Flask) -> None:
    host = min(app.extensions["chefsache"].settings.hosts)
    client = app.test_client()
    for address in _PAGES:
        for language in LANGUAGES:
            headers = {"Host": host, "Accept": "text/html", "Accept-Language": language}
            client.get(address, headers=headers, environ_overrides={INTERNAL: True})
