"""The time that figures are asked for: half-open, in whole days, months or years of Oslo."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from callstats.figures_api.api_errors import InvalidPeriod, SpanTooLong
from legevakt.lib.periods import Period, PeriodError, rolling_months

MONTH, YEAR, DAY, HOUR = STEPS = ("month", "year", "day", "hour")
STORED_STEPS = (MONTH, YEAR)
LONGEST_DAYS = {DAY: 400, HOUR: 31}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


def span_of(step: str, *, begin: str | None, end: str | None, today: date) -> Period:
    """From `begin` up to, and not with, `end`; by default what has ended, up to `today`.

    Twelve months, five years, 31 days or one day of hours, unless told. Raises InvalidPeriod,
    SpanTooLong.
    """
    ends_on = _running(step, today) if end is None else _day("to", end, step=step)
    starts_on = _back(step, ends_on) if begin is None else _day("from", begin, step=step)
    if ends_on <= starts_on:
        shown = {"begin": starts_on.isoformat(), "end": ends_on.isoformat()}
        raise InvalidPeriod(_("from %(begin)s is not before to %(end)s.") % shown)
    period = Period(starts_on, ends_on)
    longest = LONGEST_DAYS.get(step)
    if longest is not None and period.days > longest:
        shown = {"days": str(period.days), "step": step, "longest": str(longest)}
        raise SpanTooLong(
            _("%(days)s days; with step=%(step)s at most %(longest)s at a time.") % shown
        )
    return period


def period_named(text: str) -> Period | None:
    """2025-10 is a month and 2025 a year; None for anything else."""
    found = A_PERIOD.fullmatch(text)
    if found is None:
        return None
    year, month = found.groups()
    try:
        return Period.month(int(year), int(month)) if month else Period.year(int(year))
    except PeriodError:
        return None


def _day(name: str, text: str, *, step: str) -> date:
    day = _date(text)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        shown = {"name": name, "first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
        raise InvalidPeriod(
            _("%(name)s: write a date as 2025-10-24, from %(first)s to %(last)s.") % shown
        )
    if day != _running(step, day):
        raise InvalidPeriod(
            _("%(name)s: with step=%(step)s, write the first day of one.")
            % {"name": name, "step": step}
        )
    return day


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _running(step: str, day: date) -> date:
    """The first day of the month or year that the day is in; of the others the day itself."""
    if step == YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if step == MONTH else day


def _back(step: str, end: date) -> date:
    if step == MONTH:
        return rolling_months(12, before=end).starts_on
    if step == YEAR:
        return end.replace(year=end.year - 5)
    return end - timedelta(days=31 if step == DAY else 1)
