"""How each operator at work stands: to the requirements, to follow-up, to a mentor.

Counts and due dates alone. Nothing of how anybody works is read here, and nothing is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max

from municipalities.competence import rules
from municipalities.competence.models import CompetenceRequirement, Operator, OperatorQuerySet
from municipalities.competence.rules import State


@dataclass(frozen=True)
class Held:
    """How an operator stands to one requirement; `expires` is empty for life, and where missing."""

    requirement_id: int
    state: State
    expires: date | None = None


@dataclass(frozen=True)
class Standing:
    """An operator at work on the day `today`."""

    operator: Operator
    held: tuple[Held, ...]
    last_held_date: date | None
    today: date

    @property
    def has_experience(self) -> bool:
        return _is_experienced(self.operator, today=self.today)

    @cached_property
    def due_date(self) -> date:
        """When the next follow-up is due."""
        return rules.follow_up_due(
            started=self.operator.started_date,
            last_held=self.last_held_date,
            experienced=self.operator.experienced_date,
            volume=self.operator.volume,
            today=self.today,
        )

    @property
    def is_late(self) -> bool:
        return rules.is_late(self.due_date, today=self.today)

    @property
    def is_soon(self) -> bool:
        return rules.is_soon(self.due_date, today=self.today)

    @property
    def needs_mentor(self) -> bool:
        """Inexperienced, and paired with nobody who is at work and experienced today."""
        mentor = self.operator.mentor
        return not self.has_experience and (
            mentor is None
            or not _is_at_work(mentor, today=self.today)
            or not _is_experienced(mentor, today=self.today)
        )

    @property
    def fulfilled(self) -> int:
        return sum(each.state.is_fulfilled for each in self.held)

    @property
    def expiring(self) -> int:
        return sum(each.state is State.EXPIRING for each in self.held)

    @property
    def lacking(self) -> tuple[Held, ...]:
        """What is missing or has expired, what never was there last."""
        found = [each for each in self.held if not each.state.is_fulfilled]
        return tuple(sorted(found, key=lambda each: each.expires is None))

    @property
    def to_renew(self) -> tuple[Held, ...]:
        """What has expired, or expires within 60 days."""
        last = self.today + rules.TOLD_OF
        return tuple(each for each in self.held if each.expires and each.expires <= last)


def standings(*, operators: OperatorQuerySet, today: date) -> list[Standing]:
    """Of those at work today, by label; two queries, or one where nobody is."""
    found = list(
        operators.at_work(today)
        .annotate(last_held_date=Max("follow_ups__held_date"))
        .select_related("central", "mentor")
        .order_by("label", "pk")
    )
    if not found:
        return []
    required = _required(centrals={each.central_id for each in found}, today=today)
    return [
        Standing(
            operator=each,
            held=tuple(
                _held(requirement_id, obtained.get(each.pk), today=today)
                for requirement_id, obtained in required[each.central_id].items()
            ),
            last_held_date=each.last_held_date,
            today=today,
        )
        for each in found
    ]


def _required(
    *, centrals: Iterable[int], today: date
) -> dict[int, dict[int, dict[int, list[date | None]]]]:
    """Per central and requirement in force: the expiries of what each operator has obtained."""
    rows = CompetenceRequirement.objects.in_force(today).filter(central__in=centrals)
    found: dict[int, dict[int, dict[int, list[date | None]]]] = defaultdict(dict)
    for central_id, requirement_id, operator_id, obtained, expires in rows.values_list(
        "central_id",
        "pk",
        "qualifications__operator_id",
        "qualifications__obtained_date",
        "qualifications__expires_date",
    ).order_by("pk", "qualifications__pk"):
        by_operator = found[central_id].setdefault(requirement_id, {})
        if operator_id is not None and obtained <= today:
            by_operator.setdefault(operator_id, []).append(expires)
    return found


def _held(requirement_id: int, expiries: list[date | None] | None, *, today: date) -> Held:
    if not expiries:
        return Held(requirement_id, State.MISSING)
    expires = rules.last_expiry(expiries)
    return Held(requirement_id, rules.state_on(today, expires=expires), expires)


def _is_experienced(operator: Operator, *, today: date) -> bool:
    return rules.is_experienced(experienced=operator.experienced_date, today=today)


def _is_at_work(operator: Operator, *, today: date) -> bool:
    ended = operator.ended_date
    return operator.started_date <= today and (ended is None or ended > today)
