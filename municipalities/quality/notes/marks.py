"""A curve's notes as marks: the same numbers in the chart, in its table and in the list below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from legevakt.lib import words
from legevakt.lib.periods import DAY, Period
from legevakt.lib.tables import Row, Table
from municipalities.quality.notes.models import QualityNote

NOTHING = "–"


@dataclass(frozen=True)
class Mark:
    """A note with its number on the curve; its days are half-open."""

    pk: int
    number: str
    days: Period
    text: str

    @property
    def when(self) -> str:
        """The day, the month, or the first and the last day."""
        return words.days(self.days.starts_on, self.days.ends_on)

    def touches(self, days: Period) -> bool:
        """Whether it has a day in the days."""
        return self.days.starts_on < days.ends_on and days.starts_on < self.days.ends_on


def marks(notes: Iterable[QualityNote]) -> list[Mark]:
    """The notes numbered in their order; one without an end is marked on its first day."""
    return [
        Mark(each.pk, f"({place})", _days(each.starts_date, each.ends_date), each.text)
        for place, each in enumerate(notes, 1)
    ]


def beginning_in(marked: Sequence[Mark], steps: Sequence[Period]) -> dict[Period, str]:
    """Step of the curve → the numbers that stand at it: where each note first touches the curve."""
    found: dict[Period, list[str]] = {}
    for mark in marked:
        step = next((each for each in steps if mark.touches(each)), None)
        if step:
            found.setdefault(step, []).append(mark.number)
    return {step: " ".join(numbers) for step, numbers in found.items()}


def told_in(marked: Iterable[Mark], step: Period) -> str:
    """What the table says of a step of the curve: every note that touches it."""
    return "; ".join(f"{each.number} {each.text}" for each in marked if each.touches(step))


def noted_table(
    *, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], has_notes: bool
) -> Table:
    """A chart's figures as its table; its last column is of notes where there are any."""
    return Table(
        caption=caption,
        headings=tuple(columns),
        rows=tuple(Row(tuple(cell or NOTHING for cell in row)) for row in rows),
        text_columns="all" if has_notes else "1",
    )


def _days(starts_on: date, ends_on: date | None) -> Period:
    return Period(starts_on, ends_on or starts_on + DAY)
