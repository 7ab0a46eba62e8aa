"""Days and hours, counted from the hours as they are asked for; no more than a page needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from callstats.figures_api.answers import Listed
from callstats.figures_api.asking import Question
from callstats.figures_api.places import Place
from callstats.figures_api.spans import DAY
from callstats.indicators import queries
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
        queries.service_level_by(
            centrals=[central], period=period, definition=definition, step=question.step
        )
        for definition in question.definitions
    ]
    for levels in zip(*by_definition, strict=True):
        for definition, level in zip(question.definitions, levels, strict=True):
            yield Listed(
                central=central.slug,
                step=question.step,
                level=level,
                version=definition.version,
                target_percent=definition.target_percent,
                as_of=at,
            )


def _order(place: Place) -> tuple[str, str]:
    """Within a central: days, or hours in UTC, sort as their texts do."""
    return place.begins.isoformat(), place.definition


def _day_of(place: Place) -> date:
    return local_day(place.begins) if isinstance(place.begins, datetime) else place.begins
