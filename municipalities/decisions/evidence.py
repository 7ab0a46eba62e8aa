"""Where the host's decisions show that the participants are notified, as the agreement demands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.decisions.models import Decision, Notification
from municipalities.obligations.operations import expect, hand_in

OBLIGATION = "decision-notification"


def receipts_are_expected(*, decision: Decision, notifications: Iterable[Notification]) -> None:
    """Each participant is to confirm the host's decision: late when its day passes without."""
    for notification in _owed(decision, notifications):
        expect(
            cooperation=decision.cooperation,
            code=OBLIGATION,
            about=decision.title,
            due_date=notification.deadline_date,
            key=_key(decision),
            municipality=notification.municipality,
        )


def receipts_are_in(
    *, decision: Decision, notifications: Iterable[Notification], by: User, at: datetime
) -> None:
    """What the participants have confirmed is evidence, each of its own notification."""
    for notification in _owed(decision, notifications):
        hand_in(
            cooperation=decision.cooperation,
            code=OBLIGATION,
            key=_key(decision),
            title=decision.title,
            on=local_day(at),
            path=reverse("decision", args=[decision.cooperation.slug, decision.pk]),
            municipality=notification.municipality,
            by=by,
            at=at,
        )


def _owed(decision: Decision, notifications: Iterable[Notification]) -> Iterable[Notification]:
    """The agreement obliges the host alone."""
    return notifications if decision.municipality_id == decision.cooperation.host_id else ()


def _key(decision: Decision) -> str:
    return f"decision:{decision.pk}"
