"""What a timeline shows of a thing: the statements of its sections that have a time."""

import datetime

from chefsache.web.pages import periods
from chefsache.web.pages.periods import Bounds
from chefsache.web.pages.statements import Section, collect

#: The sections that are drawn, by kind of page, in this order.
_SECTIONS = {
    "authority": ("history", "tenures", "steps"),
    "office": ("history", "placed", "heads", "remits"),
    "organisation": ("history", "heads", "participations"),
    "post": ("history", "heads", "remits"),
    "person": ("career", "history"),
    "artefact": ("history", "participants"),
    "measure": ("history", "participants"),
    "partnership": ("history", "participants"),
}
#: Kinds of things that have a timeline.
KINDS = frozenset(_SECTIONS)


def sections(iri: str, kind: str) -> tuple[Section, ...]:
    """Return the sections of a thing's timeline, each in the order of time; empty ones are left out."""
    return tuple(
        Section(section.name, tuple(sorted(section.statements, key=lambda statement: _first(statement.time))))
        for section in collect(_SECTIONS[kind], iri)
    )


def _first(time: Bounds) -> tuple[datetime.date, datetime.date]:
    """Order by what is known of the start; what has none comes where it is first attested, else last."""
    known = time.earliest_start != periods.OPEN_START
    return (time.earliest_start if known else time.latest_start), time.latest_start
