"""How many calls in time a target lacked, parted so that the parts sum to the whole exactly.

A target of t percent asks for t/100 · D calls in time. What is lacking, t/100 · D − N, is linear
in N and D: whatever way the calls are parted, the parts' shortfalls sum to the whole's. A part
that did better than the target has a shortfall below 0, and makes up for some of the others'.
No Django here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from callstats.indicators.suppression import is_few, suppressed_rows

Counts = tuple[int, int]  # calls in time, calls
Key = TypeVar("Key")


def shortfall(numerator: int, denominator: int, target_percent: int) -> Decimal:
    """t/100 · D − N, exact in hundredths of a call; below 0 where the target was exceeded.

    >>> shortfall(8, 11, 80), shortfall(9, 10, 80)
    (Decimal('0.80'), Decimal('-1.00'))
    """
    return Decimal(target_percent * denominator - 100 * numerator).scaleb(-2)


def calls_short(numerator: int, denominator: int, target_percent: int) -> int:
    """How many more of the calls had to be in time: the shortfall in whole calls, never below 0.

    With 1 more call in time the example has 9 of 11, 81.8 %:

    >>> calls_short(8, 11, 80), calls_short(9, 10, 80)
    (1, 0)
    """
    return max(0, -((100 * numerator - target_percent * denominator) // 100))


def calls_to_spare(numerator: int, denominator: int, target_percent: int) -> int:
    """How many calls fewer in time would still have met the target; 0 where it was not met.

    >>> calls_to_spare(9, 10, 80), calls_to_spare(8, 10, 80), calls_to_spare(8, 11, 80)
    (1, 0, 0)
    """
    return max(0, (100 * numerator - target_percent * denominator) // 100)


@dataclass(frozen=True)
class Lack:
    """What one part of the calls lacked; `key` says which part."""

    key: Any
    numerator: int
    denominator: int
    shortfall: Decimal


def lack(key: Any, counts: Counts, *, target_percent: int) -> Lack:
    """The part with its shortfall."""
    return Lack(key, *counts, shortfall=shortfall(*counts, target_percent))


def parted(cells: Mapping[Key, Counts], *, target_percent: int) -> list[Lack]:
    """Every cell with its shortfall, the largest first, those alike by their keys."""
    lacks = [lack(key, counts, target_percent=target_percent) for key, counts in cells.items()]
    return sorted(lacks, key=lambda each: (-each.shortfall, each.key))


def told(cells: Mapping[Key, Counts], *, target_percent: int) -> list[Lack]:
    """As `parted`, but cells of few calls, in time or not, are told together, last, as None.

    With them is the next smallest, where their sum would else tell of so few.

    >>> [(row.key, row.denominator) for row in
    ...  told({"a": (70, 90), "b": (30, 40), "c": (2, 9)}, target_percent=80)]
    [('a', 90), (None, 49)]
    """
    few = suppressed_rows(
        {key: (calls, in_time, calls - in_time) for key, (in_time, calls) in cells.items()}
    ).cells
    rows = parted(
        {key: counts for key, counts in cells.items() if key not in few},
        target_percent=target_percent,
    )
    if not few:
        return rows
    together = summed_counts(cells[key] for key in few)
    return [*rows, lack(None, together, target_percent=target_percent)]


def tells_of_few(counts: Counts) -> bool:
    """Whether 1 to 4 called, were answered in time, or were not.

    >>> tells_of_few((27, 30)), tells_of_few((25, 30))
    (True, False)
    """
    in_time, calls = counts
    return any(map(is_few, (calls, in_time, calls - in_time)))


def summed_counts(counts: Iterable[Counts]) -> Counts:
    """Calls in time and calls, each summed.

    >>> summed_counts([(1, 2), (3, 4)])
    (4, 6)
    """
    numerator = denominator = 0
    for in_time, calls in counts:
        numerator, denominator = numerator + in_time, denominator + calls
    return numerator, denominator


def regrouped(cells: Mapping[Any, Counts], *, groups: Mapping[Any, Key]) -> dict[Key, Counts]:
    """The cells summed by the group that each belongs to."""
    found: dict[Key, Counts] = {}
    for cell, counts in cells.items():
        group = groups[cell]
        found[group] = summed_counts([found.get(group, (0, 0)), counts])
    return found
