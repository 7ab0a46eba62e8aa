"""Reminding those whose role it is, before a deadline and once when it has passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse

from legevakt.lib import letters, words
from legevakt.lib.periods import local_day
from municipalities.access.models import Membership, User
from municipalities.access.queries import people_with
from municipalities.access.rules import Permission, Role, roles_with
from municipalities.cooperations.models import Cooperation
from municipalities.obligations import words as obligation_words
from municipalities.obligations.models import Due, Reminder, ReminderKind

TRIED_FOR = timedelta(days=7)  # a mail server that is away for longer is known of


def claim(*, at: datetime) -> list[int]:
    """The reminders to send: those that are new today, and those that were never sent.

    Each is a row that the database lets in once, so that beats at once make one; whoever sends it
    locks the row. Without a broker the row stays unsent, and the next beat gives it again.
    """
    responsible = cache(responsible_for)
    dues = Due.objects.due_by(local_day(at)).select_related("obligation__cooperation__host")
    rows = [
        Reminder(due=due, kind=_kind(due, at=at), user=user, claimed_at=at)
        for due in dues.order_by("due_date", "pk")
        for user in responsible(due.obligation.cooperation, due.obligation.responsible)
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    unsent = Reminder.objects.filter(
        sent_at__isnull=True, claimed_at__gt=at - TRIED_FOR, due__in=Due.objects.open()
    )
    return list(unsent.order_by("pk").values_list("pk", flat=True))


def to_send(pk: int) -> Reminder | None:
    """The reminder, locked until the transaction ends; None where it is sent or needless."""
    found = Reminder.objects.select_for_update(of=["self"]).filter(
        pk=pk, sent_at__isnull=True, due__in=Due.objects.open()
    )
    return found.select_related("due__obligation__cooperation", "due__municipality", "user").first()


def send(reminder: Reminder) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does."""
    due, user = reminder.due, reminder.user
    cooperation = due.obligation.cooperation
    letters.send(
        templates="emails/obligation_due",
        context={
            "name": user.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "is_overdue": reminder.kind == ReminderKind.OVERDUE,
            "title": lambda: obligation_words.title_of(due),
            "topics": lambda: [obligation_words.told(each) for each in due.obligation.topics],
            "clause": lambda: obligation_words.told(due.obligation.clause),
            "day": lambda: words.day(due.due_date),
            "link": settings.SITE_URL + reverse("due", args=[cooperation.slug, due.pk]),
        },
        to=user.email,
        language=user.language,
        message_id=f"<obligation-{reminder.kind}-{due.pk}-{user.pk}@legevakt>",
    )


def responsible_for(cooperation: Cooperation, role: str) -> list[User]:
    """Those who have the role for the host; where nobody has it, those who follow up obligations.

    Each once, by name.
    """
    people = _of_host(cooperation, roles={Role(role)})
    people = people or _of_host(cooperation, roles=set(roles_with(Permission.MANAGE_OBLIGATIONS)))
    return list({each.user_id: each.user for each in people}.values())


def _of_host(cooperation: Cooperation, *, roles: set[Role]) -> list[Membership]:
    people = people_with(cooperation=cooperation, roles=roles)
    return [each for each in people if each.municipality_id == cooperation.host_id]


def _kind(due: Due, *, at: datetime) -> ReminderKind:
    return ReminderKind.OVERDUE if due.due_date < local_day(at) else ReminderKind.BEFORE
