"""Writes to what is required of a central's operators."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from municipalities.centrals.models import Central
from municipalities.competence.models import CompetenceRequirement
from municipalities.competence.standard import standard


@transaction.atomic
def take_standard(*, central: Central, language: str) -> int:
    """Add the starting set in the language, without what is listed already; how many came.

    Safe to repeat.
    """
    before = central.competence_requirements.count()
    CompetenceRequirement.objects.bulk_create(
        [
            CompetenceRequirement(
                central=central,
                name=each.name(language),
                kind=each.kind,
                legal_basis=each.legal_basis(language),
                valid_months=each.valid_months,
            )
            for each in standard()
        ],
        ignore_conflicts=True,
    )
    return central.competence_requirements.count() - before


@transaction.atomic
def add_requirement(*, central: Central, **facts: Any) -> CompetenceRequirement:
    """Require something of every operator; `valid_months` None is for life."""
    return CompetenceRequirement.objects.create(central=central, **facts)


@transaction.atomic
def change_requirement(
    *, requirement: CompetenceRequirement, **facts: Any
) -> CompetenceRequirement:
    """Say it anew. What operators have obtained keeps the expiry it has."""
    for name, value in facts.items():
        setattr(requirement, name, value)
    requirement.save(update_fields=list(facts))
    return requirement


@transaction.atomic
def end_requirement(
    *, requirement: CompetenceRequirement, ends_date: date | None
) -> CompetenceRequirement:
    """No longer required from the day; None requires it again. What was obtained is kept."""
    requirement.ends_date = ends_date
    requirement.save(update_fields=["ends_date"])
    return requirement
