"""Who takes part in a cooperation, and what it runs, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from municipalities.cooperations.models import Cooperation, Participant, Service


@dataclass(frozen=True)
class Participants:
    """Those who take part on a day, will, and did; by municipality number, then oldest first."""

    today: list[Participant]
    later: list[Participant]
    earlier: list[Participant]

    @property
    def everybody(self) -> list[Participant]:
        return [*self.today, *self.later, *self.earlier]


def participants_of(*, cooperation: Cooperation, today: date) -> Participants:
    """Every time that a municipality has taken part in the cooperation. One query."""
    rows = cooperation.participants.select_related("municipality", "cooperation").order_by(
        "municipality__number", "joined_date", "pk"
    )
    sorted_by_time: dict[str, list[Participant]] = {"today": [], "later": [], "earlier": []}
    for row in rows:
        sorted_by_time[_time_of(row.joined_date, row.left_date, today)].append(row)
    return Participants(**sorted_by_time)


@dataclass(frozen=True)
class RunService:
    """A service with its parties' names (none: for all), and whether it runs on the day."""

    service: Service
    parties: list[str]
    time: str


def services_of(*, cooperation: Cooperation, today: date) -> list[RunService]:
    """Every service, those that run first. Two queries."""
    rows = cooperation.services.prefetch_related("parties").order_by("starts_date", "pk")
    services = [
        RunService(
            service=row,
            parties=sorted(party.name for party in row.parties.all()),
            time=_time_of(row.starts_date, row.ends_date, today),
        )
        for row in rows
    ]
    return sorted(services, key=lambda each: ["today", "later", "earlier"].index(each.time))


def _time_of(starts: date, ends: date | None, day: date) -> str:
    """When half-open days are, seen from a day: today, later, earlier."""
    if starts > day:
        return "later"
    return "today" if ends is None or ends > day else "earlier"
