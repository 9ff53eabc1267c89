"""Tables: valid by CSVW, safe in a spreadsheet, and true to the graph."""

import csv
import datetime
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from csvw import CSVW

from chefsache.content.names import expand
from chefsache.pipeline import building
from chefsache.pipeline.canonical import canonical
from chefsache.pipeline.columns import SEPARATOR, TABLES
from chefsache.pipeline.links import LINKED, LINKS_TABLE, link_rows, links, links_metadata, links_text
from chefsache.pipeline.loading import Content
from chefsache.pipeline.parts import Parts
from chefsache.pipeline.tables import METADATA, Reader, metadata, rows, table_text

DAY = datetime.date(2026, 11, 22)
ID = "https://w3id.org/chefsache/id/"
SPATIAL = ox.NamedNode(expand("dcterms:spatial"))
CODE = ox.NamedNode("http://data.europa.eu/nuts/code/DEA55")
#: A link that two files state, and what only looks like one.
LINKS = [
    *(ox.Quad(ox.NamedNode(f"{ID}05916000"), SPATIAL, CODE, ox.NamedNode(f"urn:x:{name}")) for name in "ab"),
    ox.Quad(ox.NamedNode(f"{ID}05916000"), SPATIAL, ox.NamedNode("http://example.org/DEA55")),
    ox.Quad(ox.NamedNode(f"{ID}05916000"), SPATIAL, ox.Literal(CODE.value)),
]


def reader(store: ox.Store) -> Reader:
    return Reader(Parts(canonical(quad for quad in store if quad.graph_name == ox.DefaultGraph())))


