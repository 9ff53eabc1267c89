"""Read what a reconciliation client sends, and say what is wrong with it.

Entity Reconciliation API 0.2, sections 4.1 (queries) and 7.3 (data extension):
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from chefsache.web.http import json_text
from chefsache.web.http.problems import Problem
from chefsache.web.matching.matching_properties import Given

#: Queries in one batch, values of one extension, candidates of one query, letters of one name at most.
BATCH_SIZE, MAX_IDS, MAX_LIMIT, MAX_LETTERS = 50, 1000, 100, 500
_LIMIT = 5
#: More values than a property of a thing has.
_ALL = 1_000_000
_FIELDS = frozenset({"query", "type", "limit", "properties", "type_strict"})
Strictness = Literal["any", "all", "should"]
Content = Literal["literal", "id"]


@dataclass(frozen=True)
class Wanted:
    """One query: a name, types, and values that the thing shall have."""

    text: str
    types: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, tuple[Given, ...]], ...]
    strict: Strictness


@dataclass(frozen=True)
class Settings:
    """How a client wants the values of a property: how many at most (0 means all), and things by name or by IRI."""

    limit: int = 0
    content: Content = "literal"


@dataclass(frozen=True)
class Extension:
    """A request for values: the things, and each property with its settings."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, Settings], ...]


class InvalidQueryError(Problem):
    """A query cannot be read; others of the same batch can."""

    def __init__(self, de: str, en: str) -> None:
        super().__init__(400, "bad-query", f"Diese Anfrage ist nicht lesbar: {de}", f"Unreadable query: {en}")


def batch(text: str) -> dict[str, Wanted | InvalidQueryError]:
    """Return the queries of a batch; in place of one that cannot be read, what is wrong with it.

    Raises:
        Problem: it is no JSON object, or has too many queries (413).
        InvalidQueryError: none of the queries can be read.
    """
    found = _object(text, "queries")
    if len(found) > BATCH_SIZE:
        raise Problem(413, "batch-too-large", f"{len(found)} Anfragen auf einmal; höchstens {BATCH_SIZE}.",
                      f"{len(found)} queries at once; at most {BATCH_SIZE}.", batch_size=BATCH_SIZE)  # fmt: skip
    queries = {key: _read(raw) for key, raw in found.items()}
    errors = [one for one in queries.values() if isinstance(one, InvalidQueryError)]
    if errors and len(errors) == len(queries):
        raise errors[0]
    return queries


def wanted(raw: object) -> Wanted:
    """Read one query.

    Raises:
        InvalidQueryError: it is not as the specification says.
    """
    if not isinstance(raw, dict):
        raise InvalidQueryError("eine Anfrage ist ein JSON-Objekt", "a query is a JSON object")
    if unknown := sorted(raw.keys() - _FIELDS):
        raise InvalidQueryError(f"unbekanntes Feld: {', '.join(unknown)}", f"unknown field: {', '.join(unknown)}")
    text = raw.get("query", "")
    if not isinstance(text, str) or len(text) > MAX_LETTERS:
        raise InvalidQueryError(
            f"„query“ ist ein Text von höchstens {MAX_LETTERS} Zeichen",
            f"'query' is a string of at most {MAX_LETTERS} characters",
        )
    properties = _properties(raw.get("properties"))
    if not text.strip() and not properties:
        raise InvalidQueryError(
            "„query“ oder „properties“ muss etwas sagen", "one of 'query' and 'properties' must say something"
        )
    strict = raw.get("type_strict", "any")
    if strict not in get_args(Strictness):
        raise InvalidQueryError("„type_strict“ ist any, all oder should", "'type_strict' is one of any, all, should")
    return Wanted(text.strip(), _types(raw.get("type")), _limit(raw.get("limit", _LIMIT)), properties, strict)


def extension(text: str) -> Extension:
    """Read a request for values.

    Raises:
        Problem: it is not as the specification says (400), or asks for too many things (413).
    """
    found = _object(text, "extend")
    ids, properties = found.get("ids"), found.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise _bad("extend", "„ids“ muss eine Liste von Texten sein", "'ids' must be a list of strings")
    if not isinstance(properties, list) or not all(_has_id(one) for one in properties):
        raise _bad(
            "extend",
            "„properties“ muss eine Liste von Objekten mit „id“ und vielleicht „settings“ sein",
            "'properties' must be a list of objects with an 'id' and perhaps 'settings'",
        )
    if len(ids) > MAX_IDS:
        raise Problem(413, "too-many-ids", f"Werte für {len(ids)} Dinge; höchstens {MAX_IDS} auf einmal.",
                      f"Values of {len(ids)} things; at most {MAX_IDS} at once.", limit=MAX_IDS)  # fmt: skip
    wanted_of_each = tuple((one["id"], _settings(one.get("settings"))) for one in properties)
    return Extension(tuple(dict.fromkeys(ids)), wanted_of_each)


