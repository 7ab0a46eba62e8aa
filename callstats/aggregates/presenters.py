"""A series as tables and charts, one a line: lines are never added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from callstats.aggregates import words
from callstats.aggregates.models import AggregateSeries
from callstats.aggregates.queries import Sum
from callstats.aggregates.rules import Level
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period

SERIES_COLUMNS = (
    gettext_lazy("Series"),
    gettext_lazy("Central"),
    gettext_lazy("Counted by"),
    gettext_lazy("Time zone"),
)
CHART = Path(__file__).parent / "levels.vl.json"


@dataclass(frozen=True)
class LineTable:
    """The sums of one line. `chart` is empty where no month has a level."""

    key: str
    title: str
    columns: list[str]
    rows: list[list[str]]
    remark: str = ""
    chart: dict[str, Any] = field(default_factory=dict)


def series_rows(series: Sequence[AggregateSeries]) -> list[dict[str, Any]]:
    """The series for the list."""
    return [
        {
            "pk": each.pk,
            "name": each.name,
            "central": each.central.name,
            "origin": each.origin,
            "zone": each.zone,
        }
        for each in series
    ]


def month_tables(
    sums: Sequence[Sum], *, compared: Mapping[Sum, ServiceLevel], threshold_seconds: int
) -> list[LineTable]:
    """A table a line: latest first, each band its own column, the calls' own figure beside."""
    return [
        _month_table(list(of_line), compared=compared, threshold=threshold_seconds)
        for _line, of_line in groupby(sums, key=lambda one: one.line_class)
    ]


def month_links(sums: Sequence[Sum]) -> list[tuple[str, str]]:
    """(YYYY-MM, name) of each month that is made of shorter periods, latest first."""
    found = {one.starts_on: one for one in sums if one.is_month and one.periods > 1}
    return [
        (f"{day:%Y-%m}", words.days(one.starts_on, one.ends_on))
        for day, one in sorted(found.items(), reverse=True)
    ]


def day_tables(sums: Sequence[Sum]) -> list[LineTable]:
    """A table a line: the days of a month in order."""
    tables = []
    for line, of_line in groupby(sums, key=lambda one: one.line_class):
        rows = list(of_line)
        bands = _bands(rows)
        tables.append(
            LineTable(
                key=f"days-{line or 'all'}",
                title=words.line(line),
                columns=[_("Day"), *_count_columns(), *map(words.band, bands)],
                rows=[[*_counted(one), *_level_cells(one, bands)] for one in rows],
            )
        )
    return tables


def _month_table(
    sums: list[Sum], *, compared: Mapping[Sum, ServiceLevel], threshold: int
) -> LineTable:
    bands = _bands(sums)
    has_threshold = threshold in bands
    columns = [_("Month"), *_count_columns(), *map(words.band, bands)]
    if has_threshold:
        columns += [
            _("From our calls: within %(seconds)s s (%%)") % {"seconds": threshold},
            _("Difference (percentage points)"),
        ]
    return LineTable(
        key=f"months-{sums[0].line_class or 'all'}",
        title=words.line(sums[0].line_class),
        columns=columns,
        rows=[
            [
                *_counted(one),
                *_level_cells(one, bands),
                *(_beside(one, compared.get(one), threshold) if has_threshold else []),
            ]
            for one in reversed(sums)
        ],
        remark=_remark(bands, threshold),
        chart=_chart(sums),
    )


def _count_columns() -> list[str]:
    return [_("Hours told of"), _("Offered"), _("Answered"), _("Abandoned")]


def _counted(one: Sum) -> list[str]:
    hours = _("%(part)s of %(whole)s") % {
        "part": words.number(round(one.hours)),
        "whole": words.number(one.period.hours()),
    }
    counts = (one.counts.offered, one.counts.answered, one.counts.abandoned)
    return [words.days(one.starts_on, one.ends_on), hours, *map(words.number, counts)]


def _bands(sums: Sequence[Sum]) -> list[int]:
    return sorted({seconds for one in sums for seconds in one.counts.bands})


def _level_cells(one: Sum, bands: Sequence[int]) -> list[str]:
    by_band = {level.within_seconds: level for level in one.levels}
    return [words.level(by_band.get(seconds)) for seconds in bands]


def _beside(one: Sum, calls: ServiceLevel | None, threshold: int) -> list[str]:
    """The calls' level and series minus calls, of the percentages as they are shown.

    No difference where hours lack in the calls: the two would be of different hours.
    """
    if calls is None or calls.percent is None:
        return [words.NOT_TOLD, words.NOT_TOLD]
    own = next(each for each in one.levels if each.within_seconds == threshold)
    shown = words.level(Level(threshold, calls.numerator, calls.denominator))
    is_whole = calls.hours_with_feed == calls.hours_in_period
    if own.percent is None or not is_whole:
        return [shown, words.NOT_TOLD]
    return [shown, words.number(own.percent - calls.percent)]


def _remark(bands: Sequence[int], threshold: int) -> str:
    others = [seconds for seconds in bands if seconds != threshold]
    if not others:
        return ""
    return _(
        "A level within %(others)s seconds is another measure than the national one of"
        " %(threshold)s seconds. It cannot be converted to it, and is not compared with it."
    ) % {
        "others": _listed(others),
        "threshold": threshold,
    }


def _listed(seconds: Sequence[int]) -> str:
    return _(" or ").join(words.number(each) for each in seconds)


def _chart(sums: Sequence[Sum]) -> dict[str, Any]:
    months = {one.starts_on: one for one in sums if one.is_month}
    levels = [
        {
            "month": month.isoformat(),
            "share": _share(months.get(month), seconds),
            "band": _("within %(seconds)s s") % {"seconds": words.number(seconds)},
        }
        for seconds in _bands(list(months.values()))
        for month in _every_month(months)
    ]
    if not any(level["share"] is not None for level in levels):
        return {}
    spec = localise(
        load_spec(CHART), texts={"share": _("Share of all offered calls")}, language=_language()
    )
    return with_data(spec, data={"levels": levels})


def _every_month(months: Mapping[date, Sum]) -> list[date]:
    """From the first to the last: the chart draws no line over one that nobody has told of."""
    if not months:
        return []
    span = Period(min(months), max(one.ends_on for one in months.values()))
    return [month.starts_on for month in span.months()]


def _share(one: Sum | None, seconds: int) -> float | None:
    levels = one.levels if one else []
    return next((level.share for level in levels if level.within_seconds == seconds), None)


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
