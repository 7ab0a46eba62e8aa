"""Deviations for a meeting: facts that the minutes can freeze, and the page they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, month_name, number
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic
from municipalities.quality.deviations import queries
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationSeverity,
    DeviationState,
)
from municipalities.quality.deviations.presenters import not_reported, rests_on
from municipalities.quality.deviations.rules import (
    MonthFigures,
    by_key,
    is_over,
    month_after,
    summed,
)


def facts(asked: Asked) -> dict[str, Any]:
    """Counts by month, category, severity and state, of the months that are over."""
    months = months_of(asked)
    categories = _names(DeviationCategory, asked.cooperation)
    severities = _names(DeviationSeverity, asked.cooperation)
    by_severity = by_key(months, "by_severity")
    notes = queries.notes_of(
        cooperation=asked.cooperation,
        since=months[0].month,
        until=month_after(months[-1].month),
    )
    return {
        "cooperation": asked.cooperation.slug,
        "months": [_month_fact(each) for each in months],
        "categories": _counted(categories, by_key(months, "by_category")),
        "severities": _counted(severities, by_severity),
        "severity_not_told": by_severity.get(None, 0),
        "states": by_key(months, "by_state"),
        "notes": [[each.starts_date.isoformat(), each.text] for each in notes],
    }


def page(facts: Facts) -> Page:
    """How many, what they rest on, how many are closed; and the tables."""
    months = [_figures(each) for each in facts["months"]]
    told = summed(months)
    states: Mapping[str, int] = facts["states"]
    return Page(
        lead=_lead(told.count, rests_on(months)),
        figures=_figures_shown(months, states=states) if told.count is not None else (),
        tables=tuple(
            table
            for table in (
                _month_table(months),
                _count_table(_("By category"), _("Category"), facts["categories"]),
                _count_table(_("By severity"), _("Severity"), _severities(facts)),
                _count_table(_("By state"), _("State"), _states(states)),
            )
            if table.rows
        ),
        notes=(
            _("A month that is not reported is missing, and is not 0."),
            *(f"{day(date.fromisoformat(since))}: {text}" for since, text in facts["notes"]),
        ),
        url=reverse("deviations", args=[facts["cooperation"]]),
        link_label=_("Deviations by month"),
    )


def months_of(asked: Asked) -> list[MonthFigures]:
    """The months since the last meeting that are over; the latest one where none is."""
    today = min(asked.until, local_day(timezone.now()))
    latest = month_after(today.replace(day=1), -1)
    since = min(asked.since.replace(day=1), latest)
    found = queries.series_of(cooperation=asked.cooperation, since=since, until=month_after(latest))
    return [each for each in found if is_over(each.month, today=today)]


def _lead(count: int | None, rest: str) -> str:
    if count is None:
        return _("No month since the last meeting is reported.")
    said = ngettext(
        "%(count)s deviation since the last meeting.",
        "%(count)s deviations since the last meeting.",
        count,
    )
    return f"{said % {'count': number(count)}} {rest}"


def _figures_shown(
    months: Sequence[MonthFigures], *, states: Mapping[str, int]
) -> tuple[Figure, ...]:
    count = summed(months).count or 0
    closed = states.get(DeviationState.CLOSED, 0)
    medians = [each for each in months if each.median_days is not None]
    latest = medians[-1] if medians else None
    return (
        Figure(label=_("Deviations"), value=number(count), detail=rests_on(months)),
        Figure(label=_("Not closed"), value=number(count - closed)),
        Figure(
            label=_("Median days to close"),
            value=number(latest.median_days) if latest and latest.median_days is not None else "–",
            detail=_name(latest.month) if latest else _("not told"),
        ),
    )


def _month_table(months: Sequence[MonthFigures]) -> Table:
    rows = tuple(
        Row(
            (_name(each.month), each.count, each.open or 0, each.closed or 0)
            if each.count is not None
            else (_name(each.month), *[not_reported()] * 3)
        )
        for each in months
    )
    headings = (_("Month"), _("Deviations"), _("Not closed"), str(DeviationState.CLOSED.label))
    return Table(_("By month"), headings, rows)


def _count_table(caption: str, heading: str, counts: Sequence[Sequence[Any]]) -> Table:
    rows = tuple(Row((str(name), int(count))) for name, count in counts)
    return Table(caption, (heading, _("Deviations")), rows)


def _severities(facts: Facts) -> list[Sequence[Any]]:
    not_told = facts["severity_not_told"]
    return [*facts["severities"], *([[_("Severity not told"), not_told]] if not_told else [])]


def _states(states: Mapping[str, int]) -> list[Sequence[Any]]:
    return [[each.label, states[each.value]] for each in DeviationState if each.value in states]


def _month_fact(each: MonthFigures) -> dict[str, Any]:
    median = None if each.median_days is None else str(each.median_days)
    fact = {"month": each.month.isoformat(), "count": each.count, "closed": each.closed}
    return fact | {"median_days": median}


def _figures(fact: Mapping[str, Any]) -> MonthFigures:
    count, closed, median = fact["count"], fact["closed"], fact["median_days"]
    month = date.fromisoformat(fact["month"])
    if count is None:
        return MonthFigures(month=month, is_reported=False)
    return MonthFigures(
        month=month,
        is_reported=True,
        by_category={0: count},
        by_state={DeviationState.CLOSED.value: closed, DeviationState.NEW.value: count - closed},
        median_days=None if median is None else Decimal(median),
    )


def _counted(names: Mapping[int, str], sums: Mapping[Any, int]) -> list[list[Any]]:
    return [[name, sums[pk]] for pk, name in names.items() if pk in sums]


def _names(
    kind: type[DeviationCategory] | type[DeviationSeverity], cooperation: Cooperation
) -> dict[int, str]:
    entries = kind.objects.filter(cooperation=cooperation).order_by("position", "name", "pk")
    return dict(entries.values_list("pk", "name"))


def _name(month: date) -> str:
    return month_name(Period.month(month.year, month.month))


TOPIC = PreparedTopic(
    code="deviations",
    title=gettext_lazy("Deviations"),
    covers=("Deviations",),
    facts=facts,
    page=page,
)
