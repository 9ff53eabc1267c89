"""Find out which thing a person means: by key, label or former name."""

import difflib
from collections.abc import Callable, Container, Iterable

from chefsache.content.errors import ChefsacheError
from chefsache.content.names import ID

__all__ = ["NoSuchThingError", "meant"]


class NoSuchThingError(ChefsacheError):
    """A name means nothing in the graph, or more than one thing."""


def meant(name: str, named: Iterable[tuple[str, str]], known: Callable[[], Container[str]] = frozenset) -> str:
    """Return the IRI of the one thing that has this key or name, among pairs of IRI and name; case does not matter.

    Where several have the name, those count that *known* returns: of three places, the Münster with offices.

    Raises:
        NoSuchThingError: it means nothing, then similar names are listed, or more than one thing.
    """
    pairs = list(named)
    if any(iri == ID + name for iri, _ in pairs):
        return ID + name
    found = sorted({iri for iri, label in pairs if label.casefold() == name.casefold()})
    if len(found) > 1:
        better = known()
        found = [iri for iri in found if iri in better] or found
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(found)
        raise NoSuchThingError(f"{name} ist mehrdeutig: {listed}", f"{name} means more than one thing: {listed}")
    near = ", ".join(difflib.get_close_matches(name, sorted({label for _, label in pairs}), 5, 0.6))
    raise NoSuchThingError(
        f"{name} kommt nicht vor" + (f"; ähnlich: {near}" if near else ""),
        f"{name} does not occur" + (f"; similar: {near}" if near else ""),
    )
