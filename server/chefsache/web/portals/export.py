"""The catalogue of a snapshot, made without a request."""

from chefsache.content.files import release
from chefsache.content.releases import releases
from chefsache.pipeline.snapshot import Snapshot
from chefsache.web.http.negotiation import TURTLE
from chefsache.web.portals import dcat, rdf
from chefsache.web.portals.dcat_parts import Edition
from chefsache.web.portals.files import offers
from chefsache.web.settings import Settings


def edition_of(snapshot: Snapshot, settings: Settings) -> Edition:
    """Return what the catalogue of a snapshot is made of."""
    return Edition(
        offers(snapshot.dumps),
        settings.publisher,
        settings.public_url,
        snapshot.digest,
        release(),
        snapshot.as_of.isoformat(),
        tuple(made for made in releases() if made.address and made.version != release()),
    )


def catalogue(snapshot: Snapshot) -> bytes:
    """Return the whole catalogue as Turtle, with the addresses and the publisher of the environment.

    Raises:
        ValueError: a setting cannot be used; the message names it.
    """
    edition = edition_of(snapshot, Settings.from_env())
    return rdf.written(dcat.catalogue(edition, edition.offers), TURTLE)
