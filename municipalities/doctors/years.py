"""The shifts of several years beside each other, and how many days of each are counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.cooperations.models import Cooperation, Participant
from municipalities.doctors.models import ShiftCount
from municipalities.doctors.shift_rules import Counts
from municipalities.register.models import Municipality

Days = tuple[date, date]  # half-open


@dataclass(frozen=True, kw_only=True)
class ShiftYear:
    """A municipality's shifts of the year in which their days begin, as `queries.duty_in`.

    None counts are not known. `days` of the year have shifts counted, of the `days_in` in which
    it took part. `is_crossing`: some are counted together with days of another year.
    """

    year: int
    municipality: Municipality
    counts: Counts | None
    days: int
    days_in: int
    is_crossing: bool


def shift_years(*, cooperation: Cooperation, years: range, until: date) -> list[ShiftYear]:
    """Each that took part in a year, or has shifts of it, by year and number. Two queries.

    `until` is the day after the last that can be known.
    """
    counted = ShiftCount.objects.filter(
        cooperation=cooperation,
        starts_date__lt=date(years.stop, 1, 1),
        ends_date__gt=date(years.start, 1, 1),
    )
    rows = list(counted.select_related("municipality").order_by("pk"))
    taking_part = list(
        Participant.objects.filter(cooperation=cooperation).select_related("municipality")
    )
    known = {row.municipality for row in rows} | {part.municipality for part in taking_part}
    found = [
        _shift_year(year, municipality, rows=rows, taking_part=taking_part, until=until)
        for year in years
        for municipality in sorted(known, key=lambda each: (each.number, each.pk))
    ]
    return [each for each in found if each.counts or each.days_in]


def _shift_year(
    year: int,
    municipality: Municipality,
    *,
    rows: list[ShiftCount],
    taking_part: list[Participant],
    until: date,
) -> ShiftYear:
    starts, ends = date(year, 1, 1), date(year + 1, 1, 1)
    within = starts, min(ends, until)
    own = [each for each in rows if each.municipality_id == municipality.pk]
    counted = ((each.starts_date, each.ends_date) for each in own)
    took_part = (
        (each.joined_date, each.left_date or date.max)
        for each in taking_part
        if each.municipality_id == municipality.pk
    )
    return ShiftYear(
        year=year,
        municipality=municipality,
        counts=_sum([each for each in own if each.starts_date.year == year]),
        days=_days(counted, within),
        days_in=_days(took_part, within),
        is_crossing=any(
            each.starts_date < turn < each.ends_date for each in own for turn in (starts, ends)
        ),
    )


def _sum(rows: Sequence[ShiftCount]) -> Counts | None:
    if not rows:
        return None
    told = [Counts(each.owed, each.delivered, each.hired, each.unfilled) for each in rows]
    return Counts(*map(sum, zip(*told, strict=True)))


def _days(spans: Iterable[Days], within: Days) -> int:
    """How many days of the spans, which do not overlap, lie within."""
    first, after = within
    return sum(max(0, (min(ends, after) - max(starts, first)).days) for starts, ends in spans)
