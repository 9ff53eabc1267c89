"""Finish answers: validators, caching, and the headers that keep readers safe."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, g, render_template, request

from chefsache.store.protocol import Answer
from chefsache.web import languages
from chefsache.web.documents import Key
from chefsache.web.problems import Problem
from chefsache.web.settings import host_name
from chefsache.web.site import site

Given = ParamSpec("Given")
_HTML = "text/html"
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Chefsache-Timeout, Chefsache-Truncated, Content-Length, "
    "Content-Location, ETag, Link, Location, Retry-After",
}


def register(app: Flask) -> None:
    """Check the host of every request, and finish every answer."""
    app.before_request(_known_host)
    app.after_request(_finish)


def validated(response: Response, media_type: str) -> Response:
    """Give an answer its ETag (snapshot, media type, language) and answer 304 where the client has it already."""
    language = languages.current() if media_type == _HTML else "-"
    tag = f"{site().snapshot.digest}.{media_type.replace('/', '-')}.{language}"
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept, Accept-Language"
    response.make_conditional(request)
    if request.method == "HEAD" or response.status_code == 304:
        response.close()  # no server reads a body here, so none would close its file
    return response


def stream(answer: Answer, content_type: str) -> Response:
    """Return a response that sends an answer piece by piece, with its length."""
    response = Response(answer.chunks(), content_type=content_type)
    response.content_length = answer.size
    response.call_on_close(answer.close)
    return response


def kept(make: Callable[Given, Response]) -> Callable[Given, Response]:
    """Let a handler that answers with a page do so from memory where the same page was asked for before."""

    @wraps(make)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Response:
        g.key = key(_HTML)
        body = site().documents.get(g.key)
        return make(*args, **kwargs) if body is None else _page(body)

    return answer


def key(media_type: str) -> Key:
    """Return what a document of ours depends on, beside the snapshot."""
    language = languages.current() if media_type == _HTML else ""
    return request.path, request.query_string, language, media_type


def page(template: str, /, **values: object) -> Response:
    """Render a page that stays the same while the snapshot does."""
    body = render_template(template, **values).encode()
    if "key" in g:
        site().documents.put(g.key, body)
    return _page(body)


def _page(body: bytes) -> Response:
    response = Response(body, content_type=f"{_HTML}; charset=utf-8")
    response.headers["Content-Language"] = languages.current()
    return validated(response, _HTML)


def _known_host() -> None:
    host = request.headers.get("Host", "")
    if host_name(host) not in site().settings.hosts:
        raise Problem(421, "unknown-host", "Dieser Server antwortet nicht unter diesem Namen.",
                      "This server does not answer under this name.")  # fmt: skip


def _finish(response: Response) -> Response:
    response.headers.update(_CORS)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Vary", "Accept, Accept-Language")
    return response
