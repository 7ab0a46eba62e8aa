"""The trend and the hours of the week: one table each, and the chart of the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from callstats.queries import HourOfWeek, completeness_words, percent, state_words
from legevakt.lib import words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from reporting.dashboard.queries import CentralFigures, Month

CHARTS = Path(__file__).resolve().parent.parent / "charts"


@dataclass(frozen=True)
class Series:
    """A chart with the table of its figures. `key` is unique to the page."""

    key: str
    title: str
    summary: str
    chart: dict[str, Any]
    table: Table
    url: str

    @property
    def csv_url(self) -> str:
        return f"{self.url}?format=csv"


def trend_series(figures: CentralFigures) -> Series:
    """24 months against the target, oldest first in the chart and latest first in the table."""
    known = [month for month in figures.months if month.level.percent is not None]
    met = [m for m in known if m.level.meets_target(figures.definition.target)]
    summary = ngettext(
        "The target of %(target)s was met in %(met)s of %(known)s month with figures.",
        "The target of %(target)s was met in %(met)s of %(known)s months with figures.",
        len(known),
    )
    return Series(
        key=f"trend-{figures.central.pk}",
        title=_("Month by month, the last two years"),
        summary=summary
        % {
            "target": words.percent(figures.definition.target),
            "met": words.number(len(met)),
            "known": words.number(len(known)),
        },
        chart=_trend_chart(figures),
        table=trend_table(figures),
        url=reverse("trend", args=[figures.central.slug]),
    )


def hours_series(figures: CentralFigures) -> Series:
    """When in the week the phones are answered in time, over the last twelve months."""
    return Series(
        key=f"hours-{figures.central.pk}",
        title=_("By day and hour of the week"),
        summary=f"{_hours_summary(figures)} {completeness_words(figures.rolling)}.",
        chart=_hours_chart(figures),
        table=hours_table(figures),
        url=reverse("hour_of_week", args=[figures.central.slug]),
    )


def trend_table(figures: CentralFigures) -> Table:
    """A row a month, latest first; what has no percentage says why."""
    target = figures.definition.target
    return Table(
        caption=_("Month by month, %(central)s") % {"central": figures.central.name},
        headings=(
            _("Month"),
            _("Answered within %(limit)s")
            % {"limit": words.limit(figures.definition.limit_seconds)},
            _("Calls"),
            _("Share (%)"),
            _("Target of %(target)s") % {"target": words.percent(target)},
            _("Not answered"),
            _("Not answered (%)"),
            _("Hours with data"),
            _("Hours in the month"),
        ),
        rows=tuple(_trend_row(month, figures=figures) for month in reversed(figures.months)),
    )


def hours_table(figures: CentralFigures) -> Table:
    """168 rows, Monday first; an hour in which nobody called has no percentage."""
    return Table(
        caption=_("By day and hour of the week, %(central)s, %(months)s")
        % {
            "central": figures.central.name,
            "months": words.months_span(figures.rolling_period),
        },
        headings=(
            _("Day"),
            _("Hour"),
            _("Answered within %(limit)s")
            % {"limit": words.limit(figures.definition.limit_seconds)},
            _("Calls"),
            _("Share (%)"),
        ),
        rows=tuple(Row(cells=_hour_cells(hour)) for hour in figures.hours),
    )


def _trend_row(month: Month, *, figures: CentralFigures) -> Row:
    level = month.level
    name = capfirst(words.month_name(month.period))
    url = reverse("figure", args=[figures.central.slug, f"{month.period.starts_on:%Y-%m}"])
    feed: tuple[Cell, ...] = (level.hours_with_feed, level.hours_in_period)
    if level.percent is None:
        nothing: Cell = state_words(month.state).lower()
        return Row(cells=(name, "–", "–", nothing, "–", "–", "–", *feed), url=url)
    is_met = level.meets_target(figures.definition.target)
    unanswered = percent(level.unanswered, level.offered)
    return Row(
        cells=(
            name,
            level.numerator,
            level.denominator,
            level.percent,
            _("met") if is_met else _("below"),
            level.unanswered,
            "–" if unanswered is None else unanswered,
            *feed,
        ),
        url=url,
    )


def _hour_cells(hour: HourOfWeek) -> tuple[Cell, ...]:
    share = percent(hour.numerator, hour.denominator)
    return (
        _weekday(hour.weekday),
        f"{hour.hour:02d}–{hour.hour + 1:02d}",
        hour.numerator,
        hour.denominator,
        _("no calls") if share is None else share,
    )


def _weekday(isoweekday: int) -> str:
    return capfirst(str(WEEKDAYS[isoweekday - 1]))


def _hours_summary(figures: CentralFigures) -> str:
    """The weakest of the hours with at least one call a week on average."""
    often = [hour for hour in figures.hours if hour.denominator >= 52]
    if not often:
        return _("Too few calls to point out an hour.")
    weakest = min(often, key=lambda hour: (hour.share or 0, hour.weekday, hour.hour))
    share = percent(weakest.numerator, weakest.denominator)
    return _("Lowest: %(day)s at %(hour)s, %(share)s (%(part)s of %(whole)s calls).") % {
        "day": str(WEEKDAYS[weakest.weekday - 1]),
        "hour": f"{weakest.hour:02d}–{weakest.hour + 1:02d}",
        "share": words.percent(share or Decimal(0)),
        "part": words.number(weakest.numerator),
        "whole": words.number(weakest.denominator),
    }


def _trend_chart(figures: CentralFigures) -> dict[str, Any]:
    target = words.percent(figures.definition.target)
    spec = localise(
        load_spec(CHARTS / "trend.vl.json"),
        texts={
            "share": _("Share answered within %(limit)s")
            % {"limit": words.limit(figures.definition.limit_seconds)},
            "no_data": _("no figure"),
            "target": target,
            "met": _("Target met"),
            "missed": _("Below the target"),
        },
        language=_language(),
    )
    rows = [
        {"month": month.period.starts_on.isoformat(), "share": month.level.share}
        for month in figures.months
    ]
    return with_data(spec, data={"months": rows})


def _hours_chart(figures: CentralFigures) -> dict[str, Any]:
    spec = localise(
        load_spec(CHARTS / "hour_of_week.vl.json"),
        texts={
            "share": _("Answered in time"),
            "hour": _("Hour of the day"),
        },
        language=_language(),
    )
    rows = [
        {"weekday": hour.weekday, "hour": hour.hour, "share": hour.share} for hour in figures.hours
    ]
    return with_data(spec, data={"hours": rows})


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
