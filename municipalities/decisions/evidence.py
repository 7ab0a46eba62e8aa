"""Where a decision shows that an obligation of the agreement is kept."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.decisions.models import Decision
from municipalities.obligations.operations import expect, hand_in

OBLIGATION = "decision-notification"


def receipts_are_expected(*, decision: Decision, receipt_by: date) -> None:
    """The participants are to be notified: late when the day passes before all have confirmed."""
    expect(
        cooperation=decision.cooperation,
        code=OBLIGATION,
        about=decision.title,
        due_date=receipt_by,
        key=key_of(decision),
    )


def all_have_confirmed(*, decision: Decision, by: User, at: datetime) -> None:
    """The last receipt is in. Called once, in the transaction that stores it."""
    hand_in(
        cooperation=decision.cooperation,
        code=OBLIGATION,
        key=key_of(decision),
        title=decision.title,
        on=local_day(at),
        path=reverse("decision", args=[decision.cooperation.slug, decision.pk]),
        by=by,
        at=at,
    )


def key_of(decision: Decision) -> str:
    return f"decision:{decision.pk}"
