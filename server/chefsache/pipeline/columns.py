"""The tables that people open in a spreadsheet: which rows, which columns, and what each column means.

A column says where its value stands, as a path of properties from the thing or the claim of the row, and which
property it stands for when the table is turned into RDF again (https://www.w3.org/TR/csv2rdf/).
"""

from dataclasses import dataclass

from chefsache.pipeline.datasets import Texts

__all__ = ["SEPARATOR", "TABLES", "Column", "Table"]

#: Between the values of one cell.
SEPARATOR = " | "


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        name: in the header line.
        title: what it means, in German and English.
        path: prefixed names of properties, joined by ``/``; alternatives by ``|``, of which the first wins that leads
            somewhere; paths that count all by ``&``. Without a path, ``tables`` knows how its value is made.
        start: of the row: ``thing`` or ``claim``.
        datatype: of CSVW (https://www.w3.org/TR/tabular-metadata/#built-in-datatypes).
        concepts: its values are concepts, written by their last name.
        many: it can hold several values, with ``SEPARATOR`` between them.
        of: the column with the thing that is described; empty for the row's subject.
        form: what a text looks like, as a regular expression; values that do not are left out.
    """

    name: str
    title: Texts
    path: str = ""
    start: str = "thing"
    datatype: str = "string"
    concepts: bool = False
    many: bool = False
    of: str = ""
    form: str = ""


@dataclass(frozen=True)
class Table:
    """One table: a row for each thing of a class, or for each claim on it where claims are given.

    A thing without a claim has one row in which the claim's columns are empty.
    """

    name: str
    title: Texts
    of_class: str
    columns: tuple[Column, ...]
    claims: tuple[str, ...] = ()
    about: str = "chef:about"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns by which a row is told from all others."""
        return (self.columns[0].name, "claim") if self.claims else (self.columns[0].name,)


def _iri(name: str, de: str, en: str, path: str = "", start: str = "thing", *, many: bool = False) -> Column:
    return Column(name, {"de": de, "en": en}, path, start, "anyURI", many=many)


def _text(name: str, de: str, en: str, path: str, start: str = "thing", *, many: bool = False) -> Column:
    return Column(name, {"de": de, "en": en}, path, start, many=many)


def _label(of: str, de: str, en: str, path: str, start: str = "thing") -> Column:
    return Column(f"{of}_name", {"de": de, "en": en}, f"{path}/skos:prefLabel".lstrip("/"), start, of=of)


def _named(name: str, de: str, en: str, path: str, start: str = "thing") -> tuple[Column, Column]:
    """Return the columns of something with its name beside it."""
    steps = path.split("|")
    labels = "|".join(f"{step}/skos:prefLabel" for step in steps)
    return (
        _iri(name, de, en, path, start),
        Column(f"{name}_name", {"de": f"{de}: Name", "en": f"name of the {en}"}, labels, start, of=name),
    )


def _word(name: str, de: str, en: str, path: str, start: str = "thing") -> Column:
    """Return a column of concepts, by their last name: short, and the same in every language."""
    return Column(name, {"de": de, "en": en}, path, start, concepts=True, many=True)


def _keyed(name: str, de: str, en: str, path: str, form: str, start: str = "thing") -> Column:
    """Return the column of an identifier, told from others by its form."""
    identified = "|".join(f"{step}/adms:identifier/skos:notation".lstrip("/") for step in path.split("|"))
    return Column(name, {"de": de, "en": en}, identified, start, form=form)


def _municipality(path: str, start: str = "thing") -> Column:
    return _keyed(
        "ags", "Gemeindeschlüssel, wo es eine Gemeinde ist", "municipality key, if it is one", path, _AGS, start
    )


def _happening(start: str) -> tuple[Column, ...]:
    """Return the columns of a claim that something happened."""
    date = _text("date", "Datum laut Quelle", "date as the source gives it", "dcterms:date", start, many=True)
    return (date, *_evidence(start))


def _lasting(start: str) -> tuple[Column, ...]:
    """Return the columns of a claim that something lasts."""
    return (
        _text("start", "Beginn, wie die Quelle ihn nennt", "start as the source gives it", "schema:startDate", start,
              many=True),
        _text("end", "Ende, wie die Quelle es nennt", "end as the source gives it", "schema:endDate", start, many=True),
        _text("attested", "Zeitpunkte, für die eine Quelle es bezeugt", "times for which a source attests it",
              "chef:attestedOn", start, many=True),
        *_evidence(start),
    )  # fmt: skip


def _evidence(start: str) -> tuple[Column, ...]:
    """Return the columns of any claim: its bounds, how certain it is, by which source."""

    def bound(name: str, path: str, de: str, en: str) -> Column:
        return Column(name, {"de": de, "en": en}, path, start, "date")

    return (
        bound("earliest_start", "chef:earliestStart", "frühester Beginn; leer: offen", "earliest start; empty: open"),
        bound("latest_start", "chef:latestStart", "spätester Beginn; leer: offen", "latest start; empty: open"),
        bound("earliest_end", "chef:earliestEnd", "frühestes Ende; leer: offen", "earliest end; empty: open"),
        bound("latest_end", "chef:latestEnd", "spätestes Ende; leer: offen", "latest end; empty: open"),
        Column("certainty", {"de": "Gewissheit am Stichtag", "en": "certainty on the release day"}, "", start),
        _word("modality", "Modalität; leer: als Tatsache berichtet", "modality; empty: reported as fact",
              "chef:modality", start),
        Column("checked", {"de": "zuletzt mit der Quelle verglichen", "en": "last compared with its source"},
               "chef:checkedOn", start, "date"),
        _iri("sources", "Quellen", "sources", "dcterms:source", start, many=True),
        _iri("source_addresses", "Adressen der Quellen", "addresses of the sources", "dcterms:source/schema:url", start,
             many=True),
    )  # fmt: skip


_AGS = "[0-9]{8}"
_CLAIM = _iri("claim", "Angabe", "claim", start="claim")
_KIND = Column("claim_kind", {"de": "Art der Angabe", "en": "kind of claim"}, "", "claim")
_OFFICE_OF = "org:unitOf"
_POST_OF = "chef:post/org:postIn/org:unitOf|chef:post/org:postIn/org:subOrganizationOf|chef:post/org:postIn"

#: Every table, by name.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "tenures",
            {"de": "Amtszeiten: eine Zeile je Angabe", "en": "Tenures: a row a claim"},
            "chef:Tenure",
            (
                _iri("tenure", "Amtszeit (Angabe)", "tenure (claim)"),
                *_named("person", "Person", "person", "org:member"),
                *_named("post", "Posten", "post", "chef:post"),
                _word("roles", "Rollen des Postens und der Amtszeit", "roles of the post and of the tenure",
                      "chef:post/org:role&org:role"),
                *_named("unit", "Stelle, in der der Posten ist", "unit that has the post", "chef:post/org:postIn"),
                *_named("organisation", "Organisation", "organisation", _POST_OF),
                _municipality(_POST_OF),
                *_lasting("thing"),
            ),
        ),
        Table(
            "offices",
            {
                "de": "Stellen: eine Zeile je Zuständigkeit, Unterstellung oder Name",
                "en": "Offices: a row a remit, placement or name",
            },
            "chef:Office",
            (
                _iri("office", "Stelle", "office"),
                _label("office", "Stelle: Name", "name of the office", ""),
                _word("form", "Form der Stelle", "form of the office", "org:classification"),
                *_named("organisation", "Organisation", "organisation", _OFFICE_OF),
                _municipality(_OFFICE_OF),
                _CLAIM,
                _KIND,
                *_named("under", "unterstellt", "superior", "chef:under", "claim"),
                _word("field", "zuständig für", "responsible for", "chef:field", "claim"),
                *_named("serves", "zuständig für die Kommune", "authority served", "chef:serves", "claim"),
                _text("name", "berichteter Name", "name reported", "chef:name", "claim"),
                *_lasting("claim"),
            ),
            ("chef:Remit", "chef:Placement", "chef:Naming"),
        ),
        Table(
            "artefacts",
            {
                "de": "Strategiepapiere: eine Zeile je Schritt (angekündigt, beschlossen …)",
                "en": "Strategy papers: a row a step (announced, adopted …)",
            },
            "chef:StrategyArtefact",
            (
                _iri("artefact", "Papier", "paper"),
                _label("artefact", "Papier: Name", "name of the paper", ""),
                _word("kind", "Art des Papiers", "kind of paper", "dcterms:type"),
                _word("subjects", "Handlungsfelder", "fields of action", "dcterms:subject"),
                _iri("issuers", "Herausgeber", "issuers", "dcterms:creator", many=True),
                _text("issuer_names", "Namen der Herausgeber", "names of the issuers",
                      "dcterms:creator/skos:prefLabel", many=True),
                _iri("address", "Adresse des Papiers", "address of the paper", "schema:url"),
                _CLAIM,
                _word("step", "Schritt", "step", "dcterms:type", "claim"),
                *_named("actor", "wer den Schritt tat", "who took the step", "chef:actor", "claim"),
                *_happening("claim"),
            ),
            ("chef:Milestone",),
        ),
        Table(
            "partnerships",
            {"de": "Partnerschaften: eine Zeile je Beteiligung", "en": "Partnerships: a row a participation"},
            "chef:Partnership",
            (
                _iri("partnership", "Partnerschaft", "partnership"),
                _label("partnership", "Partnerschaft: Name", "name of the partnership", ""),
                _word("kind", "Art", "kind", "dcterms:type"),
                _CLAIM,
                *_named("participant", "Beteiligte", "participant", "chef:participant", "claim"),
                _municipality("chef:participant", "claim"),
                _word("roles", "Rollen", "roles", "org:role", "claim"),
                *_lasting("claim"),
            ),
            ("chef:Participation",),
        ),
        Table(
            "municipalities",
            {"de": "Alle Gemeinden mit ihren Schlüsseln", "en": "All municipalities with their keys"},
            "vocab:municipality",
            (
                _iri("municipality", "Gemeinde", "municipality"),
                _label("municipality", "Name", "name", ""),
                _text("official_name", "amtlicher Name", "official name", "dcterms:title"),
                _keyed("ags", "Amtlicher Gemeindeschlüssel (AGS)", "municipality key (AGS)", "", _AGS),
                _keyed("ars", "Regionalschlüssel (ARS)", "regional key (ARS)", "", "[0-9]{12}"),
                _keyed("nuts", "NUTS-3-Code", "NUTS 3 code", "|schema:containedInPlace", "DE[0-9A-Z]{3}"),
                _word("kinds", "Art", "kind", "org:classification"),
                *_named("within", "liegt in", "area that contains it", "schema:containedInPlace"),
                _iri("wikidata", "Wikidata", "Wikidata", "schema:sameAs"),
                _iri("geocoding", "Geokodierung nach DCAT-AP.de und NUTS", "geocoding by DCAT-AP.de and NUTS",
                     "dcterms:spatial", many=True),
                Column("population", {"de": "Einwohnerzahl", "en": "population"}, "chef:population",
                       datatype="integer"),
                Column("population_date", {"de": "Stand der Einwohnerzahl", "en": "day of the population"},
                       "chef:populationDate", datatype="date"),
                Column("latitude", {"de": "Breite, WGS 84", "en": "latitude, WGS 84"}, "geo:lat", datatype="decimal"),
                Column("longitude", {"de": "Länge, WGS 84", "en": "longitude, WGS 84"}, "geo:long", datatype="decimal"),
            ),
        ),
    )
}  # fmt: skip
