"""Where a place lies on a drawn map: Lambert's azimuthal equal-area projection of the sphere.

J. P. Snyder, Map Projections - A Working Manual, US Geological Survey Professional Paper 1395 (1987), equations 22-4,
24-2 and 24-4, with the centre in the middle of Germany. Equal areas stay equal, so that dots are as dense on the map as
municipalities are in the country; within Germany no distance is wrong by more than half a percent.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

#: The centre: degrees of latitude and longitude.
CENTRE = (51.2, 10.4)
#: The mean radius of the earth in kilometres.
_RADIUS = 6371.0

Point = tuple[float, float]


def project(latitude: float, longitude: float) -> Point:
    """Return kilometres to the east and to the south of the centre.

    >>> project(*CENTRE)
    (0.0, -0.0)
    >>> [round(kilometres) for kilometres in project(52.2, 10.4)]
    [0, -111]
    """
    middle, phi = math.radians(CENTRE[0]), math.radians(latitude)
    away = math.radians(longitude - CENTRE[1])
    cosine = math.sin(middle) * math.sin(phi) + math.cos(middle) * math.cos(phi) * math.cos(away)
    scale = _RADIUS * math.sqrt(2 / (1 + cosine))
    east = scale * math.cos(phi) * math.sin(away)
    north = scale * (math.cos(middle) * math.sin(phi) - math.sin(middle) * math.cos(phi) * math.cos(away))
    return east, -north


@dataclass(frozen=True)
class Frame:
    """A piece of the map as it is drawn: its corner in kilometres, its scale, its size in units of the picture."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, points: Iterable[Point], width: int, tallest: int, margin: int) -> Self:
        """Return the frame that shows all points, as large as width and height allow, with a margin on all sides.

        Without a point it is the frame of the middle of the map.
        """
        xs, ys = zip(*(list(points) or [(0.0, 0.0)]), strict=True)
        across, down = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
        scale = min((width - 2 * margin) / across, (tallest - 2 * margin) / down)
        left = min(xs) - (width / scale - across) / 2
        return cls(left, min(ys) - margin / scale, scale, width, round(down * scale + 2 * margin))

    def at(self, point: Point) -> tuple[int, int]:
        """Return the place of a point in the picture."""
        return round((point[0] - self.left) * self.scale), round((point[1] - self.top) * self.scale)

    def holds(self, place: tuple[int, int]) -> bool:
        """Say whether a place lies inside the picture."""
        return 0 <= place[0] <= self.width and 0 <= place[1] <= self.height


def dots(places: Iterable[tuple[int, int]]) -> str:
    """Return a path whose subpaths have no length: round line caps make a dot of each (SVG 2, 13.5.4).

    Steps are relative, and places that coincide are drawn once, since a country has many.

    >>> dots([(7, 2), (5, 1), (7, 2)])
    'm5 1zm2 1z'
    """
    x = y = 0
    parts = []
    for across, down in sorted(set(places), key=lambda place: (place[1], place[0])):
        parts.append(f"m{across - x}{'' if down < y else ' '}{down - y}z")
        x, y = across, down
    return "".join(parts)
