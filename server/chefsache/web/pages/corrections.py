"""The way back: where a statement stands in the files, so that who knows better can correct it there."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chefsache.content.files import file_of, relative
from chefsache.content.positions import first_line
from chefsache.web.pages.page_queries import ask
from chefsache.web.site import absolute, site


@dataclass(frozen=True)
class Place:
    """A line of a file, and its address on the forge; empty where no forge is set."""

    text: str
    href: str


def places(iri: str) -> tuple[Place, ...]:
    """Return where the files state something of a thing."""
    files = (file_of(row["graph"].value) for row in ask("stated-in", iri))
    return tuple(_place(file, iri) for file in files if file)


def place(file: Path) -> Place:
    """Return a file as a whole."""
    return _on_forge(relative(file), None)


def mail(address: str) -> str:
    """Return a `mailto:` address with the page as its subject (RFC 6068); empty where no mailbox is set."""
    mailbox = site().settings.mail
    return f"mailto:{quote(mailbox, safe='@')}?subject={quote(f'chefsache: {absolute(address)}')}" if mailbox else ""


def _place(file: Path, iri: str) -> Place:
    return _on_forge(relative(file), first_line(file, iri) if file.suffix == ".ttl" else None)


def _on_forge(file: str, line: int | None) -> Place:
    forge = site().settings.forge
    anchor = f"#L{line}" if line else ""
    return Place(f"{file}:{line}" if line else file, f"{forge}/{quote(file)}{anchor}" if forge else "")
