"""The built front end: the addresses of its files by Vite's manifest, and the files themselves.

Every page works without it. Where it was not built, no page asks for it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, send_from_directory

from chefsache.web.site import site

bp = Blueprint("assets", __name__)

FOLDER = Path(__file__).parent / "static" / "app"
_ENTRY = "src/main.ts"
#: A file's name holds a hash of what is in it, so it may be kept for ever.
_FOREVER = "public, max-age=31536000, immutable"


@cache
def built() -> bool:
    """Say whether the front end was built."""
    return bool(_manifest())


def script() -> str:
    """Return the address of the script that every page loads, or nothing where it was not built."""
    entry = _manifest().get(_ENTRY)
    return f"{site().settings.root}/static/app/{entry['file']}" if entry else ""


@bp.get("/static/app/assets/<path:name>")
def asset(name: str) -> Response:
    """Send a file of the front end."""
    response = send_from_directory(FOLDER / "assets", name)
    response.headers["Cache-Control"] = _FOREVER
    return response


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    path = FOLDER / "manifest.json"
    return cast("dict[str, dict[str, Any]]", json.loads(path.read_text())) if path.is_file() else {}
