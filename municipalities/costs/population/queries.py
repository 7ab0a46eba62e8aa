"""Reads of the page: six years of inhabitants, and what of it has been revised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.costs.population.rules import first_days
from municipalities.register.models import FigureStatus, Municipality, Population
from municipalities.register.queries import Counted, figures_of


@dataclass(frozen=True, kw_only=True)
class PopulationYears:
    """The municipalities that take part today or did on one of the days, by number."""

    days: list[date]
    municipalities: list[Municipality]
    taking_part: dict[date, set[int]]
    figures: dict[tuple[int, date], Counted]

    def figure(self, municipality: Municipality, day: date) -> Counted | None:
        return self.figures.get((municipality.pk, day))

    def missing(self, day: date) -> list[Municipality]:
        """Those who took part on the day and have no figure of it."""
        return [
            each
            for each in self.municipalities
            if each.pk in self.taking_part[day] and not self.figure(each, day)
        ]

    def counted(self, day: date) -> list[Counted]:
        """The figures of those who took part on the day."""
        found = [self.figure(m, day) for m in self.municipalities if m.pk in self.taking_part[day]]
        return [each for each in found if each]

    def inhabitants(self, day: date) -> int | None:
        """All who took part together; None where one is missing, since a part is no whole."""
        counted = self.counted(day)
        if not counted or self.missing(day):
            return None
        return sum(each.inhabitants for each in counted)

    @property
    def complete_days(self) -> list[date]:
        """The days on which everybody has a figure, oldest first."""
        return [day for day in self.days if self.inhabitants(day) is not None]


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A final figure that was changed; `who` is None where no person is known."""

    municipality: Municipality
    counted_date: date
    before: int
    after: int
    at: datetime
    who: User | None
    why: str


def population_years(*, cooperation: Cooperation, today: date) -> PopulationYears:
    """The last six 1 Januaries. Two queries."""
    days = first_days(today)
    parts = list(
        Participant.objects.filter(cooperation=cooperation, joined_date__lte=today)
        .filter(Q(left_date__isnull=True) | Q(left_date__gt=days[0]))
        .select_related("municipality")
        .order_by("municipality__number", "joined_date", "pk")
    )
    by_key = {each.municipality_id: each.municipality for each in parts}
    return PopulationYears(
        days=days,
        municipalities=list(by_key.values()),
        taking_part={
            day: {p.municipality_id for p in parts if p.takes_part_on(day)} for day in days
        },
        figures=figures_of(municipalities=by_key.values(), counted_dates=days),
    )


def revisions_of(years: PopulationYears) -> list[Revision]:
    """What was changed after it was final, the latest first. Two queries."""
    by_key = {each.pk: each for each in years.municipalities}
    events: Any = Population._meta.get_field("events").related_model
    rows = list(
        events._default_manager.filter(municipality__in=by_key, counted_date__in=years.days)
        .select_related("pgh_context")
        .order_by("pgh_obj_id", "pgh_id")
    )
    turns = [
        (before, after)
        for before, after in pairwise(rows)
        if before.pgh_obj_id == after.pgh_obj_id
        and before.status == FigureStatus.FINAL
        and before.inhabitants != after.inhabitants
    ]
    people = User.objects.in_bulk({_told(after).get("user", 0) for _, after in turns})
    found = [
        Revision(
            municipality=by_key[after.municipality_id],
            counted_date=after.counted_date,
            before=before.inhabitants,
            after=after.inhabitants,
            at=after.pgh_created_at,
            who=people.get(_told(after).get("user", 0)),
            why=_told(after).get("reason", ""),
        )
        for before, after in turns
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def municipalities_of(cooperation: Cooperation) -> QuerySet[Municipality]:
    """Everybody who takes part or ever did, in all times of validity of their numbers."""
    numbers = Participant.objects.filter(cooperation=cooperation).values("municipality__number")
    return Municipality.objects.filter(number__in=numbers).order_by("number", "valid_from", "pk")


def _told(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}
