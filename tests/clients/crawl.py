"""Follow every link of a server, from its start page and its VoID file on, and say what is missing or wrong.

::

    python tests/clients/crawl.py http://127.0.0.1:8000

Followed are the links, pictures and forms of pages, and the IRIs of the graph (`void:uriSpace`) in whatever RDF is met.
Each IRI is asked for as a page and as Turtle, by content negotiation, and in the other formats that its page leads to.
These must all say the same; the page must lead to Turtle and JSON-LD and say the IRI, that of a thing also be headed by
its label and link to its sources. A fragment must be on its page, and a redirect must lead to an answer at once. The
sitemap and the N-Quads that VoID names (`void:dataDump`) are no ways: they say what must have been reached.

Left aside: the language (`lang=`), since a page is one in all of them, and other addresses with a query on a page whose
own address has one, for else comparisons lead to comparisons without end.

Prints what is wrong, line by line, then the counts. Exits with 1 if anything is wrong.
"""

import argparse
import http.client
import math
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urldefrag, urlencode, urljoin, urlsplit

import pyoxigraph as ox

HTML, TURTLE = "text/html", "text/turtle"
#: Suffixes of the documents that the page of an IRI must lead to, and of those that it may lead to.
DEMANDED, OTHERS = ("ttl", "jsonld"), ("nt", "rdf")
_VOID, _SITEMAP = "/.well-known/void", "/sitemap.xml"
_RDF = (TURTLE, "application/ld+json", "application/n-triples", "application/rdf+xml")
#: Statuses that lead elsewhere.
_LEADING = (301, 302, 303, 307, 308)
_TERMS = "http://rdfs.org/ns/void#"
_TOPIC = "http://xmlns.com/foaf/0.1/primaryTopic"
_SOURCE = "http://purl.org/dc/terms/source"
#: What a thing may be called.
_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
)
#: What leads on from an element of a page.
_LEADS = {"a": "href", "link": "href", "img": "src", "script": "src", "iframe": "src", "form": "action"}
#: Addresses of IRIs, and not of a form of one.
_THING = re.compile(r"/(id|vocab|graph)/(?![^?]*\.(html|ttl|nt|jsonld|rdf|trig|nq)$)[^?]+|/ontology|/shapes")
#: Where things are; other IRIs are those of documents.
_ROOMS = ("id/", "vocab/")
#: Files: it is asked only whether they are there.
_FILE = re.compile(r"/dumps/.+")
_PATIENCE = 120
#: Addresses that are asked for before the newest of what was met is.
_TOGETHER = 200


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    kind: str
    location: str
    body: bytes


#: Asks by method, address and Accept header.
Ask = Callable[[str, str, str], Answer]


class Link(NamedTuple):
    """Where a link leads: the address on the server, and the fragment."""

    address: str
    fragment: str = ""


@dataclass
class Met:
    """What was met at an address, and at those it led to: links, IRIs, fragments, and what is wrong."""

    addresses: list[str]
    links: set[Link] = field(default_factory=set)
    iris: set[str] = field(default_factory=set)
    ids: frozenset[str] = frozenset()
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    compared: bool = False


class _Page(HTMLParser):
    """The links, fragments and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.headings: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an id, a link, the begin of a heading."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
        target = found.get(_LEADS.get(tag, ""), "")
        if target and found.get("method", "get") == "get":
            self.links.add(target)
        if tag == "h1":
            self._inside = True
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a heading."""
        self._inside = self._inside and tag != "h1"

    def handle_data(self, data: str) -> None:
        """Note the words of a heading."""
        if self._inside:
            self.headings[-1] += data


