"""The wheel as numbers: angles, sectors and marks that do not overlap. Plain Python.

The centre is (0, 0), 1 January points up, and the year goes clockwise. Lengths are in units of the
picture (2 × HALF wide).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, degrees, pi, sin

HALF = 250.0
TICK, OUTER, MONTHS_INNER, RINGS_INNER = 238.0, 226.0, 200.0, 70.0
RING = 26.0  # how broad a category's ring is
RINGS = {
    "meeting": 187.0,
    "economy": 161.0,
    "reporting": 135.0,
    "quality": 109.0,
    "agreement": 83.0,
    "other": 83.0,
}
MARK = 10.5  # the half of a mark's height
GAP = 2 * MARK + 1
WHOLE = 2 * pi
# Corners, and how far the first is turned from straight up; no corners is a circle.
SHAPES = {
    "meeting": (0, 0.0),
    "economy": (4, pi / 4),
    "reporting": (4, 0.0),
    "quality": (6, 0.0),
    "agreement": (5, 0.0),
    "other": (8, pi / 8),
}


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Sector:
    """A month: the path of its field, its name's place, and where its first day is written."""

    month: int
    path: str
    label: Point
    rotation: float
    tick: Point
    line: tuple[Point, Point]


def angle_of(day: date) -> float:
    """Radians clockwise from up, of the day's beginning; a leap year has 366 parts.

    >>> angle_of(date(2025, 1, 1)), round(angle_of(date(2024, 7, 2)) / pi, 4)
    (0.0, 1.0)
    """
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return WHOLE * (day - first).days / (next_first - first).days


def point(angle: float, radius: float) -> Point:
    """Where the angle meets the circle.

    >>> point(0.0, 100.0)
    Point(x=0.0, y=-100.0)
    """
    return Point(round(radius * sin(angle), 2), round(-radius * cos(angle), 2))


def sectors(year: int) -> list[Sector]:
    """The twelve months' fields between the outer circle and the rings."""
    firsts = [angle_of(date(year, month, 1)) for month in range(1, 13)] + [WHOLE]
    return [_sector(month, begins=firsts[month - 1], ends=firsts[month]) for month in range(1, 13)]


def corners(category: str) -> str:
    """The corners of the category's mark around (0, 0), as SVG writes them; empty for a circle.

    Shapes with few corners are drawn larger, so that the letter has its room.
    """
    count, turn = SHAPES[category]
    if not count:
        return ""
    radius = MARK * {4: 1.22, 5: 1.16}.get(count, 1.08)
    places = [point(turn + WHOLE * n / count, radius) for n in range(count)]
    return " ".join(f"{each.x},{each.y}" for each in places)


def spread(angles: Sequence[float], *, radius: float, gap: float = GAP) -> list[float]:
    """Angles moved as little as can be (least squares) for marks on a ring not to overlap.

    Their order around the circle stays. Where they have no room for that, they share the circle
    evenly. `gap` and `radius` in the same unit. Method: the circle is cut in its longest empty
    stretch; along the line from there, angle − place × gap must not fall, which pooling of adjacent
    violators gives (Barlow and others, 1972).
    """
    count = len(angles)
    if count < 2:
        return list(angles)
    least = gap / radius
    order = _from_longest_stretch(angles)
    line = _unwound([angles[n] for n in order])
    wanted = [angle - place * least for place, angle in enumerate(line)]
    placed = [each + place * least for place, each in enumerate(_rising(wanted))]
    if placed[-1] - placed[0] > WHOLE - least:
        placed = _evenly(line)
    found = [0.0] * count
    for n, angle in zip(order, placed, strict=True):
        found[n] = angle
    return found


def _from_longest_stretch(angles: Sequence[float]) -> list[int]:
    order = sorted(range(len(angles)), key=lambda n: angles[n])
    neighbours = zip(order, order[1:] + order[:1], strict=True)
    after = [(angles[second] - angles[first]) % WHOLE for first, second in neighbours]
    cut = after.index(max(after)) + 1
    return order[cut:] + order[:cut]


def _unwound(angles: Sequence[float]) -> list[float]:
    """Each not below the one before: past the year's end they go on over 2π."""
    first = angles[0]
    return [angle if angle >= first else angle + WHOLE for angle in angles]


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled to their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, size = value, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / size:
            before, count = pools.pop()
            total, size = total + before, size + count
        pools.append((total, size))
    return [total / size for total, size in pools for _ in range(size)]


def _evenly(line: Sequence[float]) -> list[float]:
    step = WHOLE / len(line)
    middle = sum(angle - place * step for place, angle in enumerate(line)) / len(line)
    return [middle + place * step for place in range(len(line))]


def _sector(month: int, *, begins: float, ends: float) -> Sector:
    a, b = point(begins, OUTER), point(ends, OUTER)
    c, d = point(ends, MONTHS_INNER), point(begins, MONTHS_INNER)
    path = (
        f"M{a.x} {a.y}A{OUTER} {OUTER} 0 0 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{MONTHS_INNER} {MONTHS_INNER} 0 0 0 {d.x} {d.y}Z"
    )
    middle = (begins + ends) / 2
    turned = degrees(middle)
    return Sector(
        month=month,
        path=path,
        label=point(middle, (OUTER + MONTHS_INNER) / 2),
        rotation=round(turned + 180 if pi / 2 < middle < 3 * pi / 2 else turned, 1),
        tick=point(begins, TICK),
        line=(point(begins, RINGS_INNER), point(begins, OUTER)),
    )
