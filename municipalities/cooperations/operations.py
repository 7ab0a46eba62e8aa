"""Founding a cooperation, and changing what is agreed about it as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, CooperationForm, Participant
from municipalities.cooperations.reasons import because
from municipalities.register.models import Municipality

FACTS = (
    "name",
    "language",
    "form",
    "board_members_each",
    "is_co_located",
    "is_transfer_of_undertaking",
    "leader_reports_to",
)


class NoSuchMunicipality(LookupError):
    """No municipality has the number on the day; load the register, or correct the number."""


@transaction.atomic
def found(
    *, slug: str, name: str, host: str, partners: Iterable[str], joined_date: date, language: str
) -> Cooperation:
    """Found the cooperation of the host and partners (municipality numbers). Safe to repeat.

    Raises NoSuchMunicipality.
    """
    numbers = [host, *(number for number in partners if number != host)]
    municipalities = [_municipality(number, joined_date) for number in numbers]
    cooperation, _ = Cooperation.objects.get_or_create(
        slug=slug, defaults={"name": name, "host": municipalities[0], "language": language}
    )
    for municipality in municipalities:
        Participant.objects.get_or_create(
            cooperation=cooperation,
            municipality=municipality,
            left_date=None,
            defaults={"joined_date": joined_date},
        )
    return cooperation


@transaction.atomic
def change_facts(
    *, cooperation: Cooperation, facts: Mapping[str, Any], why: str, by: User | None
) -> Cooperation:
    """Set some of FACTS. An administrative cooperation (§ 20-2) has no board, and so no members.

    The database refuses a board with fewer than two members of each participant.
    """
    for name in FACTS:
        setattr(cooperation, name, facts.get(name, getattr(cooperation, name)))
    if cooperation.form == CooperationForm.ADMINISTRATIVE:
        cooperation.board_members_each = None
    with because(why=why, by=by):
        cooperation.save(update_fields=FACTS)
    return cooperation


def _municipality(number: str, day: date) -> Municipality:
    """Valid on the day, or the first of that number for a day before the register begins."""
    of_number = Municipality.objects.filter(number=number)
    found = of_number.valid_on(day).first() or of_number.order_by("valid_from", "pk").first()
    if found is None:
        raise NoSuchMunicipality(number)
    return found
