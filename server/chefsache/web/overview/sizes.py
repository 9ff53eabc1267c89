"""Size classes of municipalities, and which municipalities the register has in each.

The bounds at 5,000, 20,000 and 100,000 inhabitants are those by which official statistics in Germany tell rural
municipalities, small, medium and large towns apart; large towns are divided once more, at 500,000.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chefsache.content.names import ID
from chefsache.web.pages.page_queries import ask
from chefsache.web.site import site

#: The classes, the largest first, with the fewest inhabitants of each.
SIZES = {"metropolis": 500_000, "large": 100_000, "medium": 20_000, "small": 5_000, "rural": 0}


@dataclass(frozen=True)
class Municipality:
    """A municipality of the register."""

    iri: str
    population: int

    @property
    def land(self) -> str:
        """The Land, which the first two digits of the official key name."""
        return land_of(self.iri)


def size(population: int) -> str:
    """Return the class of a number of inhabitants.

    >>> size(155_000), size(4_999)
    ('large', 'rural')
    """
    return next(name for name, least in SIZES.items() if population >= least)


def land_of(iri: str) -> str:
    """Return the two digits of the Land in the official key of a municipality.

    >>> land_of("https://w3id.org/chefsache/id/05916000")
    '05'
    """
    return iri.removeprefix(ID)[:2]


def short(name: str) -> str:
    """Return the name of a Land as it is said where only Länder are meant.

    >>> short("Land Hessen"), short("Hamburg")
    ('Hessen', 'Hamburg')
    """
    return name.removeprefix("Land ")


def municipalities() -> tuple[Municipality, ...]:
    """Return all municipalities of the register."""
    return site().once("sized", lambda: tuple(_read(row["number"].value for row in ask("peopled"))))


def _read(texts: Iterable[str]) -> Iterable[Municipality]:
    for text in texts:
        key, people = text.split()
        yield Municipality(ID + key, int(people))
