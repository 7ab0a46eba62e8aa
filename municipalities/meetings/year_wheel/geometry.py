"""The wheel as numbers: angles, sectors and marks that do not overlap. Plain Python.

The centre is (0, 0), 1 January points up, and the year goes clockwise. Lengths are in units of the
picture (500 wide).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

OUTER, MONTHS_INNER = 240.0, 206.0
RINGS = {
    "economy": 178.0,
    "reporting": 152.0,
    "agreement": 126.0,
    "quality": 126.0,
    "other": 126.0,
    "meeting": 100.0,
}
MARK = 9.0  # radius of a mark
HAND = 206.0
LABEL = 223.0


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Sector:
    """A month: the path of its field, and where its name stands."""

    month: int
    path: str
    label: Point
    rotation: float


def angle_of(day: date) -> float:
    """Radians clockwise from up, of the day's beginning; a leap year has 366 parts.

    >>> angle_of(date(2025, 1, 1)), round(angle_of(date(2024, 7, 2)) / pi, 4)
    (0.0, 1.0)
    """
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return 2 * pi * (day - first).days / (next_first - first).days


def point(angle: float, radius: float) -> Point:
    """Where the angle meets the circle.

    >>> point(0.0, 100.0)
    Point(x=0.0, y=-100.0)
    """
    return Point(round(radius * sin(angle), 2), round(-radius * cos(angle), 2))


def sectors(year: int) -> list[Sector]:
    """The twelve months' fields between the outer circle and the rings."""
    firsts = [angle_of(date(year, month, 1)) for month in range(1, 13)] + [2 * pi]
    return [_sector(n + 1, firsts[n], firsts[n + 1]) for n in range(12)]


def spread(angles: Sequence[float], *, radius: float, gap: float = 2 * MARK + 2) -> list[float]:
    """Angles moved as little as is needed for marks on a ring not to overlap, in their order.

    A ring that is too full for that shares the circle evenly.
    """
    if not angles:
        return []
    least = gap / radius
    if least * len(angles) >= 2 * pi:
        return [2 * pi * n / len(angles) for n in range(len(angles))]
    order = sorted(range(len(angles)), key=lambda n: angles[n])
    placed = [angles[n] for n in order]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + least)
    # What was pushed past the year's end is pushed back, from the last mark.
    limit = placed[0] + 2 * pi - least
    for n in range(len(placed) - 1, 0, -1):
        placed[n] = min(placed[n], limit)
        limit = placed[n] - least
    found = [0.0] * len(angles)
    for place, n in enumerate(order):
        found[n] = placed[place]
    return found


def _sector(month: int, begins: float, ends: float) -> Sector:
    a, b = point(begins, OUTER), point(ends, OUTER)
    c, d = point(ends, MONTHS_INNER), point(begins, MONTHS_INNER)
    path = (
        f"M{a.x} {a.y}A{OUTER} {OUTER} 0 0 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{MONTHS_INNER} {MONTHS_INNER} 0 0 0 {d.x} {d.y}Z"
    )
    middle = (begins + ends) / 2
    degrees = middle * 180 / pi
    upside_down = 90 < degrees < 270
    return Sector(
        month=month,
        path=path,
        label=point(middle, LABEL),
        rotation=round(degrees + 180 if upside_down else degrees, 1),
    )
