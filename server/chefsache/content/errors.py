"""What can be wrong with a file or a value that a person wrote.

ChefsacheError            the base of every error of this package that a caller may want to catch
├── ContentError          a file cannot be read; says which, where and why
└── ParameterError        a value does not fit a question's parameter; says which and what would fit
"""

from pathlib import Path

__all__ = ["ChefsacheError", "ContentError", "ParameterError"]


class ChefsacheError(Exception):
    """Base of every error of this package; ``message`` has the text in German (``de``) and English (``en``)."""

    def __init__(self, de: str, en: str) -> None:
        self.message = {"de": de, "en": en}
        super().__init__(f"{de} / {en}")


class ContentError(ChefsacheError):
    """A Turtle or SPARQL file cannot be read; says which one, in which line (from 1; 0 = the whole file), and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(f"nicht lesbar: {reason}", f"cannot be read: {reason}")


class ParameterError(ChefsacheError, ValueError):
    """A value does not fit a question's parameter."""

    def __init__(self, parameter: str, value: str, de: str, en: str) -> None:
        self.parameter = parameter
        self.value = value
        super().__init__(de, en)
