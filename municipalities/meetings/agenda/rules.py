"""When a third demands an item, and how the minimum agenda is covered. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


def is_demanded(*, supporters: int, participants: int) -> bool:
    """Whether at least a third of the participants demand an item.

    The pattern is kommuneloven § 11-3: an item goes on the agenda when a third of the members
    demand it.

    >>> is_demanded(supporters=2, participants=8), is_demanded(supporters=3, participants=8)
    (False, True)
    >>> is_demanded(supporters=0, participants=0)
    False
    """
    return supporters > 0 and supporters * 3 >= participants


class Covered(StrEnum):
    """How a minimum topic stands in a year."""

    COVERED = "covered"
    PLANNED = "planned"
    POSTPONED = "postponed"
    MISSING = "missing"


@dataclass(frozen=True)
class Treatment:
    """That a topic was on an agenda: of which meeting, when, with what outcome.

    `is_final` when the minutes are approved. Of a meeting to come nothing is said yet.
    """

    meeting: int
    starts_at: datetime
    outcome: str
    is_final: bool


def covered(treatments: Iterable[Treatment], *, now: datetime) -> Covered:
    """How a topic stands: treated once is enough; else what is planned, else postponed.

    Treated counts when the minutes say so, in drafts too; approval makes it evidence.
    """
    found: Sequence[Treatment] = sorted(treatments, key=lambda each: each.starts_at)
    if any(each.outcome == "treated" for each in found):
        return Covered.COVERED
    if any(each.starts_at >= now and each.outcome == "none" for each in found):
        return Covered.PLANNED
    if found and found[-1].outcome == "postponed":
        return Covered.POSTPONED
    return Covered.MISSING
