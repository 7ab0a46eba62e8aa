"""Who took part in the year, and how many people live there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from municipalities.models import Cooperation, Municipality, Participant, Population


def participants_in(*, cooperation: Cooperation, year: int) -> dict[str, Any]:
    """`participants` by number with their population on 1 January, and `inhabitants` of them all.

    The population is the latest counted on or before 1 January of the year. A municipality
    without one has null, and then the sum is null too: a part is never shown as the whole.
    """
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    found = (
        Participant.objects.filter(cooperation=cooperation, joined_date__lt=after)
        .filter(Q(left_date__isnull=True) | Q(left_date__gt=first))
        .select_related("municipality", "cooperation")
        .order_by("municipality__number", "joined_date", "pk")
    )
    counted = _populations([each.municipality for each in found], day=first)
    rows = [_row(participant=each, population=counted.get(each.municipality_id)) for each in found]
    return {"participants": rows, "inhabitants": _sum_of(rows)}


def _sum_of(rows: list[dict[str, Any]]) -> int | None:
    populations = {row["number"]: row["population"] for row in rows}
    if not populations or None in populations.values():
        return None
    return sum(population["inhabitants"] for population in populations.values())


def _populations(municipalities: list[Municipality], *, day: date) -> dict[int, Population]:
    rows = (
        Population.objects.filter(municipality__in=municipalities, counted_date__lte=day)
        .order_by("municipality_id", "-counted_date", "-pk")
        .distinct("municipality_id")
    )
    return {row.municipality_id: row for row in rows}


def _row(*, participant: Participant, population: Population | None) -> dict[str, Any]:
    municipality = participant.municipality
    return {
        "number": municipality.number,
        "name": municipality.name,
        "is_host": municipality.pk == participant.cooperation.host_id,
        "joined_date": participant.joined_date.isoformat(),
        "left_date": participant.left_date.isoformat() if participant.left_date else None,
        "population": None
        if population is None
        else {
            "inhabitants": population.inhabitants,
            "counted_date": population.counted_date.isoformat(),
            "source": population.source,
        },
    }
