"""The page of a thing, as data: its name and kind, facts, place, heads, sections, sources."""

from dataclasses import dataclass

from chefsache.content.names import CHEF, PREFIXES, compact, expand
from chefsache.store.protocol import Row, Term
from chefsache.web import languages
from chefsache.web.pages import periods
from chefsache.web.pages.answers import Cell, Labels, cell, label, labels
from chefsache.web.pages.chains import Chain, chain
from chefsache.web.pages.page_queries import ask
from chefsache.web.pages.sections import HEADED, PLACED, REGISTERED, kind, sections
from chefsache.web.pages.statements import Section, Statement, certainty, claim_values, collect, partial_date
from chefsache.web.pictures import networks, organigrams, timelines

#: Properties shown as facts, in this order; what is not here is in the data only.
_FACTS = (
    "org:unitOf", "org:subOrganizationOf", "org:postIn", "org:role", "foaf:title",
    "chef:about", "org:member", "chef:post", "chef:name", "chef:under", "chef:field", "chef:serves", "chef:participant",
    "org:originalOrganization", "org:resultingOrganization", "chef:actor", "chef:modality",
    "dcterms:date", "schema:startDate", "schema:endDate", "schema:duration", "chef:attestedOn", "chef:contradicts",
    "dcterms:creator", "schema:author", "dcterms:publisher", "dcterms:issued", "dcterms:title", "dcterms:subject",
    "dcterms:isPartOf", "dcterms:replaces", "dcterms:isReplacedBy", "dcterms:description",
    "chef:population", "chef:seat", "geo:lat", "dcterms:spatial",
    "skos:definition", "skos:scopeNote", "skos:example", "skos:notation", "skos:inScheme", "schema:url",
    "schema:sameAs",
    "chef:possiblySameAs", "chef:checkedOn",
)  # fmt: skip
#: Pictures that a page leads to, and the kinds of things that they can show.
_PICTURES = {"organigram": organigrams.KINDS, "timeline": timelines.KINDS, "network": networks.KINDS}
_SOURCE = PREFIXES["dcterms"] + "source"
#: Kinds that the register describes.
_REGISTERED = frozenset({"authority", "area"})


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
    register: Cell | None = None
    bare: bool = False
    pictures: tuple[str, ...] = ()


def exists(iri: str) -> bool:
    """Say whether anything is said of an IRI."""
    return bool(ask("facts", iri))


def kind_of(iri: str) -> str:
    """Return what kind of page a thing has."""
    return kind(_values(iri, "rdf:type"))


def listed(iri: str) -> bool:
    """Say whether search engines may list a thing: everything but persons who head neither authority nor office."""
    return kind_of(iri) != "person" or bool(ask("leads", iri))


def deprecated(iri: str) -> bool:
    """Say whether an IRI is no longer in use."""
    return "true" in _values(iri, "owl:deprecated")


def successors(iri: str) -> list[str]:
    """Return what took the place of an IRI."""
    return sorted(_values(iri, "dcterms:isReplacedBy"))


def versions(iri: str) -> set[str]:
    """Return the IRIs of the version of an ontology that is served."""
    return _values(iri, "owl:versionIRI")


def thing(iri: str) -> Thing | None:
    """Return the page of a thing, None if nothing is said of it."""
    rows = ask("facts", iri)
    if not rows:
        return None
    of = kind_of(iri)
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
        facts=(_registered(iri, rows) if of in _REGISTERED else ()) + _facts(rows, known, of),
        chain=place if place and place.steps else None,
        heads=_now(heads) if heads is not None else None,
        sections=parts,
        sources=tuple(cell(row["value"], known) for row in rows if row["property"].value == _SOURCE),
        certainty=_certainty(iri) if of == "claim" else "",
        listed=listed(iri),
        register=_register(iri) if of in _REGISTERED else None,
        pictures=tuple(name for name, kinds in _PICTURES.items() if of in kinds),
        bare=of == "authority" and all(section.name in REGISTERED for section in parts),
    )


def _values(iri: str, term: str) -> set[str]:
    return {row["value"].value for row in ask("facts", iri) if row["property"].value == expand(term)}


