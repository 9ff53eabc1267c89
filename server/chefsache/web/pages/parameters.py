"""Read the parameters of a question from an address: things by IRI, short name, key or label."""

from collections.abc import Iterable

from flask import request

from chefsache.content.errors import ParameterError
from chefsache.content.names import ID
from chefsache.content.questions import Parameter, Question
from chefsache.store.naming import NoSuchThingError, meant
from chefsache.web.overview import authorities
from chefsache.web.pages import page_queries
from chefsache.web.site import site


def given(asked: Question) -> dict[str, list[str]]:
    """Return what the address says, several values of a parameter also separated by commas.

    Raises:
        ParameterError: a name means nothing in the graph, or several things.
    """
    return {
        parameter.name: [
            value
            for text in request.args.getlist(parameter.name)
            for value in ([text] if parameter.datatype == "xsd:string" else _split(parameter, text))
        ]
        for parameter in asked.parameters
    }


def shown(asked: Question) -> dict[str, str]:
    """Return what the fields of the form hold: what was asked, else the defaults."""
    return {
        parameter.name: ", ".join(
            [text for text in request.args.getlist(parameter.name) if text.strip()]
            or [site().as_of if value == "as-of" else value for value in parameter.defaults]
        )
        for parameter in asked.parameters
    }


def suggestions(parameter: Parameter) -> list[str]:
    """Return names to choose from, where a parameter wants an authority: those of which more is known than keys."""
    if parameter.name != "authority":
        return []
    return sorted(set(known_names()))


def known_names() -> list[str]:
    """Return the names of the authorities of which more is known than keys; one that two bear stands there twice."""
    return sorted(name for names in _known_names().values() for name in names)


def named(parameter: str, texts: Iterable[str]) -> list[str]:
    """Return the IRIs of the things that texts name, each once; several in a text are separated by commas.

    Raises:
        ParameterError: a name means nothing in the graph, or several things.
    """
    asked = Parameter(parameter, "iri", (), {})
    return list(dict.fromkeys(asked.term(value)[1:-1] for text in texts for value in _split(asked, text)))


def _split(parameter: Parameter, text: str) -> list[str]:
    values = [part.strip() for part in text.split(",") if part.strip()]
    return [_thing(parameter, value) for value in values] if parameter.datatype == "iri" else values


def _thing(parameter: Parameter, name: str) -> str:
    try:
        parameter.term(name)
    except ParameterError:
        return _named(parameter, name)
    return name


def _named(parameter: Parameter, name: str) -> str:
    bearers = [iri for iri, names in _known_names().items() if name.casefold() in map(str.casefold, names)]
    if len(bearers) == 1:  # whom `meant` would choose, after a search in all names
        return bearers[0]
    try:
        return meant(name, _pairs(name), authorities.known)
    except NoSuchThingError as error:
        raise ParameterError(parameter.name, name, error.message["de"], error.message["en"]) from error


def _known_names() -> dict[str, set[str]]:
    return site().once("known-names", _read_known_names)


def _read_known_names() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in page_queries.ask_many("labels", "iri", authorities.known()):
        found.setdefault(row["iri"].value, set()).add(row["label"].value)
    return found


def _pairs(name: str) -> list[tuple[str, str]]:
    """Return IRI and name of the things that are called so; if none is, of those whose names begin alike."""
    if page_queries.is_iri(ID + name) and page_queries.ask("facts", ID + name):
        return [(ID + name, name)]
    rows = page_queries.search("named", wanted=name.lower()) or page_queries.search("named", start=name.lower()[:3])
    return [(row["thing"].value, row["name"].value) for row in rows]
