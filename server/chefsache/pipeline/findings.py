"""What is wrong with the graph: one finding per place, with file, line and a message in German and English."""

from dataclasses import dataclass

from chefsache.content.errors import ChefsacheError, ContentError
from chefsache.content.files import relative
from chefsache.content.rules import Severity

__all__ = ["Finding", "InvalidGraphError", "from_content_error"]

_RANK: dict[str, int] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Finding:
    """One finding: *rule* names the shape or rule, *line* counts from 1 (0: none known), *path* is as in SHACL."""

    severity: Severity
    rule: str
    file: str
    line: int
    focus: str
    path: str
    value: str
    message: tuple[str, str]

    @property
    def order(self) -> tuple[int | str | tuple[str, str], ...]:
        """Sort by severity, then by place; no two findings are equal in it but equal ones."""
        place = (self.file, self.line, self.rule, self.focus, self.path, self.value)
        return _RANK[self.severity], *place, self.message

    def as_json(self) -> dict[str, str | int | dict[str, str]]:
        """Return the finding as it stands in a report."""
        return {
            "severity": self.severity,
            "rule": self.rule,
            "file": self.file,
            "line": self.line,
            "focus": self.focus,
            "path": self.path,
            "value": self.value,
            "message": {"de": self.message[0], "en": self.message[1]},
        }


class InvalidGraphError(ChefsacheError):
    """The graph has violations, so nothing is published; ``findings`` lists them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(
            f"nicht veröffentlicht: {len(findings)} Verstöße; siehe chefsache check",
            f"not published: {len(findings)} violations; see chefsache check",
        )


def from_content_error(error: ContentError) -> Finding:
    """Return what cannot be read as a finding."""
    file = relative(error.path)
    return Finding("violation", "syntax", file, error.line, "", "", "", (error.message["de"], error.message["en"]))
