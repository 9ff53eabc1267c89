"""`/card/KEY`: who steers digitalisation at an authority, in a few lines that other sites may show in a frame."""

from dataclasses import dataclass

from flask import Blueprint, Response

from chefsache.content.names import ID
from chefsache.store.protocol import Row, Term
from chefsache.web import languages
from chefsache.web.http.problems import not_found
from chefsache.web.http.responses import framed, page
from chefsache.web.pages.answers import Cell, cell, label, labels
from chefsache.web.pages.linked_data import present
from chefsache.web.pages.page_queries import is_iri
from chefsache.web.pages.statements import partial_date
from chefsache.web.pages.things import kind_of
from chefsache.web.site import href, site

bp = Blueprint("card", __name__)

#: The question that a card answers.
_QUESTION = "who-steers"
#: Offices that a card has room for.
_SHOWN = 2


@dataclass(frozen=True)
class Lead:
    """An office or post that steers, who holds it, how certain that is, and a source; the others are counted."""

    holder: Cell
    person: Cell
    certainty: str
    words: str
    claim: str
    source: Cell
    more: int


@bp.get("/card/<key>")
def card(key: str) -> Response:
    """Show the card of an authority; the only page beside the preview that other sites may frame."""
    iri = ID + key
    if not is_iri(iri):
        raise not_found()
    present(iri)
    if kind_of(iri) != "authority":
        raise not_found(iri)
    answer = site().store.table(site().questions[_QUESTION].fill({"authority": [iri]}, site().as_of))
    rows = sorted(answer.rows, key=lambda row: "personIri" not in row)
    name = Cell(label(iri, labels([iri]))[0], href(iri))
    leads = tuple(_lead(row) for row in rows[:_SHOWN])
    return framed(page("card.html", name=name, leads=leads, others=len(rows) - len(leads)))


def _lead(row: Row) -> Lead:
    sources = row["sources"].value.split() if "sources" in row else []
    level = row["certainty"].value
    known = labels([*sources, row["holderIri"].value, *([row["personIri"].value] if "personIri" in row else [])])
    return Lead(
        holder=cell(row["holderIri"], known),
        person=cell(row.get("personIri"), known),
        certainty={"last documented": "last"}.get(level, level),
        words=_words(level, row.get("lastKnown")),
        claim=href(row["claimIri"].value),
        source=cell(Term("iri", sources[0]), known) if sources else Cell(""),
        more=max(0, len(sources) - 1),
    )


def _words(level: str, last: Term | None) -> str:
    if last is not None:
        return str(languages.text("card-last", day=partial_date(last.value)))
    return str(languages.text(f"value-{level}"))
