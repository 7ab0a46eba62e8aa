"""When in the week the phones are answered: 168 hours, as a map and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.queries import (
    Definition,
    HourOfWeek,
    Tally,
    about_note,
    about_share,
    as_week,
    completeness_words,
    default_definition,
    five_points,
    hidden_note,
    hidden_word,
    parts_by,
    percent,
    service_level,
    summed,
    suppressed,
    suppressed_rows,
    total,
)
from legevakt.lib import words
from legevakt.lib.charts import Rows
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.months import Month, months_of
from reporting.statistics.series import (
    Series,
    drawing,
    indicator_name,
    part_headings,
)

# Where a share of calls that went wrong changes its colour; the darkest is the most.
UNANSWERED_STEPS = [0.05, 0.1, 0.2, 0.35]


@dataclass(frozen=True)
class ShownHour:
    """An hour of the week, whether its counts are hidden, and whether its share is too."""

    hour: HourOfWeek
    is_hidden: bool
    is_few: bool

    @property
    def share(self) -> float | None:
        """0 to 1: where the counts are hidden the lower end of five points, else exactly."""
        if self.is_few or not self.hour.denominator:
            return None
        if self.is_hidden:
            return five_points(self.hour.numerator, self.hour.denominator) / 100
        return self.hour.share

    @property
    def hidden_cells(self) -> int:
        return 3 if self.is_few else 2 * self.is_hidden


@dataclass(frozen=True)
class Week:
    """The 168 local hours of the week over a period, Monday 00 first, and their sum."""

    hours: list[HourOfWeek]
    whole: Tally
    period: Period

    def shown(self) -> list[ShownHour]:
        """What may be told of each hour."""
        return shown_hours(self.hours)


def shown_hours(hours: Sequence[HourOfWeek]) -> list[ShownHour]:
    """Nothing is told where few called; no counts where few were in time, or few were not."""
    few = suppressed({place: hour.denominator for place, hour in enumerate(hours)}).cells
    counts = {
        place: (hour.denominator, hour.numerator, hour.denominator - hour.numerator)
        for place, hour in enumerate(hours)
    }
    hidden = suppressed_rows(counts, beside=few).cells
    return [
        ShownHour(hour, is_hidden=place in hidden, is_few=place in few)
        for place, hour in enumerate(hours)
    ]


def week_of(*, central: Central, definition: Definition, period: Period) -> Week:
    """The national indicator from the stored months, as it is published; others counted now."""
    if definition.id == default_definition().id:
        months = months_of(central=central, definition=definition, period=period)
        return stored_week(months, period=period)
    parts = parts_by(centrals=[central], period=period, definition=definition, by="hour_of_week")
    whole = service_level(centrals=[central], period=period, definition=definition)
    return Week(hours=as_week(parts), whole=whole, period=period)


def stored_week(months: Sequence[Month], *, period: Period) -> Week:
    """The hours of the week of the stored months together."""
    parts = summed([month.parts for month in months], by="hour_of_week")
    return Week(
        hours=as_week({int(cell): part for cell, part in parts.items()}),
        whole=total([month.level for month in months]),
        period=period,
    )


def hours_series(*, central: Central, definition: Definition, week: Week, url: str) -> Series:
    """The map of the week with its table."""
    hours = week.shown()
    return Series(
        key=f"hours-{central.pk}",
        title=_("%(indicator)s, by day and hour of the week")
        % {"indicator": indicator_name(definition)},
        summary=f"{_weakest(hours, week.period)} {completeness_words(week.whole)}.",
        chart=_chart(hours, definition=definition),
        table=hours_table(central=central, definition=definition, week=week),
        url=url,
        note=_note(hours),
        text_columns=2,
        has_figures=week.whole.denominator > 0,
    )


def hours_table(*, central: Central, definition: Definition, week: Week) -> Table:
    """168 rows; an hour in which nobody called has no percentage, one of few calls is hidden."""
    return Table(
        caption=_("By day and hour of the week, %(central)s, %(months)s")
        % {"central": central.name, "months": words.months_span(week.period)},
        headings=(_("Day"), _("Hour"), *part_headings(definition), _("Share (%)")),
        rows=tuple(Row(cells=(*_when(shown.hour), *_cells(shown))) for shown in week.shown()),
    )


def _when(hour: HourOfWeek) -> tuple[str, str]:
    return capfirst(str(WEEKDAYS[hour.weekday - 1])), _clock(hour)


def _clock(hour: HourOfWeek) -> str:
    return f"{hour.hour:02d}–{hour.hour + 1:02d}"


def _cells(shown: ShownHour) -> tuple[Cell, ...]:
    hour = shown.hour
    if shown.is_few:
        return (hidden_word(),) * 3
    if shown.is_hidden:
        return (hidden_word(), hidden_word(), about_share(hour.numerator, hour.denominator))
    share = percent(hour.numerator, hour.denominator)
    return hour.numerator, hour.denominator, _("no calls") if share is None else share


def _chart(hours: Sequence[ShownHour], *, definition: Definition) -> dict[str, Any]:
    chart = drawing(
        "hour_of_week",
        data={"hours": _chart_rows(hours)},
        texts={"share": indicator_name(definition), "hour": _("Hour of the day")},
    )
    if "answered" not in definition.numerator_outcomes:
        colours = chart["layer"][0]["encoding"]["color"]["scale"]
        colours.update(domain=UNANSWERED_STEPS, range=colours["range"][::-1])
    return chart


def _chart_rows(hours: Sequence[ShownHour]) -> Rows:
    return [
        {"weekday": shown.hour.weekday, "hour": shown.hour.hour, "share": shown.share}
        for shown in hours
    ]


def _note(hours: Sequence[ShownHour]) -> str:
    note = hidden_note(sum(shown.hidden_cells for shown in hours))
    is_about = any(shown.is_hidden and not shown.is_few for shown in hours)
    return f"{note} {about_note()}" if is_about else note


def _weakest(hours: Sequence[ShownHour], period: Period) -> str:
    """The lowest of the hours with at least one call a week on average."""
    often = [
        shown for shown in hours if not shown.is_few and shown.hour.denominator >= period.days // 7
    ]
    if not often:
        return _("Too few calls to point out an hour.")
    lowest = min(often, key=lambda each: (each.hour.share or 0, each.hour.weekday, each.hour.hour))
    weakest = lowest.hour
    if lowest.is_hidden:
        lower = five_points(weakest.numerator, weakest.denominator)
        return _("Lowest: %(day)s at %(hour)s, between %(low)s and %(high)s.") % {
            "day": str(WEEKDAYS[weakest.weekday - 1]),
            "hour": _clock(weakest),
            "low": words.percent(lower),
            "high": words.percent(lower + 5),
        }
    share = percent(weakest.numerator, weakest.denominator)
    return _("Lowest: %(day)s at %(hour)s, %(share)s (%(part)s of %(whole)s calls).") % {
        "day": str(WEEKDAYS[weakest.weekday - 1]),
        "hour": _clock(weakest),
        "share": words.percent(share or Decimal(0)),
        "part": words.number(weakest.numerator),
        "whole": words.number(weakest.denominator),
    }
