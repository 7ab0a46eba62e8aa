"""Deviations of health, environment and safety, beside the sickness absence in a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import month_name
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import DeviationCategory
from municipalities.quality.deviations.presenters import not_reported
from municipalities.quality.deviations.queries import series_of
from municipalities.quality.deviations.rules import month_after

NAMED = ("hms", "hse", "helse, miljø", "health, environment")
MONTHS = 12


def hse_months(*, cooperation: Cooperation, today: date) -> list[dict[str, Any]]:
    """Counts of the last twelve months that are over, None where a month is missing."""
    until = today.replace(day=1)
    return hse_between(cooperation=cooperation, since=month_after(until, -MONTHS), until=until)


def hse_between(*, cooperation: Cooperation, since: date, until: date) -> list[dict[str, Any]]:
    """Counts of the months with a day in the half-open days. Three queries.

    The host names its categories: those whose name begins as HSE does are counted. None of them:
    there is nothing to tell.
    """
    categories = {
        pk
        for pk, name in DeviationCategory.objects.filter(cooperation=cooperation).values_list(
            "pk", "name"
        )
        if name.casefold().startswith(NAMED)
    }
    months = series_of(cooperation=cooperation, since=since, until=until)
    return [
        {
            "month": each.month.isoformat(),
            "count": sum(each.by_category.get(pk, 0) for pk in categories)
            if each.is_reported
            else None,
        }
        for each in months
        if categories
    ]


def hse_table(months: Sequence[Mapping[str, Any]]) -> Table:
    """A row for each month."""
    rows = tuple(
        Row(
            (
                _name(date.fromisoformat(each["month"])),
                not_reported() if each["count"] is None else each["count"],
            )
        )
        for each in months
    )
    return Table(_("HSE deviations by month"), (_("Month"), _("Deviations")), rows)


def _name(month: date) -> str:
    return month_name(Period.month(month.year, month.month))
