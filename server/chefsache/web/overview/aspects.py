"""What is compared of authorities: the answers of the questions, each with its certainty, sources and claim."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chefsache.content.names import CHEF, compact, expand
from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.overview import coverage
from chefsache.web.pages import page_queries, periods, statements
from chefsache.web.pages.answers import Cell, Labels, named
from chefsache.web.pages.statements import Values, partial_date
from chefsache.web.site import href, path, site

_TYPE = expand("dcterms:type")
_QUESTIONS = ("who-steers", "where-it-sits", "strategies")
#: Measures of so many fields are said by name.
_FIELDS = 6


@dataclass(frozen=True)
class Line:
    """One answer about an authority."""

    items: tuple[Cell, ...]
    details: tuple[Cell, ...] = ()
    remark: str = ""
    when: str = ""
    certainty: str = ""
    certainty_text: str = ""
    sources: tuple[Cell, ...] = ()
    claim: str = ""


@dataclass(frozen=True)
class Material:
    """What was asked about some authorities: rows by question or query and authority, claims, names."""

    iris: Sequence[str]
    rows: Mapping[str, Mapping[str, list[Row]]]
    claims: Mapping[str, Values]
    names: Labels

    def of(self, name: str, iri: str) -> Sequence[Row]:
        """Return the rows about one authority."""
        return self.rows[name].get(iri, ())

    def cell(self, iri: str) -> Cell:
        """Return the name of a thing as a link."""
        return named(iri, self.names)

    def line(self, claim: str, *, items: tuple[Cell, ...], details: tuple[Cell, ...] = (), remark: str = "") -> Line:
        """Return an answer that a claim gives, for as long as it holds."""
        values = self.claims.get(claim, {})
        level, words = statements.certainty(values)
        when = periods.duration(statements.bounds(values), languages.current())
        return Line(items, details, remark, when, level, words, self._sources(values), href(claim))

    def step(self, claim: str, *, items: tuple[Cell, ...]) -> Line:
        """Return an answer that a step gives, which happened and is over."""
        values = self.claims.get(claim, {})
        kinds = tuple(self.cell(kind) for kind in values.get(_TYPE, ()))
        when = periods.moment(statements.bounds(values), languages.current())
        level = "contested" if values.get(f"{CHEF}contradicts") else ""
        words = str(languages.text(level)) if level else ""
        return Line(items, kinds, "", when, level, words, self._sources(values), href(claim))

    def _sources(self, values: Values) -> tuple[Cell, ...]:
        return statements.sources(values, self.names)


def gather(iris: Sequence[str]) -> Material:
    """Ask all that is compared about some authorities."""
    rows: dict[str, Mapping[str, list[Row]]] = {name: _answers(name) for name in _QUESTIONS}
    rows["forms"] = _by(page_queries.ask_many("browsed-authorities", "thing", iris), "thing")
    rows["populations"] = _by(page_queries.ask_many("populations", "thing", iris), "thing")
    rows["measures"] = _by(page_queries.ask_many("measured", "thing", iris), "thing")
    for name in ("participations", "served"):
        rows[name] = {iri: list(page_queries.ask(name, iri)) for iri in iris}
    every = [row for found in rows.values() for iri in iris for row in found.get(iri, ())]
    shared = _common(rows["participations"], rows["served"])
    claims = statements.claim_values(
        row["claimIri"].value if "claimIri" in row else row["claim"].value
        for row in every
        if "claimIri" in row or ("claim" in row and row["item"].value in shared)
    )
    return Material(iris, rows, claims, statements.labels_of(every, claims, *iris))


def leads(iri: str, given: Material) -> tuple[Line, ...]:
    """Say who steers digitalisation: persons with their office or post, or the office alone."""
    found = []
    for row in _once(given.of("who-steers", iri), "claimIri"):
        holder = given.cell(row["holderIri"].value)
        if "personIri" in row:
            line = given.line(row["claimIri"].value, items=(given.cell(row["personIri"].value),), details=(holder,))
        else:
            line = given.line(
                row["claimIri"].value, items=(holder,), remark=str(languages.text("compare-nobody-named"))
            )
        found.append(line)
    return tuple(found)


def places(iri: str, given: Material) -> tuple[Line, ...]:
    """Say in which unit the task sits, of what form, under whom, and how far from the head of the administration."""
    forms = {row["unit"].value: row["value"].value for row in given.of("forms", iri) if "unit" in row}
    found: dict[tuple[str, str], Line] = {}
    for row in given.of("where-it-sits", iri):
        unit = row["unitIri"].value
        details = (given.cell(forms[unit]),) if unit in forms else ()
        remarks = []
        if "superiorIri" in row:
            remarks.append(str(languages.text("compare-under", name=given.cell(row["superiorIri"].value).text)))
        if "distance" in row:
            steps = int(row["distance"].value)
            remarks.append(str(languages.text("compare-step" if steps == 1 else "compare-steps", count=steps)))
        claim = row["claimIri"].value if "claimIri" in row else ""
        items, remark = (given.cell(unit),), ", ".join(remarks)
        line = given.line(claim, items=items, details=details, remark=remark) if claim else Line(items, details)
        found.setdefault((unit, claim), line)
    return tuple(found.values())


def papers(iri: str, given: Material) -> tuple[Line, ...]:
    """Say which strategies there are, and the last step of each."""
    rows = _once(given.of("strategies", iri), "claimIri")
    return tuple(given.step(row["claimIri"].value, items=(given.cell(row["artefact"].value),)) for row in rows)


def partners(iri: str, given: Material) -> tuple[Line, ...]:
    """Say which partnerships and responsible bodies it has in common with the others, and how many there are in all."""
    own = {row["item"].value for row in given.of("participations", iri)}
    found = []
    for row in _once([*given.of("participations", iri), *given.of("served", iri)], "item"):
        item = row["item"].value
        others = tuple(given.cell(other) for other in given.iris if other != iri and item in _shared(other, given))
        if others:
            found.append(given.line(row["claim"].value, items=(given.cell(item),), details=others))
    if own:
        text = languages.text("compare-partnership-1" if len(own) == 1 else "compare-partnerships", count=len(own))
        found.append(Line((Cell(str(text), path("/questions/partners", authority=compact(iri))),)))
    return tuple(found)


def measures(iri: str, given: Material) -> tuple[Line, ...]:
    """Say how many goals and measures there are in which fields of action, the most first."""
    rows = given.of("measures", iri)
    address = path("/questions/goals-and-measures", authority=compact(iri))
    if not rows:
        return ()
    cells = (given.cell(row["field"].value) for row in rows[:_FIELDS])
    shown = tuple(
        replace(cell, text=f"{cell.text} ({row['number'].value})") for cell, row in zip(cells, rows, strict=False)
    )
    return (Line(shown), Line((Cell(str(languages.text("compare-all-measures")), address),)))


def population(iri: str, given: Material) -> tuple[Line, ...]:
    """Say how many people live there, on which day, after the register."""
    rows = given.of("populations", iri)
    if not rows:
        return ()
    number = languages.number(int(rows[0]["number"].value))
    day = rows[0]["day"].value if "day" in rows[0] else ""
    text = languages.text("population-on", number=number, day=partial_date(day)) if day else number
    return (Line((Cell(str(text), href(iri) + "#register"),)),)


def known(iri: str, given: Material) -> tuple[Line, ...]:
    """Say how many claims there are, and how many of them are compared with their source."""
    numbers = coverage.counted().numbers.get(iri)
    if numbers is None:
        return ()
    address = path("/questions/unchecked-claims", authority=compact(iri))
    text = languages.text(
        "compare-claims", claims=languages.number(numbers.claims), share=languages.percent(numbers.share)
    )
    newest = str(languages.text("compare-newest", day=numbers.until)) if numbers.until else ""
    return (Line((Cell(str(text), address),), remark=newest),)


#: What is compared, in this order: the name, the question behind it, and who answers for an authority.
ASPECTS: tuple[tuple[str, str, Callable[[str, Material], tuple[Line, ...]]], ...] = (
    ("steering", "who-steers", leads),
    ("place", "where-it-sits", places),
    ("papers", "strategies", papers),
    ("partners", "partners", partners),
    ("measures", "goals-and-measures", measures),
    ("population", "", population),
    ("known", "unchecked-claims", known),
)


def _common(*found: Mapping[str, Iterable[Row]]) -> set[str]:
    """Return what several authorities have."""
    pairs = {(iri, row["item"].value) for rows in found for iri, group in rows.items() for row in group}
    counts = Counter(item for _, item in pairs)
    return {item for item, count in counts.items() if count > 1}


def _shared(iri: str, given: Material) -> set[str]:
    return {row["item"].value for name in ("participations", "served") for row in given.of(name, iri)}


def _answers(name: str) -> Mapping[str, list[Row]]:
    """Return the answers of a question as of the release day, by authority; all are asked for at once."""
    question = site().questions[name]
    ask = site().store.table
    return site().once(f"answers-{name}", lambda: _by(ask(question.fill({}, site().as_of)).rows, "authority"))


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column].value].append(row)
    return found


def _once(rows: Iterable[Row], column: str) -> list[Row]:
    """Keep the first row of each value of a column."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row[column].value, row)
    return list(first.values())
