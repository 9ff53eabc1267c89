"""`/reconcile`: the Entity Reconciliation API 0.2, so that a table's column can be matched with our things.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from chefsache import __version__
from chefsache.content.names import ID, PREFIXES, VOCAB
from chefsache.store.entries import Entry
from chefsache.store.folding import fold
from chefsache.store.matching import Candidate, candidates
from chefsache.store.names import Names
from chefsache.web import languages
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import framed
from chefsache.web.matching import reconcile_requests
from chefsache.web.matching.extension import extended
from chefsache.web.matching.index import names
from chefsache.web.matching.matching_properties import PROPERTIES, Given, agrees, bearers, values
from chefsache.web.matching.reconcile_requests import BATCH_SIZE, InvalidQueryError, Wanted
from chefsache.web.pages import descriptions
from chefsache.web.site import absolute, site

bp = Blueprint("reconcile", __name__, url_prefix="/reconcile")

#: Suggestions at once.
_SUGGESTED = 20
#: Candidates whose properties are compared.
_COMPARED = 60
#: What is left of the score of a thing that has another value, or not the type that should be.
_OTHER_VALUE, _OTHER_TYPE = 0.6, 0.8
#: Size of a preview, in pixels.
_WIDTH, _HEIGHT = 420, 260
_DEFAULT_TYPES = ("municipality", "district", "state")


@bp.route("", methods=["GET", "POST"])
@bp.route("/", methods=["GET", "POST"])
def service() -> Response:
    """Answer a batch of queries or a request for values; without either say what the service can do."""
    given = request.values
    if "callback" in given:
        raise Problem(400, "no-jsonp", "JSONP gibt es hier nicht; jede Antwort erlaubt CORS.",
                      "There is no JSONP here; every answer allows CORS.", parameter="callback")  # fmt: skip
    if "queries" in given:
        found = reconcile_requests.batch(given["queries"])
        return _json({key: _answered(query) for key, query in found.items()})
    if "extend" in given:
        return _json(extended(reconcile_requests.extension(given["extend"]), names()))
    if request.method == "POST":
        raise Problem(400, "bad-request", "Gesendet wird „queries“ oder „extend“, als Formular.",
                      "Send ‘queries’ or ‘extend’, as a form.")  # fmt: skip
    return _json(_manifest())


@bp.get("/suggest/entity")
def suggest_entity() -> Response:
    """Suggest things whose names begin as what was typed."""
    index, text = names(), request.args.get("prefix", "")
    types = _type_ids(tuple(request.args.getlist("type")), index)
    found = _unique([one.entry for one in candidates(index, text, _ours) if one.score >= 95] + index.beginning(text))
    listed = [entry for entry in found if _ours(entry) and (not types or _is_any(entry, types))]
    return _page(
        {"id": entry.id, "name": entry.label(languages.current()),
         "description": descriptions.description(entry, index),
         "notable": [vars_of(type_) for type_ in descriptions.types(entry, index)[:2]]}
        for entry in _cut(listed)
    )  # fmt: skip


@bp.get("/suggest/type")
def suggest_type() -> Response:
    """Suggest types."""
    wanted = fold(request.args.get("prefix", ""))
    found = [one for one in descriptions.all_types(names()) if _begins(wanted, one.name, one.id.rpartition("/")[2])]
    return _page(vars_of(one) for one in _cut(found))


@bp.get("/suggest/property")
def suggest_property() -> Response:
    """Suggest properties."""
    wanted = fold(request.args.get("prefix", ""))
    found = [one for one in PROPERTIES.values() if _begins(wanted, one.name, one.id)]
    return _page(vars_of(one) for one in _cut(found))


@bp.get("/properties")
def propose_properties() -> Response:
    """Propose the properties that things of a type have."""
    index, asked = names(), request.args.get("type", "")
    limit = _number("limit", len(PROPERTIES))
    iris = _type_ids((asked,), index) if asked else ()
    kinds = {entry.kind for entry in index.things.values() if not iris or _is_any(entry, iris)}
    found = [vars_of(one) for one in PROPERTIES.values() if one.kinds & kinds]
    return _json({"limit": len(found[:limit]), "type": asked, "properties": found[:limit]})


@bp.get("/preview")
def preview() -> Response:
    """Show a thing in a few lines, in a frame of the client's."""
    index, asked = names(), request.args.get("id", "")
    entry = index.things.get(f"id/{asked}")
    if entry is None:
        raise not_found(asked)
    body = render_template("preview.html", entry=entry, what=descriptions.description(entry, index), keys=entry.keys)
    response = framed(make_response(body))
    response.headers["Content-Language"] = languages.current()
    response.headers["Cache-Control"] = "no-cache"
    return response


