"""A series of counts from others beside our own calls, month by month, and what can part them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Sum as SumOf
from django.db.models.functions import TruncMonth

from callstats.aggregates import queries as aggregates
from callstats.aggregates.models import AggregateSeries
from callstats.aggregates.queries import Sum
from callstats.annotations.models import Annotation, AnnotationKind
from callstats.calls.models import CallHour, Outcome
from callstats.comparison.refused import refused_rows
from callstats.comparison.rules import (
    Agreement,
    Counted,
    Difference,
    Obstacle,
    Reasons,
    agreement,
    difference,
)
from callstats.exclusions.models import ExcludedHour
from callstats.exclusions.rules import ExclusionState
from callstats.indicators.definitions import Definition
from callstats.indicators.queries import service_level_by
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.periods import OSLO, Period
from municipalities.models import Central

# (first day of the month, class of the line) → calls.
ByLine = Mapping[tuple[date, str], int]


@dataclass(frozen=True)
class Reconciled:
    """A row of the series and our own count of the same, or why there is none.

    `explanations` are what people have written of the month's difference.
    """

    row: Sum
    theirs: Counted
    ours: Counted | None
    obstacle: Obstacle | None
    reasons: Reasons
    explanations: tuple[str, ...] = ()

    @property
    def difference(self) -> Difference | None:
        return None if self.ours is None else difference(theirs=self.theirs, ours=self.ours)

    @property
    def agreement(self) -> Agreement | None:
        return None if self.ours is None else agreement(theirs=self.theirs, ours=self.ours)

    @property
    def is_explained(self) -> bool:
        """The counts differ, if only a little, and somebody has written why."""
        return self.agreement in (Agreement.NEAR, Agreement.DIFFERS) and bool(self.explanations)


def months_told(series: AggregateSeries) -> list[Period]:
    """The months and longer periods of the series, oldest first, each once."""
    return sorted({row.period for row in aggregates.months(series=series)})


def reconciled(
    *, series: AggregateSeries, definition: Definition, between: Period
) -> list[Reconciled]:
    """The rows of the series that lie in the period, latest first, each beside our own count.

    Ours are counted from the hours as they are now, on the lines that the row is of.
    """
    rows = [row for row in aggregates.months(series=series) if _lies_in(row, between)]
    central = series.central
    levels = _levels(rows, central=central, definition=definition)
    beside = _Beside(central=central, rows=rows)
    found = [
        _reconciled(row, series=series, definition=definition, level=levels.get(row), beside=beside)
        for row in rows
    ]
    return sorted(found, key=lambda each: each.row.starts_on, reverse=True)


class _Beside:
    """What is read once for all rows: calls by line, excluded calls, refused rows, notes."""

    def __init__(self, *, central: Central, rows: Sequence[Sum]) -> None:
        months = [row.period for row in rows if row.is_month]
        self.calls = _calls(central, months)
        self.excluded = _excluded(central, months)
        self.refused = refused_rows(central=central, months=months)
        self.notes = _notes(central, months)

    def reasons(self, row: Sum, *, level: ServiceLevel, lines: Iterable[str]) -> Reasons:
        first, own = row.starts_on, set(lines)
        others = [
            calls
            for (month, line), calls in self.calls.items()
            if month == first and line not in own
        ]
        return Reasons(
            hours_without_data=level.hours_in_period - level.hours_with_feed,
            refused_rows=self.refused.get(first, 0),
            unknown_waits=level.unknown_waits,
            before_queue=level.before_queue,
            ambiguous_times=level.ambiguous_times,
            excluded=sum(self.excluded.get((first, line), 0) for line in own),
            on_other_lines=sum(others),
        )


def _reconciled(
    row: Sum,
    *,
    series: AggregateSeries,
    definition: Definition,
    level: ServiceLevel | None,
    beside: _Beside,
) -> Reconciled:
    seconds = definition.limit_seconds
    theirs = Counted(row.counts.offered, row.counts.answered, row.counts.bands.get(seconds))
    obstacle = _obstacle(row, series=series, level=level)
    if level is None or obstacle:
        return Reconciled(row, theirs, None, obstacle, Reasons())
    return Reconciled(
        row=row,
        theirs=theirs,
        ours=Counted(level.offered, level.answered, level.numerator),
        obstacle=None,
        reasons=beside.reasons(row, level=level, lines=_lines(row, definition)),
        explanations=tuple(
            note.text
            for note in beside.notes
            if row.starts_on < note.ends_on and note.starts_on < row.ends_on
        ),
    )


def _obstacle(row: Sum, *, series: AggregateSeries, level: ServiceLevel | None) -> Obstacle | None:
    """Our months are Oslo's; another zone's month has other hours."""
    if not row.is_month:
        return Obstacle.LONGER_PERIOD
    if series.zone != OSLO.key:
        return Obstacle.OTHER_ZONE
    if not row.is_whole:
        return Obstacle.PARTLY_TOLD
    if level is None or level.state == "no_data":
        return Obstacle.NO_CALLS_OF_OURS
    return None


def _lies_in(row: Sum, between: Period) -> bool:
    return between.starts_on <= row.starts_on and row.ends_on <= between.ends_on


def _lines(row: Sum, definition: Definition) -> tuple[str, ...]:
    """Lines not told apart are compared with the indicator's lines together."""
    return (row.line_class,) if row.line_class else definition.line_classes


