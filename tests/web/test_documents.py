"""Rendered documents are kept within bounds, and an answer from memory is the answer that was made."""

import pytest
from flask.testing import FlaskClient

from chefsache.web.documents import Documents


def _key(name: str) -> tuple[str, bytes, str, str]:
    return name, b"", "de", "text/html"


def test_what_was_not_asked_for_goes_first() -> None:
    documents = Documents(limit=80)
    for name in "abcdefgh":
        documents.put(_key(name), b"0123456789")
    documents.get(_key("a"))
    documents.put(_key("i"), b"0123456789")

    assert documents.get(_key("a")) is not None
    assert documents.get(_key("b")) is None


def test_what_takes_too_much_is_not_kept() -> None:
    documents = Documents(limit=80)
    documents.put(_key("a"), b"0" * 11)

    assert documents.get(_key("a")) is None


@pytest.mark.parametrize(
    "address", ["/", "/id/05916000.html", "/id/05916000.ttl", "/ontology", "/questions/who-steers"]
)
def test_second_answer_is_the_first(client: FlaskClient, address: str) -> None:
    """Body and headers alike; with the validator it is not sent at all, in another language it is another."""
    first = client.get(address, headers={"Accept": "text/html", "Accept-Language": "de"}, buffered=True)
    second = client.get(address, headers={"Accept": "text/html", "Accept-Language": "de"}, buffered=True)
    known = client.get(address, headers={"Accept": "text/html", "If-None-Match": first.headers["ETag"]})

    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))
    assert (known.status_code, known.data) == (304, b"")
    if not address.endswith(".ttl"):
        assert client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"}).data != first.data


def test_formats_are_not_mixed_up(client: FlaskClient) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"})
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})

    assert page.content_type.startswith("text/html")
    assert turtle.content_type.startswith("text/turtle")
    assert client.get("/ontology", headers={"Accept": "text/html"}).data == page.data
