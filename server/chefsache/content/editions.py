"""Read the editions of the register: tables as received, checked, and who is who from one edition to the next.

::

    data/register/2023-11-30/municipalities.csv    an edition: a folder named by the day of its state
                             districts.csv, regions.csv, states.csv
    data/register/changes.csv                      keys that a newer edition lacks: key,successor,date,kind

An authority is named by its key at first minting. One that was *rekeyed* keeps that name; one that was *merged* has
ended. A kreisfreie Stadt is one authority with two keys, Berlin and Hamburg with three; the municipality's names them.
"""

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from chefsache.content.errors import ContentError
from chefsache.content.names import ID

__all__ = ["INDEPENDENT", "TABLES", "Change", "Edition", "Register", "Row", "short"]

#: What a municipality is called that belongs to no district.
INDEPENDENT = ("Kreisfreie Stadt", "Stadtkreis")

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_COUNTED = {"population": r"\d+", "population_date": _DAY}
_WIKIDATA = {"wikidata": r"(Q[1-9]\d*)?"}
#: The form of each column that is used; a table's own key comes first.
_FORMS: dict[str, dict[str, str]] = {
    "municipalities": {
        "ags": r"\d{8}",
        "ars": r"\d{12}",
        "name": r".+",
        "kind": r"Gemeinde|Markt|Stadt|Große Kreisstadt|Kreisfreie Stadt|Stadtkreis",
        "state": r".+",
        "district_ags": r"\d{5}",
        "region": r".*",
        "lat": r"(4[7-9]\.\d+|5[0-4]\.\d+|55\.0\d*)?",
        "lon": r"([6-9]\.\d+|5\.[89]\d*|1[0-4]\.\d+|15\.0\d*)?",
        **_WIKIDATA,
        **_COUNTED,
    },
    "districts": {
        "district_ags": r"\d{5}",
        "name": r".+",
        "kind": r"Kreis|Landkreis|Regionalverband|Kreisfreie Stadt|Stadtkreis",
        "state": r".+",
        "region": r".*",
        "seat": r".*",
        "nuts3": r"DE[0-9A-Z]{3}",
        **_WIKIDATA,
        **_COUNTED,
    },
    "regions": {"key": r"\d{3}", "name": r".+", "state": r".+", "seat": r".*"},
    "states": {"key": r"\d{2}", "name": r".+", "seat": r".*", **_COUNTED},
}
_KEY = r"\d{2}|\d{3}|\d{5}|\d{8}"
_CHANGES = {"key": _KEY, "successor": _KEY, "date": _DAY, "kind": r"merged|rekeyed"}
_PLACE = re.compile(r"[,/(]")
#: The tables of an edition, from the smallest areas to the largest; a table is a file, and a graph.
TABLES = tuple(_FORMS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    table: str
    path: Path
    line: int
    key: str
    values: dict[str, str]

    def error(self, reason: str) -> ContentError:
        """Return what is wrong with this line."""
        return ContentError(self.path, self.line, reason)


@dataclass(frozen=True)
class Change:
    """What became of a key: its successor, the first day of the new state, and the line that says so."""

    row: Row
    successor: str
    date: datetime.date
    merged: bool


@dataclass
class Edition:
    """One folder of tables, each by key.

    Raises:
        ContentError: a table is missing or cannot be read, a value has not the form of its column, a key stands twice
            or does not resolve upwards.
    """

    folder: Path
    tables: dict[str, dict[str, Row]] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = {name: _table(self.folder / f"{name}.csv", form) for name, form in _FORMS.items()}
        for row in self.rows():
            if row.table != "states":
                self._resolve_upwards(row)

    def __contains__(self, key: str) -> bool:
        return any(key in rows for rows in self.tables.values())

    def rows(self) -> Iterator[Row]:
        """Yield every line of every table."""
        for rows in self.tables.values():
            yield from rows.values()

    def authority(self, key: str) -> str:
        """Return the own key of the authority that a key denotes; that of a kreisfreie Stadt has eight digits."""
        return self._city_states.get(key) or self._cities.get(key) or key

    def above(self, key: str) -> str:
        """Return the key of the next area above an authority, or nothing above a Land."""
        if len(key) == 8 and key[:5] not in self._cities:
            return key[:5]
        if len(key) == 2 or key[:2] in self._city_states:
            return ""
        return key[:3] if len(key) > 3 and key[:3] in self.tables["regions"] else key[:2]

    def seat(self, row: Row) -> str:
        """Return the key of the municipality where an authority sits, or nothing where the name fits no single one."""
        name = row.values["seat"]
        inside = self._places.get((row.key, _place(name)), []) if row.table == "districts" else []
        around = self._places.get((row.key[:2], _place(name)), [])
        cities = [key for key in around if key[:5] in self._cities]
        exact = [key for key in around if short(self.tables["municipalities"][key]) == name]
        return next((found[0] for found in (inside, cities, exact, around) if len(found) == 1), "")

    @cached_property
    def _cities(self) -> dict[str, str]:
        municipalities = self.tables["municipalities"].values()
        return {row.key[:5]: row.key for row in municipalities if row.values["kind"] in INDEPENDENT}

    @cached_property
    def _city_states(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for key in self.tables["municipalities"]:
            found.setdefault(key[:2], []).append(key)
        return {state: keys[0] for state, keys in found.items() if len(keys) == 1 and keys[0][:5] in self._cities}

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[str]]:
        places: dict[tuple[str, str], list[str]] = {}
        for key, row in self.tables["municipalities"].items():
            place = _place(row.values["name"])
            for area in (key[:2], key[:5]):
                places.setdefault((area, place), []).append(key)
        return places

    def _resolve_upwards(self, row: Row) -> None:
        state = self.tables["states"].get(row.key[:2])
        region = self.tables["regions"].get(row.key[:3])
        values = row.values
        if state is None or state.values["name"] != values["state"]:
            raise row.error(f"states.csv has no Land {row.key[:2]} of the name '{values['state']}'")
        if row.table == "regions":
            return
        if values["region"] != (region.values["name"] if region else ""):
            raise row.error(f"regions.csv has no region {row.key[:3]} of the name '{values['region']}'")
        if row.table == "districts":
            return
        if row.key[:5] not in self.tables["districts"]:
            raise row.error(f"districts.csv has no district {row.key[:5]}")
        if not row.key.startswith(values["district_ags"]):
            raise row.error(f"{row.key} does not lie in district {values['district_ags']}, as district_ags says")
        if values["ars"][:5] != row.key[:5] or values["ars"][9:] != row.key[5:]:
            raise row.error(f"ars {values['ars']} has not the first five and the last three digits of {row.key}")


class Register:
    """All editions as one: what the newest row says of each authority, and every key it has had.

    Raises:
        ContentError: an edition cannot be read, or lacks a key of an older one that ``changes.csv`` does not explain.
    """

    def __init__(self, folder: Path) -> None:
        self.editions = [Edition(path) for path in _editions(folder)]
        self.changes = self._read_changes(folder / "changes.csv")
        #: Of each table and authority the newest row, with its edition.
        self.newest: dict[tuple[str, str], tuple[Edition, Row]] = {}
        for edition in self.editions:
            self._add(edition)
        self._explain_what_ended()

    def iri(self, key: str, edition: Edition) -> str:
        """Return the IRI of the authority that a key denotes in an edition."""
        first = edition.authority(key)
        for _ in self._renamed:
            first = self._renamed.get(first, first)
        return ID + first

    def successor(self, change: Change) -> str:
        """Return the IRI of what took the place of something merged."""
        edition = next(edition for edition in reversed(self.editions) if change.successor in edition)
        return self.iri(change.successor, edition)

    def ended(self, row: Row) -> Change | None:
        """Return how the authority of a row ended, or None where it has not."""
        change = self.changes.get(row.key)
        return change if change and change.merged else None

    @cached_property
    def _renamed(self) -> dict[str, str]:
        return {change.successor: key for key, change in self.changes.items() if not change.merged}

    def _read_changes(self, path: Path) -> dict[str, Change]:
        if not path.is_file():
            return {}
        found = {}
        for row in _table(path, _CHANGES).values():
            successor, kind = row.values["successor"], row.values["kind"]
            for key in (row.key, successor):
                if not any(key in edition for edition in self.editions):
                    raise row.error(f"no edition knows the key {key}")
            if row.key in self.editions[-1]:
                raise row.error(f"{row.key} is not gone: it stands in the edition of {self.editions[-1].folder.name}")
            try:
                date = datetime.date.fromisoformat(row.values["date"])
            except ValueError as error:
                raise row.error(f"there is no day {row.values['date']}") from error
            found[row.key] = Change(row, successor, date, kind == "merged")
        return found

    def _add(self, edition: Edition) -> None:
        for row in edition.rows():
            place = row.table, self.iri(row.key, edition)
            if place in self.newest and self.newest[place][0] is edition:
                raise row.error(f"{row.key} and {self.newest[place][1].key} of one edition are one in changes.csv")
            self.newest[place] = edition, row

    def _explain_what_ended(self) -> None:
        for (_, iri), (edition, row) in self.newest.items():
            describes = iri == self.iri(row.key, edition) and edition.authority(row.key) == row.key
            if edition is not self.editions[-1] and describes and not self.ended(row):
                raise row.error(f"{row.key} is gone from {self.editions[-1].folder.name}: list it in changes.csv")


def short(row: Row) -> str:
    """Return the name without what follows its first comma ("Herne, Stadt" -> "Herne")."""
    return row.values["name"].partition(",")[0].strip()


def _place(name: str) -> str:
    """Return what the spellings of a name share ("Leer/Ostfriesland", "Leer (Ostfriesland), Stadt" -> "Leer")."""
    return _PLACE.split(name, maxsplit=1)[0].strip()


def _editions(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.glob("*") if path.is_dir())
    for path in found:
        if not re.fullmatch(_DAY, path.name):
            raise ContentError(path, 0, "an edition is a folder named by a day, as 2023-11-30")
    return found


def _table(path: Path, form: dict[str, str]) -> dict[str, Row]:
    patterns = {column: re.compile(pattern) for column, pattern in form.items()}
    found: dict[str, Row] = {}
    for line, values in _lines(path, list(form)):
        for column, pattern in patterns.items():
            if not pattern.fullmatch(values[column]):
                raise ContentError(path, line, f"{column} '{values[column]}' has not the form {pattern.pattern}")
        key = values[next(iter(form))]
        if key in found:
            raise ContentError(path, line, f"{key} stands in line {found[key].line} already")
        found[key] = Row(path.stem, path, line, key, values)
    return found


def _lines(path: Path, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                raise ContentError(path, 1, f"no column {', '.join(missing)}")
            for cells in reader:
                if len(cells) != len(header):
                    raise ContentError(path, reader.line_num, f"{len(cells)} cells instead of {len(header)}")
                yield reader.line_num, dict(zip(header, cells, strict=True))
    except OSError as error:
        raise ContentError(path, 0, error.strerror or "cannot be opened") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, 0, "not UTF-8") from error
    except csv.Error as error:
        raise ContentError(path, reader.line_num, f"not CSV: {error}") from error
