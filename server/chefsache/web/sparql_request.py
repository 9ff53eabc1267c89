"""Read a request of the SPARQL 1.1 Protocol: GET, form POST, or the query itself as the body."""

from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MultiDict

from chefsache.web.problems import Problem

#: The longest query, in bytes.
MAX_BYTES = 1_000_000
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)


@dataclass(frozen=True)
class SparqlRequest:
    """What the client asked: the query (none: the service description), its dataset, the format by name."""

    text: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str


def read(request: Request) -> SparqlRequest:
    """Read a request.

    Raises:
        Problem: it is no request of the protocol; 400, 403, 413 or 415.
    """
    if request.method != "POST":
        return _from_parameters(request.args)
    kind = request.mimetype
    if request.content_length is not None and request.content_length > MAX_BYTES:
        raise _too_long()
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise Problem(415, "charset", "Abfragen werden in UTF-8 geschickt.", "Queries are sent in UTF-8.")
    if kind == _FORM:
        form = request.form
        asked = _from_parameters(form)
        if asked.text is None:
            raise Problem(400, "no-query", "Im Formular fehlt das Feld query.", "The form has no field query.")
        return asked
    if kind == _QUERY:
        if "query" in request.args:
            raise _several("query")
        body = request.get_data(cache=False)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise Problem(400, "encoding", "Die Abfrage ist kein UTF-8.", "The query is not UTF-8.") from None
        asked = _from_parameters(request.args)
        return SparqlRequest(text, asked.default_graphs, asked.named_graphs, asked.format)
    if kind == _UPDATE:
        raise _update()
    raise Problem(
        415,
        "media-type",
        f"Diesen Typ nimmt der Endpunkt nicht: {kind or '(keiner)'}. Möglich: {_QUERY}, {_FORM}.",
        f"The endpoint does not take this type: {kind or '(none)'}. Possible: {_QUERY}, {_FORM}.",
        {"Accept-Post": f"{_QUERY}, {_FORM}"},
    )


def _from_parameters(values: MultiDict[str, str]) -> SparqlRequest:
    if "update" in values:
        raise _update()
    found = values.getlist("query")
    if len(found) > 1:
        raise _several("query")
    text = found[0] if found else None
    if text is not None and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _too_long()
    default, named = (tuple(values.getlist(f"{kind}-graph-uri")) for kind in ("default", "named"))
    for iri in (*default, *named):
        if ":" not in iri or any(mark in iri for mark in '<>"{}|\\^` \n\r\t'):
            raise Problem(
                400,
                "graph-iri",
                f"Keine absolute IRI: {iri[:200]}",
                f"Not an absolute IRI: {iri[:200]}",
                graph=iri[:200],
            )
    return SparqlRequest(text, default, named, values.get("format", ""))


def _update() -> Problem:
    return Problem(403, "update-refused", "Hier wird nur gelesen.", "This endpoint only reads.")


def _several(name: str) -> Problem:
    return Problem(400, "several-queries", f"{name} steht mehr als einmal.", f"{name} is there more than once.")


def _too_long() -> Problem:
    return Problem(
        413,
        "query-too-long",
        f"Die Abfrage ist länger als {MAX_BYTES} Bytes.",
        f"The query is longer than {MAX_BYTES} bytes.",
        limit=MAX_BYTES,
    )
