"""From each participant's chief executive to the host's: the council's instruction, the letter."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from municipalities.agreements.models import Delegation
from municipalities.agreements.rules import AgreementError
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


class LetterBeforeInstruction(AgreementError):
    """The letter is dated before the council's instruction that it rests on."""

    code = "letter_before_instruction"


class WithdrawnBeforeInstruction(AgreementError):
    """The delegation is withdrawn before the council gave its instruction."""

    code = "withdrawn_before_instruction"


@transaction.atomic
def record(
    *,
    cooperation: Cooperation,
    municipality: Municipality,
    instructed_date: date,
    case_number: str,
    letter_date: date | None,
    letter: Document | None = None,
) -> Delegation:
    """The delegation in force of the municipality, new or corrected; its letter stays, if any.

    Raises LetterBeforeInstruction.
    """
    if letter_date and letter_date < instructed_date:
        raise LetterBeforeInstruction
    facts = {
        "instructed_date": instructed_date,
        "case_number": case_number,
        "letter_date": letter_date,
    } | ({"letter": letter} if letter else {})
    found, _ = Delegation.objects.update_or_create(
        cooperation=cooperation,
        municipality=municipality,
        withdrawn_date=None,
        defaults=facts,
    )
    return found


@transaction.atomic
def withdraw(*, delegation: Delegation, withdrawn_date: date) -> Delegation:
    """End the delegation; a new instruction makes a new one. Raises WithdrawnBeforeInstruction."""
    found = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if withdrawn_date < found.instructed_date:
        raise WithdrawnBeforeInstruction
    found.withdrawn_date = withdrawn_date
    found.save(update_fields=["withdrawn_date"])
    return found
