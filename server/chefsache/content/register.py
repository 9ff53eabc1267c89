"""The register of all German municipalities: the received CSV files as triples.

Each table is one named graph, whatever its edition (``graph:data/register/municipalities`` …). The newest row of an
authority describes it; of what has ended only what lasts is said, with the last day and the successor. Every key that
an authority has had stays an identifier. Sources stand once per graph, in ``data/register/sources.ttl``.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.editions import INDEPENDENT, Edition, Register, Row, short
from chefsache.content.names import expand

__all__ = ["lines", "load", "load_about"]

Term = ox.NamedNode | ox.Literal
Convert = Callable[[Row], Term | None]
Columns = tuple[tuple[ox.NamedNode, Convert], ...]
#: The kinds of identifier of an authority and their values, the newest last.
Keys = dict[tuple[str, str], list[str]]


def load(folder: Path) -> dict[Path, list[ox.Triple]]:
    """Return what each file of each edition states; *folder* holds the editions.

    Raises:
        ContentError: a file cannot be read or breaks a check (see ``editions``); with its line.
    """
    stated: dict[Path, list[ox.Triple]] = {}
    for row, triples in _stated(Register(folder)):
        stated.setdefault(row.path, []).extend(triples)
    return stated


def load_about(folder: Path, things: Iterable[object]) -> dict[Path, list[ox.Triple]]:
    """Return what ``load`` returns, but only of some things and of what the register says they lie in or sit in.

    Raises:
        ContentError: as ``load``.
    """
    register = Register(folder)
    keys = _keys(register)
    described: dict[str, list[tuple[str, str]]] = {}
    for place in register.newest:
        described.setdefault(place[1], []).append(place)
    found: dict[tuple[str, str], list[ox.Triple]] = {}
    waiting = {_described(thing) for thing in things} & described.keys()
    while waiting:
        for place in described[waiting.pop()]:
            found[place] = _about(register, keys, place)
            leading = {_described(triple.object) for triple in found[place]}
            waiting |= {iri for iri in leading if iri in described and described[iri][0] not in found}
    stated: dict[Path, list[ox.Triple]] = {}
    for place, (_, row) in register.newest.items():
        if place in found:
            stated.setdefault(row.path, []).extend(found[place])
    for row, triples in _dated(register):
        stated.setdefault(row.path, []).extend(triples)
    return stated


def _described(thing: object) -> str:
    """Return the IRI of the authority whose row describes a thing: its own, or for an identifier the owner's."""
    return thing.value.partition("-identifier-")[0] if isinstance(thing, ox.NamedNode) else ""


def lines(path: Path) -> dict[str, int]:
    """Return the line of each thing that one file of an edition describes.

    Raises:
        ContentError: as ``load``.
    """
    stated = _stated(Register(path.parents[1]))
    return {
        triple.subject.value: row.line
        for row, triples in stated
        if row.path == path
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
    }


def _name(prefixed: str) -> ox.NamedNode:
    return ox.NamedNode(expand(prefixed))


def _constant(prefixed: str) -> Convert:
    name = _name(prefixed)
    return lambda row: name


def _label(wording: Callable[[Row], str]) -> Convert:
    return lambda row: ox.Literal(wording(row), language="de")


def _official(wording: Callable[[Row], str]) -> Convert:
    """The name as received, where the label has other words."""
    return lambda row: None if wording(row) == row.values["name"] else ox.Literal(row.values["name"], language="de")


def _value(column: str, datatype: str) -> Convert:
    name = _name(datatype)
    return lambda row: ox.Literal(row.values[column], datatype=name) if row.values[column] else None


def _link(column: str, base: str) -> Convert:
    return lambda row: ox.NamedNode(base + row.values[column]) if row.values[column] else None


def _if_independent(convert: Convert) -> Convert:
    return lambda row: convert(row) if row.values["kind"] in INDEPENDENT else None


def _if_authority(convert: Convert) -> Convert:
    return lambda row: None if _is_area(row) else convert(row)


def _is_area(row: Row) -> bool:
    """Statistical and former regions are no authorities."""
    return row.table == "regions" and row.values["name"].startswith(("Statistische Region", "früher:"))


def _district(row: Row) -> str:
    name = row.values["name"]
    return name if "kreis" in name.lower() or "region" in name.lower() else f"{row.values['kind']} {name}"


