"""Measure how well names are matched with things: precision and recall over labelled cases, and time.

    python tests/benchmarks/reconciliation/measure.py

`cases.csv` holds a case a line: what a table may say, the type and properties given with it, the thing that a person
takes it for, and whether it should be claimed: `yes`; `open`, offered first, and claimed or not; `no`, nothing may be
claimed. Figures are in docs/reconciliation.md.
"""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from chefsache.web.matching.index import names
from chefsache.web.matching.index import start as start_index
from chefsache.web.matching.reconcile import reconciled
from chefsache.web.matching.reconcile_requests import wanted

CASES = Path(__file__).with_name("cases.csv")


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    query: str
    type: str
    properties: str
    expected: str
    claim: str
    note: str

    @property
    def request(self) -> dict[str, object]:
        """The query as a client sends it."""
        pairs = [pair.split("=") for pair in self.properties.split("; ") if pair]
        request: dict[str, object] = {"query": self.query, "properties": [{"pid": p, "v": v} for p, v in pairs]}
        return request | ({"type": self.type} if self.type else {})


@dataclass(frozen=True)
class Figures:
    """What was measured: claims, right ones, wrong ones, cases that want a claim, first places, milliseconds."""

    claims: int
    right: int
    wanted: int
    first: int
    labelled: int
    milliseconds: tuple[float, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the claims that are right."""
        return self.right / self.claims

    @property
    def recall(self) -> float:
        """Share of the cases that want a claim and got the right one."""
        return 1 - len(self.missed) / self.wanted


def cases() -> list[Case]:
    """Return all cases."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file)]


def measure(app: Flask) -> Figures:
    """Ask all cases of an application."""
    wrong, missed, times = [], [], []
    claims = right = first = 0
    start_index(app).join()
    with app.test_request_context():
        index = names()
        for case in cases():
            start = time.perf_counter()
            found = reconciled(wanted(case.request), index)
            times.append(1000 * (time.perf_counter() - start))
            claimed = next((one.entry.id for one in found if one.match), "")
            good = bool(claimed) and claimed == case.expected
            claims += bool(claimed)
            right += good
            first += bool(case.expected) and bool(found) and found[0].entry.id == case.expected
            if claimed and not good:
                wrong.append(f"{case.query}: {claimed}, not {case.expected or 'anything'}")
            if case.claim == "yes" and not good:
                best = [one.entry.id for one in found[:3]]
                missed.append(f"{case.query} ({case.type} {case.properties}): {case.expected} expected, found {best}")
    labelled = sum(bool(case.expected) for case in cases())
    yes = sum(case.claim == "yes" for case in cases())
    return Figures(claims, right, yes, first, labelled, tuple(sorted(times)), tuple(wrong), tuple(missed))


def sweep(app: Flask) -> tuple[int, int, int]:
    """Ask for every municipality by its official name: how many were claimed rightly, wrongly, not at all."""
    right = wrong = 0
    with app.test_request_context():
        index = names()
        municipalities = [entry for entry in index.things.values() if entry.level == "municipality"]
        for entry in municipalities:
            found = reconciled(wanted({"query": entry.official, "type": "municipality"}), index)
            claimed = next((one.entry for one in found if one.match), None)
            right += claimed is entry
            wrong += claimed is not None and claimed is not entry
    return right, wrong, len(municipalities) - right - wrong


def main() -> None:
    """Build or open the snapshot, and print the figures."""
    from chefsache.content.names import PREFIXES
    from chefsache.pipeline import building
    from chefsache.store.embedded import EmbeddedStore
    from chefsache.web.app import create_app

    snapshot = building.build()
    with EmbeddedStore(snapshot.store_path, prefixes=PREFIXES) as store:
        app = create_app(snapshot, store)
        figures, (right, wrong, none) = measure(app), sweep(app)
    times = figures.milliseconds
    median, most = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{len(times)} cases, {figures.claims} claims, {figures.right} right: precision {figures.precision:.1%}")
    print(f"{figures.wanted} cases want a claim: recall {figures.recall:.1%}")
    print(f"{figures.first} of {figures.labelled} things stand first")
    print(f"milliseconds a query: median {median:.1f}, 95 % {most:.1f}, most {times[-1]:.1f}")
    print(f"all municipalities by official name: {right} right, {wrong} wrong, {none} left open (namesakes)")
    for line in (*figures.wrong, *figures.missed):
        print(" ", line)


if __name__ == "__main__":
    main()
