"""Pages that show many at once: lists with facets, the coverage with its charts, the map, authorities compared."""

from flask import Blueprint, Response, request

from chefsache.web.http.problems import not_found
from chefsache.web.http.responses import page
from chefsache.web.overview import authorities, browsing, comparing, coverage, maps, strategy_coverage
from chefsache.web.pages import parameters

bp = Blueprint("overview", __name__)


@bp.get("/municipalities")
def municipalities() -> Response:
    """List the authorities of which more is known than the register says, and lead to all others."""
    wanted = browsing.chosen("municipalities")
    narrowed = browsing.listed("municipalities", wanted)
    return page(
        "municipalities.html",
        lands=authorities.lands_by_name(),
        narrowed=narrowed,
        chips=browsing.chips("municipalities", wanted, narrowed),
    )


@bp.get("/<any(persons, partnerships, artefacts):name>")
def listing(name: str) -> Response:
    """List the things of a kind."""
    wanted = browsing.chosen(name)
    narrowed = browsing.listed(name, wanted)
    return page("list.html", name=name, narrowed=narrowed, chips=browsing.chips(name, wanted, narrowed))


@bp.get("/coverage")
def covered() -> Response:
    """Say how much of the country the graph covers, how well, and what is missing."""
    found = coverage.coverage()
    return page(
        "coverage.html",
        coverage=found,
        levels=coverage.LEVELS,
        large=coverage.LARGE,
        standings=strategy_coverage.STANDINGS,
        least=strategy_coverage.LEAST,
        by_land=strategy_coverage.by_land(found.lands),
        by_size=strategy_coverage.by_size(),
    )


@bp.get("/map")
def country() -> Response:
    """Draw what is known of the country, or of a Land."""
    land = request.args.get("land", "")
    if land and land not in maps.lands():
        raise not_found(land)
    return page("map.html", map=maps.drawn(land), land=land)


@bp.get("/compare")
def compare() -> Response:
    """Show authorities side by side."""
    iris = comparing.wanted()
    return page(
        "compare.html",
        compared=comparing.compared(iris),
        similar=comparing.similar(iris),
        suggestions=parameters.known_names(),
        most=comparing.MOST,
    )
