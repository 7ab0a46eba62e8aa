"""Numbers, months and moments as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import DAY, OSLO, Period

MINUS = "\N{MINUS SIGN}"


def number(value: int | Decimal) -> str:
    """A count or a decimal number, with the language's separators and a real minus sign."""
    decimals = 0 if isinstance(value, int) else -int(value.as_tuple().exponent)
    return number_format(value, decimals, force_grouping=True).replace("-", MINUS)


def percent(value: Decimal | int) -> str:
    """A percentage with its sign."""
    return in_percent(number(value))


def in_percent(written: str) -> str:
    """A number already written, as a percentage."""
    return _("%(number)s%%") % {"number": written}


def phone_number(number: str) -> str:
    """116 117, and eight digits in pairs: 56 34 00 00; anything else as it is."""
    if not number.isdecimal() or len(number) not in (6, 8):
        return number
    size = 3 if len(number) == 6 else 2
    parts = [number[at : at + size] for at in range(0, len(number), size)]
    return " ".join(parts)


def month_name(period: Period) -> str:
    """The month and year, as inside a sentence."""
    return date_format(period.starts_on, "YEAR_MONTH_FORMAT")


def months_span(period: Period) -> str:
    """First and last month of a period of whole months."""
    last = period.months()[-1]
    return _("%(first)s to %(last)s") % {
        "first": date_format(period.starts_on, "YEAR_MONTH_FORMAT"),
        "last": date_format(last.starts_on, "YEAR_MONTH_FORMAT"),
    }


def period_name(period: Period) -> str:
    """A month, a year or a span of months, as inside a sentence."""
    if period == Period.year(period.starts_on.year):
        return str(period.starts_on.year)
    if len(period.months()) == 1:
        return month_name(period)
    return months_span(period)


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def days(starts_on: date, ends_on: date) -> str:
    """The whole month, the day, or the first and the last day, as inside a sentence.

    The days are half-open: `ends_on` is the day after the last.
    """
    last = ends_on - DAY
    if starts_on == last:
        return day(starts_on)
    if starts_on.day == 1 and ends_on.day == 1 and starts_on == last.replace(day=1):
        return month_name(Period(starts_on, ends_on))
    return _("%(first)s to %(last)s") % {"first": day(starts_on), "last": day(last)}


def moment(value: datetime) -> str:
    """An Oslo date and time of day."""
    local = value.astimezone(OSLO)
    return _("%(day)s at %(time)s") % {
        "day": day(local.date()),
        "time": local.strftime(_("%H:%M")),
    }


def short_moment(value: datetime) -> str:
    """An Oslo date and time of day in figures, for tables."""
    return date_format(value.astimezone(OSLO), "SHORT_DATETIME_FORMAT")


def through(ends_at: datetime) -> str:
    """The last minute before the end of what is known: 23:59 rather than the next day's 00:00."""
    return moment(ends_at - timedelta(minutes=1))


def limit(seconds: int) -> str:
    """A threshold in words where it is a usual one."""
    usual = {120: _("two minutes"), 600: _("ten minutes")}
    if seconds in usual:
        return usual[seconds]
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": number(seconds)}


def duration(seconds: float | None) -> str:
    """Minutes and seconds, rounded to whole seconds; a dash where nobody was answered."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    return in_minutes(number(minutes), str(rest)) if minutes else in_seconds(str(rest))


def in_minutes(minutes: str, seconds: str) -> str:
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}


def in_seconds(written: str) -> str:
    return _("%(seconds)s s") % {"seconds": written}


def kroner(amount: Decimal) -> str:
    """An amount in kroner, with øre only where it has any."""
    whole = amount == amount.to_integral_value()
    return number(int(amount) if whole else amount.quantize(Decimal("0.01")))
