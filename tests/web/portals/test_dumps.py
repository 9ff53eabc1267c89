"""Files: immutable where a version is named, the newest where none is, whole or in part."""

import base64
import hashlib
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot

NAME = "tenures.csv"


@pytest.fixture
def address(snapshot: Snapshot) -> str:
    return f"/dumps/{snapshot.digest}/{NAME}"


@pytest.mark.parametrize("newest", ["/dumps/", "/dumps/latest/"])
def test_the_newest_leads_to_its_version(client: FlaskClient, address: str, newest: str) -> None:
    response = client.get(newest + NAME)

    assert (response.status_code, response.headers["Location"]) == (HTTPStatus.TEMPORARY_REDIRECT, address)
    assert response.headers["Cache-Control"] == "no-cache"


def test_twice_the_same_and_as_its_checksum_says(client: FlaskClient, snapshot: Snapshot, address: str) -> None:
    first, second = (client.get(address, buffered=True) for _ in range(2))
    sums = client.get(f"/dumps/{snapshot.digest}/SHA256SUMS", buffered=True).get_data(as_text=True)
    digest = hashlib.sha256(first.data)

    assert first.data == second.data
    assert f"{digest.hexdigest()}  {NAME}\n" in sums
    assert first.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert "immutable" in first.headers["Cache-Control"]


def test_parts(client: FlaskClient, address: str) -> None:
    """A range is 206; with another version in If-Range the whole comes; past the end is 416 with the size."""
    whole = client.get(address, buffered=True)
    tag, size = whole.headers["ETag"], len(whole.data)
    part = client.get(address, headers={"Range": "bytes=3-9", "If-Range": tag}, buffered=True)
    other = client.get(address, headers={"Range": "bytes=3-9", "If-Range": '"x"'}, buffered=True)
    past = client.get(address, headers={"Range": f"bytes={size}-"}, buffered=True)

    assert (part.status_code, part.data) == (206, whole.data[3:10])
    assert part.headers["Content-Range"] == f"bytes 3-9/{size}"
    assert (other.status_code, other.data) == (200, whole.data)
    assert (past.status_code, past.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("land-bayern.ttl", "text/turtle; charset=utf-8"),
        ("land-bayern.nt", "application/n-triples"),
        ("land-bayern.jsonld", "application/ld+json"),
        ("ontology.rdf", "application/rdf+xml; charset=utf-8"),
        ("chefsache.trig.gz", "application/gzip"),
        ("chefsache.nq.zst", "application/zstd"),
        ("tenures.csv", "text/csv; charset=utf-8"),
        ("csv-metadata.json", "application/csvm+json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_types(client: FlaskClient, snapshot: Snapshot, name: str, kind: str) -> None:
    """HEAD says type and length; a packed file is a file of its own, no coding of another."""
    head = client.head(f"/dumps/{snapshot.digest}/{name}")

    assert (head.status_code, head.headers["Content-Type"]) == (200, kind)
    assert head.headers["Content-Length"] == str((snapshot.dumps_path / name).stat().st_size)
    assert "Content-Encoding" not in head.headers


def test_a_table_leads_to_its_description(client: FlaskClient, address: str) -> None:
    assert '<csv-metadata.json>; rel="describedby"' in client.head(address).headers["Link"]


@pytest.mark.parametrize("version", ["0123456789abcdef", "latest2", "..", "%2e%2e"])
def test_no_such_version(client: FlaskClient, version: str) -> None:
    assert client.get(f"/dumps/{version}/{NAME}").status_code == 404


@pytest.mark.parametrize("name", ["nothing.ttl", "..%2fsnapshot.json", "..%2fdumps.json"])
def test_no_such_file(client: FlaskClient, snapshot: Snapshot, name: str) -> None:
    for folder in (f"/dumps/{snapshot.digest}/", "/dumps/latest/", "/dumps/"):
        assert client.get(folder + name).status_code == 404
