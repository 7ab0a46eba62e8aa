"""Reporting the sickness absence of a unit's quarter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pghistory
from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence.files import AbsenceRow
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.deviations.models import FiguresSource
from municipalities.refused import Refused

COLUMNS = {
    "agreed": "agreed_days",
    "certified": "certified_days",
    "self_certified": "self_certified_days",
    "short": "short_days",
    "long": "long_days",
}


@transaction.atomic
def report(
    *,
    cooperation: Cooperation,
    year: int,
    quarter: int,
    unit: str,
    source: str = FiguresSource.TYPED,
    file_name: str = "",
    reason: str = "",
    today: date,
    by: User | None,
    at: datetime,
    **figures: Any,
) -> SicknessAbsence:
    """A unit's quarter, in the place of what was reported before.

    `figures` are employees, agreed, certified, self_certified, short and long (days). Raises
    Refused: the quarter has not ended, or the days do not add up.
    """
    if date(year + quarter // 4, quarter * 3 % 12 + 1, 1) > today:
        raise Refused("quarter_has_not_ended", year=year, quarter=quarter)
    _require_true(figures, unit=unit)
    stored = {COLUMNS.get(name, name): value for name, value in figures.items()}
    with pghistory.context(reason=reason):
        row, _ = SicknessAbsence.objects.update_or_create(
            cooperation=cooperation,
            year=year,
            quarter=quarter,
            unit=unit,
            defaults=stored
            | {
                "source": source,
                "file_name": file_name,
                "reported_at": at,
                "reported_by": by,
            },
        )
    return row


@transaction.atomic
def take_file(
    *,
    cooperation: Cooperation,
    rows: Iterable[AbsenceRow],
    file_name: str,
    today: date,
    by: User | None,
    at: datetime,
) -> int:
    """Report every row of a file; how many there were. Raises Refused, and stores nothing."""
    count = 0
    for each in rows:
        figures = {name: getattr(each, name) for name in ("employees", *COLUMNS)}
        report(
            cooperation=cooperation,
            year=each.year,
            quarter=each.quarter,
            unit=each.unit[:80],
            source=FiguresSource.FILE,
            file_name=file_name,
            today=today,
            by=by,
            at=at,
            **figures,
        )
        count += 1
    return count


def _require_true(figures: dict[str, Any], *, unit: str) -> None:
    lost = Decimal(figures["certified"]) + Decimal(figures["self_certified"])
    if not figures["agreed"] or lost > Decimal(figures["agreed"]):
        raise Refused("more_lost_than_agreed", unit=unit)
    short, long = figures.get("short"), figures.get("long")
    if (short is None) != (long is None):
        raise Refused("short_and_long_together", unit=unit)
    if short is not None and long is not None and Decimal(short) + Decimal(long) != lost:
        raise Refused("split_does_not_add_up", unit=unit)
