"""See whether a release may be made: everything that names it must agree, and all that is wrong is said at once."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from chefsache.content.errors import ChefsacheError
from chefsache.content.files import read_text, release, root
from chefsache.content.names import BASE, expand
from chefsache.content.releases import UNRELEASED, VERSION, releases
from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot

__all__ = ["Fault", "NotReleasableError", "check_release", "notes_of_code", "ontology_version"]

#: What has to be put right, in German and English.
Fault = tuple[str, str]

_VERSION_INFO = f'<{BASE}ontology> <{expand("owl:versionInfo")}> "'.encode()


class NotReleasableError(ChefsacheError):
    """A release may not be made; says what has to be put right, a line for each fault."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*("\n".join(lines) for lines in zip(*faults, strict=True)))


def check_release(name: str, snapshot: Snapshot, address: str) -> str:
    """See that all that names a release agrees; return its version.

    Args:
        name: the tag, ``vYYYY.MM.N``.
        snapshot: what is to be released.
        address: the public address of the server, which stands in the catalogue.

    Raises:
        NotReleasableError: it does not.
    """
    version = name.removeprefix("v")
    stated = VERSION.fullmatch(version)
    if not stated or not name.startswith("v"):
        raise NotReleasableError((f"{name}: erwartet vJJJJ.MM.N, etwa v2026.11.1", f"{name}: expected vYYYY.MM.N"))
    faults = [*_stated(version), *_dated(name, stated["month"], snapshot), *_addressed(address), *_checked_in(name)]
    if faults:
        raise NotReleasableError(*faults)
    return version


def ontology_version(dumps: Path) -> str:
    """Return the version that the ontology of a folder of dumps states; empty where it states none."""
    with (dumps / ASSERTED).open("rb") as lines:
        line = next((line for line in lines if line.startswith(_VERSION_INFO)), b"")
    return line.removeprefix(_VERSION_INFO).partition(b'"')[0].decode()


def notes_of_code(version: str) -> str:
    """Return what CHANGELOG.md says of a version; empty where it says nothing."""
    file = root() / "CHANGELOG.md"
    text = read_text(file) if file.is_file() else ""
    found = re.search(rf"^## {re.escape(version)}\b.*\n((?:(?!## ).*\n?)*)", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _stated(version: str) -> Iterator[Fault]:
    """See that citation, package, changelog and the table of releases are those of this version."""
    if release() != version:
        yield _not("CITATION.cff: version", release(), version)
    package = root() / "pyproject.toml"
    if package.is_file():
        packaged = tomllib.loads(read_text(package))["project"]["version"]
        if packaged != version:
            yield _not("pyproject.toml: version", packaged, version)
    if (root() / "CHANGELOG.md").is_file() and not notes_of_code(version):
        yield f"CHANGELOG.md: kein Abschnitt '## {version}'", f"CHANGELOG.md: no section '## {version}'"
    if any(made.version == version for made in releases()):
        yield f"data/releases.csv: {version} gibt es schon", f"data/releases.csv: {version} was made already"


def _dated(name: str, month: str, snapshot: Snapshot) -> Iterator[Fault]:
    if f"{snapshot.as_of:%Y.%m}" != month:
        yield (
            f"{name}: der Stichtag {snapshot.as_of} liegt in einem anderen Monat",
            f"{name}: the release day {snapshot.as_of} is in another month",
        )
    stated = ontology_version(snapshot.dumps_path)
    if stated.endswith(UNRELEASED):
        yield (
            f"ontology/: owl:versionInfo ist {stated}; '{UNRELEASED}' entfernen, auch in owl:versionIRI",
            f"ontology/: owl:versionInfo is {stated}; take '{UNRELEASED}' away, in owl:versionIRI too",
        )


def _addressed(address: str) -> Iterator[Fault]:
    host = urlsplit(address).hostname or ""
    if host in {"localhost", "::1"} or host.startswith("127."):
        yield (
            f"CHEFSACHE_PUBLIC_URL: {address} steht im Katalog; die öffentliche Adresse setzen",
            f"CHEFSACHE_PUBLIC_URL: {address} stands in the catalogue; set the public address",
        )


def _checked_in(name: str) -> Iterator[Fault]:
    if not (root() / ".git").exists():
        return
    if _git("status", "--porcelain"):
        yield "Es gibt Änderungen, die nicht eingecheckt sind.", "There are uncommitted changes."
    elif name not in _git("tag", "--points-at", "HEAD").split():
        yield f"{name}: dieser Stand trägt das Tag nicht", f"{name}: this commit has no such tag"


def _not(what: str, found: str, expected: str) -> Fault:
    return f"{what} ist {found}, nicht {expected}", f"{what} is {found}, not {expected}"


def _git(*arguments: str) -> str:
    try:
        run = subprocess.run(["git", *arguments], cwd=root(), capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotReleasableError((f"git {arguments[0]}: {error}",) * 2) from error
    return run.stdout
