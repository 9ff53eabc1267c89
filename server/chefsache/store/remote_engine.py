"""Ask a SPARQL 1.1 endpoint over HTTP, from within a worker that can be ended at any time.

Every query is parsed here first, by the parser of the embedded store: a mistake is explained alike whichever store is
behind, and extensions of the store behind (functions, pragmas) are out of reach. The answer is read in whatever
standard format the store can give, as it comes, and written again in the one that was asked for.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing

import httpx
import pyoxigraph as ox

from chefsache import __version__
from chefsache.store.dataset import clauses, without
from chefsache.store.engines import RemoteError
from chefsache.store.protocol import BASE_IRI, Dataset
from chefsache.store.scanner import tokens, unescaped
from chefsache.store.writing import Feed, Found

#: XML first: Virtuoso takes ten times as long to write JSON, and its TSV has lost the datatypes.
_TABLES = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: A graph that no store has: a dataset with an empty part is sent with this name in it, since a part that is left out
#: means "everything" to some stores.
_NOTHING = "urn:x-chefsache:no-graph"
#: How Virtuoso names blank nodes; no other parser takes that for a name.
_NODE = re.compile(rb'(<bnode>|"type":\s*"bnode",\s*"value":\s*")nodeID://')
_NODE_LENGTH = 100
#: Functions of Virtuoso that every caller may use, some of them beyond the graph.
_FOREIGN = re.compile(r"<\s*(?:bif|sql|virtrdf):", re.IGNORECASE)
_MANY = 65536


class RemoteEngine:
    """An endpoint.

    Args:
        url: where it answers queries; may hold user and password.
        default_graph: the graph that holds the merge, for a store whose own default graph does not; asked for by
            name, together with the named graphs.
        graphs: all named graphs.
        seconds: how long to wait for a byte; the whole query is timed by who ends the worker.
    """

    def __init__(self, url: str, default_graph: str, graphs: tuple[str, ...], seconds: float) -> None:
        self._url, self._default, self._graphs, self._known = url, default_graph, graphs, frozenset(graphs)
        agent = {"User-Agent": f"chefsache/{__version__}"}
        self._client = httpx.Client(timeout=seconds, headers=agent, trust_env=False, follow_redirects=False)
        self._parser = ox.Store()

    def ask(self, text: str, dataset: Dataset | None) -> Found:
        """See `Engine.ask`."""
        text, empty = self._parsed(text)
        if _FOREIGN.search(unescaped(text)):
            raise RemoteError("foreign")
        sent, dataset = self._addressed(text, dataset)
        if isinstance(empty, ox.QueryTriples):
            return self._graph(sent, dataset)
        found = self._table(sent, dataset)
        if isinstance(empty, ox.QueryBoolean) and isinstance(found, ox.QuerySolutions):
            return _truth(found)
        return found

    def knows(self, graph: str) -> bool:
        """See `Engine.knows`."""
        return graph in self._known

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """See `Engine.triples`."""
        return self._graph(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", None)

    def _parsed(self, text: str) -> tuple[str, Found]:
        """Return a query, which says its base where it needs one, and what it finds in nothing."""
        try:
            return text, self._parser.query(text)
        except SyntaxError:
            return f"BASE <{BASE_IRI}> {text}", self._parser.query(text, base_iri=BASE_IRI)

    def _addressed(self, text: str, dataset: Dataset | None) -> tuple[str, Dataset | None]:
        """Return the query and the dataset as they are sent: never both in the query and beside it."""
        if dataset is not None:
            plain = unescaped(text)
            return without(plain, clauses(list(tokens(plain)))), dataset
        if not self._default:
            return text, None
        return text, Dataset((self._default,), self._graphs if "GRAPH" in unescaped(text).upper() else ())

    def _table(self, text: str, dataset: Dataset | None) -> ox.QuerySolutions | ox.QueryBoolean:
        response = self._post(text, dataset, _TABLES)
        pieces = _plain_names(response.iter_bytes(_MANY))
        try:
            return ox.parse_query_results(Feed(_watched(response, pieces)), format=_TABLES[_kind(response)])  # type: ignore[arg-type]
        except (SyntaxError, ValueError):
            raise RemoteError("broken") from None

    def _graph(self, text: str, dataset: Dataset | None) -> Iterator[ox.Triple]:
        response = self._post(text, dataset, _GRAPHS)
        feed = Feed(_watched(response, response.iter_bytes(_MANY)))
        return _triples(ox.parse(feed, format=_GRAPHS[_kind(response)], base_iri=self._url))  # type: ignore[arg-type]

    def _post(self, text: str, dataset: Dataset | None, formats: Mapping[str, object]) -> httpx.Response:
        fields: dict[str, str | list[str]] = {"query": text}
        if dataset is not None:
            fields["default-graph-uri"] = list(dataset.default) or [_NOTHING]
            fields["named-graph-uri"] = list(dataset.named) or [_NOTHING]
        accept = ", ".join(f"{kind};q={1 - place / 10:g}" for place, kind in enumerate(formats))
        request = self._client.build_request("POST", self._url, data=fields, headers={"Accept": accept})
        try:
            response = self._client.send(request, stream=True)
        except httpx.TimeoutException:
            raise RemoteError("timeout") from None
        except httpx.HTTPError as error:
            raise RemoteError("unreachable", type(error).__name__) from None
        if response.status_code != 200:
            with closing(response):
                raise _refusal(response)
        if _kind(response) not in formats:
            response.close()
            raise RemoteError("format", _kind(response)[:80])
        if response.headers.get("X-SQL-State") or "X-SPARQL-MaxRows" in response.headers:
            response.close()
            raise RemoteError("cut")
        return response


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _refusal(response: httpx.Response) -> RemoteError:
    """Return the error for a status; of what the store says only a line number is passed on, it may say anything."""
    code = response.status_code
    if code in {408, 504}:
        return RemoteError("timeout")
    if code != 400:
        return RemoteError("status", str(code))
    said = b""
    for piece in response.iter_bytes(4096):
        said = piece
        break
    place = re.search(rb"\bline:? (\d{1,6})\b|\bat (\d{1,6}):\d", said)
    return RemoteError("refused", "", int(place[1] or place[2]) if place else 0)


def _watched(response: httpx.Response, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what comes; an answer that breaks off is an error, and one that nobody reads on is closed."""
    with closing(response):
        try:
            yield from pieces
        except httpx.TimeoutException:
            raise RemoteError("timeout") from None
        except httpx.HTTPError as error:
            raise RemoteError("broken", type(error).__name__) from None


def _triples(quads: Iterator[ox.Quad]) -> Iterator[ox.Triple]:
    try:
        for quad in quads:
            yield quad.triple
    except (SyntaxError, ValueError):
        raise RemoteError("broken") from None


def _plain_names(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        held = _NODE.sub(rb"\1", held + piece)
        yield held[:-_NODE_LENGTH]
        held = held[-_NODE_LENGTH:]
    yield held


def _truth(found: ox.QuerySolutions) -> ox.QueryBoolean:
    """Return the answer to ASK from a store that gives it as a table of one number, or of none for "no" (Virtuoso)."""
    value = any(term is not None and getattr(term, "value", "0") not in {"0", "false"} for row in found for term in row)
    text = f'{{"head":{{}},"boolean":{str(value).lower()}}}'
    answer = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)  # noqa: S101
    return answer
