"""Build: run the pipeline over the files, and publish the snapshot.

A snapshot is built in a folder of its own and moved to its place when it is whole, so a killed build leaves nothing
that could be mistaken for one. One build at a time: a second one waits, and then finds the first one's snapshot.
"""

import datetime
import gc
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock

from chefsache.pipeline import identity
from chefsache.pipeline.beside import beside
from chefsache.pipeline.canonical import canonical, merged
from chefsache.pipeline.derivation import AS_OF_GRAPH, DERIVED_GRAPH, INFERRED_GRAPH, derive
from chefsache.pipeline.dumps import write_dumps
from chefsache.pipeline.findings import Finding, InvalidGraphError, from_content_error
from chefsache.pipeline.hygiene import broken_rules, withdrawn_things
from chefsache.pipeline.loading import REGISTER, Content, load
from chefsache.pipeline.reasoning import classes_above, infer
from chefsache.pipeline.snapshot import NotWrittenError, Snapshot, find, home, prune, switch
from chefsache.pipeline.statistics import statistics
from chefsache.pipeline.validation import validate
from chefsache.pipeline.withholding import withhold_withdrawn

__all__ = ["Checked", "InvalidGraphError", "build", "check", "undisturbed"]

Progress = Callable[[str], None]


@dataclass
class Checked:
    """The graph after all steps, and what the checks found on the way."""

    content: Content
    store: ox.Store
    findings: list[Finding]

    @property
    def violations(self) -> list[Finding]:
        """What cannot stand."""
        return [finding for finding in self.findings if finding.severity == "violation"]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without garbage collection: it would look through half a million triples again and again, and find no circles."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def build(progress: Progress = lambda step: None) -> Snapshot:
    """Return the snapshot of the files as they stand, built where it does not stand yet, and make it the current one.

    Raises:
        InvalidGraphError: the graph has violations.
        ContentError: a query file cannot be read.
        SnapshotError: it stands, and is damaged.
        NotWrittenError: there is no room for it, or no permission.
    """
    as_of = identity.as_of_day()
    name = identity.digest(as_of)
    try:
        (home() / "snapshots").mkdir(parents=True, exist_ok=True)
        with FileLock(home() / "lock"):
            snapshot = find(name) or _built(name, as_of, progress)
            switch(snapshot)
            prune(snapshot)
            if withhold_withdrawn(snapshot):
                progress("withhold")
    except OSError as error:
        raise NotWrittenError(error) from error
    return snapshot


@undisturbed()
def check(
    content: Content, as_of: datetime.date, engine: str = "pyshifty", progress: Progress = lambda step: None
) -> Checked:
    """Take the loaded files through validation, reasoning, derivation and checks; findings are listed, not raised.

    What was asserted is validated as it stands, beside the steps that add to it.
    """
    findings = [*map(from_content_error, content.unreadable), *withdrawn_things(content)]
    progress("reason")
    asserted = set(content.triples())
    store = ox.Store()
    store.load(ox.serialize(asserted, format=ox.RdfFormat.N_TRIPLES) or b"", format=ox.RdfFormat.N_TRIPLES)
    stated = beside(partial(broken_rules, store, content, derived=False))  # as the store stands now
    with stated as broken, ThreadPoolExecutor(1) as aside:  # the validator lets Python go on meanwhile
        shapes = aside.submit(validate, content, engine)
        inferred = infer([*content.triples("ontology", "data"), *content.mentioned()]) - asserted
        inferred |= classes_above(content.triples("ontology"), content.triples(REGISTER))
        store.extend(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(INFERRED_GRAPH)) for t in inferred)
        store.extend(_in_default_graph(inferred))
        progress("derive")
        derive(store, as_of)
        progress("check")
        findings += broken_rules(store, content, derived=True)
        progress("validate")
        findings += [*broken(), *shapes.result()]
    return Checked(content, store, sorted(findings, key=lambda finding: finding.order))


@undisturbed()
def _built(name: str, as_of: datetime.date, progress: Progress) -> Snapshot:
    progress("load")
    checked = check(load(), as_of, progress=progress)
    if checked.violations:
        raise InvalidGraphError(checked.violations)
    progress("publish")
    place = home() / "snapshots" / name
    with _workshop() as folder:
        _write(folder, name, as_of, checked)
        folder.replace(place)
    return Snapshot(place, name, as_of)


@contextmanager
def _workshop() -> Iterator[Path]:
    for left in home().glob("building-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="building-", dir=home()))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, name: str, as_of: datetime.date, checked: Checked) -> None:
    view = ox.NamedNode(AS_OF_GRAPH)
    derived = {ox.NamedNode(INFERRED_GRAPH), ox.NamedNode(DERIVED_GRAPH), view}
    followed = (checked.store.quads_for_pattern(None, None, None, graph) for graph in derived)
    everything = canonical(chain(checked.content.quads(), *followed))
    complete = [quad for quad in everything if quad.graph_name != view]
    asserted = [quad for quad in everything if quad.graph_name not in derived]
    with beside(partial(write_dumps, folder / "dumps", asserted, complete, as_of)) as dumps:
        _write_store(folder / "store", everything, complete)
        _json(folder / "statistics.json", statistics(asserted, complete, everything))
        _json(folder / "dumps.json", {"files": dumps()})
    _json(folder / "report.json", _report(checked))
    engines = {engine: version(engine) for engine in identity.ENGINES}
    _json(folder / "snapshot.json", {"digest": name, "as_of": as_of.isoformat(), "engines": engines})


def _write_store(folder: Path, everything: list[ox.Quad], complete: list[ox.Quad]) -> None:
    store = ox.Store(str(folder))
    default = (ox.Quad(*triple) for triple in merged(complete))
    store.bulk_extend(chain(everything, default))
    store.flush()


def _report(checked: Checked) -> dict[str, Any]:
    counts = {
        severity: sum(finding.severity == severity for finding in checked.findings)
        for severity in ("violation", "warning", "info")
    }
    return {"counts": counts, "findings": [finding.as_json() for finding in checked.findings]}


def _in_default_graph(triples: set[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _json(path: Path, value: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
