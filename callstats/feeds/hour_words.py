"""The hours of a feed as a table of days and hours that can be seen, read and heard."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from callstats.feeds.queries import FeedHours
from callstats.feeds.rules import CLOCK_HOURS, FeedDay, HourState

# The mark is for the eye and the word for the ear; neither is told by colour alone.
MARKS = {
    HourState.DATA: ("●", gettext_lazy("data")),
    HourState.PARTLY: ("◐", gettext_lazy("one of the two hours of this name")),
    HourState.MISSING: ("–", gettext_lazy("no data")),
    HourState.AHEAD: ("", gettext_lazy("not over yet")),
    HourState.NO_HOUR: ("×", gettext_lazy("the clock was put forward; there was no such hour")),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """An hour: `state` for the looks, `mark` for the eye, `words` for a screen reader."""

    state: str
    mark: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DayShown:
    """A line of the table."""

    day: str
    cells: list[Cell]
    total: str


@dataclass(frozen=True, kw_only=True)
class HoursShown:
    """The table, and what it comes to."""

    hours: list[str]
    days: list[DayShown]
    summary: str


def hours_shown(found: FeedHours) -> HoursShown:
    """Days downwards, the newest first; the hours of a Norwegian clock across."""
    return HoursShown(
        hours=[f"{hour:02}" for hour in range(CLOCK_HOURS)],
        days=[_day(each) for each in found.days],
        summary=_summary(found),
    )


def _day(found: FeedDay) -> DayShown:
    text = _("%(with_data)s of %(over)s")
    return DayShown(
        day=date_format(found.day, "SHORT_DATE_FORMAT"),
        cells=[_cell(state) for state in found.hours],
        total=text % {"with_data": found.with_data, "over": found.hours_over},
    )


def _cell(state: HourState) -> Cell:
    mark, words = MARKS[state]
    return Cell(state=state.value, mark=mark, words=str(words))


def _summary(found: FeedHours) -> str:
    without = found.without_data
    told = {"with_data": localize(found.with_data), "without": localize(without)}
    text = ngettext(
        "%(with_data)s hours with data, %(without)s hour without.",
        "%(with_data)s hours with data, %(without)s hours without.",
        without,
    )
    return text % told