def _region(row: Row) -> str:
    name = row.values["name"].replace("Reg.-Bez.", "Regierungsbezirk").replace("früher:", "ehemaliger")
    return name if _is_area(row) or name.startswith("Regierungsbezirk") else f"Regierungsbezirk {name}"


def _state(row: Row) -> str:
    return f"Land {row.values['name']}"


_KINDS = {
    "Gemeinde": _name("vocab:rural-municipality"),
    "Markt": _name("vocab:market-town"),
    "Stadt": _name("vocab:town"),
    "Große Kreisstadt": _name("vocab:large-district-town"),
    "Kreisfreie Stadt": _name("vocab:independent-city"),
    "Stadtkreis": _name("vocab:independent-city"),
}
_WIKIDATA = _link("wikidata", expand("wd:"))
#: What lasts, also when an authority has ended: property and value.
_LASTING: dict[str, Columns] = {
    "municipalities": (
        (_name("org:classification"), _constant("vocab:municipality")),
        (_name("org:classification"), lambda row: _KINDS[row.values["kind"]]),
        (_name("skos:prefLabel"), _label(short)),
        (_name("dcterms:title"), _official(short)),
        (_name("schema:sameAs"), _if_independent(_WIKIDATA)),  # for others it is derived and unproven
    ),
    "districts": (
        (_name("org:classification"), _constant("vocab:district")),
        (_name("skos:prefLabel"), _label(_district)),
        (_name("dcterms:title"), _official(_district)),
        (_name("schema:sameAs"), _WIKIDATA),
    ),
    "regions": (
        (_name("org:classification"), _if_authority(_constant("vocab:government-district"))),
        (_name("skos:prefLabel"), _label(_region)),
        (_name("dcterms:title"), _official(_region)),
    ),
    "states": (
        (_name("org:classification"), _constant("vocab:state")),
        (_name("skos:prefLabel"), _label(_state)),
        (_name("dcterms:title"), _official(_state)),
    ),
}
_POPULATION: Columns = (
    (_name("chef:population"), _value("population", "xsd:integer")),
    (_name("chef:populationDate"), _value("population_date", "xsd:date")),
)
#: What holds for the state of the newest edition.
_CURRENT: dict[str, Columns] = {
    "municipalities": (
        (_name("geo:lat"), _value("lat", "xsd:decimal")),
        (_name("geo:long"), _value("lon", "xsd:decimal")),
        *_POPULATION,
    ),
    "districts": _POPULATION,
    "regions": (),
    "states": _POPULATION,
}
_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
_SPATIALLY = _name("dcterms:spatial")
#: The names that others have for the area, in the newest edition.
_SPATIAL: dict[str, Columns] = {
    "municipalities": (
        (_SPATIALLY, _link("ags", f"{_GEOCODING}municipalityKey/")),
        (_SPATIALLY, _link("ars", f"{_GEOCODING}regionalKey/")),
    ),
    "districts": (
        (_SPATIALLY, _link("district_ags", f"{_GEOCODING}districtKey/")),
        (_SPATIALLY, _link("nuts3", "http://data.europa.eu/nuts/code/")),
    ),
    "regions": ((_SPATIALLY, _if_authority(_link("key", f"{_GEOCODING}governmentDistrictKey/"))),),
    "states": ((_SPATIALLY, _link("key", f"{_GEOCODING}stateKey/")),),
}
#: The columns that are identifiers: kind, and name of its node where another table names the authority.
_IDENTIFIERS: dict[str, dict[str, tuple[str, str]]] = {
    "municipalities": {"ags": ("ags", "ags"), "ars": ("ars", "ars")},
    "districts": {"district_ags": ("ags", "district"), "nuts3": ("nuts", "nuts")},
    "regions": {"key": ("ags", "region")},
    "states": {"key": ("ags", "state")},
}
_SCHEMES = {kind: _name(f"vocab:{kind}") for kind in ("ags", "ars", "nuts")}
_AREA = _name("dcterms:Location")
_AUTHORITY = _name("cv:PublicOrganisation")
_CLASSIFIED = _name("org:classification")
_CONTAINED = _name("schema:containedInPlace")
_DATE = _name("xsd:date")
_IDENTIFIED = _name("adms:identifier")
_IDENTIFIER = _name("adms:Identifier")
_KIND = _name("dcterms:type")
_LAST_DAY = _name("schema:endDate")
_NOTATION = _name("skos:notation")
_REPLACED = _name("dcterms:isReplacedBy")
_SEAT = _name("chef:seat")
_CITY_STATE = _name("vocab:city-state")
_TYPE = _name("rdf:type")
_VALID = _name("dcterms:valid")


