"""What a given figure does to a stored one. Plain Python."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """What becomes of a figure.

    NEW: nothing is stored. UNCHANGED: the same is. RENEWED: a provisional one is replaced by
    another. SETTLED: a provisional one becomes final. REVISED: a final one is changed, which needs
    a reason. REOPENED: a final one would become provisional, which is refused.
    """

    NEW = "new"
    UNCHANGED = "unchanged"
    RENEWED = "renewed"
    SETTLED = "settled"
    REVISED = "revised"
    REOPENED = "reopened"


class Told(NamedTuple):
    """A figure, and whether it is final."""

    inhabitants: int
    is_final: bool


def step(stored: Told | None, given: Told) -> Step:
    """What storing the given figure does.

    >>> step(Told(29_000, is_final=False), Told(29_337, is_final=True)).value
    'settled'
    >>> step(Told(29_337, is_final=True), Told(29_337, is_final=False)).value
    'reopened'
    """
    if stored is None:
        return Step.NEW
    if stored.is_final and not given.is_final:
        return Step.REOPENED
    if stored == given:
        return Step.UNCHANGED
    if given.is_final:
        return Step.REVISED if stored.is_final else Step.SETTLED
    return Step.RENEWED
