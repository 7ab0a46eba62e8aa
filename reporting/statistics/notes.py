"""What happened in a period, as it stands on the curve and in the list under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from callstats.models import Annotation
from legevakt.lib import words
from legevakt.lib.charts import Rows
from legevakt.lib.periods import Period
from municipalities.models import Central, User

DAY = timedelta(days=1)
LEVELS = 3


@dataclass(frozen=True)
class Note:
    """One thing that happened: its number on the curve, its kind and its days in words."""

    number: int
    kind: str
    days: str
    text: str
    period: Period


def notes_of(*, user: User, central: Central, period: Period) -> list[Note]:
    """What touches the period, the earliest first (index annotation_central_start)."""
    found = (
        Annotation.objects.visible_to(user)
        .filter(central=central, starts_on__lt=period.ends_on, ends_on__gt=period.starts_on)
        .order_by("starts_on", "pk")
    )
    return [
        Note(
            number=number,
            kind=str(row.get_kind_display()),
            days=_days(Period(row.starts_on, row.ends_on)),
            text=row.text,
            period=Period(row.starts_on, row.ends_on),
        )
        for number, row in enumerate(found, 1)
    ]


def note_rows(notes: Sequence[Note], *, within: Period) -> Rows:
    """The notes as the chart draws them, cut to the period, their words beside each other.

    `level` keeps the words of neighbours apart; late ones are written to the left of their day.
    """
    late = within.starts_on + timedelta(days=within.days * 2 // 3)
    rows: Rows = []
    for note in notes:
        first = max(note.period.starts_on, within.starts_on)
        rows.append(
            {
                "starts": first.isoformat(),
                "ends": min(note.period.ends_on, within.ends_on).isoformat(),
                "label": f"{note.number} {note.kind}",
                "level": (note.number - 1) % LEVELS,
                "is_late": first >= late,
            }
        )
    return rows


def _days(period: Period) -> str:
    first, last = words.day(period.starts_on), words.day(period.ends_on - DAY)
    return first if first == last else f"{first} – {last}"
