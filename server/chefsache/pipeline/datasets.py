"""What can be downloaded and harvested: the datasets, as one table from which dumps, catalogue and pages are made.

A dataset is chosen from the graph by the named graphs that its statements stand in, or by the classes of the things
that it is about. Its name is part of permanent addresses (``https://w3id.org/chefsache/dataset/NAME``) and of file
names: it never changes.
"""

from dataclasses import dataclass

from chefsache.content.names import expand, slug

__all__ = ["DATASETS", "LANDS", "LINKS", "WHOLE", "Dataset", "Texts"]

#: German and English.
Texts = dict[str, str]

#: Formats of the whole graph, of a part of the data, and of what people read into an editor of ontologies.
_WHOLE_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
_PART_FORMATS = ("ttl", "nt", "jsonld")
_TERM_FORMATS = ("ttl", "jsonld", "rdf")

_CITY_STATES = ("02", "04", "11")

#: The Länder by key: folder of their municipalities, German and English name.
LANDS: dict[str, tuple[str, str, str]] = {
    "01": ("schleswig-holstein", "Schleswig-Holstein", "Schleswig-Holstein"),
    "02": ("hamburg", "Hamburg", "Hamburg"),
    "03": ("niedersachsen", "Niedersachsen", "Lower Saxony"),
    "04": ("bremen", "Bremen", "Bremen"),
    "05": ("nrw", "Nordrhein-Westfalen", "North Rhine-Westphalia"),
    "06": ("hessen", "Hessen", "Hesse"),
    "07": ("rheinland-pfalz", "Rheinland-Pfalz", "Rhineland-Palatinate"),
    "08": ("baden-wuerttemberg", "Baden-Württemberg", "Baden-Württemberg"),
    "09": ("bayern", "Bayern", "Bavaria"),
    "10": ("saarland", "Saarland", "Saarland"),
    "11": ("berlin", "Berlin", "Berlin"),
    "12": ("brandenburg", "Brandenburg", "Brandenburg"),
    "13": ("mecklenburg-vorpommern", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "14": ("sachsen", "Sachsen", "Saxony"),
    "15": ("sachsen-anhalt", "Sachsen-Anhalt", "Saxony-Anhalt"),
    "16": ("thueringen", "Thüringen", "Thuringia"),
}


@dataclass(frozen=True)
class Dataset:
    """One dataset.

    Args:
        name: the permanent name.
        title: in German and English, as the description.
        description: what it holds, for whom.
        keywords: German and English, the same number of each.
        graphs: beginnings of the names of its graphs, below ``https://w3id.org/chefsache/graph/``.
        classes: IRIs of the classes that its things have, where no graphs choose it.
        land: the key of the Land that it is about.
        asserted: formats of what its files state.
        complete: formats of that with what follows from it.
        tables: the CSV tables that belong to it.
        register: it holds the register: its licence asks to name the source, its size to compress it.
        linked: it holds what leads to other data sets, whatever it is about.
    """

    name: str
    title: Texts
    description: Texts
    keywords: dict[str, tuple[str, ...]]
    graphs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    land: str = ""
    asserted: tuple[str, ...] = ("ttl",)
    complete: tuple[str, ...] = _PART_FORMATS
    tables: tuple[str, ...] = ()
    register: bool = False
    linked: bool = False

    def file_name(self, flavour: str, suffix: str) -> str:
        """Return the name of a dump: what follows from its statements is in it unless the name says otherwise.

        >>> named = {dataset.name: dataset for dataset in DATASETS}
        >>> named["persons"].file_name("complete", "ttl"), named["persons"].file_name("asserted", "ttl")
        ('persons.ttl', 'persons-asserted.ttl')
        >>> named["ontology"].file_name("asserted", "ttl")
        'ontology.ttl'
        """
        told_apart = self.complete and flavour != "complete"
        return f"{self.name}-{flavour}.{suffix}" if told_apart else f"{self.name}.{suffix}"


def _classes(*names: str) -> tuple[str, ...]:
    return tuple(expand(name) for name in names)


def _keywords(de: str, en: str) -> dict[str, tuple[str, ...]]:
    """Read the words of both languages, with those that every dataset has."""
    return {
        "de": (*de.split(", "), "Digitalisierung", "Kommunen", "Verwaltung", "Linked Data"),
        "en": (*en.split(", "), "digitalisation", "municipalities", "public administration", "linked data"),
    }


def _land(key: str) -> Dataset:
    folder, german, english = LANDS[key]
    unit = "Stadt und Land" if key in _CITY_STATES else "Städte, Gemeinden und Kreise"
    return Dataset(
        f"land-{slug(german)}",
        {
            "de": f"Wer die Digitalisierung der Kommunen leitet: {german}",
            "en": f"Who runs the digital transformation of municipalities: {english}",
        },
        {
            "de": f"{german}, {unit}: Stellen, Posten, Amtszeiten, Zuständigkeiten, Strategiepapiere, Maßnahmen und "
            "Beteiligungen mit Zeit und Quelle; dazu, was über die genannten Personen, Organisationen und Quellen "
            "bekannt ist.",
            "en": f"{english}: offices, posts, tenures, remits, strategy papers, measures and participations of its "
            "authorities, each with a time and a source; with what is known of the persons, organisations and sources "
            "they mention.",
        },
        _keywords(f"{german}, Organigramm, Digitalstrategie", f"{english}, organisation chart, digital strategy"),
        graphs=(f"data/municipalities/{folder}/", f"data/districts/{folder}/"),
        land=key,
    )


#: The name of the whole, and of the links to other data sets.
WHOLE, LINKS = "chefsache", "links"

#: Every dataset: the whole, then its parts.
DATASETS: tuple[Dataset, ...] = (
    Dataset(
        WHOLE,
        {
            "de": "chefsache: Wer die Digitalisierung deutscher Kommunen leitet",
            "en": "chefsache: who runs the digital transformation of German municipalities",
        },
        {
            "de": "Der ganze Wissensgraph: Stellen, Posten, Amtszeiten, Zuständigkeiten, Strategiepapiere, Maßnahmen, "
            "Partnerschaften und Personen in öffentlicher Funktion, jede Angabe mit Zeit und Quelle; dazu das "
            "Verzeichnis aller Gemeinden, Kreise und Länder, Ontologie, Vokabulare und Shapes.",
            "en": "The whole knowledge graph: offices, posts, tenures, remits, strategy papers, measures, partnerships "
            "and persons in public functions, every claim with a time and a source; with the register of all "
            "municipalities, districts and Länder, the ontology, vocabularies and shapes.",
        },
        _keywords("Wissensgraph, Digitalstrategie", "knowledge graph, digital strategy"),
        graphs=("",),
        asserted=_WHOLE_FORMATS,
        complete=_WHOLE_FORMATS,
        register=True,
    ),
    Dataset(
        "offices-and-posts",
        {
            "de": "Stellen, Posten und Zuständigkeiten der Digitalisierung in Kommunen",
            "en": "Offices, posts and remits of digitalisation in municipalities",
        },
        {
            "de": "Stabsstellen, Ämter, Fachbereiche und Posten, die die Digitalisierung einer Kommune "
            "verantworten: wem "
            "sie unterstehen, wofür sie zuständig sind, wer sie von wann bis wann innehatte, was umgebaut wurde.",
            "en": "The staff units, departments and posts that answer for a municipality's digitalisation: whom "
            "they are "
            "under, what they are responsible for, who held them from when to when, what was reorganised.",
        },
        _keywords("Organisationseinheiten, Amtszeiten, CDO", "organisational units, tenures, CDO"),
        classes=_classes("chef:Office", "org:Post", "chef:Placement", "chef:Remit", "chef:Tenure", "org:ChangeEvent"),
        tables=("offices", "tenures"),
    ),
    Dataset(
        "persons",
        {
            "de": "Personen in öffentlicher Funktion der kommunalen Digitalisierung",
            "en": "Persons in public functions of municipal digitalisation",
        },
        {
            "de": "Wer welchen Posten innehatte, mit Namen, Amtszeiten und Beteiligungen, nur aus öffentlichen "
            "Quellen und "
            "nur zur Funktion.",
            "en": "Who held which post, with names, tenures and participations, from public sources and about the "
            "function only.",
        },
        _keywords("Amtszeiten, Digitalisierungsbeauftragte", "tenures, digital officers"),
        classes=_classes("foaf:Person"),
    ),
    Dataset(
        "strategies",
        {
            "de": "Digitalstrategien, Ziele und Maßnahmen von Kommunen",
            "en": "Digital strategies, goals and measures of municipalities",
        },
        {
            "de": "Leitbilder, Masterpläne, Konzepte und Digitalstrategien mit Handlungsfeldern, Zielen und "
            "Maßnahmen, und "
            "was aus ihnen wurde: angekündigt, beschlossen, fortgeschrieben.",
            "en": "Mission statements, master plans, concepts and digital strategies with their fields of action, "
            "goals "
            "and measures, and what became of them: announced, adopted, revised.",
        },
        _keywords("Digitalstrategie, Smart City, Maßnahmen", "digital strategy, smart city, measures"),
        classes=_classes("chef:StrategyArtefact", "chef:Measure"),
        tables=("artefacts",),
    ),
    Dataset(
        "partnerships",
        {
            "de": "Partnerschaften und gemeinsame Bewerbungen der kommunalen Digitalisierung",
            "en": "Partnerships and joint bids of municipal digitalisation",
        },
        {
            "de": "Kooperationen, Förderprogramme, Verträge und gemeinsame Bewerbungen, wer in welcher Rolle daran "
            "beteiligt "
            "war und wer sie angestoßen hat.",
            "en": "Cooperations, programmes, contracts and joint bids, who took part in which role, and on whose "
            "initiative.",
        },
        _keywords("Kooperation, Modellprojekte, Smart City", "cooperation, model projects, smart city"),
        classes=_classes("chef:Partnership"),
        tables=("partnerships",),
    ),
    Dataset(
        "register",
        {
            "de": "Verzeichnis der Gemeinden, Kreise und Länder mit Schlüsseln",
            "en": "Register of municipalities, districts and Länder with official keys",
        },
        {
            "de": "Alle Gemeinden, Kreise, Regierungsbezirke und Länder mit AGS, ARS, NUTS, DCAT-AP.de-Geokodierung, "
            "Einwohnerzahl, Mittelpunkt und, wo belegt, Wikidata (CC0).",
            "en": "All municipalities, districts, administrative regions and Länder with AGS, ARS, NUTS, DCAT-AP.de "
            "geocoding, population, centre point and, where sourced, Wikidata (CC0).",
        },
        _keywords("Gemeindeverzeichnis, Gemeindeschlüssel, AGS", "municipality register, municipality key, AGS"),
        graphs=("data/register/",),
        asserted=("ttl", "nt"),
        complete=(),
        tables=("municipalities",),
        register=True,
    ),
    *(_land(key) for key in LANDS),
    Dataset(
        LINKS,
        {
            "de": "Verknüpfungen von chefsache mit anderen Datenbeständen",
            "en": "Links from chefsache to other data sets",
        },
        {
            "de": "Zu jeder Gemeinde, jedem Kreis und Land die IRI der DCAT-AP.de-Geokodierung, der NUTS-Code und, wo "
            "belegt, die Wikidata-Kennung: nur die Verknüpfungen, als Linkset und als Tabelle.",
            "en": "For every municipality, district and Land the IRI of the DCAT-AP.de geocoding, the NUTS code and, "
            "where sourced, the Wikidata identifier: the links alone, as a linkset and as a table.",
        },
        _keywords("Verknüpfungen, Wikidata, NUTS, Geokodierung", "links, Wikidata, NUTS, geocoding"),
        asserted=("ttl", "nt"),
        complete=(),
        linked=True,
    ),
    Dataset(
        "ontology",
        {"de": "Die Ontologie von chefsache", "en": "The ontology of chefsache"},
        {
            "de": "Klassen und Eigenschaften für Stellen, Posten, Amtszeiten und die Angaben darüber (OWL 2 RL), mit "
            "Verknüpfungen zu ORG, CPOV, PROV und schema.org.",
            "en": "Classes and properties for offices, posts, tenures and the claims about them (OWL 2 RL), with "
            "links to "
            "ORG, CPOV, PROV and schema.org.",
        },
        _keywords("Ontologie, OWL", "ontology, OWL"),
        graphs=("ontology/chefsache", "ontology/alignments"),
        asserted=_TERM_FORMATS,
        complete=(),
    ),
    Dataset(
        "vocabularies",
        {"de": "Die kontrollierten Vokabulare von chefsache", "en": "The controlled vocabularies of chefsache"},
        {
            "de": "SKOS-Begriffe für Formen von Stellen, Arten von Papieren, Handlungsfelder, Rollen und mehr, "
            "deutsch und "
            "englisch.",
            "en": "SKOS concepts for the forms of offices, kinds of papers, fields of action, roles and more, in "
            "German "
            "and English.",
        },
        _keywords("Vokabular, SKOS", "vocabulary, SKOS"),
        graphs=("ontology/vocab/",),
        asserted=_TERM_FORMATS,
        complete=(),
    ),
    Dataset(
        "shapes",
        {"de": "Die SHACL-Shapes von chefsache", "en": "The SHACL shapes of chefsache"},
        {
            "de": "Regeln, denen die Daten genügen, mit deutschen und englischen Meldungen.",
            "en": "The rules that the data keep, with German and English messages.",
        },
        _keywords("Datenqualität, SHACL", "data quality, SHACL"),
        graphs=("shapes/",),
        asserted=_TERM_FORMATS,
        complete=(),
    ),
)  # fmt: skip
