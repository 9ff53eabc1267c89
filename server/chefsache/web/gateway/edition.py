"""What makes an answer beside the request: a name for all of it, so that a correction is never hidden behind a 304."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from chefsache.content.files import citation, queries, root
from chefsache.web.settings import Settings

_PACKAGE = Path(__file__).parents[2]
_SUFFIXES = {".css", ".html", ".js", ".py", ".svg", ".toml", ".yaml"}
#: Libraries that write what is sent.
_WRITERS = ("babel", "flask", "jinja2", "pyoxigraph", "rdflib", "werkzeug")


def edition(digest: str, settings: Settings) -> str:
    """Return the name of what is served: the snapshot, the code and texts of the pages, their queries, the settings."""
    shown = f"{settings.public_url} {settings.forge} {settings.mail} {settings.limits} {settings.publisher}"
    return hashlib.blake2b(f"{digest} {shown} {_making()}".encode(), digest_size=10).hexdigest()


def _making() -> str:
    made = hashlib.blake2b(" ".join(f"{name}={version(name)}" for name in _WRITERS).encode())
    code = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _SUFFIXES)
    made_before = (path for path in [root() / "data" / "releases.csv"] if path.is_file())
    for path in (*code, citation(), *made_before, *queries("questions"), *queries("pages")):
        made.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return made.hexdigest()
