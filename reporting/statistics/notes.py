"""What happened in a period, as it is drawn on the charts that have a time axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from callstats.queries import Note
from legevakt.lib.charts import Rows
from legevakt.lib.periods import Period

LEVELS = 3


def note_rows(notes: Sequence[Note], *, within: Period) -> Rows:
    """The notes as the curve draws them, cut to the period, their words beside each other.

    `level` keeps the words of neighbours apart; late ones are written to the left of their day.
    """
    late = within.starts_on + timedelta(days=within.days * 2 // 3)
    rows: Rows = []
    for number, note in enumerate(notes, 1):
        first = max(note.starts_on, within.starts_on)
        rows.append(
            {
                "starts": first.isoformat(),
                "ends": min(note.ends_on, within.ends_on).isoformat(),
                "label": f"{number} {note.kind_words}",
                "level": (number - 1) % LEVELS,
                "is_late": first >= late,
            }
        )
    return rows


def month_rows(spans: Sequence[tuple[date, date]], *, within: Period) -> Rows:
    """The months that notes touch, as bars draw them: a row a month.

    `spans` are the first day and the day after the last of each note, in order; each touches
    `within`. A note's number stands in the month in which it begins, or in the first that is
    shown: 1, or 1–3 where several begin.
    """
    rows: Rows = []
    told = 0
    for month in within.months():
        begun = sum(max(first, within.starts_on) < month.ends_on for first, _end in spans)
        if any(first < month.ends_on and end > month.starts_on for first, end in spans):
            rows.append({"month": month.starts_on.isoformat(), "label": _numbers(told + 1, begun)})
        told = begun
    return rows


def _numbers(first: int, last: int) -> str:
    """
    >>> _numbers(1, 3), _numbers(2, 2), _numbers(3, 2)
    ('1–3', '2', '')
    """
    if last < first:
        return ""
    return str(first) if first == last else f"{first}–{last}"