class Crawl:
    """A walk through all that a server links to; of the forms of an IRI, through those with the given suffixes."""

    def __init__(self, ask: Ask, server: str, forms: Sequence[str] = DEMANDED + OTHERS, threads: int = 1) -> None:
        self._ask, self._server, self._forms, self._threads = ask, server.rstrip("/"), tuple(forms), threads
        self._left = re.compile(rf"/(id|vocab|graph)/[^?]+\.({'|'.join({*DEMANDED, *OTHERS} - {*forms}) or '-'})")
        self._base = ""
        #: The fragments of each address; none until it was asked for.
        self._ids: dict[str, frozenset[str] | None] = {}
        #: The address on which each link was met first.
        self._links: dict[Link, str] = {}
        self.iris: set[str] = set()
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()

    def run(self, until: float = math.inf) -> list[str]:
        """Walk until nothing new is met, or until a time of the monotonic clock; return what is wrong."""
        start = Met([_VOID])
        void = _triples(self._followed(_VOID, TURTLE, start))
        self._base = _objects(void, "uriSpace")[0]
        dumps, services = _objects(void, "dataDump"), _objects(void, "sparqlEndpoint")
        start.iris = self._ours(void)
        for service in services:
            start.iris |= self._ours(_triples(self._followed(self._local(service), TURTLE, start)))
        self._lead(_VOID, ["/", *_objects(void, "rootResource"), *dumps, *services], start)
        waiting = list(self._noted(start))
        with ThreadPoolExecutor(self._threads) as pool:
            while waiting and time.monotonic() < until:
                print(f"{len(self._ids)} addresses, {len(self.iris)} IRIs; {len(waiting)} to ask", file=sys.stderr)
                visits, waiting = waiting[-_TOGETHER:], waiting[:-_TOGETHER]
                waiting += [new for met in pool.map(lambda visit: visit(), visits) for new in self._noted(met)]
        self._check_fragments()
        self.counts.update({"IRIs": len(self.iris), "links": len(self._links), "addresses left": len(waiting)})
        if not waiting:
            self._check_all_reached(next(dump for dump in dumps if dump.endswith("chefsache.nq")))
        return self.wrong

    def _noted(self, met: Met) -> Iterator[Callable[[], Met]]:
        """Write down what was met, and return the visits to what had not been met before."""
        self._ids |= dict.fromkeys(met.addresses, met.ids)
        self.wrong += met.wrong
        self.counts.update({"requests": met.asked, "IRIs compared": met.compared})
        self.iris |= met.iris
        for link in met.links | {self._link(iri) for iri in met.iris}:
            self._links.setdefault(link, met.addresses[0])
            address = link.address
            if address in self._ids or self._left.fullmatch(address):
                continue
            self._ids[address] = None
            if _THING.fullmatch(address):
                self.iris.add(self._base + address[1:])
                yield lambda address=address: self._thing(address)
            else:
                yield lambda address=address: self._other(address)

    def _thing(self, address: str) -> Met:
        """Ask for an IRI as page and data, and compare them."""
        met = Met([address])
        page, turtle = self._followed(address, HTML, met), self._followed(address, TURTLE, met)
        if met.wrong:
            return met
        read = self._read(page, met)
        graph = _triples(turtle)
        met.iris |= self._ours(graph)
        for form in self._forms:
            document = f"{address}.{form}"
            if Link(document) in met.links:
                self._compare(document, graph, met)
            elif form in DEMANDED:
                met.wrong.append(f"{address}: has no link to {document}")
        met.compared = True
        met.wrong += self._not_named(self._base + address[1:], graph, page, read)
        return met

    def _compare(self, document: str, graph: set[ox.Triple], met: Met) -> None:
        if document not in met.addresses:
            met.addresses.append(document)
            other = self._fetched(document, met)
            if other.status == 200 and _triples(other) != graph:
                met.wrong.append(f"{document}: says something else than the Turtle of the IRI")

    def _not_named(self, iri: str, graph: set[ox.Triple], page: Answer, read: _Page) -> Iterator[str]:
        """Say what the page of an IRI does not name: the IRI; of a thing also a label as its heading, and a source."""
        if iri not in page.body.decode():
            yield f"{iri}: does not stand on its page"
        if not iri.startswith(tuple(self._base + room for room in _ROOMS)):
            return
        said = _said_of(iri, graph)
        names = {name for label in _LABELS for name in said.get(label, ())}
        if names and names.isdisjoint(" ".join(each.split()) for each in read.headings):
            yield f"{iri}: is headed {read.headings}, not {sorted(names)}"
        shown = {self._local(urljoin(self._server, link)) for link in read.links}
        yield from (f"{iri}: no link to {each}" for each in said.get(_SOURCE, ()) if self._local(each) not in shown)

    def _other(self, address: str) -> Met:
        """Ask for any other address."""
        met = Met([address])
        if _FILE.fullmatch(address):
            self._followed(address, "*/*", met, "HEAD")
            return met
        answer = self._followed(address, f"{HTML}, {TURTLE};q=0.9, */*;q=0.5", met)
        if answer.kind == HTML:
            self._read(answer, met)
        elif answer.status == 200 and answer.kind in _RDF:
            met.iris |= self._ours(_triples(answer))
        return met

    def _followed(self, address: str, kind: str, met: Met, method: str = "GET") -> Answer:
        """Ask for an address, and for the one that it leads to; that one must answer with what was asked for."""
        answer = self._fetched(address, met, kind, method, fine=(200, *_LEADING))
        if answer.status in _LEADING:
            met.addresses.append(self._local(urljoin(self._server + address, answer.location)))
            answer = self._fetched(met.addresses[-1], met, kind, method)
        if answer.status == 200 and kind in (HTML, TURTLE) and answer.kind != kind:
            met.wrong.append(f"{address}: {answer.kind} for {kind}")
        return answer

    def _fetched(
        self, address: str, met: Met, kind: str = "*/*", method: str = "GET", fine: tuple[int, ...] = (200,)
    ) -> Answer:
        answer = self._ask(method, address, kind)
        met.asked += 1
        if answer.status not in fine:
            met.wrong.append(
                f"{address}: {answer.status} (from {self._links.get(Link(met.addresses[0]), 'the start')})"
            )
        return answer

    def _read(self, answer: Answer, met: Met) -> _Page:
        page = _Page(answer.body.decode())
        met.ids = frozenset(page.ids)
        self._lead(met.addresses[0], page.links, met)
        return page

    def _lead(self, at: str, targets: Iterable[str], met: Met) -> None:
        """Note the targets that lie on the server."""
        for target in targets:
            whole, fragment = urldefrag(urljoin(self._server + at, target))
            parts = urlsplit(self._local(whole))
            if parts.scheme:
                continue
            query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "lang"])
            if query and "?" in at:
                continue
            # What has an equals sign is for scripts, such as the view of an answer.
            place = "" if "=" in fragment else unquote(fragment)
            met.links.add(Link((parts.path or "/") + (f"?{query}" if query else ""), place))

    def _local(self, whole: str) -> str:
        """Return the address on the server, of permanent IRIs, too; of what lies elsewhere all."""
        if whole.startswith(self._base):
            return whole.removeprefix(self._base.rstrip("/"))
        return whole.removeprefix(self._server) if f"{whole}/".startswith(f"{self._server}/") else whole

    def _link(self, iri: str) -> Link:
        """Return where an IRI is found; what a document defines beside things of the graph has no place on a page."""
        whole, fragment = urldefrag(iri)
        address = self._local(whole)
        return Link(address, fragment if _THING.fullmatch(address) else "")

    def _ours(self, graph: Iterable[ox.Triple]) -> set[str]:
        nodes = {node for triple in graph for node in triple if isinstance(node, ox.NamedNode)}
        return {node.value for node in nodes if node.value.startswith(self._base)}

    def _check_fragments(self) -> None:
        for link, at in sorted(self._links.items()):
            ids = self._ids.get(link.address)
            if link.fragment and ids is not None and link.fragment not in ids:
                self.wrong.append(f"{link.address}#{link.fragment}: no such place on the page (from {at})")

    def _check_all_reached(self, dump: str) -> None:
        met = Met([self._local(dump)])
        quads = self._followed(met.addresses[0], "*/*", met).body
        stored = {iri.decode() for iri in re.findall(rb"<(" + re.escape(self._base.encode()) + rb"[^>]*)>", quads)}
        self.counts["IRIs of the store"] = len(stored)
        self.wrong += [f"{iri}: not reached" for iri in sorted(stored - self.iris)]
        parts = self._locations(_SITEMAP, met)
        listed = [address for part in parts for address in self._locations(part, met)]
        self.counts["addresses of the sitemap"] = len(listed)
        self.wrong += [f"{address}: in the sitemap, not reached" for address in listed if address not in self._ids]
        self.wrong += met.wrong

    def _locations(self, address: str, met: Met) -> list[str]:
        text = self._followed(address, "*/*", met).body.decode()
        return [self._local(found) for found in re.findall("<loc>([^<]*)</loc>", text)]


