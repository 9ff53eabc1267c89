"""Finish answers: what they depend on, their validators, and the headers that keep readers safe."""

from typing import Any

from flask import Flask, Request, Response, g, make_response, redirect, render_template, request
from werkzeug.datastructures import EnvironHeaders

from chefsache.store.protocol import Answer
from chefsache.web import languages
from chefsache.web.gateway import codings
from chefsache.web.http.forms import BoundedForms
from chefsache.web.http.problems import REFUSED
from chefsache.web.settings import Settings
from chefsache.web.site import site

_HTML = "text/html"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
#: What may be framed instead.
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
#: What every answer has.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Allow, Content-Disposition, Content-Encoding, Content-Language, "
    "Content-Length, Content-Location, Content-Range, ETag, Link, Location, Retry-After, Vary, X-Request-ID, "
    "Chefsache-Timeout, Chefsache-Truncated",
    "Content-Security-Policy": _POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), interest-cohort=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
#: Headers of a request that may decide what is sent.
_DECIDING = {"Accept", "Accept-Language", "Authorization", "Cookie", "Origin", "Prefer", "User-Agent"}
_CODABLE = "Accept-Encoding"


class Asking(Request):
    """A request that remembers which of its headers were looked at, so that Vary names just these."""

    form_data_parser_class = BoundedForms

    def __init__(self, environ: dict[str, Any], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        if not environ.get("HTTP_RANGE", "bytes").startswith("bytes"):
            del environ["HTTP_RANGE"]  # a unit that we do not know is no reason to refuse (RFC 9110, 14.2)
        super().__init__(environ, *args, **kwargs)
        self.headers = _Watched(environ)


class _Watched(EnvironHeaders):
    """Headers that note which are looked at; all ways to look at one lead through these."""

    def __getitem__(self, key: str) -> str:  # type: ignore[override]
        _note(key)
        return super().__getitem__(key)

    def __contains__(self, key: str) -> bool:
        _note(key)
        return super().__contains__(key)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Return the value of a header."""
        _note(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Return all values of a header."""
        _note(key)
        return super().getlist(key, *args, **kwargs)


def _note(key: str) -> None:
    if key.title() in _DECIDING and g:
        looked_at().add(key.title())


def register(app: Flask) -> None:
    """Refuse what the gateway refuses, and finish every answer."""
    app.before_request(_refused)
    app.after_request(_finish)


def always(settings: Settings) -> dict[str, str]:
    """Return the headers that every answer has, whoever makes it."""
    return {**_HEADERS, **({"Strict-Transport-Security": "max-age=31536000"} if settings.secure else {})}


def looked_at() -> set[str]:
    """Return the headers of the request at hand that its answer depends on so far."""
    if "looked_at" not in g:
        g.looked_at = set()
    found: set[str] = g.looked_at
    return found


def validated(response: Response, media_type: str) -> Response:
    """Give an answer its ETag: the edition, the media type, the language. The coding is added where it is chosen."""
    language = languages.current() if media_type == _HTML else "-"
    response.set_etag(f"{site().edition}.{media_type.replace('/', '-')}.{language}")
    response.headers["Cache-Control"] = "no-cache"
    return response


def stream(answer: Answer, content_type: str) -> Response:
    """Return a response that sends an answer piece by piece, with its length."""
    response = Response(answer.chunks(), content_type=content_type)
    response.content_length = answer.size
    response.call_on_close(answer.close)
    return response


def page(template: str, /, **values: object) -> Response:
    """Render a page that stays the same while the snapshot does."""
    response = Response(render_template(template, **values), content_type=f"{_HTML}; charset=utf-8")
    response.headers["Content-Language"] = languages.current()
    return validated(response, _HTML)


def lead(address: str, status: int = 303) -> Response:
    """Lead to another address, for now: it may be another one with the next snapshot."""
    response = make_response(redirect(address, status))
    response.headers["Cache-Control"] = "no-cache"
    return response


def options(allowed: str) -> Response:
    """Say which methods an address takes (RFC 9110, 9.3.7)."""
    return Response(
        status=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def framed(response: Response) -> Response:
    """Let other sites show an answer in a frame of theirs: it has no script, and nothing in it can be sent off."""
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _refused() -> None:
    problem = request.environ.get(REFUSED)
    if problem is not None:
        raise problem


def _finish(response: Response) -> Response:
    for name, value in always(site().settings).items():
        response.headers.setdefault(name, value)
    if response.mimetype == _HTML:
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    else:
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    named = {name.strip() for value in response.headers.getlist("Vary") for name in value.split(",")} - {""}
    depends = named | looked_at() | ({_CODABLE} if _coded(response) else set())
    if depends:
        response.headers["Vary"] = ", ".join(sorted(depends))
    return response


def _coded(response: Response) -> bool:
    transform = "no-transform" not in response.headers.get("Cache-Control", "")
    return response.status_code == 200 and transform and codings.gains(response.content_type or "")
