"""The register: made-up editions become the expected triples, broken ones are refused by line, the real one adds up.

A folder in ``register/`` is a case: editions, changes.csv, and expected.ttl with all that they state (``--golden``).
"""

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content import register
from chefsache.content.editions import TABLES
from chefsache.content.errors import ContentError
from chefsache.content.files import graph_name
from chefsache.content.files import register as register_folder
from chefsache.content.names import compact, expand
from chefsache.content.turtle import write

CASES = sorted(path for path in (Path(__file__).parent / "register").iterdir() if path.is_dir())
OLD, NEW = "2030-06-30", "2031-06-30"


def case(name: str) -> Path:
    """Return the folder of a case."""
    return next(path for path in CASES if path.name == name)


def triples(folder: Path) -> list[ox.Triple]:
    """Return everything that a register states."""
    return [triple for stated in register.load(folder).values() for triple in stated]


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_a_case_states_what_is_expected(folder: Path, golden: bool) -> None:
    """All that the editions of a case state, in the one form of Turtle."""
    expected = folder / "expected.ttl"
    found = write(triples(folder))
    if golden:
        expected.write_text(found, encoding="utf-8")

    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_an_iri_once_minted_stays(folder: Path) -> None:
    """Whatever the first edition names is still described when a newer one is there."""
    minted = {triple.subject for triple in triples(case("one-edition"))}

    assert minted <= {triple.subject for triple in triples(folder)}


