"""`/dumps/`: the datasets as files, under addresses that never change what they hold, and under the newest one.

``/dumps/VERSION/FILE`` is immutable; VERSION names a snapshot. ``/dumps/latest/FILE`` and ``/dumps/FILE`` lead to the
newest. Caches keep a file for a week and no longer: what is withdrawn must go from them, too.
"""

import base64
import re

from flask import Blueprint, Response, send_file

from chefsache.pipeline.dumps import CHECKSUMS
from chefsache.pipeline.snapshot import Snapshot, find
from chefsache.pipeline.tables import METADATA
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import lead, page
from chefsache.web.portals.catalogue import current_edition
from chefsache.web.portals.files import FORMATS, PACKINGS, Licence, licence
from chefsache.web.portals.schema_org import described
from chefsache.web.site import path, site

bp = Blueprint("dumps", __name__, url_prefix="/dumps")

_VERSION = re.compile(r"[0-9a-f]{16}")
_KEPT = "public, max-age=604800, immutable, no-transform"


@bp.get("")
@bp.get("/")
def index() -> Response:
    """List the datasets and their files."""
    edition = current_edition()
    licences: dict[str, Licence] = {offer.dataset.name: licence(offer.dataset) for offer in edition.offers}
    return page("dumps.html", edition=edition, licences=licences, about=described(edition))


@bp.get("/<name>")
@bp.get("/latest/<name>")
def newest(name: str) -> Response:
    """Lead to the file of the newest version."""
    if name not in _files(site().snapshot):
        raise not_found(name)
    return lead(path(f"/dumps/{site().snapshot.digest}/{name}", lang=""), 307)


@bp.get("/<version>/<name>")
def file(version: str, name: str) -> Response:
    """Send a file of a version, whole or in part (RFC 9110, section 14)."""
    snapshot = _snapshot(version)
    if snapshot is None:
        raise Problem(
            404,
            "no-such-version",
            f"Die Version {version} wird hier nicht vorgehalten; die neueste: /dumps/latest/{name}",
            f"The version {version} is not kept here; the newest: /dumps/latest/{name}",
        )
    files = _files(snapshot)
    if name not in files:
        raise not_found(name)
    whole = snapshot.dumps_path / name
    response = send_file(whole, mimetype=_media_type(name), conditional=True, etag=f"{snapshot.digest}.{name}")
    response.headers["Cache-Control"] = _KEPT
    if checksum := files[name]:
        encoded = base64.b64encode(bytes.fromhex(checksum)).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{encoded}:"  # RFC 9530
    if name.endswith(".csv"):
        response.headers["Link"] = f'<{METADATA}>; rel="describedby"; type="{FORMATS["csvw"].media_type}"'
    return response


def _snapshot(version: str) -> Snapshot | None:
    if version == site().snapshot.digest:
        return site().snapshot
    return find(version) if _VERSION.fullmatch(version) else None


def _files(snapshot: Snapshot) -> dict[str, str]:
    """Return the files of a snapshot that are to be had, with their checksums."""
    return {CHECKSUMS: ""} | {entry["name"]: entry["sha256"] for entry in snapshot.dumps}


def _media_type(name: str) -> str:
    if name == METADATA:
        return FORMATS["csvw"].media_type
    suffix = name.rpartition(".")[2]
    return PACKINGS.get(suffix) or (FORMATS[suffix].media_type if suffix in FORMATS else "text/plain")
