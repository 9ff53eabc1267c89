"""What every handler needs: the snapshot, its store, the settings; and the addresses of things."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlencode

from flask import current_app, request

from chefsache.content.names import BASE
from chefsache.content.questions import Question
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.protocol import Store
from chefsache.web import languages
from chefsache.web.settings import Settings

#: Folders of our base that have an address of their own here.
ROOMS = ("id/", "vocab/", "graph/", "ontology", "shapes", "catalog", "dataset/", "service/", "changes/")

Found = TypeVar("Found")


@dataclass(frozen=True)
class Site:
    """What the application serves."""

    snapshot: Snapshot
    store: Store
    settings: Settings
    questions: dict[str, Question]
    #: Names what is served; see `chefsache.web.edition`.
    edition: str
    _found: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Return what was found in the whole graph under a name; it is looked for once."""
        if name not in self._found:
            self._found[name] = find()
        return cast("Found", self._found[name])

    @property
    def as_of(self) -> str:
        """The release day, as in queries."""
        return self.snapshot.as_of.isoformat()


def site() -> Site:
    """Return the site of the application at hand."""
    return cast("Site", current_app.extensions["chefsache"])


def path(address: str, /, **parameters: str | Sequence[str]) -> str:
    """Return the address of a page of ours, below the public path, in the language that the reader chose.

    A language that only the browser asked for is left to the browser.
    """
    if "lang" not in parameters and request.args.get("lang") in languages.LANGUAGES:
        parameters["lang"] = languages.current()
    query = urlencode({name: value for name, value in parameters.items() if value}, doseq=True)
    return site().settings.root + quote(address, safe="/:#~.-_") + (f"?{query}" if query else "")


def href(iri: str) -> str:
    """Return the address under which a reader finds an IRI: our own below the public address, others as they are."""
    if not iri.startswith(BASE):
        return iri if iri.startswith(("http://", "https://")) else ""
    local = iri.removeprefix(BASE)
    if not local.startswith(ROOMS):
        return iri
    address, hash_, fragment = local.partition("#")
    return path(f"/{address}") + (f"#{fragment}" if hash_ else "")


def absolute(address: str) -> str:
    """Return the public address of a page of ours."""
    return site().settings.public_url + quote(address, safe="/:#~.-_")
