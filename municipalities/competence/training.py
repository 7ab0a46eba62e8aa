"""Writes to what operators have obtained, and to follow-ups that were held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from municipalities.competence import rules
from municipalities.competence.models import (
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)


class OtherCentral(ValueError):
    """The requirement is not of the central at which the operator works."""


@transaction.atomic
def qualify(
    *,
    operators: Collection[Operator],
    requirement: CompetenceRequirement,
    obtained_date: date,
    expires_date: date | None = None,
) -> int:
    """The operators fulfil the requirement from the day; how many did not have that already.

    Without `expires_date` it expires by the requirement's months. Safe to repeat. Raises
    OtherCentral.
    """
    if any(each.central_id != requirement.central_id for each in operators):
        raise OtherCentral
    expires = expires_date or rules.expiry(
        obtained=obtained_date, valid_months=requirement.valid_months
    )
    same_day = Qualification.objects.filter(requirement=requirement, obtained_date=obtained_date)
    before = same_day.count()
    Qualification.objects.bulk_create(
        [
            Qualification(
                operator=each,
                requirement=requirement,
                obtained_date=obtained_date,
                expires_date=expires,
            )
            for each in operators
        ],
        ignore_conflicts=True,
    )
    return same_day.count() - before


@transaction.atomic
def change_expiry(*, qualification: Qualification, expires_date: date | None) -> Qualification:
    """It expires on another day; None is never."""
    qualification.expires_date = expires_date
    qualification.save(update_fields=["expires_date"])
    return qualification


@transaction.atomic
def remove_qualification(*, qualification: Qualification) -> None:
    """It was registered by mistake. Repeating does no harm."""
    Qualification.objects.filter(pk=qualification.pk).delete()


@transaction.atomic
def register_follow_up(*, operator: Operator, held_date: date) -> FollowUp:
    """That a follow-up was held that day; nothing of what was said. Safe to repeat."""
    found, _ = FollowUp.objects.get_or_create(operator=operator, held_date=held_date)
    return found


@transaction.atomic
def remove_follow_up(*, follow_up: FollowUp) -> None:
    """It was registered by mistake. Repeating does no harm."""
    FollowUp.objects.filter(pk=follow_up.pk).delete()
