"""`/dumps/`: the whole graph as files, with checksums."""

from dataclasses import dataclass

from flask import Blueprint, Response, request, send_file

from chefsache.web.problems import not_found
from chefsache.web.responses import page
from chefsache.web.site import site

bp = Blueprint("dumps", __name__, url_prefix="/dumps")

#: Media type and name of each format, by suffix.
TYPES = {
    "ttl": ("text/turtle", "Turtle"),
    "trig": ("application/trig", "TriG"),
    "nt": ("application/n-triples", "N-Triples"),
    "nq": ("application/n-quads", "N-Quads"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "rdf": ("application/rdf+xml", "RDF/XML"),
}


@dataclass(frozen=True)
class Dump:
    """One file of the list."""

    name: str
    format: str
    size: int
    checksum: str
    inferred: bool


@bp.get("/", strict_slashes=False)
def index() -> Response:
    """List the files."""
    return page("dumps.html", dumps=_files())


@bp.get("/<name>")
def file(name: str) -> Response:
    """Send a file, whole or in part."""
    path = site().snapshot.dumps_path / name
    if name not in {entry.name for entry in site().snapshot.dumps_path.iterdir()} or not path.is_file():
        raise not_found(name)
    parts = name.split(".")
    packed = parts[-1] == "gz"
    kind = "application/gzip" if packed else TYPES.get(parts[-1], ("text/plain", ""))[0]
    if not request.headers.get("Range", "bytes").startswith("bytes"):
        del request.environ["HTTP_RANGE"]  # a unit that we do not know is no reason to refuse (RFC 9110, 14.2)
    response = send_file(path, mimetype=kind, conditional=True, etag=f"{site().snapshot.digest}.{name}", max_age=0)
    # Files are sent as their checksums know them; who wants less to travel takes the packed one.
    response.headers["Cache-Control"] = "no-cache, no-transform"
    return response


def _files() -> list[Dump]:
    folder = site().snapshot.dumps_path
    sums = folder / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    checksums = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    return [
        Dump(
            path.name,
            _format(path.name),
            path.stat().st_size,
            checksums.get(path.name, ""),
            "asserted" not in path.name,
        )
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "SHA256SUMS"
    ]


def _format(name: str) -> str:
    plain = name.removesuffix(".gz")
    return TYPES.get(plain.rpartition(".")[2], ("", "?"))[1] + (" (gzip)" if plain != name else "")