@pytest.fixture(scope="module")
def folder(small_content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of Herne and Gladbeck, two municipalities with their keys among them."""
    store = building.check(small_content, DAY).store
    for key in ("05916000", "05562014"):
        store.extend(_municipality(key))
    place = tmp_path_factory.mktemp("tables")
    graph = reader(store)
    for table in TABLES.values():
        (place / f"{table.name}.csv").write_bytes(table_text(table, rows(graph, table, DAY)))
    leading = links(canonical([*small_content.quads(), *LINKS]))
    (place / LINKS_TABLE).write_bytes(links_text(link_rows(leading, graph)))
    (place / METADATA).write_bytes(metadata(links_metadata()))
    return place


def _municipality(key: str) -> list[ox.Quad]:
    thing, identifier = ox.NamedNode(ID + key), ox.NamedNode(f"{ID}{key}-identifier-ags")
    return [
        ox.Quad(thing, ox.NamedNode(expand("org:classification")), ox.NamedNode(expand("vocab:municipality"))),
        ox.Quad(thing, ox.NamedNode(expand("adms:identifier")), identifier),
        ox.Quad(identifier, ox.NamedNode(expand("skos:notation")), ox.Literal(key)),
    ]


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_are_valid(folder: Path) -> None:
    """A validator that others keep finds nothing: datatypes, keys, what refers to what."""
    found = CSVW(str(folder / METADATA), validate=True, strict=False)

    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    assert len(found.tables) == len(TABLES) + 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tenures", "2026-11-22", "yesterday"),
        ("tenures", ",05916000,", ",05916999,"),
        ("municipalities", "05562014", "05916000"),
    ],
    ids=["no day", "no such municipality", "the same key twice"],
)
def test_the_validator_sees_what_is_wrong(folder: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    """What the validator passes is worth something: it finds each of these."""
    wrong = Path(shutil.copytree(folder, tmp_path / "wrong"))
    text = (wrong / f"{name}.csv").read_text(encoding="utf-8")
    (wrong / f"{name}.csv").write_text(text.replace(old, new), encoding="utf-8")

    assert old in text
    assert not _valid(wrong)


def _valid(folder: Path) -> bool:
    try:
        return CSVW(str(folder / METADATA), validate=True, strict=False).is_valid
    except (ValueError, UserWarning):  # how it says that a key comes twice, or a value is of the wrong type
        return False


def test_tenures_say_who_when_and_how_certain(folder: Path) -> None:
    """A row is a claim: names beside IRIs, the date as the source gives it, the bounds, open ones empty."""
    row = next(row for row in read(folder, "tenures") if row["tenure"].startswith(f"{ID}05562014-tenure-zalkau"))

    assert row["organisation_name"] == "Gladbeck"
    assert row["ags"] == "05562014"
    assert row["earliest_start"] == "2021-12-01"
    assert row["latest_end"] == ""
    assert row["certainty"] in {"documented", "last documented"}
    assert all(source.startswith(f"{ID}source-") for source in row["sources"].split(SEPARATOR))


def test_links_are_the_statements_that_lead_elsewhere(folder: Path) -> None:
    """What two files state is one row; other IRIs and texts are none; every target is of the data set it names."""
    rows_ = read(folder, "links")
    found = [row for row in rows_ if row["target"] == CODE.value]

    assert found == [
        {
            "thing": f"{ID}05916000",
            "thing_name": "Herne",
            "property": SPATIAL.value,
            "target": CODE.value,
            "dataset": "nuts",
        }
    ]
    assert all(row["target"].startswith(LINKED[row["dataset"]]) for row in rows_)


@pytest.mark.parametrize("name", [*TABLES, "links"])
def test_no_cell_is_a_formula(folder: Path, name: str) -> None:
    """No cell begins with what a spreadsheet would compute; a date without a year is kept as text."""
    cells = [cell for row in read(folder, name) for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_formula_becomes_text() -> None:
    store = ox.Store()
    tenure = ox.NamedNode("http://example.org/tenure")
    store.add(ox.Quad(tenure, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("chef:Tenure"))))
    store.add(ox.Quad(tenure, ox.NamedNode(expand("schema:startDate")), ox.Literal("=cmd()")))
    [row] = rows(reader(store), TABLES["tenures"], DAY)

    assert "'=cmd()" in row
    assert "=cmd()" not in row


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (("2020-01-01", "2020-01-01", "9999-12-31", "9999-12-31"), "documented"),
        (("2020-01-01", "2020-01-01", "2022-03-15", "9999-12-31"), "last documented"),
        (("0001-01-01", "9999-12-31", "0001-01-01", "9999-12-31"), "possible"),
        (("0001-01-01", "2020-01-01", "0001-01-01", "9999-12-31"), "possible"),
        (("2020-01-01", "2020-01-01", "2021-01-01", "2021-01-01"), "past"),
        (("2027-01-01", "2027-01-01", "2027-01-01", "9999-12-31"), "future"),
        ((), ""),
    ],
)
def test_certainty_on_the_day(bounds: tuple[str, ...], expected: str) -> None:
    store = ox.Store()
    tenure = ox.NamedNode("http://example.org/tenure")
    store.add(ox.Quad(tenure, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("chef:Tenure"))))
    for name, day in zip(("earliestStart", "latestStart", "earliestEnd", "latestEnd"), bounds, strict=False):
        store.add(ox.Quad(tenure, ox.NamedNode(expand(f"chef:{name}")), ox.Literal(day)))
    [row] = rows(reader(store), TABLES["tenures"], DAY)
    columns = [column.name for column in TABLES["tenures"].columns]

    assert dict(zip(columns, row, strict=True))["certainty"] == expected


def test_a_thing_without_claim_has_a_row() -> None:
    store = ox.Store()
    paper = ox.NamedNode("http://example.org/paper")
    store.add(ox.Quad(paper, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("chef:StrategyArtefact"))))
    [row] = rows(reader(store), TABLES["artefacts"], DAY)

    assert row[0] == paper.value
    assert not any(row[1:])


def test_columns_are_described() -> None:
    """Each column has its meaning in German and English, and a name of its own."""
    for table in json.loads(metadata(links_metadata()))["tables"]:
        columns = [column for column in table["tableSchema"]["columns"] if not column.get("virtual")]
        names = [column["name"] for column in columns]
        assert len(names) == len(set(names))
        assert all({text["@language"] for text in column["dc:description"]} == {"de", "en"} for column in columns)
