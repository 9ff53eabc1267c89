"""Data extension: the values of properties of things that a client has matched (Entity Reconciliation API 0.2, 7)."""

import datetime
from typing import Any

from chefsache.content.names import BASE, ID, PREFIXES
from chefsache.store.names import Names
from chefsache.store.protocol import Term
from chefsache.web import languages
from chefsache.web.http.problems import Problem
from chefsache.web.matching.matching_properties import PROPERTIES, identifier, values
from chefsache.web.matching.reconcile_requests import Extension, Settings
from chefsache.web.pages import descriptions

_XSD = PREFIXES["xsd"]
_WHOLE = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_BROKEN = {_XSD + name for name in ("decimal", "double", "float")}


def extended(asked: Extension, names: Names) -> dict[str, Any]:
    """Return the values of the properties, by thing and property; what has none has an empty list.

    Raises:
        Problem: a property is unknown.
    """
    known = [(PROPERTIES[pid], settings) for pid, settings in asked.properties if pid in PROPERTIES]
    if len(known) < len(asked.properties):
        unknown = ", ".join(pid for pid, _ in asked.properties if pid not in PROPERTIES)
        raise Problem(400, "unknown-property", f"Diese Eigenschaft gibt es nicht: {unknown}",
                      f"There is no such property: {unknown}", available=list(PROPERTIES))  # fmt: skip
    rows: dict[str, dict[str, Any]] = {one: {} for one in asked.ids}
    for property_, settings in known:
        held = values(property_, (ID + one for one in asked.ids))
        for one in asked.ids:
            terms = held.get(ID + one, [])[: settings.limit or None]
            rows[one][property_.id] = [_value(term, names, settings) for term in terms]
    meta: list[dict[str, Any]] = []
    for property_, _ in known:
        entry: dict[str, Any] = {"id": property_.id, "name": property_.name}
        if property_.type:
            entry["type"] = {"id": property_.type, "name": descriptions.type_name(property_.type, names)}
        meta.append(entry)
    return {"meta": meta, "rows": rows}


def _value(term: Term, names: Names, settings: Settings) -> dict[str, str | int | float]:
    """Write a value as the specification wants it: a thing, a number, a day with a time, or a text."""
    if term.kind == "iri":
        entry = names.things.get(term.value.removeprefix(BASE))
        if settings.content == "id" or entry is None:
            return {"str": term.value}
        name = entry.label(languages.current())
        return {"id": identifier(term), "name": name} if identifier(term) else {"str": name}
    if term.datatype in _WHOLE:
        return {"int": int(term.value)}
    if term.datatype in _BROKEN:
        return {"float": float(term.value)}
    if term.datatype == _XSD + "date" and _is_day(term.value):
        return {"date": f"{term.value}T00:00:00"}
    return {"str": term.value}


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
