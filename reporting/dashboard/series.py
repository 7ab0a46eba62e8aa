"""The two small charts of a central on the overview, with the tables of the statistics."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.periods import Period
from reporting.dashboard.queries import CentralFigures
from reporting.statistics.hours import Week
from reporting.statistics.hours import hours_series as hours_of_week
from reporting.statistics.notes import month_rows
from reporting.statistics.points import month_points
from reporting.statistics.series import Series, drawing
from reporting.statistics.trend import target_summary
from reporting.statistics.trend_table import trend_table


def trend_series(figures: CentralFigures) -> Series:
    """24 months against the target, oldest first in the chart and latest first in the table."""
    points = month_points(figures.months)
    return Series(
        key=f"trend-{figures.central.pk}",
        title=_("Month by month, the last two years"),
        summary=target_summary(points, definition=figures.definition, by="month"),
        chart=_trend_chart(figures),
        table=trend_table(
            central=figures.central, definition=figures.definition, by="month", points=points
        ),
        url=_address("trend", figures, period=figures.period, by="month"),
    )


def hours_series(figures: CentralFigures) -> Series:
    """When in the week the phones are answered in time, over the last twelve months."""
    return hours_of_week(
        central=figures.central,
        definition=figures.definition,
        week=Week(hours=figures.hours, whole=figures.rolling, period=figures.rolling_period),
        url=_address("hour_of_week", figures, period=figures.rolling_period),
    )


def _address(name: str, figures: CentralFigures, *, period: Period, **filters: str) -> str:
    """The page of the same figures, which stays the same when the months go on."""
    months = period.months()
    filters |= {
        "definition": figures.definition.id,
        "from": f"{months[0].starts_on:%Y-%m}",
        "to": f"{months[-1].starts_on:%Y-%m}",
    }
    return f"{reverse(name, args=[figures.central.slug])}?{urlencode(filters)}"


def _trend_chart(figures: CentralFigures) -> dict[str, Any]:
    rows = [
        {"month": month.period.starts_on.isoformat(), "share": month.level.share}
        for month in figures.months
    ]
    spans = [(note.starts_on, note.ends_on) for note in figures.notes]
    return drawing(
        "trend",
        data={"months": rows, "marks": month_rows(spans, within=figures.period)},
        texts={
            "share": _("Share answered within %(limit)s")
            % {"limit": words.limit(figures.definition.limit_seconds)},
            "no_data": _("no figure"),
            "target": words.percent(figures.definition.target),
            "met": _("Target met"),
            "missed": _("Below the target"),
        },
    )