def _triples(answer: Answer) -> set[ox.Triple]:
    """Return the statements of a document, with names of blank nodes that depend on what is said of them alone."""
    dataset = ox.Dataset(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.kind)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {quad.triple for quad in dataset}


def _objects(void: Iterable[ox.Triple], name: str) -> list[str]:
    """Return what VoID says of the dataset that it is about; it describes others, too."""
    dataset = next(triple.object for triple in void if triple.predicate.value == _TOPIC)
    return sorted(t.object.value for t in void if t.subject == dataset and t.predicate.value == _TERMS + name)


def _said_of(iri: str, graph: Iterable[ox.Triple]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for triple in graph:
        if triple.subject == ox.NamedNode(iri) and not isinstance(triple.object, ox.BlankNode | ox.Triple):
            found.setdefault(triple.predicate.value, set()).add(triple.object.value)
    return found


def over_http(server: str) -> Ask:
    """Return what asks a server by HTTP; each thread has a connection of its own."""
    place, own = urlsplit(server), threading.local()

    def ask(method: str, address: str, accept: str) -> Answer:
        for patience in range(3):
            if not hasattr(own, "connection"):
                own.connection = http.client.HTTPConnection(place.netloc, timeout=_PATIENCE)
            try:
                own.connection.request(method, address, headers={"Accept": accept, "Accept-Language": "de"})
                response = own.connection.getresponse()
                body = response.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                del own.connection
                continue
            if response.status in (429, 503) and patience < 2:
                time.sleep(int(response.headers.get("Retry-After", "1")))
                continue
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            return Answer(response.status, kind, response.headers.get("Location", ""), body)
        return Answer(0, "", "", b"")

    return ask


def main(arguments: list[str]) -> int:
    """Walk through a server; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("server")
    parser.add_argument("--forms", default=",".join(DEMANDED + OTHERS), help="suffixes, by commas (%(default)s)")
    parser.add_argument("--threads", type=int, default=4, help="requests at once (%(default)s)")
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="end after so long, without asking what was not reached"
    )
    asked = parser.parse_args(arguments)
    crawl = Crawl(over_http(asked.server), asked.server, asked.forms.split(","), asked.threads)
    begin = time.monotonic()
    for line in crawl.run(begin + 60 * asked.minutes):
        print(line)
    print(*(f"{count} {name}" for name, count in crawl.counts.items()), sep=", ", end="")
    print(f": {len(crawl.wrong)} wrong; {time.monotonic() - begin:.0f} s")
    return 1 if crawl.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
