"""Read a request of the SPARQL 1.1 Protocol: GET, form POST, or the query itself as the body.

What is sent is decoded here, once and strictly: an octet that is no UTF-8 is an error, not a question mark.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request

from chefsache.web.gateway.bounds import FIELDS, too_many_fields
from chefsache.web.http.problems import Problem

#: The longest query, in bytes.
MAX_BYTES = 1_000_000
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}")
_ROWS = re.compile(r"[0-9]{1,15}")
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_ACCEPTED = f"{_QUERY}, {_FORM}"
Values = Mapping[str, list[str]]


@dataclass(frozen=True)
class SparqlRequest:
    """What the client asked for.

    Attributes:
        text: the query; none where the service shall describe itself.
        default_graphs: what the default graph is merged from, if the client says so.
        named_graphs: the named graphs, if the client says so.
        format: a short name or media type, empty where the Accept header decides.
        seconds: how long the query may run at most, if the client says so.
        rows: how many rows or triples at most, if the client says so.
    """

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    seconds: float | None = None
    rows: int | None = None


def read(request: Request) -> SparqlRequest:
    """Read a request.

    Raises:
        Problem: it is no request of the protocol; 400, 403, 413 or 415.
    """
    given = _decoded(request.query_string)
    if request.method != "POST":
        return _asked(given)
    kind = request.mimetype
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(
            415,
            "content-coding",
            "Abfragen werden ungepackt geschickt.",
            "Queries are sent as they are, not compressed.",
            {"Accept-Encoding": "identity"},  # RFC 9110, 15.5.16
        )
    if kind == _UPDATE:
        raise update_refused()
    if kind not in {_FORM, _QUERY}:
        raise Problem(
            415,
            "media-type",
            f"Diesen Typ nimmt der Endpunkt nicht: {kind[:100] or '(keiner)'}. Möglich: {_ACCEPTED}.",
            f"The endpoint does not take this type: {kind[:100] or '(none)'}. Possible: {_ACCEPTED}.",
            {"Accept-Post": _ACCEPTED},
        )
    if request.mimetype_params.get("charset", "utf-8").strip().lower() not in {"utf-8", "utf8"}:
        raise Problem(415, "charset", "Abfragen werden in UTF-8 geschickt.", "Queries are sent in UTF-8.")
    return _from_form(request, given) if kind == _FORM else _from_body(request, given)


def update_refused() -> Problem:
    """Return the problem of a request that would change the graph."""
    return Problem(
        403,
        "update-refused",
        "Hier wird nur gelesen; der Graph ändert sich mit den Dateien, aus denen er gebaut wird.",
        "This endpoint only reads; the graph changes with the files that it is built from.",
    )


def graph_iris(values: Values, name: str) -> tuple[str, ...]:
    """Return the IRIs of graphs that a parameter gives.

    Raises:
        Problem: 400, one of them is no absolute IRI.
    """
    iris = tuple(values.get(name, ()))
    for iri in iris:
        if ":" not in iri or any(mark in '<>"{}|\\^`' or mark <= " " for mark in iri):
            raise Problem(
                400,
                "graph-iri",
                f"{name}: keine absolute IRI: {iri[:200]}",
                f"{name}: not an absolute IRI: {iri[:200]}",
                parameter=name,
                graph=iri[:200],
            )
    return iris


def _from_form(request: Request, given: Values) -> SparqlRequest:
    """A form may leave its dataset, format and limits to the address, but says its query itself."""
    form = _decoded(request.get_data(cache=False))
    both = {name: [*form.get(name, ()), *given.get(name, ())] for name in (*form, *given)}
    asked = _asked(both)
    if asked.text is None:
        raise Problem(400, "no-query", "Im Formular fehlt das Feld query.", "The form has no field query.")
    return asked


def _from_body(request: Request, given: Values) -> SparqlRequest:
    body = request.get_data(cache=False)  # to its end: a proxy that is still sending would not see a refusal
    if len(body) > MAX_BYTES:
        raise _too_long()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _encoding() from None
    return _asked({**given, "query": [text, *given.get("query", ())]})


def _decoded(text: bytes) -> Values:
    """Return the values of each parameter of an address or a form."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        pairs = parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise _encoding() from None
    except ValueError:
        raise too_many_fields() from None
    for name, value in pairs:
        found[name].append(value)
    return found


def _asked(values: Values) -> SparqlRequest:
    if "update" in values:
        raise update_refused()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise Problem(
            400, "several-queries", "query steht mehr als einmal.", "query is there more than once.", parameter="query"
        )
    text = queries[0].removeprefix("\ufeff") if queries else None
    if text is not None and len(text.encode()) > MAX_BYTES:
        raise _too_long()
    return SparqlRequest(
        text,
        graph_iris(values, "default-graph-uri"),
        graph_iris(values, "named-graph-uri"),
        _first(values, "format"),
        _seconds(_first(values, "timeout")),
        _rows(_first(values, "rows")),
    )


def _first(values: Values, name: str) -> str:
    return values.get(name, [""])[0].strip()


def _seconds(text: str) -> float | None:
    if not text:
        return None
    if not _SECONDS.fullmatch(text) or float(text) == 0:
        raise _number("timeout", text, "eine Zahl von Sekunden über 0", "a number of seconds above 0")
    return float(text)


def _rows(text: str) -> int | None:
    if not text:
        return None
    if not _ROWS.fullmatch(text):
        raise _number("rows", text, "eine ganze Zahl ab 0", "a whole number from 0")
    return int(text)


def _number(name: str, text: str, de: str, en: str) -> Problem:
    return Problem(
        400, "parameter", f"{name}={text[:50]}: erwartet {de}.", f"{name}={text[:50]}: expected {en}.", parameter=name
    )


def _encoding() -> Problem:
    return Problem(400, "encoding", "Die Anfrage ist kein UTF-8.", "The request is not UTF-8.")


def _too_long() -> Problem:
    return Problem(
        413,
        "query-too-long",
        f"Die Abfrage ist länger als {MAX_BYTES} Bytes.",
        f"The query is longer than {MAX_BYTES} bytes.",
        limit=MAX_BYTES,
    )
