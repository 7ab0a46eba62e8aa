"""Small cells are hidden in whatever leaves the house. Pure arithmetic on whole numbers.

Source: the indicator reference, 2.2 (cells of 1 to 4 are not published) and 5.3.14 (small
centrals). Who rang from a small municipality, or in one hour of one night, is nobody's business.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST_SHOWN = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Suppression(Generic[Key]):
    """The cells that are not shown, and whether the total beside them is not shown either."""

    cells: frozenset[Key] = frozenset()
    hides_total: bool = False


def is_few(calls: int) -> bool:
    """Whether so few called that the number is hidden. Nobody is not few: 0 tells of no one.

    >>> [calls for calls in range(7) if is_few(calls)]
    [1, 2, 3, 4]
    """
    return 0 < calls < LEAST_SHOWN


def suppressed(
    cells: Mapping[Key, int], *, beside: Collection[Key] = frozenset()
) -> Suppression[Key]:
    """What to hide of cells that stand with their total; `beside` is hidden in any case.

    Cells of 1 to 4 are hidden. The total gives away a hidden cell that is alone (by a
    subtraction), several that are alike (by a division), and a few calls altogether: then the
    next smallest cell is hidden too, with all that equal it, or the total where nothing is left
    to hide. All hidden cells must be marked alike on the page, for the mark would tell which is
    which.

    >>> found = suppressed({"Alver": 30, "Austrheim": 9, "Fedje": 2})
    >>> sorted(found.cells), found.hides_total
    (['Austrheim', 'Fedje'], False)
    >>> suppressed({"Alver": 30, "Austrheim": 9}).cells
    frozenset()
    >>> suppressed({"Fedje": 2}).hides_total
    True
    """
    hidden = {key for key, calls in cells.items() if is_few(calls)} | set(beside)
    if is_few(sum(cells.values())):
        return Suppression(frozenset(hidden), hides_total=True)
    while _are_given_away([cells[key] for key in hidden]):
        following = _next_smallest(cells, hidden=hidden)
        if not following:
            return Suppression(frozenset(hidden), hides_total=True)
        hidden |= following
    return Suppression(frozenset(hidden))


def suppressed_shares(cells: Mapping[Key, tuple[int, int]]) -> Suppression[Key]:
    """What to hide of cells that tell a part and its whole, as calls in time and calls.

    A part of 1 to 4, or so many left over, is as telling as so few calls.

    >>> found = suppressed_shares({"Alver": (700, 880), "Gulen": (60, 72), "Modalen": (7, 9)})
    >>> sorted(found.cells)
    ['Gulen', 'Modalen']
    """
    telling = {key for key, (part, whole) in cells.items() if is_few(part) or is_few(whole - part)}
    return suppressed({key: whole for key, (_part, whole) in cells.items()}, beside=telling)


def suppressed_rows(
    rows: Mapping[Key, tuple[int, ...]], *, beside: Collection[Key] = frozenset()
) -> Suppression[Key]:
    """What to hide of rows of several counts beside the sums of each; a row is hidden whole.

    A row is hidden where any of its counts is 1 to 4, and with it the next smallest by their
    first counts until no column gives a hidden count away. A row of nothing but 0 stays. Rows are
    calls, those in time and those not: then neither can be computed.

    >>> rows = {"Monday": (90, 70, 20), "Saturday": (40, 30, 10), "Sunday": (9, 7, 2)}
    >>> sorted(suppressed_rows(rows).cells)
    ['Saturday', 'Sunday']
    """
    hidden = {key for key, counts in rows.items() if any(map(is_few, counts))} | set(beside)
    leading = {key: counts[0] for key, counts in rows.items() if any(counts)}
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    while any(
        _are_given_away([rows[key][place] for key in hidden], total=total)
        for place, total in enumerate(totals)
    ):
        following = _next_smallest(leading, hidden=hidden)
        if not following:
            return Suppression(frozenset(hidden), hides_total=True)
        hidden |= following
    return Suppression(frozenset(hidden))


def five_points(part: int, whole: int) -> int:
    """The lower end of the five percentage points that a share lies in: 0, 5, … 95.

    So much is told of a share whose counts are hidden, for it fits several counts. 100 % is told
    as 95 to 100, else it would tell that what is left over is all in the other hidden cells.

    >>> five_points(13, 15), five_points(4, 5), five_points(5, 5), five_points(0, 9)
    (85, 80, 95, 0)
    """
    return min(95, 100 * part // whole // 5 * 5)


def _are_given_away(hidden: Sequence[int], *, total: int | None = None) -> bool:
    """Whether the sum of the hidden cells tells what each of them is, or is itself so small.

    A sum that is the whole `total` of a central is published, however small.
    """
    alike = len(set(hidden)) == 1 and is_few(hidden[0])
    return len(hidden) == 1 or alike or (is_few(sum(hidden)) and sum(hidden) != total)


def _next_smallest(cells: Mapping[Key, int], *, hidden: set[Key]) -> set[Key]:
    """The smallest cells still shown; those of 0 last, for they hide the least."""
    shown = {calls for key, calls in cells.items() if key not in hidden}
    smallest = min(shown, key=lambda calls: (calls == 0, calls), default=None)
    return {key for key, calls in cells.items() if calls == smallest and key not in hidden}
