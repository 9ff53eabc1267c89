"""Who works with whom, as data: a partnership with those who take part and who set it up, or those of an authority."""

from collections.abc import Iterable
from dataclasses import dataclass

from chefsache.store.protocol import Row
from chefsache.web import languages
from chefsache.web.pages import periods
from chefsache.web.pages.answers import Cell, Labels, label, named
from chefsache.web.pages.page_queries import ask, ask_many
from chefsache.web.pages.statements import bounds, certainty, claim_values, labels_of, sources
from chefsache.web.site import href

#: Kinds of things that have a network.
KINDS = frozenset({"authority", "partnership"})
_RANK = (*periods.HOLDING, "planned", "future", "ended")


@dataclass(frozen=True)
class Taking:
    """That someone takes part in something: in which role, when, how certain, after which source."""

    partner: str
    partnership: str
    who: Cell
    role: Cell
    what: Cell
    when: str
    level: str
    words: str
    sources: tuple[Cell, ...]
    claim: str


@dataclass(frozen=True)
class Impulse:
    """That someone set something up."""

    initiator: str
    result: str
    who: Cell
    what: Cell


@dataclass(frozen=True)
class Network:
    """A thing with all that is known of its partners; *own* are the thing itself and the units that act for it."""

    centre: Cell
    kind: str
    own: frozenset[str]
    takings: tuple[Taking, ...]
    impulses: tuple[Impulse, ...]


def network(iri: str, kind: str) -> Network:
    """Return the network of a partnership or an authority, in the reader's language."""
    taking = ask("participations", iri) if kind == "authority" else ()
    own = {iri, *(row["by"].value for row in taking)}
    rows = ask_many("partners", "thing", {row["item"].value for row in taking} if kind == "authority" else [iri])
    behind = ask("behind", iri) if kind == "partnership" else ()
    values = claim_values(row["claim"].value for row in rows)
    known = labels_of((*rows, *behind), values, iri)
    takings = []
    for row in rows:
        claim, about = row["claim"].value, row["thing"].value
        level, words = certainty(values[claim])
        takings.append(
            Taking(
                partner=row["item"].value,
                partnership=about,
                who=named(row["item"].value, known),
                role=Cell(label(row["detail"].value, known)[0]) if "detail" in row else Cell(""),
                what=named(about, known),
                when=periods.duration(bounds(values[claim]), languages.current()),
                level=level,
                words=words,
                sources=sources(values[claim], known),
                claim=href(claim),
            )
        )
    takings.sort(key=lambda taking: (taking.what.text.casefold(), taking.role.text, taking.who.text.casefold()))
    return Network(named(iri, known), kind, frozenset(own), tuple(takings), _impulses(behind, known))


def best(levels: Iterable[str]) -> str:
    """Return the most certain of several levels.

    >>> best(["ended", "last"])
    'last'
    """
    return min(levels, key=_RANK.index)


def _impulses(rows: Iterable[Row], known: Labels) -> tuple[Impulse, ...]:
    pairs = ((row["item"].value, row["detail"].value) for row in rows)
    return tuple(Impulse(item, result, named(item, known), named(result, known)) for item, result in pairs)