def _levels(
    rows: Sequence[Sum], *, central: Central, definition: Definition
) -> dict[Sum, ServiceLevel]:
    """Our figures of each row that is a month: one query for each kind of line."""
    found: dict[Sum, ServiceLevel] = {}
    of_line: dict[tuple[str, ...], list[Sum]] = defaultdict(list)
    for row in rows:
        if row.is_month:
            of_line[_lines(row, definition)].append(row)
    for lines, months in of_line.items():
        levels = service_level_by(
            centrals=[central],
            period=_span([month.period for month in months]),
            definition=replace(definition, line_classes=lines),
            step="month",
        )
        by_month = {level.starts_on: level for level in levels}
        found |= {month: by_month[month.starts_on] for month in months}
    return found


def _span(months: Sequence[Period]) -> Period:
    return Period(min(month.starts_on for month in months), max(month.ends_on for month in months))


def _calls(central: Central, months: Sequence[Period]) -> ByLine:
    """Calls that reached a queue, on every line of the central."""
    if not months:
        return {}
    span = _span(months)
    hours = CallHour.objects.filter(
        central=central, hour_at__gte=span.starts_at, hour_at__lt=span.ends_at
    )
    return _by_line(hours.exclude(outcome=Outcome.ENDED_BEFORE_QUEUE))


def _excluded(central: Central, months: Sequence[Period]) -> ByLine:
    """Calls that approved rules leave out of some indicators, never of the national one."""
    if not months:
        return {}
    span = _span(months)
    return _by_line(
        ExcludedHour.objects.filter(
            exclusion__central=central,
            exclusion__state=ExclusionState.APPROVED,
            hour_at__gte=span.starts_at,
            hour_at__lt=span.ends_at,
        )
    )


def _by_line(hours) -> ByLine:
    rows = (
        hours.annotate(month=TruncMonth("hour_at", tzinfo=OSLO))
        .values_list("month", "line__line_class")
        .annotate(SumOf("calls"))
        .order_by("month", "line__line_class")
    )
    return {(month.date(), line): calls for month, line, calls in rows}


def _notes(central: Central, months: Sequence[Period]) -> list[Annotation]:
    if not months:
        return []
    span = _span(months)
    return list(
        Annotation.objects.filter(
            central=central,
            kind=AnnotationKind.DIFFERENCE,
            starts_on__lt=span.ends_on,
            ends_on__gt=span.starts_on,
        ).order_by("created_at", "pk")
    )
