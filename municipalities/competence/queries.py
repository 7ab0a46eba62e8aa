"""Reads about competence: a central's counts, the hub's summary, and what waits for the leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.competence.models import CompetenceRequirement, Operator
from municipalities.competence.rules import State
from municipalities.competence.standings import Standing, standings
from municipalities.cooperations.models import Cooperation


@dataclass(frozen=True)
class RequirementCount:
    """How many of the operators at work fulfil a requirement; who expires soon is among them."""

    requirement: CompetenceRequirement
    operators: int
    fulfilled: int
    expiring: int

    @property
    def lacking(self) -> int:
        """How many lack it, or had it until it expired."""
        return self.operators - self.fulfilled


@dataclass(frozen=True)
class CentralCompetence:
    """The requirements in force and the operators at work, on a day."""

    requirements: tuple[RequirementCount, ...]
    operators: tuple[Standing, ...]

    @property
    def due(self) -> list[Standing]:
        """Whose follow-up is late or due within 30 days, the oldest first."""
        found = [each for each in self.operators if each.is_late or each.is_soon]
        return sorted(found, key=lambda each: (each.due_date, each.operator.label))

    @property
    def unpaired(self) -> list[Standing]:
        return [each for each in self.operators if each.needs_mentor]


@dataclass(frozen=True)
class Summary:
    """A cooperation in few numbers. `required` is each requirement times each operator at work."""

    operators: int
    required: int
    fulfilled: int
    expiring: int
    late_follow_ups: int


def of_central(*, central: Central, today: date) -> CentralCompetence:
    """Every count about the central, and each operator; three queries."""
    required = CompetenceRequirement.objects.in_force(today).filter(central=central)
    found = standings(operators=Operator.objects.filter(central=central), today=today)
    counts = [_count(each, found) for each in required.order_by("pk")]
    return CentralCompetence(requirements=tuple(counts), operators=tuple(found))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary | None:
    """The cooperation's centrals together; None for who may not see competence. Two queries."""
    operators = Operator.objects.visible_to(user).filter(central__cooperation=cooperation)
    found = standings(operators=operators, today=today)
    if not found and not is_held(
        user=user, permission=Permission.VIEW_COMPETENCE, cooperation=cooperation
    ):
        return None
    return Summary(
        operators=len(found),
        required=sum(len(each.held) for each in found),
        fulfilled=sum(each.fulfilled for each in found),
        expiring=sum(each.expiring for each in found),
        late_follow_ups=sum(each.is_late for each in found),
    )


def _count(requirement: CompetenceRequirement, operators: list[Standing]) -> RequirementCount:
    states = [
        held.state
        for each in operators
        for held in each.held
        if held.requirement_id == requirement.pk
    ]
    return RequirementCount(
        requirement=requirement,
        operators=len(states),
        fulfilled=sum(state.is_fulfilled for state in states),
        expiring=states.count(State.EXPIRING),
    )
