"""Reporting the deviations of a month, typed or from a file, and the lists they are told by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pghistory
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.files import Count, DeviationFile
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
    FiguresSource,
)
from municipalities.refused import Refused

Key = tuple[int, int | None, str]  # category, severity, state
WRITTEN_FORMS = ("nn", "nb")


@dataclass(frozen=True)
class Taken:
    """What a file did: months that came, that changed, and that were as they are."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def take_usual_lists(*, cooperation: Cooperation) -> None:
    """The usual categories and severities in the cooperation's language; what is there stays."""
    language = cooperation.language if cooperation.language in WRITTEN_FORMS else "nn"
    with translation.override(language):
        categories, severities = _usual_categories(), _usual_severities()
    for position, name in enumerate(categories, 1):
        DeviationCategory.objects.get_or_create(
            cooperation=cooperation, name=name, defaults={"position": position}
        )
    for position, name in enumerate(severities, 1):
        DeviationSeverity.objects.get_or_create(
            cooperation=cooperation, name=name, defaults={"position": position}
        )


@transaction.atomic
def report(
    *,
    cooperation: Cooperation,
    month_date: date,
    counts: Mapping[Key, int],
    median_days: Decimal | None = None,
    source: str = FiguresSource.TYPED,
    file_name: str = "",
    reason: str = "",
    today: date,
    by: User | None,
    at: datetime,
) -> DeviationMonth:
    """The counts of a month, in the place of what was reported before; none is nought.

    Raises Refused: the month has not ended.
    """
    if month_date >= today.replace(day=1):
        raise Refused("month_has_not_ended")
    with pghistory.context(reason=reason):
        month, _is_new = DeviationMonth.objects.update_or_create(
            cooperation=cooperation,
            month_date=month_date,
            defaults={
                "source": source,
                "file_name": file_name,
                "median_days": median_days,
                "reported_at": at,
                "reported_by": by,
            },
        )
        _set_counts(month, counts)
    return month


@transaction.atomic
def take_file(
    *,
    cooperation: Cooperation,
    file: DeviationFile,
    file_name: str,
    today: date,
    by: User | None,
    at: datetime,
) -> Taken:
    """Report every month of the file. Raises Refused: words that the lists do not have."""
    keys = _keys(cooperation, file.counts)
    taken = {"created": 0, "updated": 0, "unchanged": 0}
    for month_date in file.months:
        counts = {key: n for key, n in keys.items() if key[0] == month_date}
        wanted = {key[1:]: n for key, n in counts.items()}
        before = DeviationMonth.objects.filter(
            cooperation=cooperation, month_date=month_date
        ).first()
        if before is not None and counts_of(before) == wanted:
            taken["unchanged"] += 1
            continue
        taken["updated" if before else "created"] += 1
        report(
            cooperation=cooperation,
            month_date=month_date,
            counts=wanted,
            median_days=before.median_days if before else None,
            source=FiguresSource.FILE,
            file_name=file_name,
            today=today,
            by=by,
            at=at,
        )
    return Taken(**taken)


@transaction.atomic
def withdraw(*, month: DeviationMonth, reason: str) -> None:
    """The month is not reported after all; the history keeps what it said."""
    with pghistory.context(reason=reason):
        month.delete()


def counts_of(month: DeviationMonth) -> dict[Key, int]:
    """What is stored of a month."""
    rows = month.counts.values_list("category", "severity", "state", "count")
    return {(category, severity, state): count for category, severity, state, count in rows}


def unknown_words(
    *, cooperation: Cooperation, counts: Iterable[Count]
) -> tuple[list[str], list[str]]:
    """The categories and severities that the lists do not have."""
    categories, severities = _by_name(cooperation)
    found = list(counts)
    return (
        sorted({each.category for each in found if each.category.casefold() not in categories}),
        sorted(
            {
                each.severity
                for each in found
                if each.severity and each.severity.casefold() not in severities
            }
        ),
    )


def _keys(cooperation: Cooperation, counts: Iterable[Count]) -> dict[tuple, int]:
    categories, severities = _by_name(cooperation)
    found = list(counts)
    unknown = [
        name for names in unknown_words(cooperation=cooperation, counts=found) for name in names
    ]
    if unknown:
        raise Refused("unknown_words", names=", ".join(unknown))
    keys: dict[tuple, int] = {}
    for each in found:
        severity = severities[each.severity.casefold()] if each.severity else None
        key = (each.month, categories[each.category.casefold()], severity, each.state)
        keys[key] = keys.get(key, 0) + each.count
    return keys


def _by_name(cooperation: Cooperation) -> tuple[dict[str, int], dict[str, int]]:
    return (
        {
            each.name.casefold(): each.pk
            for each in DeviationCategory.objects.filter(cooperation=cooperation)
        },
        {
            each.name.casefold(): each.pk
            for each in DeviationSeverity.objects.filter(cooperation=cooperation)
        },
    )


def _set_counts(month: DeviationMonth, counts: Mapping[Key, int]) -> None:
    wanted = {key: count for key, count in counts.items() if count}
    for row in list(month.counts.all()):
        key = (row.category_id, row.severity_id, row.state)
        if key not in wanted:
            row.delete()
        elif row.count != wanted[key]:
            row.count = wanted[key]
            row.save(update_fields=["count"])
    there = set(month.counts.values_list("category", "severity", "state"))
    DeviationCount.objects.bulk_create(
        DeviationCount(
            month=month, category_id=category, severity_id=severity, state=state, count=count
        )
        for (category, severity, state), count in wanted.items()
        if (category, severity, state) not in there
    )


def _usual_categories() -> list[str]:
    """Source: the categories of municipal deviation systems (cooperation.md section 5)."""
    return [
        _("Health, environment and safety"),
        _("Quality of service and patient safety"),
        _("Organisation"),
        _("Information security and privacy"),
        _("Medicines"),
        _("Equipment"),
        _("Staffing and doctors on duty"),
        _("Cooperation with others"),
    ]


def _usual_severities() -> list[str]:
    return [_("Low"), _("Medium"), _("High"), _("Critical")]
