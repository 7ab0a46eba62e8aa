"""The periods that are stored: what counts of them, and what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel
from callstats.periods.models import IndicatorFigure, IndicatorPeriod, PeriodState
from legevakt.lib.periods import Period
from municipalities.models import Central


@dataclass(frozen=True)
class StoredLevel:
    """A month's stored figure that counts, its state, and its parts where it has some."""

    central_id: int
    level: ServiceLevel
    state: str
    revision: int
    parts: dict[str, Any] | None

    @property
    def starts_on(self) -> date:
        return self.level.starts_on


def stored_months(
    *, centrals: Sequence[Central], definition: Definition, period: Period
) -> list[StoredLevel]:
    """The months within the period that are stored, by central and in order."""
    counting = IndicatorPeriod.objects.in_force().months()
    rows = (
        IndicatorFigure.objects.filter(
            period__in=counting.filter(
                central__in=[central.pk for central in centrals],
                starts_on__gte=period.starts_on,
                ends_on__lte=period.ends_on,
            ),
            definition_id=definition.id,
        )
        .values_list("period__central", "figures", "period__state", "period__revision", "parts")
        .order_by("period__central", "period__starts_on")
    )
    return [
        StoredLevel(
            central_id=central_id,
            level=ServiceLevel.from_dict(figures),
            state=state,
            revision=revision,
            parts=parts,
        )
        for central_id, figures, state, revision, parts in rows
    ]


def computed_months(
    *, central: Central, definition: Definition, period: Period
) -> list[ServiceLevel]:
    """The months that Celery has computed and stored, in order."""
    found = stored_months(centrals=[central], definition=definition, period=period)
    return [stored.level for stored in found]


def latest(*, central: Central, period: Period) -> IndicatorPeriod | None:
    """The period's last revision, published or under way."""
    return IndicatorPeriod.objects.of(central=central, period=period).first()


def in_force(*, central: Central, period: Period) -> IndicatorPeriod | None:
    """The period's revision that counts, if anything is stored of it."""
    return (
        IndicatorPeriod.objects.in_force()
        .filter(central=central, starts_on=period.starts_on, ends_on=period.ends_on)
        .first()
    )


def under_way_months(*, central_id: int) -> set[date]:
    """The first day of every month of the central that is stored and may still change."""
    rows = IndicatorPeriod.objects.months().filter(central=central_id)
    return set(rows.exclude(state=PeriodState.PUBLISHED).values_list("starts_on", flat=True))


def level_of(period: IndicatorPeriod, *, definition_id: str) -> ServiceLevel:
    """What is stored of the period by the definition. Raises IndicatorFigure.DoesNotExist."""
    return ServiceLevel.from_dict(period.figures.get(definition_id=definition_id).figures)
