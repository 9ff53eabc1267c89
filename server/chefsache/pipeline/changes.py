"""What changed between two editions of the graph: the statements that came and went, by thing.

Compared are the merged statements that files make (``chefsache-asserted.nt``), in which the order of lines and the
names of blank nodes are canonical. What was withdrawn is counted and nothing else: neither its IRI is given, nor a
statement that went and carries a word of its name, which may hide one about a namesake.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.errors import ContentError
from chefsache.content.names import BASE, expand, slug
from chefsache.content.withdrawn import withdrawn

__all__ = ["ASSERTED", "Changes", "Edit", "Labels", "ThingChange", "Value", "both_labels", "compare", "labels"]

#: The dump that is compared, and the one that also names claims.
ASSERTED, COMPLETE = "chefsache-asserted.nt", "chefsache.nt"

#: A value that words can say.
Value = ox.NamedNode | ox.Literal
#: Labels of IRIs, by language.
Labels = dict[str, dict[str, str]]

_LABELS = tuple(f"<{expand(name)}>".encode() for name in ("skos:prefLabel", "rdfs:label"))
_NAMES = tuple(f"<{expand(name)}>".encode() for name in ("skos:prefLabel", "skos:altLabel", "chef:name"))
_GRAPHS = f"{BASE}graph/".encode()
_OURS = f"<{BASE}".encode()
_IRI = re.compile(rb"<([^<>]*)>")
#: Words of a name that are as short are no sign of it.
_SHORT = 3


@dataclass(frozen=True)
class Edit:
    """One property of a thing: the values that went, and those that came."""

    property: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True)
class ThingChange:
    """A thing or claim that is new, gone or changed (``added``, ``removed``, ``changed``), with its edits."""

    iri: str
    kind: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Changes:
    """The difference of two editions.

    ``lost`` are IRIs of which nothing is said any more although they are neither marked as no longer in use nor listed
    as withdrawn; ``withdrawn`` counts what was withdrawn.
    """

    added: tuple[ox.Triple, ...]
    removed: tuple[ox.Triple, ...]
    things: tuple[ThingChange, ...]
    lost: tuple[str, ...]
    withdrawn: int


def compare(old: Path, new: Path) -> Changes:
    """Return what changed between two files of merged statements (N-Triples), or folders that hold them.

    Raises:
        ContentError: one cannot be read.
    """
    before, after = _lines(old), _lines(new)
    gone, come = before - after, after - before
    known, present = _subjects(before), _subjects(after)
    vanished = known - present
    hidden = {iri for iri in vanished if withdrawn(iri.decode())}
    signs = _signs(gone, hidden)
    removed = _triples({line for line in gone if not _carries(line, hidden, signs)})
    added = _triples(come)
    lost = sorted(iri.decode() for iri in vanished - hidden if not iri.startswith(_GRAPHS))
    return Changes(added, removed, _by_thing(removed, added, known, present), tuple(lost), len(hidden))


def both_labels(old: Path, new: Path, changes: Changes) -> Labels:
    """Return the labels of all that changes mention; those of the newer edition count."""
    iris = _mentioned(changes)
    return labels(old, iris) | labels(new, iris)


def labels(folder: Path, iris: Iterable[str]) -> Labels:
    """Return the labels of IRIs as an edition has them, those of claims too where what follows lies beside."""
    file = folder / COMPLETE if folder.is_dir() and (folder / COMPLETE).is_file() else folder
    wanted = {f"<{iri}>".encode() for iri in iris}
    found: Labels = {}
    for line in _lines(file):
        subject, _, rest = line.partition(b" ")
        if subject in wanted and rest.startswith(_LABELS):
            for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES):
                if isinstance(quad.object, ox.Literal):
                    found.setdefault(subject[1:-1].decode(), {})[quad.object.language or ""] = quad.object.value
    return found


def _mentioned(changes: Changes) -> set[str]:
    things = {thing.iri for thing in changes.things}
    edits = [edit for thing in changes.things for edit in thing.edits]
    values = {term.value for edit in edits for term in (*edit.before, *edit.after) if isinstance(term, ox.NamedNode)}
    return things | values | {edit.property for edit in edits}


def _lines(place: Path) -> set[bytes]:
    file = place / ASSERTED if place.is_dir() else place
    try:
        return set(file.read_bytes().splitlines())
    except OSError as error:
        raise ContentError(file, 0, error.strerror or "cannot be opened") from error


def _subjects(lines: set[bytes]) -> set[bytes]:
    return {line.partition(b" ")[0][1:-1] for line in lines if line.startswith(_OURS)}


def _signs(gone: set[bytes], hidden: set[bytes]) -> re.Pattern[str] | None:
    """Return what betrays a withdrawn thing: the longer words of its names, as they are and as they stand in IRIs."""
    words: set[str] = set()
    for line in gone:
        subject, _, rest = line.partition(b" ")
        if subject[1:-1] in hidden and rest.startswith(_NAMES):
            for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES):
                words |= {word for word in re.findall(r"[^\W\d_]+", quad.object.value) if len(word) > _SHORT}
    forms = {form for word in words for form in (word.lower(), slug(word))}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})\b") if forms else None


def _carries(line: bytes, hidden: set[bytes], signs: re.Pattern[str] | None) -> bool:
    """Say whether a statement is about something withdrawn, names it, or has a word of its name."""
    if not hidden:
        return False
    if hidden.intersection(_IRI.findall(line)):
        return True
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda match: chr(int(match[1], 16)), line.decode()).lower()
    return bool(signs and signs.search(text))


def _triples(lines: set[bytes]) -> tuple[ox.Triple, ...]:
    text = b"\n".join(sorted(lines))
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def _by_thing(
    removed: Iterable[ox.Triple], added: Iterable[ox.Triple], before: set[bytes], after: set[bytes]
) -> tuple[ThingChange, ...]:
    values: dict[str, dict[str, tuple[list[Value], list[Value]]]] = {}
    for side, triples in enumerate((removed, added)):
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, Value):
                edits = values.setdefault(triple.subject.value, {})
                edits.setdefault(triple.predicate.value, ([], []))[side].append(triple.object)
    return tuple(
        ThingChange(
            iri,
            _kind(iri.encode(), before, after),
            tuple(Edit(name, tuple(went), tuple(came)) for name, (went, came) in sorted(edits.items())),
        )
        for iri, edits in sorted(values.items())
    )


def _kind(iri: bytes, before: set[bytes], after: set[bytes]) -> str:
    if iri in after and iri not in before:
        return "added"
    return "removed" if iri in before and iri not in after else "changed"
