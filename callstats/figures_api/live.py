"""Days and hours, counted from the hours as they are asked for; no more than a page needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from callstats.figures_api.answers import Listed
from callstats.figures_api.asking import Question
from callstats.figures_api.places import Place
from callstats.figures_api.spans import DAY
from callstats.indicators import queries
from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel
from callstats.indicators.suppression import suppressed_rows
from legevakt.lib.periods import Period, local_day
from municipalities.models import Central

SHORTEST_DAY = 23


def counted(question: Question, *, at: datetime) -> Iterator[Listed]:
    """What comes after the question's place, by central, time and definition."""
    for central in question.centrals_left:
        after = (
            question.after if question.after and question.after.central == central.slug else None
        )
        for period in _page_by_page(question, after=after):
            for listed in _listed(question, central=central, period=period, at=at):
                if after is None or _order(listed.place) > _order(after):
                    yield listed


def _page_by_page(question: Question, *, after: Place | None) -> Iterator[Period]:
    """The days that are left, in parts that each fill a page."""
    rows = question.limit + 1
    days = timedelta(days=rows if question.step == DAY else rows // SHORTEST_DAY + 1)
    first = question.period.starts_on
    if after is not None:
        first = max(first, _day_of(after))
    while first < question.period.ends_on:
        end = min(first + days, question.period.ends_on)
        yield Period(first, end)
        first = end


def _listed(
    question: Question, *, central: Central, period: Period, at: datetime
) -> Iterator[Listed]:
    by_definition = [
        _levels(question, central=central, period=period, definition=definition)
        for definition in question.definitions
    ]
    for levels in zip(*by_definition, strict=True):
        for definition, (level, is_hidden) in zip(question.definitions, levels, strict=True):
            yield Listed(
                central=central.slug,
                step=question.step,
                level=level,
                version=definition.version,
                target_percent=definition.target_percent,
                as_of=at,
                is_hidden=is_hidden,
            )


def _levels(
    question: Question, *, central: Central, period: Period, definition: Definition
) -> list[tuple[ServiceLevel, bool]]:
    """The figures of the period, and which are hidden: few called, or few were in time or not.

    Days are judged by the month and hours by the day, for their sums are told as well.
    """
    whole = _whole_months(period) if question.step == DAY else period
    found = queries.service_level_by(
        centrals=[central], period=whole, definition=definition, step=question.step
    )
    judged: list[tuple[ServiceLevel, bool]] = []
    for _, group in groupby(found, key=_summed_in):
        levels = list(group)
        hidden = suppressed_rows(dict(enumerate(map(_counts, levels)))).cells
        judged += [(level, place in hidden) for place, level in enumerate(levels)]
    return [each for each in judged if question.step != DAY or each[0].starts_on in period]


def _counts(level: ServiceLevel) -> tuple[int, ...]:
    """What a figure tells of calls: all, those that are counted, and the others."""
    return level.denominator, level.numerator, level.denominator - level.numerator


def _whole_months(period: Period) -> Period:
    last = period.ends_on - timedelta(days=1)
    return Period(period.starts_on.replace(day=1), Period.month(last.year, last.month).ends_on)


def _summed_in(level: ServiceLevel) -> date:
    """The month that a day's calls are summed in, or the day that an hour's are."""
    if level.starts_at is not None:
        return local_day(level.starts_at)
    return level.starts_on.replace(day=1)


def _order(place: Place) -> tuple[str, str]:
    """Within a central: days, or hours in UTC, sort as their texts do."""
    return place.begins.isoformat(), place.definition


def _day_of(place: Place) -> date:
    return local_day(place.begins) if isinstance(place.begins, datetime) else place.begins
