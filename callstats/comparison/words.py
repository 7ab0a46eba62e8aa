"""Periods, rough numbers and results as people read them, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.comparison.rules import NEAR_PERCENT, Agreement, Obstacle
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell

NOTHING = "–"
MILLION = 1_000_000


def period_name(period: Period) -> str:
    """The year, the month, or the first and the last month of a period of whole months."""
    return capfirst(words.period_name(period))


def days_name(period: Period) -> str:
    """As period_name; the first and last day of a period that is not of whole months."""
    if (period.starts_on.day, period.ends_on.day) == (1, 1):
        return period_name(period)
    last = period.ends_on - timedelta(days=1)
    return _("%(first)s to %(last)s") % {
        "first": words.day(period.starts_on),
        "last": words.day(last),
    }


def months_listed(months: Iterable[Period]) -> str:
    """The months, those in a row as a span."""
    runs: list[Period] = []
    for month in months:
        if runs and runs[-1].ends_on == month.starts_on:
            runs[-1] = Period(runs[-1].starts_on, month.ends_on)
        else:
            runs.append(month)
    return ", ".join(
        words.month_name(run) if len(run.months()) == 1 else words.months_span(run) for run in runs
    )


def share_of(value: float) -> Decimal:
    """A share of 0 to 1 as a percentage with one decimal."""
    return Decimal(str(round(100 * value, 1)))


def about_calls(calls: Mapping[str, int | None]) -> str:
    """«3.4 to 3.5 million», as roughly as it is published."""
    least, most = calls["at_least"], calls["at_most"]
    if least is None and most is not None:
        return _("just under %(number)s million") % {"number": _millions(most)}
    if most is None and least is not None:
        return _("more than %(number)s million") % {"number": _millions(least)}
    return _("about %(least)s to %(most)s million") % {
        "least": _millions(least or 0),
        "most": _millions(most or 0),
    }


def result(agreement: Agreement, *, is_explained: bool) -> str:
    """How two counts compare, and whether somebody has explained it."""
    told = {
        Agreement.AGREES: _("agrees"),
        Agreement.NEAR: _("within %(limit)s") % {"limit": words.percent(NEAR_PERCENT)},
        Agreement.DIFFERS: _("differs"),
    }[agreement]
    return _("%(result)s, explained") % {"result": told} if is_explained else told


def obstacle(found: Obstacle) -> str:
    """Why a row is not compared."""
    return {
        Obstacle.LONGER_PERIOD: _("not compared: not one calendar month"),
        Obstacle.OTHER_ZONE: _("not compared: another time zone than ours"),
        Obstacle.PARTLY_TOLD: _("not compared: theirs lacks hours of the month"),
        Obstacle.NO_CALLS_OF_OURS: _("not compared: we have no data"),
    }[found]


def told(value: Cell | None) -> Cell:
    """The value, or a dash where it is not told."""
    return NOTHING if value is None else value


def _millions(calls: int) -> str:
    return words.number((Decimal(calls) / MILLION).quantize(Decimal("0.1")))
