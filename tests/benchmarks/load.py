"""Ask a running server from many clients at once, hostile ones among them, and report what the honest ones saw.

    python tests/benchmarks/load.py --port 8000 --pid "$(pgrep -of 'chefsache serve')" --minutes 3

Each kind of client has its threads: pages and queries asked again and again (cached), queries that are new each time
(uncached), and queries that run into a limit (hostile). Each kind has an address of its own on the loopback network, so
that what the server grants one client does not count for another. Latency and errors are listed by kind; memory is the
sum over all processes of the server (proportional set size), sampled every second.
"""

import argparse
import http.client
import itertools
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

_HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT ?a (GROUP_CONCAT(?l) AS ?x) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?c), STR(?f)) AS ?l) } GROUP BY ?a",
    "SELECT * { ?a (<x:a>|!<x:b>)* ?b }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '(a|b|ab)*c$') && ?f != ?c) }",
    "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    "SELECT DISTINCT ?c ?f { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { { SELECT * { ?a ?b ?c } } { SELECT * { ?d ?e ?f } } MINUS { ?a ?x ?f } }",
    "SELECT (SUM(?n) AS ?s) { ?a ?b ?c . ?d ?e ?f BIND(STRLEN(CONCAT(STR(?a), STR(?d))) AS ?n) }",
    "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } } ORDER BY DESC(?i)",
)
_SOURCES = {"cached": "127.0.0.2", "uncached": "127.0.0.3", "hostile": "127.0.0.4"}
_CACHED = ("/", "/municipalities", f"/sparql?query={quote('SELECT * { ?s a ?class } LIMIT 20')}")


def cached() -> Iterator[str]:
    """Addresses that repeat."""
    return itertools.cycle(_CACHED)


def uncached() -> Iterator[str]:
    """Simple queries, no two alike."""
    for number in itertools.count(random.randrange(10**9)):
        yield f"/sparql?query={quote(f'SELECT * {{ ?s ?p ?o }} OFFSET {number % 5000} LIMIT 10 # {number}')}"


def hostile() -> Iterator[str]:
    """Queries that no machine answers in time."""
    for number in itertools.count():
        yield f"/sparql?query={quote(f'{_HOSTILE[number % len(_HOSTILE)]} # {number}')}"


class Load:
    """Clients of several kinds at work, and what they saw."""

    def __init__(self, port: int, seconds: float) -> None:
        self._port, self._until = port, time.monotonic() + seconds
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self._threads: list[threading.Thread] = []

    def start(self, kind: str, addresses: Callable[[], Iterator[str]], clients: int, pause: float) -> None:
        """Begin with so many clients of a kind, each of which rests so long between two requests."""
        for _ in range(clients):
            thread = threading.Thread(target=self._ask, args=(kind, addresses(), pause), daemon=True)
            thread.start()
            self._threads.append(thread)

    def running(self) -> bool:
        """Whether anybody is still asking."""
        return any(thread.is_alive() for thread in self._threads)

    def _ask(self, kind: str, addresses: Iterator[str], pause: float) -> None:
        while time.monotonic() < self._until:
            before = time.monotonic()
            self.outcomes[kind][self._outcome(next(addresses), _SOURCES[kind])] += 1
            self.seconds[kind].append(time.monotonic() - before)
            time.sleep(pause)

    def _outcome(self, address: str, source: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=90, source_address=(source, 0))
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()


def memory(pid: int) -> int:
    """Bytes that a process and all below it have for themselves, shared ones counted by their share."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family, level = [pid], [pid]
    while level:
        level = [child for child, parent in parents.items() if parent in level]
        family += level
    return sum(_proportional(member) for member in family)


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--pid", type=int, required=True, help="the server's first process")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--hostile", type=int, default=8, help="hostile clients")
    asked = parser.parse_args()
    load = Load(asked.port, asked.minutes * 60)
    load.start("cached", cached, 4, 0.05)
    load.start("uncached", uncached, 2, 0.1)
    load.start("hostile", hostile, asked.hostile, 0.0)
    highest = at_first = memory(asked.pid)
    while load.running():
        highest = max(highest, last := memory(asked.pid))
        time.sleep(1)
    print("kind      requests  p50 ms  p99 ms  max ms  outcomes")
    for kind, seconds in load.seconds.items():
        ordered = sorted(seconds)
        p50, p99, most = (1000 * ordered[int((len(ordered) - 1) * part)] for part in (0.5, 0.99, 1.0))
        print(f"{kind:9} {len(ordered):8} {p50:7.0f} {p99:7.0f} {most:7.0f}  {dict(load.outcomes[kind])}")
    first, most, end = (round(size / 2**20) for size in (at_first, highest, last))
    print(f"memory: {first} MB at first, {most} MB at most, {end} MB at last")


if __name__ == "__main__":
    main()
