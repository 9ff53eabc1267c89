"""Pictures drawn from the graph: the organigram of an authority on a day, timelines, networks of partners."""

import datetime

from flask import Blueprint, Response, request

from chefsache.content.names import ID
from chefsache.web import languages
from chefsache.web.http.problems import Problem, not_found
from chefsache.web.http.responses import page
from chefsache.web.overview import authorities
from chefsache.web.pages import answers, corrections, page_queries, things
from chefsache.web.pictures import (
    network_picture,
    networks,
    organigram_picture,
    organigrams,
    timeline_picture,
    timelines,
)
from chefsache.web.site import site

bp = Blueprint("pictures", __name__)


@bp.get("/organigram/<name>")
def organigram(name: str) -> Response:
    """Draw who sits where in an authority on a day, by default the release day."""
    iri, thing = _known(name, organigrams.KINDS)
    found = organigrams.organigram(iri, _day())
    return page(
        "organigram.html",
        thing=thing,
        local=name,
        found=found,
        changes=organigrams.changes(iri, found.day),
        scene=organigram_picture.draw(found, _word),
        branches=organigram_picture.outline(found, _word),
        places=corrections.places(iri),
    )


@bp.get("/timeline")
@bp.get("/timeline/")
def timeline_index() -> Response:
    """List the authorities of which there is something to draw."""
    return page("timelines.html", lands=authorities.known_by_land())


@bp.get("/timeline/<name>")
def timeline(name: str) -> Response:
    """Draw what happened around a thing, and what lasted how long."""
    iri, thing = _known(name, timelines.KINDS)
    kind = things.kind_of(iri)
    sections = timelines.sections(iri, kind)
    listed = things.listed(iri)
    response = page(
        "timeline.html",
        thing=thing,
        local=name,
        kind=kind,
        sections=sections,
        scenes=[
            (look, timeline_picture.draw(sections, site().snapshot.as_of, _word, width))
            for look, width in (("wide", timeline_picture.WIDE), ("narrow", timeline_picture.NARROW))
        ],
        places=corrections.places(iri),
        listed=listed,
    )
    if not listed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/network/<name>")
def network(name: str) -> Response:
    """Draw who takes part in a partnership, or in those of an authority, and who set them up."""
    iri, thing = _known(name, networks.KINDS)
    found = networks.network(iri, things.kind_of(iri))
    return page(
        "network.html",
        thing=thing,
        local=name,
        found=found,
        scene=network_picture.draw(found),
        branches=network_picture.outline(found),
        places=corrections.places(iri),
    )


def _word(key: str) -> str:
    return str(languages.text(key))


def _known(name: str, kinds: frozenset[str]) -> tuple[str, answers.Cell]:
    """Return a thing by its local name, with its label.

    Raises:
        Problem: 404, there is no such thing, or its kind has no such picture.
    """
    iri = f"{ID}{name}"
    if not page_queries.is_iri(iri) or things.kind_of(iri) not in kinds or things.deprecated(iri):
        raise not_found(request.path)
    return iri, answers.named(iri, answers.labels([iri]))


def _day() -> datetime.date:
    """Return the day asked for.

    Raises:
        Problem: 400, it is no day.
    """
    text = request.args.get("day", "").strip()
    if not text:
        return site().snapshot.as_of
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Problem(
            400,
            "day",
            "Der Stichtag ist kein Tag; geschrieben wird er wie 2024-06-01.",
            "The day is no day; it is written like 2024-06-01.",
        ) from error
