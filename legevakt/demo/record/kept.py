"""Obligations kept but for one, decisions with receipts, and a hearing that is open.

Meetings show by their minutes that they were held: meetings.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from legevakt.demo.people import PERSONAS
from legevakt.demo.record import texts
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.decisions import notifying
from municipalities.decisions import operations as decisions
from municipalities.decisions.facts import Facts
from municipalities.decisions.models import Level
from municipalities.decisions.rules import appeal_deadline
from municipalities.hearings import operations as hearings
from municipalities.hearings.models import Position
from municipalities.obligations.models import Due
from municipalities.obligations.operations import hand_in_for
from municipalities.register.models import Municipality

NOT_KEPT = "officers-forum"
BY_MINUTES = ("director-meetings", "bilateral-meeting", "mayors-orientation")


def write(*, founded: Cooperation, at: datetime) -> None:
    """What was done since the agreement came into force."""
    by = User.objects.get(email="sekretariat@alver.example")
    _hand_in(founded, by=by, at=at)
    _decide(founded, by=by, at=at)
    _hear(founded, by=by, at=at)


def _hand_in(founded: Cooperation, *, by: User, at: datetime) -> None:
    """Evidence for what was due last year and this; one of this year is missing.

    This year's meetings show by their minutes that they were held.
    """
    today = local_day(at)
    dues = Due.objects.filter(
        obligation__cooperation=founded, year__gte=today.year - 1, due_date__lte=today
    ).select_related("obligation")
    this_year = dues.filter(obligation__code__in=(NOT_KEPT, *BY_MINUTES), year=today.year)
    for due in dues.exclude(pk__in=this_year):
        hand_in_for(
            due=due,
            title=f"Referat {due.due_date:%Y-%m}",
            on=due.due_date - timedelta(days=6),
            topics=due.obligation.topics,
            by=by,
            at=at,
        )


def _decide(founded: Cooperation, *, by: User, at: datetime) -> None:
    today = local_day(at)
    participants = {
        each.municipality.number: each.municipality
        for each in founded.participants.select_related("municipality")
    }
    for place, (number, body, case, title, level) in enumerate(texts.DECISIONS):
        decided = today - timedelta(days=20 - place)
        decision = decisions.register(
            cooperation=founded,
            facts=Facts(
                municipality=participants[number],
                level=Level(level),
                body=body,
                case_number=case.format(yy=f"{today:%y}"),
                title=title,
                decided_date=decided,
                appeal_deadline_date=appeal_deadline(notified_date=decided),
            ),
            receipt_by=today + timedelta(days=7),
            by=by,
            at=at,
        )
        # As if told: the demonstration writes to nobody at its start.
        decision.notifications.update(told_at=at)
        for reader in ("4633", "4634", "4629"):
            director = next(p for p in PERSONAS if p.municipality == reader and p.role)
            notifying.confirm(
                decision=decision,
                municipalities=[participants[reader]],
                by=User.objects.get(email=director.email),
                at=at,
            )


def _hear(founded: Cooperation, *, by: User, at: datetime) -> None:
    partners = Municipality.objects.filter(participations__cooperation=founded).exclude(
        pk=founded.host_id
    )
    hearing = hearings.open_hearing(
        cooperation=founded,
        title="Felles legevakt på dagtid",
        question="Ønskjer kommunen at vertskommunen òg skal drive legevakt på dagtid, og frå når?",
        deadline_date=local_day(at) + timedelta(days=30),
        municipalities=list(partners),
        by=by,
        at=at,
    )
    hearing.answers.update(told_at=at)
    hearings.answer(
        answer=hearing.answers.get(municipality__number="4633"),
        position=Position.AGREES,
        text="",
        document=None,
        by=User.objects.get(email="kommunedirektor@fedje.example"),
        at=at,
    )
