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


def _are_given_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells tells what each of them is, or is itself so small."""
    alike = len(set(hidden)) == 1 and is_few(hidden[0])
    return len(hidden) == 1 or alike or is_few(sum(hidden))


def _next_smallest(cells: Mapping[Key, int], *, hidden: set[Key]) -> set[Key]:
    """The smallest cells still shown; those of 0 last, for they hide the least."""
    shown = {calls for key, calls in cells.items() if key not in hidden}
    smallest = min(shown, key=lambda calls: (calls == 0, calls), default=None)
    return {key for key, calls in cells.items() if calls == smallest and key not in hidden}
