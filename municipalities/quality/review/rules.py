"""How far a review has come, which measures are open, and whether a point was changed meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

BEGUN_BY = (10, 1)  # month and day of the year under review
JUDGED_BADLY = ("improve", "lacking")


@dataclass(frozen=True)
class Judged:
    """What one year's review says of a point of the regulation; `is_done` is of its measure."""

    year: int
    code: str
    status: str
    has_measure: bool
    is_done: bool


def open_measures(judged: Iterable[Judged]) -> list[Judged]:
    """Of each point what the latest review that judged it decided, where that is not done.

    A later judgement stands for an earlier one: what was decided last year is either done, or
    decided again.

    >>> last = Judged(2024, "6a", "improve", has_measure=True, is_done=False)
    >>> not_yet = Judged(2025, "6a", "open", has_measure=False, is_done=False)
    >>> open_measures([last, not_yet]) == [last]
    True
    >>> open_measures([last, Judged(2025, "6a", "good", has_measure=False, is_done=False)])
    []
    """
    latest: dict[str, Judged] = {}
    for each in sorted(judged, key=lambda row: (row.code, row.year)):
        if each.status != "open" or each.has_measure:
            latest[each.code] = each
    return [each for each in latest.values() if each.has_measure and not each.is_done]


def is_late(deadline: date | None, *, today: date) -> bool:
    """Whether a measure's deadline has passed.

    >>> is_late(date(2025, 6, 1), today=date(2025, 6, 1))
    False
    """
    return deadline is not None and deadline < today


def should_have_begun(year: int) -> date:
    """The day by which the year's review is begun, so that it is signed before the year ends."""
    return date(year, *BEGUN_BY)


def mark_of(values: Sequence[object]) -> str:
    """A short fingerprint of what a form began from, so that nobody overwrites another's words.

    >>> mark_of(["open", ""]) == mark_of(["open", ""]) != mark_of(["good", ""])
    True
    """
    written = json.dumps(list(values), ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
