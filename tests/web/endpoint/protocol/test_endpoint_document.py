"""What docs/endpoint.md promises, line by line of its tables, is so; and nothing is left out of them."""

import inspect
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chefsache.store import errors
from chefsache.store.protocol import GRAPH_TYPES, RESULT_TYPES
from chefsache.web.endpoint import sparql_request
from chefsache.web.endpoint.sparql_request import MAX_BYTES, SparqlRequest
from chefsache.web.http import problems
from chefsache.web.http.negotiation import SHORT

TEXT = (Path(__file__).parents[4] / "docs/endpoint.md").read_text(encoding="utf-8")
SELECT, CONSTRUCT = "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
#: One error of the store for each way that it can fail.
ERRORS = (
    errors.UpdateError("DROP", 1, 1),
    errors.ServiceError(1, 1),
    errors.SyntaxFault("", 1, 1),
    errors.FormatError("text/csv"),
    errors.DeadlineError(1),
    errors.ResultSizeError(1),
    errors.OverloadedError(1),
)
#: A product of nine patterns: too many rows to count, too many to send.
MANY = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(9))
#: A name for each variable part of an address.
FILLED = {
    "/graphs?graph=IRI": "/graphs?graph=http://example.org/elsewhere",
    "/graph/NAME": "/graph/data/one",
}
#: Statuses of the gateway in front, which has tests of its own.
GATEWAY = {429, 431}
REACHED = {
    200: {"query_string": {"query": SELECT}},
    204: {"method": "OPTIONS"},
    304: {"query_string": {"query": SELECT}, "headers": {"If-None-Match": "*"}},
    400: {"query_string": {"query": "SELECT"}},
    403: {"query_string": {"query": "DROP ALL"}},
    404: {"path": "/graph/none"},
    405: {"method": "PUT"},
    406: {"query_string": {"query": SELECT}, "headers": {"Accept": "image/png"}},
    413: {"method": "POST", "data": "#" * (MAX_BYTES + 1), "content_type": "application/sparql-query"},
    415: {"method": "POST", "data": SELECT, "content_type": "text/plain"},
    206: {"path": "/dumps/tiny/chefsache.nt", "headers": {"Range": "bytes=0-9"}},
    303: {"path": "/id/05916000"},
    416: {"path": "/dumps/tiny/chefsache.nt", "headers": {"Range": "bytes=999999-"}},
    421: {"headers": {"Host": "example.org"}},
    503: {"query_string": {"query": f"SELECT * {{ {MANY} }}"}},
    504: {"query_string": {"query": f"SELECT (COUNT(*) AS ?n) {{ {MANY} }}", "timeout": "0.2"}},
}


def table(heading: str) -> list[list[str]]:
    """Return the rows below the first table that has this heading in its first column."""
    lines = TEXT.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(
    ("address", "methods"), [(address, row[2]) for row in table("address") for address in coded(row[0])]
)
def test_addresses(client: FlaskClient, address: str, methods: str) -> None:
    """Each answers GET and HEAD, and OPTIONS says what else there is."""
    filled = FILLED.get(address, address)
    allowed = client.options(filled).headers["Allow"]

    assert client.get(filled, buffered=True).status_code == 200
    assert client.head(filled, buffered=True).status_code == 200
    assert set(methods.split(", ")) <= set(allowed.split(", "))


def test_parameters() -> None:
    """Those of the table are those that the code reads."""
    source = inspect.getsource(sparql_request._asked)
    read = set(re.findall(r'"([a-z-]+)"', source)) & {coded(row[0])[0] for row in table("parameter")}

    assert {coded(row[0])[0] for row in table("parameter")} == read
    assert len(read) == len(SparqlRequest.__dataclass_fields__)
    assert f"{MAX_BYTES:,} bytes" in TEXT


@pytest.mark.parametrize("row", table("format"), ids=lambda row: row[0])
def test_formats(client: FlaskClient, row: list[str]) -> None:
    """By short name and by media type, for what the table says."""
    (name,), (media_type,) = coded(row[0]), coded(row[1])
    queries = {"tables": [SELECT], "graphs": [CONSTRUCT]}.get(row[2], [SELECT, CONSTRUCT])

    assert SHORT[name] == media_type
    for query in queries:
        for asked in ({"format": name}, {"format": media_type}):
            response = client.get("/sparql", query_string={"query": query, **asked})
            assert response.headers["Content-Type"].partition(";")[0] == media_type
        accepted = client.get("/sparql", query_string={"query": query}, headers={"Accept": media_type})
        assert accepted.headers["Content-Type"].partition(";")[0] == media_type


def test_no_format_is_left_out() -> None:
    assert {coded(row[1])[0] for row in table("format")} == {*RESULT_TYPES, *GRAPH_TYPES, "text/html"}


@pytest.mark.parametrize("status", REACHED)
def test_statuses(client: FlaskClient, status: int) -> None:
    case = {"path": "/sparql", **REACHED[status]}

    assert client.open(**case, buffered=True).status_code == status


def test_no_status_is_left_out() -> None:
    """Every status of the table is reached here or named as reached elsewhere; those of the store are all there."""
    documented = {int(row[0]) for row in table("status")}
    store = {problems.status(error) for error in ERRORS}

    assert documented == REACHED.keys() | GATEWAY
    assert store <= documented
