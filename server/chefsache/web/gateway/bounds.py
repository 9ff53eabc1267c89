"""What a request may be at most, and for whom: looked at before anything of it is read."""

from io import BytesIO
from typing import Any

from chefsache.web.http.problems import Problem
from chefsache.web.settings import Settings, host_name

#: Bytes of an address with its query; a longer query is sent by POST.
ADDRESS_BYTES = 32_768
#: Fields of a query string or form.
FIELDS = 256
#: Header fields of a request, bytes of one (cookies of neighbours on the same host aside), and of all together.
HEADERS, HEADER_BYTES, HEADERS_BYTES = 64, 8192, 32_768
#: Bytes of a body: a form says its fields with percent signs, three bytes for one.
BODY_BYTES = 4_000_000


def refusal(environ: dict[str, Any], settings: Settings) -> Problem | None:
    """Return why a request is not answered, if so."""
    return (
        _host(environ.get("HTTP_HOST", ""), settings)
        or _address(environ)
        or _headers(environ)
        or _body(environ.get("CONTENT_LENGTH", ""))
    )


def receive(environ: dict[str, Any]) -> None:
    """Read a body whole; one whose length was not said beforehand gets its length.

    Raises:
        Problem: it is too large, or the client gave up in its middle: what it cut off could mean something else.
    """
    length = environ.get("CONTENT_LENGTH", "")
    body = environ["wsgi.input"].read(int(length) if length else BODY_BYTES + 1)
    if len(body) > BODY_BYTES:
        raise too_large()
    if length and len(body) < int(length):
        raise Problem(400, "incomplete", "Die Anfrage bricht mittendrin ab.", "The request breaks off in its middle.")
    environ.update({"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))})


def too_many_fields() -> Problem:
    """Return the problem of a query string or form with more fields than anybody needs."""
    return Problem(
        400,
        "too-many-fields",
        f"Die Anfrage hat mehr als {FIELDS} Felder.",
        f"The request has more than {FIELDS} fields.",
        limit=FIELDS,
    )


def _host(header: str, settings: Settings) -> Problem | None:
    if header in settings.hosts or host_name(header) in settings.hosts:
        return None
    return Problem(421, "unknown-host", "Dieser Server antwortet nicht unter diesem Namen.",
                   "This server does not answer under this name.")  # fmt: skip


def _address(environ: dict[str, Any]) -> Problem | None:
    query = environ.get("QUERY_STRING", "")
    if len(query) + len(environ.get("PATH_INFO", "")) > ADDRESS_BYTES:
        return Problem(
            414,
            "address-too-long",
            f"Die Adresse ist länger als {ADDRESS_BYTES} Bytes. Lange Abfragen schickt man mit POST.",
            f"The address is longer than {ADDRESS_BYTES} bytes. Long queries are sent by POST.",
            limit=ADDRESS_BYTES,
        )
    return too_many_fields() if query.count("&") >= FIELDS else None


def _headers(environ: dict[str, Any]) -> Problem | None:
    count = total = largest = 0
    for name, value in environ.items():
        if name[:5] == "HTTP_":
            size = len(name) + len(value)
            count, total = count + 1, total + size
            if size > largest and name != "HTTP_COOKIE":
                largest = size
    if count <= HEADERS and total <= HEADERS_BYTES and largest <= HEADER_BYTES:
        return None
    return Problem(
        431,
        "headers-too-large",
        f"Höchstens {HEADERS} Kopfzeilen, jede bis {HEADER_BYTES} Bytes, zusammen bis {HEADERS_BYTES}.",
        f"At most {HEADERS} header fields, each up to {HEADER_BYTES} bytes, together up to {HEADERS_BYTES}.",
        limit=HEADERS_BYTES,
    )


def _body(length: str) -> Problem | None:
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        return Problem(400, "length", "Content-Length ist keine Zahl.", "Content-Length is no number.")
    return too_large() if len(length) > 12 or int(length) > BODY_BYTES else None


def too_large() -> Problem:
    """Return the problem of a body that is larger than any query."""
    return Problem(
        413,
        "body-too-large",
        f"Die Anfrage ist größer als {BODY_BYTES} Bytes.",
        f"The request is larger than {BODY_BYTES} bytes.",
        limit=BODY_BYTES,
    )