def vars_of(named: Any) -> dict[str, str]:  # noqa: ANN401  (a type or a property)
    """Return identifier and name, as the specification writes both."""
    return {"id": named.id, "name": named.name}


def reconciled(wanted: Wanted, index: Names) -> list[Candidate]:
    """Return the candidates of one query, best first, as many as it wants.

    Raises:
        InvalidQueryError: a type or property is unknown.
    """
    types = _type_ids(wanted.types, index)
    if unknown := [pid for pid, _ in wanted.properties if pid not in PROPERTIES]:
        given, known = ", ".join(unknown), ", ".join(PROPERTIES)
        raise InvalidQueryError(f"unbekannte Eigenschaft: {given}; es gibt {known}",
                                f"unknown property: {given}; known are {known}")  # fmt: skip

    def comes_into_question(entry: Entry) -> bool:
        fits = all if wanted.strict == "all" else any
        free = not types or wanted.strict == "should"
        return _ours(entry) and (free or fits(descriptions.is_of(entry, type_) for type_ in types))

    if not wanted.text:
        return _by_properties(wanted, comes_into_question, index)[: wanted.limit]
    found = candidates(index, wanted.text, comes_into_question, typed=bool(types))
    if wanted.properties and found:
        compared = _compared(found[:_COMPARED], wanted, index)
        agreeing = {entry for entry, same in compared.items() if same}
        differing = {entry for entry, same in compared.items() if not same}
        found = candidates(
            index,
            wanted.text,
            lambda entry: comes_into_question(entry) and entry.local not in differing,
            typed=bool(types),
            confirmed=lambda entry: entry.local in agreeing,
        ) + [_less(one, _OTHER_VALUE) for one in found if one.entry.local in differing]
    if types and wanted.strict == "should":
        found = [one if _is_any(one.entry, types) else _less(one, _OTHER_TYPE) for one in found]
    return sorted(found, key=lambda one: (not one.match, -one.score))[: wanted.limit]


def _answered(query: Wanted | InvalidQueryError) -> dict[str, Any]:
    """Answer one query; one that cannot be read or answered says so and leaves the others alone."""
    if isinstance(query, InvalidQueryError):
        return {"result": [], "error": {"code": query.code, "message": query.message}}
    index = names()
    try:
        found = reconciled(query, index)
    except InvalidQueryError as error:
        return _answered(error)
    return {"result": [_written(one, index) for one in found]}


def _written(one: Candidate, index: Names) -> dict[str, Any]:
    return {
        "id": one.entry.id,
        "name": one.entry.label(languages.current()),
        "description": descriptions.description(one.entry, index),
        "type": [vars_of(type_) for type_ in descriptions.types(one.entry, index)],
        "score": round(one.score, 1),
        "match": one.match,
        "features": [
            {"id": "name", "value": one.name},
            {"id": "key", "value": one.key},
            {"id": "owner", "value": one.owned},
            {"id": "population", "value": one.entry.population},
        ],
    }


def _compared(found: list[Candidate], wanted: Wanted, index: Names) -> dict[str, bool]:
    """Say of candidates whether they agree with all properties or differ in one; who lacks a value is missing."""
    shares: dict[str, list[bool]] = {one.entry.local: [] for one in found}
    for pid, given in wanted.properties:
        held = values(PROPERTIES[pid], (one.entry.iri for one in found))
        for one in found:
            if one.entry.iri in held:
                some = held[one.entry.iri]
                shares[one.entry.local].append(any(agrees(value, term, index) for value in given for term in some))
    asked = len(wanted.properties)
    return {local: all(many) for local, many in shares.items() if len(many) == asked or not all(many)}


def _by_properties(wanted: Wanted, fits: Any, index: Names) -> list[Candidate]:  # noqa: ANN401  (a predicate)
    """Return the things that have all the values, where nothing is said of the name."""
    found: set[str] | None = None
    for pid, given in wanted.properties:
        some = {iri for value in given for iri in _bearers(pid, value, index)}
        found = some if found is None else found & some
    entries = [entry for entry in index.things.values() if entry.iri in (found or set()) and fits(entry)]
    single = len(entries) == 1
    entries.sort(key=lambda entry: (-entry.population, entry.local))
    return [Candidate(entry, 100.0 if single else 50.0, match=single) for entry in entries]


