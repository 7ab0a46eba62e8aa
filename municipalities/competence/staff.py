"""Writes to the operators of a central. An operator is a label, never a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from municipalities.centrals.models import Central
from municipalities.competence import rules
from municipalities.competence.models import Operator, OperatorQuerySet


class HoldsNumber(ValueError):
    """The label looks like a telephone number or a national identity number."""


class NoMentor(ValueError):
    """The mentor is not an experienced operator at work at the same central."""


def possible_mentors(
    *, central: Central, today: date, operator: Operator | None = None
) -> OperatorQuerySet:
    """Whom the operator may be paired with today, by label."""
    found = Operator.objects.filter(central=central).at_work(today).experienced(today)
    return (found.exclude(pk=operator.pk) if operator else found).order_by("label", "pk")


@transaction.atomic
def add_operator(
    *,
    central: Central,
    label: str,
    started_date: date,
    volume: str,
    today: date,
    experienced_date: date | None = None,
    mentor: Operator | None = None,
) -> Operator:
    """An operator who has started or will; without `experienced_date` it is the suggested one.

    Raises HoldsNumber and NoMentor.
    """
    _check(label=label, mentor=mentor, central=central, today=today)
    suggested = rules.suggested_experienced(started=started_date, volume=volume)
    return Operator.objects.create(
        central=central,
        label=label,
        started_date=started_date,
        volume=volume,
        experienced_date=experienced_date or suggested,
        mentor=mentor,
    )


@transaction.atomic
def change_operator(*, operator: Operator, today: date, **facts: Any) -> Operator:
    """Say it anew; a mentor who stays may have ended since. Raises HoldsNumber and NoMentor."""
    mentor = facts.get("mentor")
    _check(
        label=facts.get("label", operator.label),
        mentor=None if mentor and mentor.pk == operator.mentor_id else mentor,
        central=operator.central,
        today=today,
        operator=operator,
    )
    for name, value in facts.items():
        setattr(operator, name, value)
    operator.save(update_fields=list(facts))
    return operator


@transaction.atomic
def delete_operator(*, operator: Operator) -> None:
    """Delete the operator with qualifications and follow-ups. Repeating does no harm."""
    Operator.objects.filter(pk=operator.pk).delete()


def _check(
    *,
    label: str,
    mentor: Operator | None,
    central: Central,
    today: date,
    operator: Operator | None = None,
) -> None:
    if rules.holds_number(label):
        raise HoldsNumber
    if mentor is None:
        return
    possible = possible_mentors(central=central, today=today, operator=operator)
    if not possible.filter(pk=mentor.pk).exists():
        raise NoMentor
