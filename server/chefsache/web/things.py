"""The page of a thing, as data: its name and kind, facts, place, heads, sections, sources."""

from dataclasses import dataclass

from chefsache.content.names import CHEF, PREFIXES, compact, expand
from chefsache.store.protocol import Row, Term
from chefsache.web import languages
from chefsache.web.answers import Cell, Labels, cell, label, labels
from chefsache.web.chains import Chain, chain
from chefsache.web.page_queries import ask
from chefsache.web.sections import HEADED, PLACED, kind, sections
from chefsache.web.statements import Section, Statement, certainty, claim_values, collect, partial_date

#: Properties shown as facts, in this order; what is not here is in the data only.
_FACTS = (
    "org:unitOf", "org:subOrganizationOf", "org:postIn", "org:role", "foaf:title",
    "chef:about", "org:member", "chef:post", "chef:name", "chef:under", "chef:field", "chef:serves", "chef:participant",
    "org:originalOrganization", "org:resultingOrganization", "chef:actor", "chef:modality",
    "dcterms:date", "schema:startDate", "schema:endDate", "schema:duration", "chef:attestedOn", "chef:contradicts",
    "dcterms:creator", "schema:author", "dcterms:publisher", "dcterms:issued", "dcterms:title", "dcterms:subject",
    "dcterms:isPartOf", "dcterms:replaces", "dcterms:isReplacedBy", "dcterms:description", "dcterms:spatial",
    "skos:definition", "skos:scopeNote", "skos:example", "skos:notation", "skos:inScheme", "schema:url",
    "schema:sameAs",
    "chef:possiblySameAs", "chef:checkedOn",
)  # fmt: skip
_SOURCE, _TYPE = PREFIXES["dcterms"] + "source", PREFIXES["rdf"] + "type"
_IDENTIFIER, _NOTATION = PREFIXES["adms"] + "identifier", PREFIXES["skos"] + "notation"


@dataclass(frozen=True)
class Fact:
    """A property of a thing with its values."""

    name: str
    key: str
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Thing:
    """All that the page of a thing shows."""

    iri: str
    name: str
    lang: str
    kind: str
    kinds: tuple[Cell, ...]
    facts: tuple[Fact, ...]
    chain: Chain | None
    heads: tuple[Statement, ...] | None
    sections: tuple[Section, ...]
    sources: tuple[Cell, ...]
    certainty: str
    listed: bool


def exists(iri: str) -> bool:
    """Say whether anything is said of an IRI."""
    return bool(ask("facts", iri))


def thing(iri: str) -> Thing | None:
    """Return the page of a thing, None if nothing is said of it."""
    rows = ask("facts", iri)
    if not rows:
        return None
    types = {row["value"].value for row in rows if row["property"].value == _TYPE}
    of = kind(types)
    known = labels([iri, *(row["value"].value for row in rows if row["value"].kind == "iri"), *map(expand, _FACTS)])
    name, lang = label(iri, known)
    parts = collect(sections(of), iri)
    heads = next((section.statements for section in parts if section.name == "heads"), ()) if of in HEADED else None
    start = next((row["value"].value for row in rows if row["property"].value == expand("org:postIn")), iri)
    place = chain(iri, start) if of in PLACED else None
    return Thing(
        iri=iri,
        name=name,
        lang=lang,
        kind=of,
        kinds=_kinds(rows, known),
        facts=_facts(rows, known),
        chain=place if place and place.steps else None,
        heads=_now(heads) if heads is not None else None,
        sections=parts,
        sources=tuple(cell(row["value"], known) for row in rows if row["property"].value == _SOURCE),
        certainty=_certainty(iri) if of == "claim" else "",
        listed=of != "person" or bool(ask("leads", iri)),
    )


def _now(heads: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Choose who may head it now: nobody whose time has not come or is only planned; if nobody, who did last."""
    leads = [head for head in heads if head.lead]
    now = [head for head in leads if head.certainty in {"documented", "last", "possible"}]
    return tuple(now or [head for head in leads if head.certainty == "ended"][:1])


def _kinds(rows: tuple[Row, ...], known: Labels) -> tuple[Cell, ...]:
    terms = (expand("org:classification"), expand("dcterms:type"))
    return tuple(
        cell(row["value"], known) for row in rows if row["property"].value in terms and row["value"].kind == "iri"
    )


def _facts(rows: tuple[Row, ...], known: Labels) -> tuple[Fact, ...]:
    found = []
    units = {row["value"].value for row in rows if row["property"].value == expand("org:unitOf")}
    for name in _FACTS:
        values = [row["value"] for row in rows if row["property"].value == expand(name)]
        if name == "chef:about":  # what chef:post says more exactly
            posts = {row["value"].value for row in rows if row["property"].value == f"{CHEF}post"}
            values = [value for value in values if value.value not in posts]
        if name == "org:subOrganizationOf":  # inferred from org:unitOf
            values = [value for value in values if value.value not in units]
        values = _in_one_language(values)
        if values:
            cells = tuple(_value(value, known) for value in values)
            found.append(Fact(_property(name, known), name, cells))
    for row in rows:
        if row["property"].value == _IDENTIFIER:
            found.insert(0, _identifier(row["value"].value))
    return tuple(found)


def _identifier(iri: str) -> Fact:
    rows = ask("facts", iri)
    schemes = [row["value"].value for row in rows if row["property"].value == expand("dcterms:type")]
    name = label(schemes[0], labels(schemes))[0] if schemes else str(languages.text("identifier"))
    return Fact(
        name, "adms:identifier", tuple(Cell(r["value"].value) for r in rows if r["property"].value == _NOTATION)
    )


def _value(term: Term, known: Labels) -> Cell:
    local = (term.datatype or "").rpartition("#")[2]
    if local in {"gYear", "gYearMonth", "gMonthDay", "date"}:
        return Cell(partial_date(term.value))
    if term.kind == "iri" and term.value not in known:
        return Cell(compact(term.value), cell(term, known).href)
    return cell(term, known)


def _in_one_language(values: list[Term]) -> list[Term]:
    """Keep the values of the reader's language where there are some; those without a language stay."""
    wanted = languages.current()
    if any(value.language == wanted for value in values):
        return [value for value in values if value.language in {wanted, None}]
    return values


def _property(name: str, known: Labels) -> str:
    return str(languages.text(name)) if languages.has_text(name) else label(expand(name), known)[0]


def _certainty(iri: str) -> str:
    return certainty(claim_values([iri])[iri])[1]