def _bearers(pid: str, value: Given, index: Names) -> list[str]:
    text = value["id"] if isinstance(value, dict) else str(value)
    if pid in {"ags", "ars", "nuts", "wikidata", "geocoding", "website"}:
        return [one.entry.iri for one in candidates(index, text, _ours) if one.key]
    things = [one.entry.iri for one in candidates(index, text, lambda _: True, typed=True) if one.match or one.key]
    return [iri for thing in things for iri in bearers(PROPERTIES[pid], thing)]


def _less(one: Candidate, share: float) -> Candidate:
    return Candidate(one.entry, round(one.score * share, 1), match=False, name=one.name, key=one.key, owned=one.owned)


def _ours(entry: Entry) -> bool:
    """Say whether a thing is in the service's identifier space; concepts are not."""
    return entry.local.startswith("id/")


def _is_any(entry: Entry, types: tuple[str, ...]) -> bool:
    return any(descriptions.is_of(entry, type_) for type_ in types)


def _type_ids(asked: tuple[str, ...], index: Names) -> tuple[str, ...]:
    """Return the IRIs of types, given as IRI, prefixed name or short name.

    Raises:
        InvalidQueryError: there is no such type.
    """
    if not asked:
        return ()
    known = descriptions.type_ids(index)
    short = {iri.rpartition("/")[2].rpartition("#")[2].lower(): iri for iri in known}
    found = []
    for text in asked:
        prefix, _, local = text.partition(":")
        iri = text if text in known else PREFIXES.get(prefix, "") + local
        iri = iri if iri in known else short.get(text.lower(), "")
        if not iri:
            raise InvalidQueryError(f"unbekannter Typ: {text}", f"unknown type: {text}")
        found.append(iri)
    return tuple(found)


def _begins(wanted: str, *texts: str) -> bool:
    return any(f" {fold(text)}".find(f" {wanted}") >= 0 for text in texts)


def _unique(entries: list[Entry]) -> list[Entry]:
    return list({entry.local: entry for entry in entries}.values())


def _cut(found: list[Any]) -> list[Any]:
    start = _number("cursor", 0)
    return found[start : start + _SUGGESTED]


def _number(name: str, default: int) -> int:
    """Return a number from the address.

    Raises:
        Problem: it is none.
    """
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Problem(400, "parameter", f"{name}={text[:50]}: erwartet eine ganze Zahl ab 0.",
                      f"{name}={text[:50]}: expected a whole number from 0.", parameter=name)  # fmt: skip
    return int(text)


def _page(found: Any) -> Response:  # noqa: ANN401  (any sequence)
    return _json({"result": list(found)})


def _json(content: dict[str, Any]) -> Response:
    response = jsonify(content)
    response.headers["Content-Language"] = languages.current()
    response.headers["Cache-Control"] = "no-cache"
    return response


def _manifest() -> dict[str, Any]:
    """Say what the service is and can do (section 3.1)."""
    root = absolute("/reconcile")
    service_at = {"service_url": root}
    return {
        "versions": ["0.2"],
        "name": str(languages.text("reconcile-name")),
        "identifierSpace": ID,
        "schemaSpace": VOCAB,
        "defaultTypes": [
            {"id": VOCAB + name, "name": str(languages.text(f"type-{name}"))} for name in _DEFAULT_TYPES
        ],
        "logo": f"{site().settings.public_url}/static/icon.svg",
        "serviceVersion": __version__,
        "view": {"url": absolute("/id/") + "{{id}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            name: {**service_at, "service_path": f"/suggest/{name}"} for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {**service_at, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit", "label": str(languages.text("setting-limit")), "type": "number", "default": 0,
                    "help_text": str(languages.text("setting-limit-help")),
                },
                {
                    "name": "content", "label": str(languages.text("setting-content")), "type": "select",
                    "default": "literal", "help_text": str(languages.text("setting-content-help")),
                    "choices": [
                        {"value": "literal", "name": str(languages.text("setting-name"))},
                        {"value": "id", "name": str(languages.text("setting-iri"))},
                    ],
                },
            ],
        },
        "batchSize": BATCH_SIZE,
    }  # fmt: skip
