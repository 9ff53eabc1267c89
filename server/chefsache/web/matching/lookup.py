"""`/lookup`: from a key, an address or a publisher's name that others use to our IRI; singly and in batches."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, redirect, request

from chefsache.store.entries import Entry
from chefsache.store.keys import recognise
from chefsache.store.matching import candidates
from chefsache.store.names import Names
from chefsache.store.spreadsheet import safe
from chefsache.web import languages
from chefsache.web.http import json_text
from chefsache.web.http.negotiation import Offer, accepted
from chefsache.web.http.problems import Problem, not_acceptable
from chefsache.web.http.responses import page
from chefsache.web.matching.index import names
from chefsache.web.pages import descriptions
from chefsache.web.site import href

bp = Blueprint("lookup", __name__)

#: Keys in one request, letters of one at most.
MAX_KEYS, MAX_LETTERS = 1000, 500
_JSON, _CSV, _HTML = "application/json", "text/csv", "text/html"
OFFERS = (Offer(_HTML, ""), Offer(_JSON, ""), Offer(_CSV, ""))
_SHORT = {"json": _JSON, "csv": _CSV}
_COLUMNS = ("input", "status", "iri", "id", "name", "by")
#: Things shown where a text means several.
_SHOWN = 10


@dataclass(frozen=True)
class Found:
    """What a text means: the things, and by what they were found (a key's scheme, or name)."""

    text: str
    entries: tuple[Entry, ...]
    by: str

    @property
    def status(self) -> str:
        """Whether it means one thing, several or none."""
        return {0: "not-found", 1: "found"}.get(len(self.entries), "ambiguous")


@bp.route("/lookup", methods=["GET", "POST"])
def lookup() -> Response:
    """Lead to the thing that a key means, or list what many mean."""
    texts, kind = _texts(), _kind()
    if not texts and request.method == "GET" and kind == _HTML:
        return page("lookup.html")
    if not texts:
        raise Problem(400, "no-key", "Erwartet wird ?uri=, auch mehrmals, oder eine Liste als JSON oder CSV.",
                      "Expected is ?uri=, also repeated, or a list as JSON or CSV.")  # fmt: skip
    if len(texts) > MAX_KEYS:
        raise Problem(413, "too-many-keys", f"{len(texts)} Schlüssel; höchstens {MAX_KEYS} auf einmal.",
                      f"{len(texts)} keys; at most {MAX_KEYS} at once.", limit=MAX_KEYS)  # fmt: skip
    index = names()
    found = [meant(text, index) for text in texts]
    if kind == _CSV:
        return _fresh(Response(_csv(found, index), content_type=f"{_CSV}; charset=utf-8; header=present"))
    if kind == _JSON or len(found) > 1:
        response = jsonify({"result": [_row(one, index) for one in found]})
        response.status_code = 404 if len(found) == 1 and not found[0].entries else 200
        return _fresh(response)
    return _one(found[0], index)


def meant(text: str, index: Names) -> Found:
    """Return what a text means: a key or address of others, else a name, of which the match must be certain."""
    text = text.strip()[:MAX_LETTERS]
    key = recognise(text)
    if key and (entries := index.keys.find(key)):
        return Found(text, tuple(entries), key.scheme)
    if key and key.scheme in {"iri", "url", "wikidata", "nuts", "ars"}:
        return Found(text, (), key.scheme)
    found = candidates(index, text, lambda entry: entry.local.startswith("id/") and entry.kind != "source")
    matched = tuple(one.entry for one in found if one.match)
    if matched or not found:
        return Found(text, matched, "name")
    same = tuple(one.entry for one in found if one.name == found[0].name and one.name >= 85)
    return Found(text, same if len(same) > 1 else (), "name")


def _one(found: Found, index: Names) -> Response:
    if found.status == "found":
        response = redirect(href(found.entries[0].iri), 303)
        return _fresh(Response(response.get_data(), 303, response.headers))
    if found.status == "ambiguous":
        listed = ", ".join(f"{one.label()} ({one.id})" for one in found.entries[:_SHOWN])
        raise Problem(404, "ambiguous", f"„{found.text}“ meint mehreres: {listed}",
                      f"‘{found.text}’ means several things: {listed}",
                      candidates=[one.iri for one in found.entries[:_SHOWN]])  # fmt: skip
    raise Problem(
        404,
        "not-found",
        f"Zu „{found.text}“ ist hier nichts bekannt. Verstanden werden AGS, ARS, NUTS, LAU, Wikidata, "
        "DCAT-AP.de-Geocoding, die Adresse einer Quelle und Namen von Behörden.",
        f"Nothing is known here of ‘{found.text}’. Understood are AGS, ARS, NUTS, LAU, Wikidata, "
        "DCAT-AP.de geocoding, the address of a source, and names of authorities.",
    )


def _texts() -> list[str]:
    """Return the keys of a request: `uri` in the address or a form, or the first column or list of a body."""
    given = request.values.getlist("uri")
    if given or request.method == "GET":
        return [text for text in given if text.strip()]
    body = request.get_data(as_text=True)
    if request.mimetype == _JSON:
        return _from_json(body)
    if request.mimetype in {_CSV, "text/plain"}:
        return _from_csv(body)
    return []


def _from_csv(body: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(body, newline=None)))  # whichever way lines end
    except csv.Error as error:
        raise Problem(400, "bad-request", "Das ist kein CSV.", "This is not CSV.") from error
    return [row[0] for row in rows if row and row[0].strip() not in {"", "uri", "input"}]


def _from_json(body: str) -> list[str]:
    try:
        found = json_text.read(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "bad-request", "Das ist kein JSON.", "This is not JSON.") from error
    listed = found.get("uri") if isinstance(found, dict) else found
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise Problem(400, "bad-request", "Erwartet wird eine Liste von Texten, oder ein Objekt mit „uri“.",
                      "Expected is a list of strings, or an object with ‘uri’.")  # fmt: skip
    return listed


def _kind() -> str:
    name = request.args.get("format", "")
    if name:
        if name not in _SHORT:
            raise not_acceptable(OFFERS[1:])
        return _SHORT[name]
    if request.method == "POST" and request.mimetype == _CSV and "json" not in request.headers.get("Accept", ""):
        return _CSV
    chosen = accepted(request.headers.get("Accept", ""), OFFERS)
    if chosen is None:
        raise not_acceptable(OFFERS)
    return chosen.sent


def _row(found: Found, index: Names) -> dict[str, object]:
    row: dict[str, object] = {"input": found.text, "status": found.status, "by": found.by}
    if found.status == "found":
        return row | _about(found.entries[0], index)
    return row | ({"candidates": [_about(one, index) for one in found.entries[:_SHOWN]]} if found.entries else {})


def _about(entry: Entry, index: Names) -> dict[str, str]:
    return {
        "iri": entry.iri,
        "id": entry.id,
        "name": entry.label(languages.current()),
        "description": descriptions.description(entry, index),
    }


def _csv(found: Sequence[Found], index: Names) -> bytes:
    """Write one row for each text in its order, so that tables can be joined; no text becomes a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, extrasaction="ignore", restval="")
    writer.writeheader()
    for one in found:
        writer.writerow(_row(one, index))
    return safe(out.getvalue().encode())


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
