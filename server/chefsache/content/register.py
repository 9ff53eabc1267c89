"""The register of all German municipalities: CSV files as received -> triples.

::

    data/register/2023-11-30/municipalities.csv    an edition: a folder named by the day of its state
                             districts.csv, regions.csv, states.csv
    data/register/changes.csv                      keys that a newer edition lacks: key,successor,date,kind

Each table is one named graph, whatever its edition. The newest edition describes; what only an older one knows keeps its
IRI: what was *merged* with its successor and its last day, what was *rekeyed* with its old key beside the new one. An IRI
is the key at first minting. A kreisfreie Stadt is one authority, named by its municipality key; so are Berlin and Hamburg.
"""

import csv
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.errors import ContentError
from chefsache.content.names import GRAPH, ID, expand

__all__ = ["TABLES", "editions", "lines", "load"]

#: What a column holds (a table's own key first); an empty value is allowed where the pattern allows it.
_FORMS: dict[str, dict[str, str]] = {
    "municipalities": {
        "ags": r"\d{8}",
        "ars": r"\d{12}",
        "name": r".+",
        "kind": r"Gemeinde|Markt|Stadt|Große Kreisstadt|Kreisfreie Stadt|Stadtkreis",
        "state": r".+",
        "district_ags": r"\d{5}",
        "region": r".*",
        "wikidata": r"(Q[1-9]\d*)?",
        "lat": r"((4[7-9]|5[0-5])\.\d+)?",
        "lon": r"(([5-9]|1[0-5])\.\d+)?",
        "population": r"\d+",
        "population_date": r"\d{4}-\d\d-\d\d",
    },
    "districts": {
        "district_ags": r"\d{5}",
        "name": r".+",
        "kind": r"Kreis|Landkreis|Regionalverband|Kreisfreie Stadt|Stadtkreis",
        "state": r".+",
        "region": r".*",
        "seat": r".*",
        "nuts3": r"DE[0-9A-Z]{3}",
        "wikidata": r"(Q[1-9]\d*)?",
        "population": r"\d+",
        "population_date": r"\d{4}-\d\d-\d\d",
    },
    "regions": {"key": r"\d{3}", "name": r".+", "state": r".+", "seat": r".*"},
    "states": {
        "key": r"\d{2}",
        "name": r".+",
        "seat": r".*",
        "population": r"\d+",
        "population_date": r"\d{4}-\d\d-\d\d",
    },
}
#: The tables of an edition, from the smallest areas to the largest; a table is a file and a graph.
TABLES = tuple(_FORMS)

_CHANGES = {"key": r"\d{2,8}", "successor": r"\d{2,8}", "date": r"\d{4}-\d\d-\d\d", "kind": r"merged|rekeyed"}
_INDEPENDENT = ("Kreisfreie Stadt", "Stadtkreis")
_KINDS = {
    "Gemeinde": "vocab:rural-municipality",
    "Markt": "vocab:market-town",
    "Stadt": "vocab:town",
    "Große Kreisstadt": "vocab:large-district-town",
    "Kreisfreie Stadt": "vocab:independent-city",
    "Stadtkreis": "vocab:independent-city",
}
_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
_NUTS = "http://data.europa.eu/nuts/code/"
_PLACE_NAME = re.compile(r"[^,/(]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table."""

    path: Path
    line: int
    values: dict[str, str]

    @property
    def key(self) -> str:
        return next(iter(self.values.values()))


@dataclass
class _Edition:
    """One folder of received files; *cities* and *city_states* name the municipality that is a district or Land, too."""

    folder: Path
    tables: dict[str, dict[str, _Row]]
    cities: dict[str, str] = field(default_factory=dict)
    city_states: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        of_state: dict[str, list[str]] = {}
        for key, row in self.tables["municipalities"].items():
            of_state.setdefault(key[:2], []).append(key)
            if row.values["kind"] in _INDEPENDENT:
                self.cities[key[:5]] = key
            for area in {key[:2], key[:5]}:
                self.places.setdefault((area, _place(row.values["name"])), []).append(key)
        self.city_states = {state: keys[0] for state, keys in of_state.items() if len(keys) == 1}

    def authority(self, key: str) -> str:
        """Return the key of the authority that a key denotes: of a kreisfreie Stadt or city state the municipality's."""
        return self.city_states.get(key) or self.cities.get(key) or key

    def above(self, key: str) -> str:
        """Return the key of the next area above, or nothing above a Land."""
        if key[:2] in self.city_states:
            return ""
        steps = (key[:5] if key[:5] not in self.cities else "", key[:3], key[:2])
        known = (step for step in steps if any(step in self.tables[table] for table in TABLES[1:]))
        return next((step for step in known if len(step) < len(key)), "")

    def seat(self, row: _Row) -> str:
        """Return the key of the municipality where an authority sits, or nothing where its name does not tell."""
        place = _place(row.values["seat"])
        inside = self.places.get((row.key, place), []) if len(row.key) > 2 else []
        wider = self.places.get((row.key[:2], place), [])
        independent = [key for key in wider if key[:5] in self.cities]
        exact = [key for key in wider if _short(self.tables["municipalities"][key]) == row.values["seat"]]
        return next((found[0] for found in (inside, independent, exact, wider) if len(found) == 1), "")


def editions(folder: Path) -> list[Path]:
    """List the editions in the register's folder, the newest last."""
    return sorted(path for path in folder.glob("[0-9]*") if path.is_dir())


def load(folder: Path) -> dict[Path, list[ox.Triple]]:
    """Return what each file of each edition states; a folder without editions states nothing.

    Raises:
        ContentError: a table cannot be read, breaks a check, or lacks a key that ``changes.csv`` does not explain.
    """
    register = _Register(folder)
    return {path: list(_triples(register, table, path)) for table, path in register.files()}


def lines(path: Path) -> dict[str, int]:
    """Return the line of each thing that a file of an edition describes.

    Raises:
        ContentError: as in ``load``.
    """
    register = _Register(path.parents[1])
    found: dict[str, int] = {}
    for thing, row in register.rows(path.stem, path):
        found[thing] = row.line
        for name, concept, value in _identifiers(path.stem, row):
            for known in register.keys[thing, name]:
                found[_identifier(register, thing, name, concept, known)[0]] = row.line
            del value
    return found
