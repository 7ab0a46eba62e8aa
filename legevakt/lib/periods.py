"""Half-open periods of whole days in Oslo, and the UTC moments they begin and end at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
YEARS = range(1900, 2201)  # of days that are stored, so that days and years can be added to each


class PeriodError(ValueError):
    """A period that ends before or when it begins, or is no period at all."""


def wall_time_to_utc(*, day: date, wall: time) -> datetime:
    """The UTC moment an Oslo clock shows `wall` on `day`.

    In the gap of spring the next moment that exists; in the doubled hour of autumn the first.
    Example: 2025-03-30 02:30 does not exist and gives 01:00 UTC (03:00 in Oslo).
    """
    local = datetime.combine(day, wall.replace(tzinfo=None, fold=0), tzinfo=OSLO)
    moment = local.astimezone(UTC)
    if moment.astimezone(OSLO).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local=local)


def _end_of_gap(*, local: datetime) -> datetime:
    """The moment the clock is put forward: the two readings of a gap time lie around it."""
    before, after = local.replace(fold=1), local
    low, high = before.astimezone(UTC), after.astimezone(UTC)
    offset = high.astimezone(OSLO).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(OSLO).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def moments_of(local: datetime) -> list[datetime]:
    """The UTC moments at which an Oslo clock shows the naive `local`, in order.

    None in the gap of spring, two in the doubled hour of autumn.
    """
    readings = {local.replace(tzinfo=OSLO, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(each for each in readings if each.astimezone(OSLO).replace(tzinfo=None) == local)


def days_after(day: date, days: int) -> date:
    """The day so many days later; the calendar's last where it ends before.

    >>> days_after(date(2025, 12, 30), 3), days_after(date.max, 3) == date.max
    (datetime.date(2026, 1, 2), True)
    """
    return day + min(timedelta(days=days), date.max - day)


def local_day(moment: datetime) -> date:
    """The date in Oslo at an aware moment."""
    return moment.astimezone(OSLO).date()


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """The days from `starts_on` up to, and not with, `ends_on`."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        for day in (self.starts_on, self.ends_on):
            if not isinstance(day, date) or isinstance(day, datetime):
                raise PeriodError(f"a period is bounded by dates, not by {day!r}")
        if self.ends_on <= self.starts_on:
            raise PeriodError(f"{self.ends_on} is not after {self.starts_on}")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month, 1 to 12."""
        try:
            first = date(year, month, 1)
            return cls(first, _add_months(first, 1))
        except (ValueError, OverflowError) as error:
            raise PeriodError(f"no month {month} of {year}") from error

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(cls.month(year, 1).starts_on, cls.month(year, 12).ends_on)

    @property
    def starts_at(self) -> datetime:
        """The UTC moment of the first midnight in Oslo."""
        return wall_time_to_utc(day=self.starts_on, wall=time.min)

    @property
    def ends_at(self) -> datetime:
        """The UTC moment of the midnight after the last day; not part of the period."""
        return wall_time_to_utc(day=self.ends_on, wall=time.min)

    @property
    def days(self) -> int:
        """How many dates the period has."""
        return (self.ends_on - self.starts_on).days

    def hours(self) -> int:
        """How many UTC hours the period has: 23 or 25 on the days the clock is moved."""
        return (self.ends_at - self.starts_at) // HOUR

    def months(self) -> list[Period]:
        """Its calendar months in order; the period must begin and end on the first of a month."""
        if (self.starts_on.day, self.ends_on.day) != (1, 1):
            raise PeriodError(f"{self} is not made of whole months")
        found, first = [], self.starts_on
        while first < self.ends_on:
            found.append(Period(first, _add_months(first, 1)))
            first = found[-1].ends_on
        return found

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    def __str__(self) -> str:
        """ISO 8601 interval of dates, half-open: 2025-01-01/2025-02-01."""
        return f"{self.starts_on.isoformat()}/{self.ends_on.isoformat()}"


def rolling_months(n: int, *, before: date) -> Period:
    """The `n` whole months that end at the first day of `before`'s month."""
    if n < 1:
        raise PeriodError(f"{n} months are no period")
    end = before.replace(day=1)
    return Period(_add_months(end, -n), end)


def last_complete_month(today: date) -> Period:
    """The month before the one `today` is in."""
    return rolling_months(1, before=today)


def _add_months(first: date, count: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)