def _now(heads: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Choose who may head it now: nobody whose time has not come or is only planned; if nobody, who did last."""
    leads = [head for head in heads if head.lead]
    now = [head for head in leads if head.certainty in periods.HOLDING]
    return tuple(now or [head for head in leads if head.certainty == "ended"][:1])


def _kinds(rows: tuple[Row, ...], known: Labels) -> tuple[Cell, ...]:
    terms = (expand("org:classification"), expand("dcterms:type"))
    return tuple(
        cell(row["value"], known) for row in rows if row["property"].value in terms and row["value"].kind == "iri"
    )


def _facts(rows: tuple[Row, ...], known: Labels, of: str) -> tuple[Fact, ...]:
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
            cells = _joined(name, values, rows) or tuple(_value(value, known) for value in values)
            found.append(Fact(_property(f"{name}-{of}", known), name, cells))
    return tuple(found)


def _joined(name: str, values: list[Term], rows: tuple[Row, ...]) -> tuple[Cell, ...]:
    """Say what two properties say together: a number with its day, a place by two numbers; and long addresses short."""
    other = {"chef:population": "chef:populationDate", "geo:lat": "geo:long"}.get(name)
    beside = next((row["value"].value for row in rows if other and row["property"].value == expand(other)), "")
    if name == "chef:population":
        number = languages.number(int(values[0].value))
        return (Cell(str(languages.text("population-on", number=number, day=partial_date(beside)))),)
    if name == "dcterms:spatial":
        return tuple(Cell("/".join(value.value.split("/")[-2:]), value.value) for value in values)
    if name == "geo:lat" and beside:
        address = (
            f"https://www.openstreetmap.org/?mlat={values[0].value}&mlon={beside}#map=12/{values[0].value}/{beside}"
        )
        return (Cell(f"{values[0].value}, {beside}", address),)
    return ()


def _registered(iri: str, rows: tuple[Row, ...]) -> tuple[Fact, ...]:
    """Return the keys of an authority, and the areas around it from the nearest to the Land."""
    found = ask("identifiers", iri) if any(row["property"].value == expand("adms:identifier") for row in rows) else ()
    above = {row["item"].value: row["above"] for row in ask("within", iri)}
    known = labels([row["scheme"].value for row in found if "scheme" in row] + [term.value for term in above.values()])
    keys: dict[str, list[Cell]] = {}
    for row in found:
        scheme = label(row["scheme"].value, known)[0] if "scheme" in row else str(languages.text("identifier"))
        former = f" ({languages.text('former')})" if "replaced" in row else ""
        keys.setdefault(scheme, []).append(Cell(row["key"].value + former))
    facts = [Fact(scheme, "adms:identifier", tuple(cells)) for scheme, cells in keys.items()]
    around: list[Cell] = []
    at = iri
    while at in above and len(around) < len(above):
        around.append(cell(above[at], known))
        at = above[at].value
    if around:
        facts.append(Fact(str(languages.text("within")), "schema:containedInPlace", tuple(around)))
    return tuple(facts)


def _register(iri: str) -> Cell | None:
    """Return the sources of what the register says, with its day."""
    rows = ask("registered", iri)
    if not rows:
        return None
    known = labels(row["source"].value for row in rows)
    day = partial_date(rows[0]["day"].value)
    parts = tuple(cell(row["source"], known) for row in rows)
    return Cell(str(languages.text("register-of", day=day)), parts=parts)


def _value(term: Term, known: Labels) -> Cell:
    local = (term.datatype or "").rpartition("#")[2]
    if local in {"gYear", "gYearMonth", "gMonthDay", "date"}:
        return Cell(partial_date(term.value))
    if local == "duration":
        return Cell(languages.length(term.value))
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
    """Return the words for a property; some have other words on pages of a kind."""
    plain, _, _ = name.rpartition("-")
    key = name if languages.has_text(name) else plain
    return str(languages.text(key)) if languages.has_text(key) else label(expand(plain), known)[0]


def _certainty(iri: str) -> str:
    return certainty(claim_values([iri])[iri])[1]
