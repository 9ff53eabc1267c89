"""Pictures as data: boxes, lines, bars and texts at their places, for `templates/scene.html` to write as SVG.

Nothing here knows of a request, and every number is whole, so the same graph gives the same bytes. Colours are classes
of the style sheet, so a picture follows light, dark and print.
"""

from dataclasses import dataclass
from typing import NamedTuple

#: Pixels that a letter takes on average, generously, by the size of the text.
_LETTER = {"strong": 9.2, "plain": 7.8, "small": 7}
#: Pixels from one line of text to the next.
_LEADING = {"strong": 19, "plain": 19, "small": 17}
_PADDING, _MARK = 12, 18


class Point(NamedTuple):
    """A place in a picture."""

    x: int
    y: int


@dataclass(frozen=True)
class Words:
    """A text in a box: its size, where it leads, and how certain it is (shown as a mark before it)."""

    text: str
    size: str = "plain"
    href: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """One written line, with its place in the picture."""

    text: str
    x: int
    y: int
    size: str
    href: str = ""
    mark: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Box:
    """A box with its lines; *title* says all of it."""

    x: int
    y: int
    width: int
    height: int
    look: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Path:
    """A line that joins what is drawn; *title* says what it means."""

    d: str
    look: str
    title: str = ""


@dataclass(frozen=True)
class Shape:
    """A rectangle or a diamond of a timeline."""

    x: int
    y: int
    width: int
    height: int
    look: str
    title: str = ""
    diamond: bool = False


@dataclass(frozen=True)
class Scene:
    """A whole picture."""

    width: int
    height: int
    paths: tuple[Path, ...] = ()
    shapes: tuple[Shape, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A picture as a list, for narrow screens: what a box says, how certain its place is, and what hangs on it."""

    words: tuple[Words, ...]
    level: str = ""
    below: tuple["Branch", ...] = ()


def wrapped(text: str, width: int, size: str = "plain", most: int = 3) -> list[str]:
    """Break a text into lines that fit a width; what does not fit ends with an ellipsis.

    >>> wrapped("Stabsstelle Zukunft der Gesellschaft", 160)
    ['Stabsstelle Zukunft', 'der Gesellschaft']
    """
    room = max(1, int(width / _LETTER[size]))
    lines = [""]
    for word in _pieces(text, room):
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 1]}…"]
    return lines


def width_of(text: str, size: str = "plain") -> int:
    """Return the room that a line takes."""
    return int(len(text) * _LETTER[size]) + 1


def boxed(x: int, y: int, width: int, words: tuple[Words, ...], look: str = "") -> Box:
    """Return a box as high as its words need."""
    lines: list[Line] = []
    at = y + _PADDING - 8
    for part in words:
        left = x + _PADDING + (_MARK if part.mark else 0)
        for number, text in enumerate(wrapped(part.text, x + width - _PADDING - left, part.size)):
            at += _LEADING[part.size]
            lines.append(Line(text, left, at, part.size, part.href, part.mark if number == 0 else ""))
    return Box(x, y, width, at - y + _PADDING, look, "; ".join(part.text for part in words), tuple(lines))


def elbow(start: Point, end: Point) -> str:
    """Return a path that goes right, then up or down around round corners, then right.

    >>> elbow(Point(0, 10), Point(40, 10))
    'M0 10H40'
    """
    if start.y == end.y:
        return f"M{start.x} {start.y}H{end.x}"
    middle, way = (start.x + end.x) // 2, 1 if end.y > start.y else -1
    radius = min(8, abs(end.y - start.y) // 2, middle - start.x)
    return (
        f"M{start.x} {start.y}H{middle - radius}Q{middle} {start.y} {middle} {start.y + way * radius}"
        f"V{end.y - way * radius}Q{middle} {end.y} {middle + radius} {end.y}H{end.x}"
    )


def _pieces(text: str, room: int) -> list[str]:
    """Split at blanks; a word longer than a line is cut."""
    return [word[at : at + room] for word in text.split() for at in range(0, len(word), room)]
