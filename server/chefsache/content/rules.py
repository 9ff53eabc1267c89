"""The rules: what is derived (``queries/rules/``, CONSTRUCT), what must not be found (``queries/hygiene/``, SELECT)."""

from dataclasses import dataclass
from typing import Literal

from chefsache.content.errors import ContentError
from chefsache.content.files import queries
from chefsache.content.headers import Header, read
from chefsache.content.names import GRAPH, expand

__all__ = ["HygieneRule", "Rule", "Severity", "hygiene_rules", "rules"]

Severity = Literal["violation", "warning", "info"]
_SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True)
class Rule:
    """One derivation: the graph its triples go to, and the properties whose earlier derivations it replaces."""

    name: str
    message: dict[str, str]
    graph: str
    replaces: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class HygieneRule:
    """One rule that the graph keeps: its query finds what breaks it (``?focus``, and where known ``?path ?value``)."""

    name: str
    message: dict[str, str]
    severity: Severity
    derived: bool
    text: str


def rules() -> list[Rule]:
    """Return the derivation rules in the order in which they are applied.

    Raises:
        ContentError: a rule's file cannot be read, or its header is not complete.
    """
    return [_rule(read(path)) for path in queries("rules")]


def hygiene_rules() -> list[HygieneRule]:
    """Return the hygiene rules by name.

    Raises:
        ContentError: a rule's file cannot be read, or its header is not complete.
    """
    return [_hygiene_rule(read(path)) for path in queries("hygiene")]


def _rule(header: Header) -> Rule:
    return Rule(
        name=header.path.stem,
        message=header.both("rule"),
        graph=GRAPH + header.one("graph"),
        replaces=tuple(expand(name) for line in header.many("replaces") for name in line.split()),
        text=header.text,
    )


def _hygiene_rule(header: Header) -> HygieneRule:
    severity = next((known for known in _SEVERITIES if known == header.one("severity")), None)
    if severity is None:
        raise ContentError(header.path, 1, f"severity is one of {', '.join(_SEVERITIES)}")
    if header.one("graph") not in {"asserted", "derived"}:
        raise ContentError(header.path, 1, "graph is 'asserted' or 'derived'")
    return HygieneRule(
        name=header.path.stem,
        message=header.both("rule"),
        severity=severity,
        derived=header.one("graph") == "derived",
        text=header.text,
    )