def _read(raw: object) -> Wanted | InvalidQueryError:
    try:
        return wanted(raw)
    except InvalidQueryError as error:
        return error


def _object(text: str, parameter: str) -> dict[str, Any]:
    try:
        found = json_text.read(text)
    except (ValueError, RecursionError) as error:
        raise _bad(parameter, "es ist kein JSON", "it is not JSON") from error
    if not isinstance(found, dict):
        raise _bad(parameter, "es muss ein JSON-Objekt sein", "it must be a JSON object")
    return found


def _bad(parameter: str, de: str, en: str) -> Problem:
    return Problem(400, "bad-request", f"Der Parameter „{parameter}“ ist nicht lesbar: {de}.",
                   f"The parameter ‘{parameter}’ cannot be read: {en}.", parameter=parameter)  # fmt: skip


def _types(raw: object) -> tuple[str, ...]:
    listed = raw if isinstance(raw, list) else [] if raw is None or raw == "" else [raw]
    ids = [one.get("id") if isinstance(one, dict) else one for one in listed]
    if not all(isinstance(one, str) for one in ids):
        raise InvalidQueryError(
            "„type“ ist eine Typkennung oder eine Liste davon", "'type' is a type identifier or a list of them"
        )
    return tuple(str(one) for one in ids)


def _limit(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < 1 or raw != raw // 1:
        raise InvalidQueryError("„limit“ ist eine ganze Zahl ab 1", "'limit' is a positive integer")
    return min(int(raw), MAX_LIMIT)


def _properties(raw: object) -> tuple[tuple[str, tuple[Given, ...]], ...]:
    """Return the properties of a query with their values; one without any, as of an empty cell, says nothing."""
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise InvalidQueryError("„properties“ ist eine Liste", "'properties' is a list")
    return tuple((pid, given) for pid, given in map(_property, raw) if given)


def _property(raw: object) -> tuple[str, tuple[Given, ...]]:
    if not isinstance(raw, dict) or not isinstance(raw.get("pid"), str) or "v" not in raw:
        raise InvalidQueryError(
            "eine Eigenschaft ist ein Objekt mit „pid“ und „v“", "a property is an object with 'pid' and 'v'"
        )
    many = raw["v"] if isinstance(raw["v"], list) else [raw["v"]]
    if not all(_is_value(one) for one in many):
        raise InvalidQueryError(
            "„v“ ist ein Text, eine Zahl, true, false, ein Objekt mit „id“ oder eine Liste davon",
            "'v' is a string, a number, true, false, an object with 'id', or a list of these",
        )
    return raw["pid"], tuple(one for one in many if not isinstance(one, str) or one.strip())


def _is_value(raw: object) -> bool:
    return isinstance(raw, str | int | float) or (isinstance(raw, dict) and isinstance(raw.get("id"), str))


def _has_id(raw: object) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("id"), str)


def _settings(raw: object) -> Settings:
    if raw is None:
        return Settings()
    if not isinstance(raw, dict):
        raise _bad("extend", "„settings“ muss ein Objekt sein", "'settings' must be an object")
    content: Content = raw.get("content") or "literal"
    if content not in get_args(Content):
        raise _bad("extend", "die Einstellung „content“ ist literal oder id", "the setting 'content' is literal or id")
    return Settings(_most(raw.get("limit")), content)


def _most(raw: object) -> int:
    """Return how many values are wanted; the forms of OpenRefine send numbers as text, and none as an empty one."""
    if isinstance(raw, str) and raw.isascii() and raw.isdigit():
        raw = float(raw)
    if raw is None or raw == "":
        return 0
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < 0 or min(raw, _ALL) % 1:
        raise _bad(
            "extend",
            "die Einstellung „limit“ ist eine ganze Zahl ab 0; 0 heißt alle",
            "the setting 'limit' is a whole number from 0; 0 means all",
        )
    return int(min(raw, _ALL))
