"""Reads about competence: a central's counts, the hub's summary, and what waits for the leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.competence.models import CompetenceRequirement, Operator
from municipalities.competence.rules import State
from municipalities.competence.standings import Standing, standings
from municipalities.competence.waiting import todos
from municipalities.cooperations.models import Cooperation
from municipalities.todo import Todo


@dataclass(frozen=True)
class RequirementCount:
    """How many of the operators at work fulfil a requirement; who expires soon is among them.

    `first_expires` is the next day on which it expires for one of those who fulfil it.
    """

    requirement: CompetenceRequirement
    operators: int
    fulfilled: int
    expiring: int
    first_expires: date | None

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
    def lacking(self) -> list[Standing]:
        """Who lacks something that is required."""
        return [each for each in self.operators if each.lacking]

    @property
    def unpaired(self) -> list[Standing]:
        """Who is inexperienced, and paired with nobody experienced."""
        return [each for each in self.operators if each.needs_mentor]


@dataclass(frozen=True)
class Summary:
    """How many operators are at work, and for how many of them something is to be done.

    `expiring` is of qualifications: an operator can have several that expire within 90 days.
    """

    operators: int
    lacking: int
    expiring: int
    late_follow_ups: int
    unpaired: int


def of_central(*, central: Central, today: date) -> CentralCompetence:
    """Every count about the central, and each operator; three queries."""
    required = CompetenceRequirement.objects.in_force(today).filter(central=central)
    found = standings(operators=Operator.objects.filter(central=central), today=today)
    counts = [_count(each, found) for each in required.order_by("pk")]
    return CentralCompetence(requirements=tuple(counts), operators=tuple(found))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary | None:
    """The cooperation's centrals together; None for who may not see competence. Two queries."""
    operators = Operator.objects.where(user, Permission.VIEW_COMPETENCE)
    found = standings(operators=operators.filter(central__cooperation=cooperation), today=today)
    if not found and not is_held(
        user=user, permission=Permission.VIEW_COMPETENCE, cooperation=cooperation
    ):
        return None
    return summed(found)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """At most four sentences a central, for who keeps its operators. Two queries."""
    seen = Operator.objects.visible_to(user).filter(central__cooperation=cooperation)
    return todos(standings(operators=seen, today=today), cooperation=cooperation)


def summed(operators: Sequence[Standing]) -> Summary:
    """The operators in few numbers."""
    return Summary(
        operators=len(operators),
        lacking=sum(bool(each.lacking) for each in operators),
        expiring=sum(each.expiring for each in operators),
        late_follow_ups=sum(each.is_late for each in operators),
        unpaired=sum(each.needs_mentor for each in operators),
    )


def _count(requirement: CompetenceRequirement, operators: list[Standing]) -> RequirementCount:
    held = [
        held for each in operators for held in each.held if held.requirement_id == requirement.pk
    ]
    fulfilled = [each for each in held if each.state.is_fulfilled]
    return RequirementCount(
        requirement=requirement,
        operators=len(held),
        fulfilled=len(fulfilled),
        expiring=sum(each.state is State.EXPIRING for each in held),
        first_expires=min((each.expires for each in fulfilled if each.expires), default=None),
    )
