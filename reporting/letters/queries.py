"""Reads about letters: what a period's letter would tell, and whether it waits for its month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from callstats.models import IndicatorPeriod, PeriodState
from legevakt.lib.periods import Period
from municipalities.models import Central, Cooperation, User
from municipalities.queries import Asked, facts_of
from reporting.letters import rules
from reporting.letters.models import PeriodLetter


def letters_for(user: User) -> QuerySet[PeriodLetter]:
    """The letters that the user may see, the latest period first."""
    return (
        PeriodLetter.objects.visible_to(user)
        .defer("figures")
        .select_related("cooperation")
        .order_by("-starts_date", "kind", "-edition", "pk")
    )


def ready_at(*, kind: str, cooperation: Cooperation, period: Period) -> datetime | None:
    """Since when the letter of a period that has ended can be made; None while it has to wait."""
    return ready_of(kind=kind, cooperation=cooperation, periods=[period]).get(period)


def ready_of(
    *, kind: str, cooperation: Cooperation, periods: Iterable[Period]
) -> dict[Period, datetime]:
    """The periods whose letter can be made, and since when: its end, or what it waits for.

    A monthly letter waits until the month of every central is published. At most two queries.
    """
    if kind not in rules.WAIT_FOR_PUBLISHED:
        return {period: period.ends_at for period in periods}
    centrals = set(
        Central.objects.counted().filter(cooperation=cooperation).values_list("pk", flat=True)
    )
    published = _published(centrals)
    return {
        period: max(published[period].values())
        for period in periods
        if centrals and set(published[period]) == centrals
    }


def _published(centrals: set[int]) -> dict[Period, dict[int, datetime]]:
    """When each month was published, of its last published revision, by central."""
    rows = IndicatorPeriod.objects.months().filter(
        central__in=centrals, state=PeriodState.PUBLISHED
    )
    found: dict[Period, dict[int, datetime]] = defaultdict(dict)
    named = ("central", "starts_on", "ends_on", "published_at")
    for central, first, end, at in rows.order_by("revision", "pk").values_list(*named):
        found[Period(first, end)][central] = at
    return found


def figures_of(*, kind: str, cooperation: Cooperation, period: Period) -> dict[str, Any]:
    """The facts of each of the letter's topics, as JSON; only days of the period are asked for."""
    asked = Asked(
        cooperation=cooperation, partner=None, since=period.starts_on, until=period.ends_on
    )
    told = {code: facts_of(code=code, asked=asked) for code in rules.TOPICS[kind]}
    return {"topics": {code: _without_people(facts) for code, facts in told.items()}}


def _without_people(facts: dict[str, Any]) -> dict[str, Any]:
    """Who is responsible for a measure can be a person's name: not for readers without a login."""
    if "measures" not in facts:
        return facts
    return facts | {"measures": [each | {"responsible": ""} for each in facts["measures"]]}