def _stated(register: Register) -> Iterator[tuple[Row, list[ox.Triple]]]:
    keys = _keys(register)
    for place, (_, row) in register.newest.items():
        yield row, _about(register, keys, place)
    yield from _dated(register)


def _dated(register: Register) -> Iterator[tuple[Row, list[ox.Triple]]]:
    """Yield of each table of the newest edition the day of its state, with its first row."""
    for edition in register.editions[-1:]:
        day = ox.Literal(edition.folder.name, datatype=_DATE)
        for table, rows in edition.tables.items():
            graph = _name(f"graph:data/register/{table}")
            yield from ((row, [ox.Triple(graph, _VALID, day)]) for row in list(rows.values())[:1])


def _about(register: Register, keys: Keys, place: tuple[str, str]) -> list[ox.Triple]:
    edition, row = register.newest[place]
    thing = ox.NamedNode(place[1])
    statements = [ox.Triple(thing, name, value) for name, value in _statements(register, edition, row)]
    return statements + _identifiers(keys, thing, edition, row)


def _statements(register: Register, edition: Edition, row: Row) -> Iterator[tuple[ox.NamedNode, Term]]:
    own = edition.authority(row.key) == row.key
    current = edition is register.editions[-1]
    if own:
        yield _TYPE, _AREA if _is_area(row) else _AUTHORITY
        yield from _filled(_LASTING, row)
    elif row.table == "states":
        yield _CLASSIFIED, _CITY_STATE
    if current:
        yield from _filled(_SPATIAL, row)
    if current and own:
        yield from _filled(_CURRENT, row)
        yield from _relations(register, edition, row)
    change = register.ended(row) if own else None
    if change:
        last = change.date - datetime.timedelta(days=1)
        yield _LAST_DAY, ox.Literal(last.isoformat(), datatype=_DATE)
        yield _REPLACED, ox.NamedNode(register.successor(change))


def _filled(columns: dict[str, Columns], row: Row) -> Iterator[tuple[ox.NamedNode, Term]]:
    for name, convert in columns[row.table]:
        value = convert(row)
        if value is not None:
            yield name, value


def _relations(register: Register, edition: Edition, row: Row) -> Iterator[tuple[ox.NamedNode, Term]]:
    above = edition.above(row.key)
    if above:
        yield _CONTAINED, ox.NamedNode(register.iri(above, edition))
    seat = edition.seat(row) if "seat" in row.values and not _is_area(row) else ""
    if seat:
        yield _SEAT, ox.NamedNode(register.iri(seat, edition))


def _keys(register: Register) -> Keys:
    keys: Keys = {}
    for edition in register.editions:
        for row in edition.rows():
            iri = register.iri(row.key, edition)
            for node, _, value in _columns(edition, row):
                known = keys.setdefault((iri, node), [])
                if value not in known:
                    known.append(value)
    return keys


def _columns(edition: Edition, row: Row) -> list[tuple[str, str, str]]:
    """Return the name of the node, the kind and the value of each identifier in a row."""
    own = edition.authority(row.key) == row.key
    columns = _IDENTIFIERS[row.table].items()
    return [(kind if own else elsewhere, kind, row.values[column]) for column, (kind, elsewhere) in columns]


def _identifiers(keys: Keys, thing: ox.NamedNode, edition: Edition, row: Row) -> list[ox.Triple]:
    """Describe each key that an authority has had; the first of a kind keeps the plain name."""
    triples = []
    for name, kind, newest in _columns(edition, row):
        values = keys[thing.value, name]
        plain = f"{thing.value}-identifier-{name}"
        nodes = {value: ox.NamedNode(plain if value == values[0] else f"{plain}-{value.lower()}") for value in values}
        for value, node in nodes.items():
            triples += [
                ox.Triple(thing, _IDENTIFIED, node),
                ox.Triple(node, _TYPE, _IDENTIFIER),
                ox.Triple(node, _KIND, _SCHEMES[kind]),
                ox.Triple(node, _NOTATION, ox.Literal(value)),
            ]
            if value != newest:
                triples.append(ox.Triple(node, _REPLACED, nodes[newest]))
    return triples
