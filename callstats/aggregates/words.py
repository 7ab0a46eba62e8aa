"""Counts, levels and periods as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.aggregates.rules import Level
from legevakt.lib import words
from municipalities.models import LineClass

NOT_TOLD = "–"


def number(value: int | Decimal | None) -> str:
    """A count or a decimal number with the language's separators; a dash for what is not told."""
    return NOT_TOLD if value is None else words.number(value)


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
    """The month, the day, or the first and the last day of a half-open period, as a cell begins."""
    return capfirst(words.days(starts_on, ends_on))
