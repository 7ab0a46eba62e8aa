"""Usage per home municipality and year: the one door by which figures come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from municipalities.cooperations.models import Cooperation
from municipalities.costs.keys.models import UsageFigure, UsageMeasure
from municipalities.register.models import Municipality


@dataclass(frozen=True)
class Received:
    """What came of the figures, in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def receive(
    *,
    cooperation: Cooperation,
    measure: UsageMeasure | str,
    year: int,
    counts: Mapping[Municipality, int],
    source: str,
    at: datetime,
) -> Received:
    """Store a year's counts by municipality; the same again changes nothing.

    Plans and settlements keep the figures that they were made from: a later figure does not touch
    what is approved. Counts below nought raise ValueError.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("usage cannot be less than nought")
    rows = UsageFigure.objects.select_for_update().filter(
        cooperation=cooperation, measure=measure, year=year
    )
    stored = {row.municipality_id: row for row in rows}
    created = changed = 0
    for municipality, count in counts.items():
        row = stored.get(municipality.pk)
        if row is None:
            UsageFigure.objects.create(
                cooperation=cooperation,
                municipality=municipality,
                measure=measure,
                year=year,
                count=count,
                source=source,
                received_at=at,
            )
            created += 1
        elif (row.count, row.source) != (count, source):
            row.count, row.source, row.received_at = count, source, at
            row.save()
            changed += 1
    return Received(created, changed, len(counts) - created - changed)
