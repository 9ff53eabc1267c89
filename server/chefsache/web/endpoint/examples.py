"""`/.well-known/sparql-examples`: the questions as SPARQL that programs can read, find and run.

In the form that other endpoints use: SHACL's executables (https://www.w3.org/TR/shacl/, 5.2) with a target.
"""

from collections.abc import Iterable

from flask import Blueprint, Response

from chefsache.content.names import PREFIXES
from chefsache.content.questions import Question
from chefsache.web.http.problems import not_found
from chefsache.web.portals import rdf
from chefsache.web.portals.rdf import Description, both, text, typed
from chefsache.web.site import absolute, site

bp = Blueprint("examples", __name__, url_prefix="/.well-known/sparql-examples")


@bp.get("")
def examples() -> Response:
    """Describe all questions."""
    return rdf.answer(_described(site().questions.values()))


@bp.get("/<name>")
def example(name: str) -> Response:
    """Describe one question."""
    if name not in site().questions:
        raise not_found(name)
    return rdf.answer(_described([site().questions[name]]))


def _described(questions: Iterable[Question]) -> Description:
    home = absolute("/.well-known/sparql-examples")
    found = Description()
    for question in questions:
        iri = f"{home}/{question.name}"
        found.types(iri, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        found.say(iri, "rdfs:label", *both(question.title))
        found.say(iri, "rdfs:comment", *both(question.description))
        found.say(iri, "sh:prefixes", f"{home}#prefixes")
        found.say(iri, "sh:select", text(_plain(question.fill({}, site().as_of))))
        found.say(iri, "schema:target", absolute("/sparql"))
        found.say(iri, "rdfs:seeAlso", absolute(f"/questions/{question.name}"))
    _say_prefixes(found, f"{home}#prefixes")
    return found


def _say_prefixes(found: Description, prefixes: str) -> None:
    """Declare the prefixes as SHACL does; each query also says its own."""
    found.types(prefixes, "owl:Ontology")
    for prefix, namespace in sorted(PREFIXES.items()):
        entry = f"{prefixes.removesuffix('es')}-{prefix}"
        found.say(prefixes, "sh:declare", entry).types(entry, "sh:PrefixDeclaration")
        found.say(entry, "sh:prefix", text(prefix)).say(entry, "sh:namespace", typed(namespace, "xsd:anyURI"))


def _plain(query: str) -> str:
    """Return a query without the header of its file."""
    lines = query.splitlines()
    start = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    return "\n".join(lines[start:]) + "\n"