MUNICIPALITIES, DISTRICTS, REGIONS, STATES = (f"{NEW}/{table}.csv" for table in TABLES)
CHANGES = "changes.csv"
#: Edits of the case "merged" (file, text, its replacement), and the complaint: file, line, words of the reason.
BROKEN = {
    "a key twice": (MUNICIPALITIES, "98000000,", "99101000,", "municipalities.csv:3 line 2 already"),
    "a short key": (MUNICIPALITIES, "98000000,", "9800000,", "municipalities.csv:2 ags '9800000'"),
    "a kind": (MUNICIPALITIES, "Gemeinde", "Weiler", "municipalities.csv:5 kind 'Weiler'"),
    "a population": (MUNICIPALITIES, ",50,", ",fünfzig,", "municipalities.csv:5 population 'fünfzig'"),
    "a place abroad": (MUNICIPALITIES, "51.6,", "41.6,", "municipalities.csv:4 lat '41.6'"),
    "an ARS of others": (MUNICIPALITIES, "991020001001", "991030001001", "municipalities.csv:4 ars 991030001001"),
    "a district of others": (MUNICIPALITIES, ",99203,", ",99102,", "municipalities.csv:5 district 99102"),
    "no district": (DISTRICTS, "99203,", "99204,", "municipalities.csv:5 no district 99203"),
    "no region": (REGIONS, "991,", "993,", "municipalities.csv:3 no region 991"),
    "no Land": (STATES, "99,", "97,", "municipalities.csv:3 no Land 99"),
    "another Land": (DISTRICTS, "Kreis,Musterland", "Kreis,Torstadt", "districts.csv:4 no Land 99 of the name"),
    "no such column": (DISTRICTS, "nuts3", "nuts2", "districts.csv:1 no column nuts3"),
    "a cell too many": (REGIONS, "Musterstadt", "Musterstadt,", "regions.csv:2 5 cells instead of 4"),
    "a quote left open": (REGIONS, "991,", '991,"', "regions.csv:3 not CSV"),
    "a vanished key": (CHANGES, "99102002,99102001,2031-01-01,merged\n", "", "municipalities.csv:5 99102002 is gone"),
    "a change of nobody": (CHANGES, "99102002,", "99102009,", "changes.csv:2 no edition knows the key 99102009"),
    "a change into nobody": (CHANGES, "99102001", "99102009", "changes.csv:2 no edition knows the key 99102009"),
    "a change of the living": (CHANGES, "99102002,", "99101000,", "changes.csv:2 99101000 is not gone"),
    "a kind of change": (CHANGES, "merged", "married", "changes.csv:2 kind 'married'"),
    "a day that is none": (CHANGES, "2031-01-01", "2031-02-30", "changes.csv:2 no day 2031-02-30"),
    "two that are one": (CHANGES, "merged", "rekeyed", "municipalities.csv:5 are one in changes.csv"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_register_is_refused(name: str, tmp_path: Path) -> None:
    """The error names the file and the line."""
    file, text, replacement, complaint = BROKEN[name]
    place, reason = complaint.split(" ", 1)
    folder = tmp_path / "register"
    shutil.copytree(case("merged"), folder)
    content = (folder / file).read_text(encoding="utf-8")
    assert text in content
    (folder / file).write_text(content.replace(text, replacement), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        register.load(folder)

    assert f"{caught.value.path.name}:{caught.value.line}" == place
    assert reason in caught.value.reason


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    """An edition has all four tables."""
    (tmp_path / "2030-06-30").mkdir()

    with pytest.raises(ContentError) as caught:
        register.load(tmp_path)

    assert caught.value.path.name == "municipalities.csv"


def test_an_edition_is_named_by_its_day(tmp_path: Path) -> None:
    """Any other folder would be overlooked, so it is refused."""
    (tmp_path / "latest").mkdir()

    with pytest.raises(ContentError, match="named by a day"):
        register.load(tmp_path)


def test_no_register_states_nothing(tmp_path: Path) -> None:
    """A project without editions has an empty register."""
    assert register.load(tmp_path) == {}


@pytest.mark.parametrize(("table", "thing", "line"), [("municipalities", "99102002", 5), ("districts", "99101000", 3)])
def test_a_thing_has_its_line(table: str, thing: str, line: int) -> None:
    """A municipality and its identifiers stand in its row; a kreisfreie Stadt in that of its district, too."""
    path = case("one-edition") / OLD / f"{table}.csv"

    assert register.lines(path)[expand(f"id:{thing}")] == line


class Real:
    """The register as received, by subject and property."""

    def __init__(self) -> None:
        self.files = register.load(register_folder())
        self.about: dict[str, dict[str, list[str]]] = {}
        for stated in self.files.values():
            for triple in stated:
                about = self.about.setdefault(compact(triple.subject.value), {})
                about.setdefault(compact(triple.predicate.value), []).append(compact(triple.object.value))

    def of_kind(self, kind: str) -> list[str]:
        """List what is classified so."""
        return sorted(name for name, about in self.about.items() if kind in about.get("org:classification", ()))

    def values(self, name: str, *path: str) -> list[str]:
        """Follow properties from one thing."""
        names = [name]
        for property_ in path:
            names = sorted(value for known in names for value in self.about[known].get(property_, ()))
        return names


@pytest.fixture(scope="module")
def real() -> Real:
    return Real()


def test_each_table_is_a_graph(real: Real) -> None:
    """The name of a graph does not depend on the edition, which the graph states itself."""
    assert {graph_name(path) for path in real.files} == {expand(f"graph:data/register/{table}") for table in TABLES}
    for table in TABLES:
        assert real.about[expand(f"graph:data/register/{table}")]["dcterms:valid"] == ["2023-11-30"]


def test_it_is_complete(real: Real) -> None:
    """10,773 municipalities; 294 districts and 106 cities; 19 government districts; 14 Länder and 2 cities."""
    classes = Counter(kind for about in real.about.values() for kind in about.get("rdf:type", ()))
    kinds = Counter(kind for about in real.about.values() for kind in about.get("org:classification", ()))

    assert kinds == {
        "vocab:municipality": 10773,
        "vocab:rural-municipality": 8328,
        "vocab:town": 1829,
        "vocab:market-town": 386,
        "vocab:large-district-town": 124,
        "vocab:independent-city": 106,
        "vocab:district": 294,
        "vocab:government-district": 19,
        "vocab:state": 14,
        "vocab:city-state": 2,
    }
    assert classes["cv:PublicOrganisation"] == 10773 + 294 + 19 + 14
    assert classes["dcterms:Location"] == 10


def test_each_land_has_its_municipalities(real: Real) -> None:
    """As many as its README says, found by going up from each of them."""
    found = Counter(_top(real, name) for name in real.of_kind("vocab:municipality"))

    assert {real.values(land, "skos:prefLabel")[0]: count for land, count in found.items()} == {
        "Land Schleswig-Holstein": 1104,
        "Hamburg": 1,
        "Land Niedersachsen": 939,
        "Land Bremen": 2,
        "Land Nordrhein-Westfalen": 396,
        "Land Hessen": 421,
        "Land Rheinland-Pfalz": 2301,
        "Land Baden-Württemberg": 1101,
        "Land Bayern": 2056,
        "Land Saarland": 52,
        "Berlin": 1,
        "Land Brandenburg": 413,
        "Land Mecklenburg-Vorpommern": 726,
        "Land Sachsen": 418,
        "Land Sachsen-Anhalt": 218,
        "Land Thüringen": 624,
    }


def _top(real: Real, name: str) -> str:
    above = real.values(name, "schema:containedInPlace")
    return _top(real, above[0]) if above else name


def test_no_key_stands_for_two(real: Real) -> None:
    """Every value of an identifier belongs to one authority, and every authority is named by one of its own."""
    owners: dict[tuple[str, str], set[str]] = {}
    for name, about in real.about.items():
        for node in about.get("adms:identifier", ()):
            key = real.values(node, "dcterms:type")[0], real.values(node, "skos:notation")[0]
            owners.setdefault(key, set()).add(name)

    assert {key: names for key, names in owners.items() if len(names) > 1} == {}
    assert {name for names in owners.values() for name in names} == {
        f"id:{value}" for (kind, value), [owner] in owners.items() if kind == "vocab:ags" and owner == f"id:{value}"
    }


@pytest.mark.parametrize(
    ("name", "path", "values"),
    [
        ("id:05916000", ("skos:prefLabel",), ["Herne"]),
        ("id:05916000", ("dcterms:title",), ["Herne, Stadt"]),
        ("id:05916000", ("adms:identifier", "skos:notation"), ["05916", "05916000", "059160000000", "DEA55"]),
        ("id:05916000", ("schema:containedInPlace", "skos:prefLabel"), ["Regierungsbezirk Arnsberg"]),
        ("id:05562014", ("schema:containedInPlace", "skos:prefLabel"), ["Kreis Recklinghausen"]),
        ("id:05562014", ("schema:sameAs",), []),
        ("id:05562", ("chef:seat", "skos:prefLabel"), ["Recklinghausen"]),
        ("id:055", ("chef:seat", "skos:prefLabel"), ["Münster"]),
        ("id:03457", ("chef:seat", "dcterms:title"), ["Leer (Ostfriesland), Stadt"]),
        ("id:09371", ("chef:seat",), ["id:09361000"]),
        ("id:13072", ("skos:prefLabel",), ["Landkreis Rostock"]),
        ("id:05334", ("skos:prefLabel",), ["Städteregion Aachen"]),
        ("id:09172124", ("skos:prefLabel",), ["Marktschellenberg"]),
        ("id:091", ("skos:prefLabel",), ["Regierungsbezirk Oberbayern"]),
        ("id:071", ("skos:prefLabel",), ["ehemaliger Regierungsbezirk Koblenz"]),
        ("id:071", ("org:classification",), []),
        ("id:04011000", ("schema:containedInPlace",), ["id:04"]),
        ("id:11000000", ("adms:identifier", "skos:notation"), ["11", "11000", "11000000", "110000000000", "DE300"]),
        ("id:11000000", ("schema:containedInPlace",), []),
    ],
)
def test_what_is_said_of_one(real: Real, name: str, path: tuple[str, ...], values: list[str]) -> None:
    """Samples that show a rule each."""
    assert real.values(name, *path) == values


def test_a_city_is_one_authority(real: Real) -> None:
    """No kreisfreie Stadt has an IRI of its district, no city state one of its Land."""
    assert {"id:05916", "id:11", "id:02", "id:11000", "id:02000"} & real.about.keys() == set()


def test_areas_have_the_names_that_others_use(real: Real) -> None:
    """The geocoding IRIs of DCAT-AP.de for each level, and the NUTS code where a district has one."""
    dcat = "http://dcat-ap.de/def/politicalGeocoding"

    assert real.values("id:05916000", "dcterms:spatial") == [
        "http://data.europa.eu/nuts/code/DEA55",
        f"{dcat}/districtKey/05916",
        f"{dcat}/municipalityKey/05916000",
        f"{dcat}/regionalKey/059160000000",
    ]
    assert real.values("id:059", "dcterms:spatial") == [f"{dcat}/governmentDistrictKey/059"]
    assert real.values("id:05", "dcterms:spatial") == [f"{dcat}/stateKey/05"]


def test_populations_add_up(real: Real) -> None:
    """The districts' and the Länder's are the sums of their municipalities'."""
    total = Counter[str]()
    for name in real.of_kind("vocab:municipality"):
        key = name.removeprefix("id:")
        for area in (key[:2], key[:5]):
            total[f"id:{area}"] += int(real.values(name, "chef:population")[0])

    for name in [*real.of_kind("vocab:district"), *real.of_kind("vocab:state")]:
        assert real.values(name, "chef:population") == [str(total[name])]


def test_the_files_are_as_received() -> None:
    """No byte of a received file has changed since it came."""
    folder = register_folder() / "2023-11-30"
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        expected, name = line.split()

        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
