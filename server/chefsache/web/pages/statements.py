"""Rows of a page's queries as statements: what, when, how certain, after which source."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chefsache.content.names import CHEF, PREFIXES, VOCAB
from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.pages import periods
from chefsache.web.pages.answers import Cell, Labels, cell, label, labels
from chefsache.web.pages.page_queries import ask, ask_many
from chefsache.web.pages.periods import Bounds
from chefsache.web.site import href, site

#: What a claim that is only planned or proposed has.
MODALITY = f"{CHEF}modality"
_SOURCE, _TYPE = PREFIXES["dcterms"] + "source", PREFIXES["dcterms"] + "type"
_ROLE = PREFIXES["org"] + "role"
_LENGTH = PREFIXES["schema"] + "duration"
_NAMING = f"{CHEF}Naming"
#: Values of a claim, by property.
Values = Mapping[str, list[str]]
#: Sections whose claims are events.
EVENTS = frozenset({"history", "acts", "steps"})


@dataclass(frozen=True)
class Statement:
    """One statement of a section."""

    items: tuple[Cell, ...]
    details: tuple[Cell, ...]
    before: tuple[Cell, ...] = ()
    after: tuple[Cell, ...] = ()
    by: tuple[Cell, ...] = ()
    when: str = ""
    certainty: str = ""
    certainty_text: str = ""
    remarks: tuple[Cell, ...] = ()
    sources: tuple[Cell, ...] = ()
    claim: str = ""
    checked: str = ""
    contested: bool = False
    lead: bool = False
    time: Bounds = field(default_factory=Bounds)
    lasting: bool = False
    order: tuple[object, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a page: the name of its query, and its statements."""

    name: str
    statements: tuple[Statement, ...]

    @property
    def dated(self) -> bool:
        """Whether any statement is a claim, with time and source."""
        return any(statement.claim for statement in self.statements)

    @property
    def events(self) -> bool:
        """Whether the statements tell what happened, in its order."""
        return self.name in EVENTS


def collect(names: Iterable[str], iri: str) -> tuple[Section, ...]:
    """Return the sections of a thing's page; those without a statement are left out."""
    found = {name: ask(name, iri) for name in names}
    claims = claim_values(row["claim"].value for rows in found.values() for row in rows if "claim" in row)
    known = labels_of((row for rows in found.values() for row in rows), claims)
    result = (Section(name, _statements(name, iri, rows, claims, known)) for name, rows in found.items())
    return tuple(section for section in result if section.statements)


