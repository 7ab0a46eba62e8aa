"""Reads about inhabitants: who has a figure on a day, and who lacks one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from municipalities.register.models import FigureStatus, Municipality, Population

if TYPE_CHECKING:
    from municipalities.cooperations.models import Cooperation


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A municipality's inhabitants on a day, and where the figure is from."""

    municipality: Municipality
    counted_date: date
    inhabitants: int
    status: FigureStatus
    source: str
    retrieved_date: date

    @property
    def is_final(self) -> bool:
        return self.status == FigureStatus.FINAL


@dataclass(frozen=True, kw_only=True)
class CooperationPopulation:
    """The inhabitants of those who take part, by municipality number."""

    counted_date: date
    municipalities: list[Municipality]
    counted: dict[int, Counted]

    @property
    def missing(self) -> list[Municipality]:
        """Those of whom no figure is stored."""
        return [each for each in self.municipalities if each.pk not in self.counted]

    @property
    def is_complete(self) -> bool:
        return bool(self.municipalities) and not self.missing

    @property
    def is_final(self) -> bool:
        """Whether all of them have a final figure."""
        return self.is_complete and all(each.is_final for each in self.counted.values())

    @property
    def inhabitants(self) -> int | None:
        """All together; None where one is missing, since a part is no whole."""
        if not self.is_complete:
            return None
        return sum(each.inhabitants for each in self.counted.values())


def inhabitants_on(
    *, municipalities: Iterable[Municipality], counted_date: date
) -> dict[int, Counted]:
    """Municipality → its own figure of that very day; one that has none is not there. One query.

    A merged municipality has none of a day before the merger. Whoever shares costs carries over
    its predecessors'.
    """
    found = figures_of(municipalities=municipalities, counted_dates=[counted_date])
    return {pk: counted for (pk, _), counted in found.items()}


def population_of(
    cooperation: Cooperation, counted_date: date, *, day: date | None = None
) -> CooperationPopulation:
    """Who takes part on the `day` (else the counted one), and their figures. Two queries."""
    taking_part = cooperation.participants.on(day or counted_date).select_related("municipality")
    found = {each.municipality_id: each.municipality for each in taking_part}
    municipalities = sorted(found.values(), key=lambda each: (each.number, each.pk))
    return CooperationPopulation(
        counted_date=counted_date,
        municipalities=municipalities,
        counted=inhabitants_on(municipalities=municipalities, counted_date=counted_date),
    )


def figures_of(
    *, municipalities: Iterable[Municipality], counted_dates: Collection[date]
) -> dict[tuple[int, date], Counted]:
    """(municipality, day) → its figure, where it has one. One query."""
    by_key = {each.pk: each for each in municipalities}
    rows = Population.objects.filter(municipality__in=by_key, counted_date__in=counted_dates)
    return {
        (row.municipality_id, row.counted_date): Counted(
            municipality=by_key[row.municipality_id],
            counted_date=row.counted_date,
            inhabitants=row.inhabitants,
            status=FigureStatus(row.status),
            source=row.source,
            retrieved_date=row.retrieved_date,
        )
        for row in rows.order_by("counted_date", "municipality__number", "pk")
    }
