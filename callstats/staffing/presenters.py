"""What the operators rest on, in people's words, and what is missing for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.indicators.hidden_words import hidden_note, hidden_word
from callstats.staffing import words
from callstats.staffing.heat import HeatRow, heat_columns, heat_rows, operators_chart
from callstats.staffing.planning import Assumptions, Need, Week, busiest, needs
from callstats.staffing.tables import options_table, week_table
from legevakt.lib.tables import Table


@dataclass(frozen=True)
class Plan:
    """Everything under the form. `remarks` are what the reader must know of the patience.

    `notes` say how many cells of the options and of the week are hidden.
    """

    facts: list[tuple[str, str]]
    remarks: list[str]
    summary: str
    legend: str
    heat_columns: list[str]
    heat: list[HeatRow]
    options: Table
    week: Table
    notes: list[str]
    chart: dict[str, Any]


def missing(week: Week, *, talk_is_given: bool) -> tuple[str, str] | None:
    """What nothing can be computed without: a title, and what to do; None where all is there."""
    if not week.occurrences:
        return (
            _("No call log covers these weeks"),
            _("Choose more weeks, or import the call log of the central."),
        )
    if not week.calls:
        return (
            _("Nobody called in these weeks, as far as the log tells"),
            _("Choose more weeks, or look whether the call log is right."),
        )
    if week.mean_talk_seconds is None and not talk_is_given:
        return (
            _("The call log tells of no talk times"),
            _("Fill in the talk time in seconds below."),
        )
    return None


def plan(
    week: Week, *, asked: Assumptions, is_estimate: bool, weekday: int | None, hour: int | None
) -> Plan:
    """The needs of the week, and closer those of a day, an hour, or each day's busiest."""
    found = needs(week=week, assumptions=asked)
    options = options_table(_closer(found, weekday=weekday, hour=hour), asked=asked)
    table = week_table([need for need in found if need], asked=asked)
    return Plan(
        facts=_facts(week, asked=asked, is_estimate=is_estimate),
        remarks=_remarks(week, asked=asked, is_estimate=is_estimate),
        summary=_summary(found, asked=asked),
        legend=_legend(asked),
        heat_columns=heat_columns(),
        heat=heat_rows(found),
        options=options,
        week=table,
        notes=[_hidden_note(options), _hidden_note(table)],
        chart=operators_chart(found, asked=asked),
    )


def _closer(found: Sequence[Need | None], *, weekday: int | None, hour: int | None) -> list[Need]:
    days = [found[first : first + 24] for first in range(0, 168, 24)]
    if weekday is not None:
        days = [days[weekday - 1]]
    chosen = [busiest(day) if hour is None else day[hour] for day in days]
    return [need for need in chosen if need]


def _hidden_note(table: Table) -> str:
    return hidden_note(sum(row.cells.count(hidden_word()) for row in table.rows))


def _facts(week: Week, *, asked: Assumptions, is_estimate: bool) -> list[tuple[str, str]]:
    talk = week.mean_talk_seconds
    return [
        (_("Weeks"), words.days(week.period)),
        (
            _("Hours with data"),
            _("%(part)s of %(whole)s")
            % {
                "part": words.number(week.occurrences),
                "whole": words.number(week.period.hours()),
            },
        ),
        (_("Calls"), words.number(week.calls)),
        (
            _("Mean talk time, measured"),
            words.NOT_KNOWN if talk is None else words.duration(talk),
        ),
        (_("Work after the call"), words.duration(asked.after_call_seconds)),
        (_("Mean patience"), _patience(week, asked=asked, is_estimate=is_estimate)),
    ]


def _patience(week: Week, *, asked: Assumptions, is_estimate: bool) -> str:
    if asked.patience_seconds is None:
        return _("not known")
    told = words.duration(asked.patience_seconds)
    if not is_estimate:
        return _("%(duration)s, as filled in") % {"duration": told}
    if week.patience.is_longer:
        told = _("longer than %(duration)s") % {"duration": told}
    return ngettext(
        "%(duration)s, estimated from %(count)s caller who hung up",
        "%(duration)s, estimated from %(count)s callers who hung up",
        week.abandoned,
    ) % {"duration": told, "count": words.number(week.abandoned)}


def _remarks(week: Week, *, asked: Assumptions, is_estimate: bool) -> list[str]:
    if asked.patience_seconds is None:
        return [
            _(
                "Nobody hung up in these weeks, so that the patience is not known. Only Erlang C"
                " is shown. Fill in a patience to see Erlang A."
            )
        ]
    if is_estimate and asked.by_a and week.patience.is_uncertain:
        return [
            _(
                "The patience is uncertain: few callers hung up. Choose more weeks, or try a"
                " shorter and a longer patience."
            )
        ]
    return []


def _summary(found: Sequence[Need | None], *, asked: Assumptions) -> str:
    most = busiest(found)
    if most is None or most.is_few:
        return ""
    return ngettext(
        "Busiest: %(day)s %(hour)s, %(calls)s calls an hour. %(count)s operator is needed there"
        " for %(target)s within %(seconds)s seconds.",
        "Busiest: %(day)s %(hour)s, %(calls)s calls an hour. %(count)s operators are needed there"
        " for %(target)s within %(seconds)s seconds.",
        most.operators,
    ) % {
        "day": str(WEEKDAYS[most.weekday - 1]),
        "hour": words.clock_hour(most.hour),
        "calls": words.number(words.rounded(most.load.calls_per_hour, "0.1")),
        "count": words.number(most.operators),
        "target": words.percent(asked.target_percent),
        "seconds": words.number(asked.threshold_seconds),
    }


def _legend(asked: Assumptions) -> str:
    if asked.by_a and asked.by_c:
        return _("By Erlang A, where callers hang up; in brackets by Erlang C, where nobody does.")
    if asked.by_a:
        return _("By Erlang A, where callers hang up.")
    return _("By Erlang C, where nobody hangs up.")
