"""Counts, levels and periods as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.aggregates.rules import Level
from municipalities.models import LineClass

NOT_TOLD = "–"
MINUS = "\N{MINUS SIGN}"


def number(value: int | Decimal | None) -> str:
    """A count or a decimal number with the language's separators; a dash for what is not told."""
    if value is None:
        return NOT_TOLD
    decimals = 0 if isinstance(value, int) else -int(value.as_tuple().exponent)
    return number_format(value, decimals, force_grouping=True).replace("-", MINUS)


def line(line_class: str | None) -> str:
    """The kind of line, or that the report does not tell them apart."""
    return str(LineClass(line_class).label) if line_class else _("Lines not told apart")


def band(seconds: int) -> str:
    """The heading of a level: its seconds are always said."""
    return _("Answered within %(seconds)s s (%%)") % {"seconds": number(seconds)}


def level(found: Level | None) -> str:
    """«80.0 (160 of 200)»; a dash where no level can be told."""
    if found is None or found.percent is None:
        return NOT_TOLD
    return _("%(percent)s (%(part)s of %(whole)s)") % {
        "percent": number(found.percent),
        "part": number(found.numerator),
        "whole": number(found.denominator),
    }


def days(starts_on: date, ends_on: date) -> str:
    """The month, the day, or the first and the last day of a half-open period of days."""
    last = ends_on - timedelta(days=1)
    if starts_on == last:
        return date_format(starts_on, "DATE_FORMAT")
    if starts_on.day == 1 and ends_on.day == 1 and starts_on.replace(day=last.day) == last:
        return capfirst(date_format(starts_on, "YEAR_MONTH_FORMAT"))
    return _("%(first)s to %(last)s") % {
        "first": date_format(starts_on, "DATE_FORMAT"),
        "last": date_format(last, "DATE_FORMAT"),
    }
