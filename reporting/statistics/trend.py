"""The curve over time, of every definition and step, with the target and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.queries import Definition, Note, about_note, hidden_note, hidden_word
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Table
from municipalities.models import Central
from reporting.statistics.notes import note_rows
from reporting.statistics.points import Point
from reporting.statistics.series import Series, drawing, indicator_name
from reporting.statistics.trend_table import months_words, titles, trend_table


def trend_series(
    *,
    central: Central,
    definition: Definition,
    by: str,
    points: Sequence[Point],
    notes: Sequence[Note],
    url: str,
) -> Series:
    """The curve with its table, oldest first in the chart and latest first in the table."""
    title = titles()[by]
    table = trend_table(central=central, definition=definition, by=by, points=points)
    return Series(
        key=f"trend-{central.pk}",
        title=f"{indicator_name(definition)}, {title}",
        summary=target_summary(points, definition=definition, by=by),
        chart=trend_chart(points, definition=definition, notes=notes),
        table=table,
        url=url,
        note=_note(points, table),
        has_figures=any(point.tally.denominator for point in points),
    )


def target_summary(points: Sequence[Point], *, definition: Definition, by: str) -> str:
    """How often the target was met, where there is one."""
    if definition.target_percent is None:
        return ""
    known = [point for point in points if point.value is not None]
    met = [point for point in known if point.tally.meets_target(definition.target_percent)]
    summary = _days_summary(len(known)) if by == "day" else _months_summary(len(known))
    return summary % {
        "target": words.percent(definition.target_percent),
        "met": words.number(len(met)),
        "known": words.number(len(known)),
    }


def trend_chart(
    points: Sequence[Point], *, definition: Definition, notes: Sequence[Note]
) -> dict[str, Any]:
    """The curve with the target and what happened; where nothing is known it is broken."""
    is_seconds = definition.kind == "seconds"
    target = definition.target_percent
    within = Period(points[0].period.starts_on, points[-1].period.ends_on)
    rows = [_chart_row(point, target=target) for point in points]
    targets = [] if target is None else [{"value": target, "label": words.percent(target)}]
    return drawing(
        "curve",
        data={
            "points": rows,
            "notes": note_rows(notes, within=within),
            "targets": targets,
            "frame": [{"value": 0}] if is_seconds else [{"value": 0}, {"value": 100}],
        },
        texts={
            "value": indicator_name(definition),
            "unit": "s" if is_seconds else "%",
        },
    )


def _chart_row(point: Point, *, target: int | None) -> dict[str, Any]:
    """A value below the target is written below its point, so that the target's line is free."""
    return {
        "day": point.period.starts_on.isoformat(),
        "value": point.value,
        "is_below": point.tally.meets_target(target) is False,
        "thin": _two_lines(months_words(point)) if point.is_thin else "",
    }


def _two_lines(text: str) -> str:
    """
    >>> _two_lines("of 7 months")
    'of 7\\nmonths'
    """
    return "\n".join(text.rsplit(" ", 1))


def _months_summary(known: int) -> str:
    return ngettext(
        "The target of %(target)s was met in %(met)s of %(known)s month with figures.",
        "The target of %(target)s was met in %(met)s of %(known)s months with figures.",
        known,
    )


def _days_summary(known: int) -> str:
    return ngettext(
        "The share was at or above %(target)s on %(met)s of %(known)s day with figures.",
        "The share was at or above %(target)s on %(met)s of %(known)s days with figures.",
        known,
    )


def _note(points: Sequence[Point], table: Table) -> str:
    """Which points are thin, how many cells are hidden, and what is told instead of a share."""
    told = [
        _(
            "An open point rests on fewer than twelve months: the others have no data. The table"
            " says of how many."
        )
        if any(point.is_thin for point in points)
        else "",
        hidden_note(sum(row.cells.count(hidden_word()) for row in table.rows)),
        about_note() if any(p.is_hidden and p.value is not None for p in points) else "",
    ]
    return " ".join(note for note in told if note)
