"""Draw the patterns of the ontology as SVG: boxes on a grid, arrows between them; the same text gives the same bytes.

Colours stand in attributes and the ground is painted, so that a picture needs no style and reads in light and dark.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from chefsache.web.languages import Language

_WIDTH, _HEIGHT, _RIGHT, _DOWN, _MARGIN = 196, 56, 376, 124, 28
#: Room for an arrow that goes around a box.
_BEND = 26
#: Fill, line and corner of each kind of box.
_LOOKS = {
    "thing": ("#ffffff", "#0b5563", 6),
    "claim": ("#e6f0f1", "#0b5563", 28),
    "concept": ("#f6efe3", "#8a3b12", 6),
    "value": ("#f4f4f2", "#55636a", 0),
}


@dataclass(frozen=True)
class Box:
    """A box: its name in both languages, its kind, its place in pixels."""

    names: dict[Language, str]
    kind: str
    x: int
    y: int


@dataclass(frozen=True)
class Arrow:
    """An arrow from one box to another; derived ones are dashed, bent ones go around what lies between."""

    start: Box
    end: Box
    name: str
    derived: bool
    bend: bool


@dataclass(frozen=True)
class Diagram:
    """A pattern of the ontology."""

    name: str
    title: dict[str, str]
    text: dict[str, str]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        right, down = max(box.x for box in self.boxes), max(box.y for box in self.boxes)
        return right + _WIDTH + _MARGIN, down + _HEIGHT + _MARGIN


@cache
def diagrams() -> dict[str, Diagram]:
    """Return all diagrams by name, in the order of their file."""
    with (Path(__file__).parent / "diagrams.toml").open("rb") as file:
        return {name: _diagram(name, values) for name, values in tomllib.load(file).items()}


def svg(diagram: Diagram, language: Language) -> str:
    """Return the picture of a diagram.

    >>> svg(diagrams()["claim"], "de") == svg(diagrams()["claim"], "de")
    True
    """
    width, height = diagram.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" font-size="15" lang="{language}">',
        f"<title>{escape(diagram.title[language])}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 8 4 0 8z" fill="#1c2326"/></marker></defs>',
        f'<rect width="{width}" height="{height}" rx="10" fill="#fcfcfa"/>',
        *(_line(arrow) for arrow in diagram.arrows),
        *(_drawn(box, language) for box in diagram.boxes),
        *(_word(arrow) for arrow in diagram.arrows),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _diagram(name: str, values: dict[str, Any]) -> Diagram:
    left = _MARGIN + (_BEND if any(arrow.get("bend") for arrow in values["arrows"]) else 0)
    boxes = {box["id"]: _box(box, left) for box in values["boxes"]}
    arrows = tuple(
        Arrow(boxes[a["from"]], boxes[a["to"]], a["name"], a.get("derived", False), a.get("bend", False))
        for a in values["arrows"]
    )
    return Diagram(name, values["title"], values["text"], tuple(boxes.values()), arrows)


def _box(box: dict[str, Any], left: int) -> Box:
    column, row = box["at"]
    return Box({"de": box["de"], "en": box["en"]}, box["kind"], left + column * _RIGHT, _MARGIN + row * _DOWN)


def _drawn(box: Box, language: Language) -> str:
    fill, line, corner = _LOOKS[box.kind]
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEIGHT}" rx="{corner}" fill="{fill}" '
        f'stroke="{line}" stroke-width="2"/>'
        f'<text x="{box.x + _WIDTH // 2}" y="{box.y + _HEIGHT // 2 + 5}" text-anchor="middle" fill="#1c2326">'
        f"{escape(box.names[language])}</text>"
    )


def _line(arrow: Arrow) -> str:
    dashes = ' stroke-dasharray="6 4"' if arrow.derived else ""
    points = " ".join(f"{x} {y}" for x, y in _points(arrow))
    return f'<path d="M{points}" fill="none" stroke="#1c2326" stroke-width="1.5"{dashes} marker-end="url(#tip)"/>'


def _word(arrow: Arrow) -> str:
    """Write the name of an arrow on its middle, on the ground's colour."""
    points = _points(arrow)
    first, second = points[-2:]
    x, y = (first[0] + second[0]) // 2, (first[1] + second[1]) // 2
    if arrow.bend:  # on the way down, above the box that it goes around
        x, y = points[1][0], arrow.start.y + _HEIGHT + (_DOWN - _HEIGHT) // 2
    width = 8 * len(arrow.name) + 6
    x = max(x, width // 2 + 2)
    return (
        f'<rect x="{x - width // 2}" y="{y - 10}" width="{width}" height="20" fill="#fcfcfa"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="13" font-family="ui-monospace, monospace" '
        f'fill="#1c2326">{escape(arrow.name)}</text>'
    )


def _points(arrow: Arrow) -> list[tuple[int, int]]:
    """Return the way of an arrow from the border of one box to that of the other."""
    start, end = arrow.start, arrow.end
    across, half = _WIDTH // 2, _HEIGHT // 2
    if arrow.bend:
        left = start.x - _BEND
        return [(start.x, start.y + half), (left, start.y + half), (left, end.y + half), (end.x, end.y + half)]
    if start.y == end.y:
        side = _WIDTH if end.x > start.x else 0
        return [(start.x + side, start.y + half), (end.x + _WIDTH - side, end.y + half)]
    if start.x == end.x:
        side = _HEIGHT if end.y > start.y else 0
        return [(start.x + across, start.y + side), (end.x + across, end.y + _HEIGHT - side)]
    side = _WIDTH if end.x > start.x else 0
    return [(start.x + side, start.y + half), (end.x + across, end.y if end.y > start.y else end.y + _HEIGHT)]
