"""How the project is cited: CITATION.cff (https://citation-file-format.github.io/) read, and written as BibTeX."""

import datetime
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from chefsache.content.errors import ContentError
from chefsache.content.files import citation, read_text
from chefsache.content.releases import version_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Signs that mean something to TeX.
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"})


@dataclass(frozen=True)
class Citation:
    """Who wrote what, when; *doi* is empty until a release has one."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: datetime.date
    url: str
    doi: str

    @property
    def address(self) -> str:
        """The permanent address: the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    def __str__(self) -> str:
        return f"{'; '.join(self.authors)} ({self.released.year}): {self.title}. Version {self.version}. {self.address}"


def cited(snapshot: str) -> Citation:
    """Return what CITATION.cff states; before a release, the version names the snapshot too.

    Raises:
        ContentError: it cannot be read, or lacks a title, a version, a day or an address.
    """
    stated = _read(citation())
    return replace(stated, version=version_of(stated.version, snapshot))


def bibtex(source: Citation) -> str:
    """Return an entry for BibTeX; ``@misc`` is the type that every style knows, authors are names of groups."""
    authors = " and ".join(f"{{{_tex(name)}}}" for name in source.authors)
    fields = {
        "author": f"{{{authors}}}",
        "title": f"{{{{{_tex(source.title)}}}}}",
        "year": str(source.released.year),
        "month": _MONTHS[source.released.month - 1],
        "version": f"{{{source.version}}}",
        **({"doi": f"{{{source.doi}}}"} if source.doi else {}),
        "url": f"{{{source.url}}}",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@misc{{chefsache-{source.version.partition('+')[0]},\n{lines}}}\n"


@cache
def _read(path: Path) -> Citation:
    try:
        stated = yaml.safe_load(read_text(path))
        return Citation(
            str(stated["title"]),
            tuple(_name(author) for author in stated["authors"]),
            str(stated["version"]),
            datetime.date.fromisoformat(str(stated["date-released"])),
            str(stated["url"]),
            str(stated.get("doi", "")),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ContentError(path, 0, f"no citation: {error}") from error


def _name(author: dict[str, str]) -> str:
    return author.get("name") or f"{author['given-names']} {author['family-names']}"


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)
