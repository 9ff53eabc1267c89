"""`/changes`: what changed between the editions that are kept, as a page, as RDF (TriG) and as a feed.

The feed (`/changes.atom`, RFC 4287) has one entry for each edition that differs from the one before. Its
day is the release day of the edition; no entry depends on the clock.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, render_template, request

from chefsache.content.names import BASE
from chefsache.pipeline.change_words import changeset, edit_words, heading, summary
from chefsache.pipeline.changes import ASSERTED, Changes, Labels, both_labels, compare
from chefsache.pipeline.snapshot import Snapshot, find, kept
from chefsache.web import languages
from chefsache.web.http.problems import Problem
from chefsache.web.http.responses import page, validated
from chefsache.web.pages.answers import Cell
from chefsache.web.site import absolute, href, site

bp = Blueprint("changes", __name__)

#: Things that a page or an entry shows.
_SHOWN = 500
_ATOM, _TRIG = "application/atom+xml", "application/trig"
_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Step:
    """What changed from one edition to another."""

    old: Snapshot
    new: Snapshot
    changes: Changes
    known: Labels

    @property
    def name(self) -> str:
        """The permanent name of the step."""
        return f"{BASE}changes/{self.old.digest}/{self.new.digest}"

    @property
    def differs(self) -> bool:
        """Whether anything changed; an edition may differ in its code alone."""
        return bool(self.changes.added or self.changes.removed or self.changes.withdrawn)

    @property
    def local(self) -> str:
        """Its address here."""
        return f"/changes/{self.old.digest}/{self.new.digest}"

    @property
    def summary(self) -> str:
        """How much changed, in a line."""
        return summary(self.changes, languages.current())

    @property
    def entries(self) -> list[tuple[Cell, list[str]]]:
        """The things that changed, each with its edits in words."""
        language = languages.current()
        return [
            (
                Cell(heading(thing, self.known, language), href(thing.iri) if thing.kind != "removed" else ""),
                [edit_words(edit, self.known, language) for edit in thing.edits],
            )
            for thing in self.changes.things[:_SHOWN]
        ]


@bp.get("/changes")
def latest() -> Response:
    """Say what changed since the edition before; where none is kept, say that."""
    others = _others(site().snapshot)
    return _page(_step(others[0], site().snapshot) if others else None)


@bp.get("/changes/<old>/<new>")
def between(old: str, new: str) -> Response:
    """Say what changed between two kept editions, as a page or with the suffix `.trig` as RDF."""
    name, _, suffix = new.partition(".")
    if suffix not in {"", "trig"}:
        raise _unknown(new)
    step = _step(_kept(old), _kept(name))
    if not suffix:
        return _page(step)
    return validated(Response(changeset(step.changes, old, name), content_type=f"{_TRIG}; charset=utf-8"), _TRIG)


@bp.get("/changes.atom")
def feed() -> Response:
    """List the steps from each kept edition to the next, the newest first."""
    editions = (site().snapshot, *_others(site().snapshot))
    steps = [step for new, old in pairwise(editions) if (step := _step(old, new)).differs]
    body = render_template("changes.atom", steps=steps, feed=absolute("/changes.atom"), page=absolute("/changes"))
    response = validated(Response(body, content_type=f"{_ATOM}; charset=utf-8"), _ATOM)
    response.set_etag(f"{site().edition}.{len(steps)}.{languages.current()}")
    return response


@bp.after_request
def _unlisted(response: Response) -> Response:
    """Keep search engines off: persons are named here whose own pages they may not list."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(step: Step | None) -> Response:
    others = [other for other in _others(site().snapshot) if step is None or other.digest != step.old.digest]
    found = page("changes.html", step=step, others=others, shown=_SHOWN)
    found.set_etag(f"{site().edition}.{request.path.replace('/', '-')}.{len(others)}.{languages.current()}")
    return found


def _others(new: Snapshot) -> tuple[Snapshot, ...]:
    """Return the editions that are kept besides one, the newest first."""
    return tuple(old for old in kept() if old.digest != new.digest and (old.dumps_path / ASSERTED).is_file())


def _kept(name: str) -> Snapshot:
    found = find(name) if _NAME.fullmatch(name) else None
    if found is None or not (found.dumps_path / ASSERTED).is_file():
        raise _unknown(name)
    return found


def _step(old: Snapshot, new: Snapshot) -> Step:
    return site().once(f"changes {old.digest} {new.digest}", lambda: _compared(old, new))


def _compared(old: Snapshot, new: Snapshot) -> Step:
    found = compare(old.dumps_path, new.dumps_path)
    return Step(old, new, found, both_labels(old.dumps_path, new.dumps_path, found))


def _unknown(name: str) -> Problem:
    return Problem(
        404,
        "no-such-version",
        f"Die Ausgabe {name} wird hier nicht vorgehalten; die vorgehaltenen: /changes",
        f"The edition {name} is not kept here; those that are: /changes",
    )
