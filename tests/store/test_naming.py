"""Which thing a person means by a name."""

import pytest

from chefsache.content.names import ID
from chefsache.store.naming import NoSuchThingError, meant

CITY, HESSE, BAVARIA = f"{ID}05515000", f"{ID}06432015", f"{ID}09278156"
NAMED = [(CITY, "Münster"), (HESSE, "Münster"), (BAVARIA, "Münster"), (f"{ID}05916000", "Herne")]


@pytest.mark.parametrize("name", ["05916000", "Herne", "herne"])
def test_a_key_or_name_of_one_thing(name: str) -> None:
    """Nothing else is looked at where one thing has the name."""

    def known() -> set[str]:
        raise AssertionError

    assert meant(name, [*NAMED, (f"{ID}05916000", "05916000")], known) == f"{ID}05916000"


def test_the_better_known_of_several_is_meant() -> None:
    """Three places are called Münster; claims are known of one."""
    assert meant("Münster", NAMED, lambda: {CITY}) == CITY


@pytest.mark.parametrize(("known", "listed"), [(set(), [CITY, HESSE, BAVARIA]), ({CITY, HESSE}, [CITY, HESSE])])
def test_several_that_are_as_well_known_are_listed(known: set[str], listed: list[str]) -> None:
    """Nobody is guessed."""
    with pytest.raises(NoSuchThingError) as error:
        meant("Münster", NAMED, lambda: known)

    assert [iri for iri in (CITY, HESSE, BAVARIA) if iri in error.value.message["de"]] == listed


def test_similar_names_are_offered() -> None:
    """A slip of the pen is no dead end."""
    with pytest.raises(NoSuchThingError, match="Herne"):
        meant("Hernne", NAMED)
