"""`/search`: everything by its name, former name, abbreviation or key; suggestions while typing; OpenSearch."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request

from chefsache.store.entries import KINDS, Entry
from chefsache.store.matching import candidates
from chefsache.store.names import Names
from chefsache.web import languages
from chefsache.web.http.negotiation import prefers_html
from chefsache.web.http.problems import Problem
from chefsache.web.http.responses import page
from chefsache.web.matching.index import names
from chefsache.web.pages import descriptions
from chefsache.web.pages.answers import Cell
from chefsache.web.site import absolute, href

bp = Blueprint("search", __name__)

#: Results of a kind among others, results of one kind, suggestions, letters of a search.
_FEW, _MANY, _SUGGESTED, _LETTERS = 8, 200, 10, 200
#: Similar names are looked for where fewer than this are found, and must score so much.
_ENOUGH, _LEAST = 5, 62


@dataclass(frozen=True)
class Result:
    """A thing that was found: its name and address, what it is and where, and a former name by which it was found."""

    item: Cell
    detail: str
    entry: Entry


@dataclass(frozen=True)
class Group:
    """The results of a kind, and how many there are."""

    kind: str
    results: tuple[Result, ...]
    total: int


@bp.get("/search")
def search() -> Response:
    """Find things: a page, or JSON to a client that likes it better."""
    text, kind = _text("q"), _kind()
    header = request.headers.get("Accept", "")
    if "json" in header and not prefers_html(header):
        return _json(text, kind)
    return page("search.html", text=text, kind=kind, groups=_groups(text, kind) if text else ())


@bp.get("/search.json")
def data() -> Response:
    """Find things, as JSON."""
    return _json(_text("q"), _kind())


@bp.get("/search/suggest")
def suggest() -> Response:
    """Suggest names while one is typed, as OpenSearch clients expect it: text, names, descriptions, addresses.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    text, index = _text("q"), names()
    found = find(text, index)[:_SUGGESTED] if text else []
    language = languages.current()
    response = jsonify([
        text,
        [entry.label(language) for entry in found],
        [descriptions.description(entry, index) for entry in found],
        [absolute(f"/{entry.local}") for entry in found],
    ])  # fmt: skip
    response.content_type = "application/x-suggestions+json; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/search/opensearch.xml")
def opensearch() -> Response:
    """Describe the search, so that a browser can offer it."""
    response = Response(render_template("opensearch.xml"), content_type="application/opensearchdescription+xml")
    response.headers["Cache-Control"] = "no-cache"
    return response


def find(text: str, index: Names) -> list[Entry]:
    """Return the things that a text may mean, best first: called so, beginning so, called nearly so."""
    called = [one for one in candidates(index, text, lambda _: True) if one.score >= _LEAST]
    sure = [one.entry for one in called if one.key or one.match or one.score >= 85]
    begun = index.beginning(text)
    rest = [one.entry for one in called] if len(sure) + len(begun) < _ENOUGH else []
    return list({entry.local: entry for entry in (*sure, *begun, *rest)}.values())


def _groups(text: str, kind: str) -> tuple[Group, ...]:
    """Return what was found by kind; the kind of the best result stands first."""
    index = names()
    by_kind: dict[str, list[Entry]] = {}
    for entry in find(text, index):
        by_kind.setdefault(entry.kind, []).append(entry)
    first = next(iter(by_kind), "")
    order = sorted(by_kind, key=lambda name: (name != first, KINDS.index(name)))
    shown = _MANY if kind else _FEW
    return tuple(
        Group(name, tuple(_results(by_kind[name][:shown], index)), len(by_kind[name]))
        for name in order
        if kind in {"", name}
    )


def _results(entries: Iterable[Entry], index: Names) -> Iterable[Result]:
    language = languages.current()
    for entry in entries:
        lang = "" if language in entry.labels or "" in entry.labels else next(iter(entry.labels), "")
        yield Result(Cell(entry.label(language), href(entry.iri), lang), descriptions.description(entry, index), entry)


def _json(text: str, kind: str) -> Response:
    groups = _groups(text, kind) if text else ()
    response = jsonify({
        "query": text,
        "total": sum(group.total for group in groups),
        "groups": [
            {"kind": group.kind, "total": group.total, "results": [
                {"iri": one.entry.iri, "url": absolute(f"/{one.entry.local}"), "name": one.item.text,
                 "description": one.detail, "kind": group.kind}
                for one in group.results
            ]}
            for group in groups
        ],
    })  # fmt: skip
    response.headers["Cache-Control"] = "no-cache"
    return response


def _kind() -> str:
    """Return the kind that is looked for, nothing where any is.

    Raises:
        Problem: there is no such kind.
    """
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        possible = ", ".join(KINDS)
        raise Problem(400, "parameter", f"Diese Art gibt es nicht: {kind[:50]}. Möglich: {possible}",
                      f"There is no such kind: {kind[:50]}. Possible: {possible}", parameter="kind")  # fmt: skip
    return kind


def _text(name: str) -> str:
    return " ".join(request.args.get(name, "").split())[:_LETTERS]
