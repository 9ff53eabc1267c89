"""Pages for people: the start, questions with their answers, things, graphs, the ontology."""

from flask import Blueprint, Response, request

from chefsache.content.files import file_of, root
from chefsache.content.names import BASE
from chefsache.content.questions import Question
from chefsache.store.protocol import Query
from chefsache.web import languages
from chefsache.web.http import negotiation
from chefsache.web.http.negotiation import Offer
from chefsache.web.http.problems import not_found
from chefsache.web.http.responses import page, stream, validated
from chefsache.web.overview import browsing
from chefsache.web.pages import answers, corrections, diagrams, ontology, parameters, things
from chefsache.web.pages.structured_data import structured
from chefsache.web.portals import citation, discovery
from chefsache.web.site import site

bp = Blueprint("pages", __name__)

#: The question whose answer the start page shows.
_FIRST = "who-steers"
#: Rows of the answer on the start page.
_GLANCE = 12
#: Rows of an answer that a page shows.
_SHOWN = 1000


@bp.get("/")
def start() -> Response:
    """Say what this is, show one true answer, and lead on."""
    question = site().questions.get(_FIRST)
    answer = None
    if question:
        table = site().store.table(question.fill({}, site().as_of))
        answer = answers.view(table, _GLANCE, without={"day"})  # the heading says it
    response = page(
        "start.html",
        question=question,
        answer=answer,
        lists=browsing.LISTS,
        questions=site().questions.values(),
        cited=citation.cited(site().snapshot.digest),
    )
    response.headers["Link"] = discovery.signposts()
    return response


@bp.get("/questions")
@bp.get("/questions/")
def questions() -> Response:
    """List the questions."""
    return page("questions.html", questions=site().questions.values())


@bp.get("/questions/<name>")
def question(name: str) -> Response:
    """Answer a question: as a page, or as CSV or JSON by its suffix."""
    local, _, suffix = name.rpartition(".")
    if local and suffix in {"csv", "json", "rq"}:
        return _question_data(_known(local), suffix)
    asked = _known(name)
    text = asked.fill(parameters.given(asked), site().as_of)
    return page(
        "question.html",
        question=asked,
        values=parameters.shown(asked),
        suggestions={parameter.name: parameters.suggestions(parameter) for parameter in asked.parameters},
        answer=answers.view(site().store.table(text), _SHOWN),
        text=text,
        places=(corrections.place(root() / "queries/questions" / f"{asked.name}.rq"),),
        given={key: value for key, value in request.args.items() if key != "lang"},
    )


def thing_page(iri: str) -> Response:
    """Return the page of a thing."""
    found = things.thing(iri)
    if found is None:
        raise not_found(iri)
    common: dict[str, object] = {
        "thing": found,
        "local": iri.removeprefix(BASE),
        "about": structured(iri, found.kind, found.name) if found.listed else None,
        "places": corrections.places(iri),
    }
    if found.kind == "scheme":
        return page("scheme.html", concepts=ontology.concepts(iri), **common)
    used = ontology.counted([iri]).get(iri, 0) if found.kind == "concept" else 0
    return page("thing.html", used=used, **common)


def graph_page(iri: str, count: int) -> Response:
    """Return the page of a named graph."""
    file = file_of(iri)
    places = (corrections.place(file),) if file else ()
    return page("graph.html", iri=iri, count=count, local=iri.removeprefix(BASE), places=places)


def ontology_page(name: str) -> Response:
    """Return the page of the terms, or of the shapes."""
    if name != "ontology":
        return page("shapes.html", shapes=ontology.shapes())
    return page(
        "ontology.html",
        terms=ontology.terms(),
        reused=ontology.reused(),
        schemes=ontology.schemes(),
        diagrams=diagrams.diagrams().values(),
    )


@bp.get("/ontology/diagrams/<name>-<any(de, en):words>.svg")
def diagram(name: str, words: languages.Language) -> Response:
    """Draw a pattern of the ontology."""
    drawn = diagrams.diagrams().get(name)
    if drawn is None:
        raise not_found(request.path)
    return validated(Response(diagrams.svg(drawn, words), content_type="image/svg+xml"), "image/svg+xml")


def _known(name: str) -> Question:
    if name not in site().questions:
        raise not_found(name)
    return site().questions[name]


def _question_data(asked: Question, suffix: str) -> Response:
    text = asked.fill(parameters.given(asked), site().as_of)
    if suffix == "rq":
        return validated(
            Response(text, content_type="application/sparql-query; charset=utf-8"), "application/sparql-query"
        )
    offer = negotiation.named(suffix, negotiation.RESULT_OFFERS) or Offer(negotiation.JSON, negotiation.JSON)
    answer = site().store.own(Query(text, offer.written))
    response = stream(answer, f"{offer.sent}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{asked.name}.{suffix}"'
    return validated(response, offer.sent)
