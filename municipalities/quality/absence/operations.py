"""Sickness absence that is recorded, changed, imported and removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence.files import Told, wrong_days
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.absence.rules import ends
from municipalities.quality.deviations.models import FiguresSource
from municipalities.quality.deviations.operations import Change
from municipalities.refused import Refused

FIELDS = {
    "employees": "employees",
    "agreed": "agreed_days",
    "certified": "certified_days",
    "self_certified": "self_certified_days",
    "short": "short_days",
    "long": "long_days",
}


@transaction.atomic
def record(
    *,
    cooperation: Cooperation,
    told: Told,
    source: FiguresSource,
    file_name: str = "",
    is_first: bool = False,
    today: date,
    by: User | None,
    at: datetime,
) -> Change:
    """What a unit tells of a quarter; a unit's name is that which it has whatever its case.

    Raises Refused: quarter_not_over, nothing_agreed, more_than_agreed, half_a_split,
    split_is_not_all; with `is_first` absence_is_reported_once_a_quarter.
    """
    if ends(told.year, told.quarter) > today:
        raise Refused("quarter_not_over", field="quarter")
    for code, field in wrong_days(told).items():
        raise Refused(code, field=field)
    Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    known = cooperation.sickness_absence.filter(unit__iexact=told.unit).order_by("pk").first()
    key: dict[str, Any] = {
        "year": told.year,
        "quarter": told.quarter,
        "unit": known.unit if known else told.unit,
    }
    found = cooperation.sickness_absence.filter(**key).first()
    if found and as_told(found)[3:] == told[3:]:
        return Change.UNCHANGED
    if found and is_first:
        raise Refused("absence_is_reported_once_a_quarter", field="unit")
    values: dict[str, Any] = {stored: getattr(told, name) for name, stored in FIELDS.items()}
    values |= {"source": source, "file_name": file_name[:200]}
    values |= {"reported_at": at, "reported_by": by}
    SicknessAbsence.objects.update_or_create(cooperation=cooperation, **key, defaults=values)
    return Change.CHANGED if found else Change.NEW


@transaction.atomic
def import_rows(
    *,
    cooperation: Cooperation,
    rows: Sequence[Told],
    file_name: str,
    today: date,
    by: User | None,
    at: datetime,
) -> list[Change]:
    """Every row of a file, or none of them. Raises Refused as `record` does."""
    return [
        record(
            cooperation=cooperation,
            told=told,
            source=FiguresSource.FILE,
            file_name=file_name,
            today=today,
            by=by,
            at=at,
        )
        for told in rows
    ]


def remove(*, absence: SicknessAbsence) -> None:
    """The unit has then not reported the quarter."""
    absence.delete()


def as_told(absence: SicknessAbsence) -> Told:
    """What is stored, as it was told."""
    values = (getattr(absence, stored) for stored in FIELDS.values())
    return Told(absence.year, absence.quarter, absence.unit, *values)
