"""Reads about letters: what a period's letter would tell, and whether it waits for its month."""

from __future__ import annotations

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
    """Since when the letter of a period that has ended can be made; None while it has to wait.

    A monthly letter waits until the month of every central is published.
    """
    if kind not in rules.WAIT_FOR_PUBLISHED:
        return period.ends_at
    centrals = Central.objects.counted().filter(cooperation=cooperation)
    published = {
        central: first
        for central, first in IndicatorPeriod.objects.filter(
            central__in=centrals,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            state=PeriodState.PUBLISHED,
        )
        .order_by("central", "-revision")
        .values_list("central", "published_at")
    }
    if not published or len(published) < centrals.count():
        return None
    return max(published.values())


def figures_of(*, kind: str, cooperation: Cooperation, period: Period) -> dict[str, Any]:
    """The facts of each of the letter's topics, as JSON; only days of the period are asked for."""
    asked = Asked(
        cooperation=cooperation, partner=None, since=period.starts_on, until=period.ends_on
    )
    return {"topics": {code: facts_of(code=code, asked=asked) for code in rules.TOPICS[kind]}}