def claim_values(claims: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return bounds, modality, sources … of claims, by claim and property."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in ask_many("claims", "claim", claims):
        values[row["claim"].value][row["property"].value].append(row["value"].value)
    return values


def labels_of(rows: Iterable[Row], claims: Mapping[str, Values], *others: str) -> Labels:
    """Return the labels of what rows mention, of the sources, kinds and roles of claims, and of others."""
    mentioned = {term.value for row in rows for term in row.values() if term.kind == "iri"}
    said = (values.get(name, ()) for values in claims.values() for name in (_SOURCE, _TYPE, _ROLE))
    return labels(mentioned.union(others, *said))


def bounds(values: Values) -> Bounds:
    """Return the bounds of a claim."""
    names = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    return Bounds.of({name: values[CHEF + name][0] for name in names if values.get(CHEF + name)})


def certainty(values: Values, day: datetime.date | None = None) -> tuple[str, str]:
    """Return how certain a lasting claim is on a day, by default the release day: a key, and the words for it."""
    if modality := values.get(MODALITY):
        key = modality[0].removeprefix(VOCAB)
        return "planned", str(languages.text(f"certainty-{key}"))
    level = bounds(values).on(day or site().snapshot.as_of)
    if level == "last":
        return level, str(languages.text("certainty-last", day=_last_heard(values)))
    return level, str(languages.text(f"certainty-{level}"))


def may_hold(values: Values, day: datetime.date) -> bool:
    """Say whether a lasting claim may hold on a day; one that is only planned or proposed does not."""
    return MODALITY not in values and bounds(values).on(day) in periods.HOLDING


def sources(values: Values, known: Labels) -> tuple[Cell, ...]:
    """Return the sources of a claim as links to their pages."""
    return tuple(Cell(label(iri, known)[0], href(iri)) for iri in values.get(_SOURCE, ()))


def _statements(
    name: str, iri: str, rows: tuple[Row, ...], claims: Mapping[str, Values], known: Labels
) -> tuple[Statement, ...]:
    """Join the rows of one claim (without a claim: of one item) to one statement."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        key = row["claim"].value if "claim" in row else row["item"].value
        groups.setdefault(key, []).append(row)
    made = [_statement(name, iri, group, claims, known) for group in groups.values()]
    return tuple(sorted(made, key=lambda statement: statement.order))


def _statement(name: str, iri: str, rows: list[Row], claims: Mapping[str, Values], known: Labels) -> Statement:
    claim = rows[0]["claim"].value if "claim" in rows[0] else ""
    values = claims.get(claim, {})
    event = name in EVENTS
    items = _cells(rows, ("name", "item"), known)
    details = _cells(rows, ("kind", "detail"), known)
    changed = _cells(rows, ("before", "after"), known)
    if event:
        naming = any("kind" in row and row["kind"].value == _NAMING for row in rows)
        items = items or (() if changed else _cells(rows, ("part",), known, without=iri))
        details = (Cell(str(languages.text("named"))),) if naming else details
    if name == "reported":
        items = (Cell(label(claim, known)[0], href(claim)),)
    if not claim:
        return Statement(
            items, details, order=(tuple(c.text for c in details), tuple(c.text.casefold() for c in items))
        )
    time, language = bounds(values), languages.current()
    level, words = certainty(values)
    lasting = not event or (name == "history" and any("name" in row for row in rows))
    when = _lasting(time, values) if lasting else periods.moment(time, language)
    if not lasting and level != "planned":
        level, words = "", ""
    lead = any("lead" in row and row["lead"].value == "true" for row in rows)
    ranked = (not lead, _ORDER.get(level, 0), time.latest_start.toordinal() * -1, claim)
    dated = (
        periods.OPEN_END if time.earliest_start == periods.OPEN_START else time.earliest_start,
        time.latest_start,
        claim,
    )
    return Statement(
        items=items,
        details=details,
        before=_cells(rows, ("before",), known),
        after=_cells(rows, ("after",), known),
        by=_cells(rows, ("by", "actor"), known, without=iri),
        when=when,
        certainty=level,
        certainty_text=words,
        remarks=tuple(Cell(*label(role, known)) for role in values.get(_ROLE, ()) if name in {"heads", "career"}),
        sources=sources(values, known),
        claim=href(claim),
        checked=next(iter(values.get(f"{CHEF}checkedOn", ())), ""),
        contested=bool(values.get(f"{CHEF}contradicts")),
        lead=lead,
        time=time,
        lasting=lasting,
        order=dated if event else ranked,
    )


def _lasting(time: Bounds, values: Values) -> str:
    """Say from when until when, and how long where a source says so."""
    lengths = (str(languages.text("for-length", length=languages.length(text))) for text in values.get(_LENGTH, ()))
    return ", ".join(part for part in (periods.duration(time, languages.current()), *lengths) if part)


_ORDER = {"documented": 0, "last": 1, "possible": 2, "undated": 2, "planned": 3, "future": 3, "ended": 4}


def _cells(rows: list[Row], columns: Iterable[str], known: Labels, without: str = "") -> tuple[Cell, ...]:
    found: dict[Cell, None] = {}
    for column in columns:
        for row in rows:
            if column in row and row[column].value != without:
                found[cell(row[column], known)] = None
    return tuple(found)


def _last_heard(values: Values) -> str:
    """Say until when a claim is attested, as exactly as its source says; else by its earliest end."""
    end = bounds(values).earliest_end
    for text in sorted(values.get(f"{CHEF}attestedOn", ()), reverse=True):
        if text[:4] == str(end.year):
            return partial_date(text)
    return languages.date(end)


def partial_date(text: str) -> str:
    """Write a day, a month, a year, or a day without a year.

    >>> partial_date("2021")
    '2021'
    """
    try:
        if text.startswith("--"):
            day = datetime.date.fromisoformat(f"2000{text[1:]}")
            return languages.date(day, "d. MMMM" if languages.current() == "de" else "d MMMM")
        if len(text) == 7:
            return languages.month(datetime.date.fromisoformat(f"{text}-01"))
        return languages.date(datetime.date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
