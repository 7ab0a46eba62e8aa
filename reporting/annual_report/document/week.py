"""The hours of the week as a table: 24 rows, seven days."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format

from callstats.queries import HourOfWeek, about_share
from reporting.annual_report.numbers import NOTHING
from reporting.statistics.hours import ShownHour, shown_hours


def shown_week(cells: list[dict[str, Any]]) -> list[ShownHour]:
    """What may be told of each hour of the week, by the rule of the pages."""
    return shown_hours([HourOfWeek(**cell) for cell in cells])


def week_rows(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`hour` as 00–01 and `days`: the percent of each weekday, Monday first, as text."""
    found = {(shown.hour.weekday, shown.hour.hour): shown for shown in shown_week(cells)}
    return [
        {
            "hour": f"{hour:02d}–{hour + 1:02d}",
            "days": [_percent(found[weekday, hour]) for weekday in range(1, 8)],
        }
        for hour in range(24)
    ]


def has_hidden_cells(cells: list[dict[str, Any]]) -> bool:
    """Whether any cell is left out, or told without its calls, since they are few."""
    return any(shown.is_hidden for shown in shown_week(cells))


def _percent(shown: ShownHour) -> dict[str, str]:
    """To whole percent beside the calls; where those are hidden, to within five points."""
    part, calls = shown.hour.numerator, shown.hour.denominator
    if shown.share is None:
        return {"percent": NOTHING, "calls": ""}
    if shown.is_hidden:
        return {"percent": about_share(part, calls), "calls": ""}
    whole = (200 * part + calls) // (2 * calls)
    return {"percent": str(whole), "calls": number_format(calls, force_grouping=True)}
