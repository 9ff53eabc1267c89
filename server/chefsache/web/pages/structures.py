"""What sources say of the structure of an authority, at all times: offices, placements, tenures."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chefsache.content.names import VOCAB
from chefsache.store.protocol import Row
from chefsache.web.pages import periods
from chefsache.web.pages.answers import Labels
from chefsache.web.pages.page_queries import ask
from chefsache.web.pages.periods import Bounds
from chefsache.web.pages.statements import MODALITY, Values, bounds, claim_values, labels_of

_INCORPORATED, _CREATED = f"{VOCAB}incorporated", f"{VOCAB}created"
_DAY = datetime.timedelta(1)


@dataclass(frozen=True)
class Structure:
    """What the queries say of an authority: forms by office, placements by office, tenures by post."""

    authority: str
    offices: dict[str, str]
    placements: dict[str, list[Row]]
    tenures: dict[str, list[Row]]
    history: tuple[Row, ...]
    values: Mapping[str, Values]
    known: Labels


def structure(authority: str) -> Structure:
    """Return the structure of an authority, with labels in all languages."""
    offices = {row["item"].value: row["form"].value if "form" in row else "" for row in ask("offices-of", authority)}
    placements, tenures = ask("placements", authority), ask("tenures", authority)
    history = tuple(row for row in ask("history", authority) if "before" in row or "after" in row)
    values = claim_values(row["claim"].value for row in (*placements, *tenures, *history))
    known = labels_of((*placements, *tenures), values, authority, *offices, *offices.values())
    by_post = grouped(tenures, "detail")
    return Structure(authority, offices, grouped(placements, "unit"), by_post, history, values, known)


def lives(found: Structure) -> dict[str, Bounds]:
    """Return from when until when offices may have existed, by what made and ended them; plans do not count."""
    spans: dict[str, Bounds] = {}
    for row in found.history:
        values = found.values.get(row["claim"].value, {})
        if MODALITY in values:
            continue
        time, kind = bounds(values), row["kind"].value
        if "after" in row and kind != _INCORPORATED:
            life = spans.get(row["after"].value, Bounds())
            spans[row["after"].value] = Bounds(
                max(life.earliest_start, time.earliest_start), latest_end=life.latest_end
            )
        if "before" in row and kind != _CREATED:
            life = spans.get(row["before"].value, Bounds())
            spans[row["before"].value] = Bounds(life.earliest_start, latest_end=min(life.latest_end, time.latest_start))
    return spans


def days(found: Structure) -> set[datetime.date]:
    """Return the days on which something is documented to begin or to have just ended; plans do not count."""
    rows = [row for groups in (found.placements, found.tenures) for group in groups.values() for row in group]
    claims = {row["claim"].value for row in (*rows, *found.history)}
    lasting = {row["claim"].value for row in rows}
    found_days: set[datetime.date] = set()
    for claim in claims:
        values = found.values.get(claim, {})
        time = bounds(values)
        if MODALITY in values:
            continue
        if time.earliest_start != periods.OPEN_START and time.latest_start != periods.OPEN_END:
            found_days.add(time.latest_start)
        if claim in lasting and time.latest_end != periods.OPEN_END:
            found_days.add(time.latest_end + _DAY)
    return found_days


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by the value of a column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column].value].append(row)
    return dict(groups)
