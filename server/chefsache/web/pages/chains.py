"""Where a unit sits: the way from it up to the head of the administration, as far as sources say."""

import datetime
from dataclasses import dataclass

from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.pages import periods
from chefsache.web.pages.answers import Cell, Labels, cell
from chefsache.web.pages.page_queries import ask
from chefsache.web.pages.statements import Values, bounds, certainty, claim_values, labels_of, may_hold, sources
from chefsache.web.site import href, site

_MAX_STEPS = 12


@dataclass(frozen=True)
class Step:
    """One step up: who is above, in which body a post is, since when, how certain, after which source."""

    above: Cell
    body: Cell
    when: str
    certainty: str
    certainty_text: str
    sources: tuple[Cell, ...]
    claim: str


@dataclass(frozen=True)
class Chain:
    """The steps from a thing up; *former* where none is known for the release day."""

    steps: tuple[Step, ...]
    former: bool


def chain(iri: str, start: str) -> Chain:
    """Return the chain of a thing; *start* is the unit at which it begins (a post's office)."""
    rows = ask("place", iri)
    claims = claim_values(row["claim"].value for row in rows)
    known = labels_of(rows, claims)
    day = site().snapshot.as_of
    first = [row for row in rows if row["unit"].value == start]
    former = bool(first) and not any(may_hold(claims[row["claim"].value], day) for row in first)
    if former:
        day = max(bounds(claims[row["claim"].value]).latest_end for row in first)
    steps: list[Step] = []
    unit, seen = start, {start}
    while len(steps) < _MAX_STEPS:
        here = [row for row in rows if row["unit"].value == unit and may_hold(claims[row["claim"].value], day)]
        if not here:
            break
        row = max(here, key=lambda row: (_known(claims[row["claim"].value], day), row["claim"].value))
        steps.append(_step(row, claims[row["claim"].value], known))
        unit = (row.get("body") or row["above"]).value
        if unit in seen:
            break
        seen.add(unit)
    return Chain(tuple(steps), former)


def _known(values: Values, day: datetime.date) -> tuple[bool, datetime.date]:
    """Rank placements that could hold at once: the documented ones first, then the one known to have begun last."""
    time = bounds(values)
    started = time.latest_start if time.latest_start != periods.OPEN_END else periods.OPEN_START
    return time.on(day) == "documented", started


def _step(row: Row, values: Values, known: Labels) -> Step:
    level, words = certainty(values)
    return Step(
        above=cell(row["above"], known),
        body=cell(row.get("body"), known),
        when=periods.duration(bounds(values), languages.current()),
        certainty=level,
        certainty_text=words,
        sources=sources(values, known),
        claim=href(row["claim"].value),
    )
