"""Reminding the one responsible, before a deadline and once when it has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from legevakt.lib import letters, words
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.queries import people_with
from municipalities.access.rules import Permission, roles_with
from municipalities.meetings.follow_up.models import (
    FollowUpReminder,
    FollowUpReminderKind,
    FollowUpState,
    MeetingFollowUp,
)

BEFORE = timedelta(days=14)
TRIED_FOR = timedelta(days=7)  # a mail server that is away for longer is known of


def claim(*, at: datetime) -> list[int]:
    """The reminders to send: those that are new today, and those that were never sent.

    Each is a row that the database lets in once for a deadline, so that beats at once make one.
    """
    today = local_day(at)
    due = MeetingFollowUp.objects.filter(
        state=FollowUpState.OPEN, deadline_date__lte=today + BEFORE
    ).select_related("user", "forum__cooperation")
    rows = [
        FollowUpReminder(
            follow_up=each,
            kind=_kind(each, at=at),
            user=user,
            deadline_date=each.deadline_date,
            claimed_at=at,
        )
        for each in due.order_by("deadline_date", "pk")
        for user in _responsible(each)
    ]
    FollowUpReminder.objects.bulk_create(rows, ignore_conflicts=True)
    unsent = FollowUpReminder.objects.filter(
        sent_at__isnull=True,
        claimed_at__gt=at - TRIED_FOR,
        follow_up__state=FollowUpState.OPEN,
    )
    return list(unsent.order_by("pk").values_list("pk", flat=True))


def to_send(pk: int) -> FollowUpReminder | None:
    """The reminder, locked until the transaction ends; None where it is sent or needless.

    It is needless too where the deadline, or who is responsible, has changed since it was claimed.
    """
    rows = FollowUpReminder.objects.select_for_update(of=["self"]).filter(
        pk=pk,
        sent_at__isnull=True,
        follow_up__state=FollowUpState.OPEN,
        follow_up__deadline_date=F("deadline_date"),
    )
    found = rows.select_related("follow_up__forum__cooperation", "follow_up__user", "user").first()
    return found if found and found.user in _responsible(found.follow_up) else None


def send(reminder: FollowUpReminder) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does."""
    follow_up, user = reminder.follow_up, reminder.user
    cooperation = follow_up.forum.cooperation
    letters.send(
        templates="emails/follow_up_due",
        context={
            "name": user.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "is_overdue": reminder.kind == FollowUpReminderKind.OVERDUE,
            "text": follow_up.text,
            "forum": follow_up.forum.name,
            "responsible": "" if follow_up.user_id == user.pk else follow_up.responsible_name,
            "day": lambda: words.day(follow_up.deadline_date),
            "link": settings.SITE_URL
            + reverse("meeting_follow_up", args=[cooperation.slug, follow_up.pk]),
        },
        to=user.email,
        language=user.language,
        message_id=f"<follow-up-{reminder.kind}-{reminder.pk}@legevakt>",
    )


def _responsible(follow_up: MeetingFollowUp) -> list[User]:
    """The user who is; where that one has left, or is none, the host's who keep the meetings."""
    if follow_up.user is not None and _sees(follow_up.user, follow_up):
        return [follow_up.user]
    cooperation = follow_up.forum.cooperation
    people = people_with(cooperation=cooperation, roles=set(roles_with(Permission.MANAGE_MEETINGS)))
    return list({each.user_id: each.user for each in people}.values())


def _sees(user: User, follow_up: MeetingFollowUp) -> bool:
    return MeetingFollowUp.objects.visible_to(user).filter(pk=follow_up.pk).exists()


def _kind(follow_up: MeetingFollowUp, *, at: datetime) -> FollowUpReminderKind:
    late = follow_up.deadline_date < local_day(at)
    return FollowUpReminderKind.OVERDUE if late else FollowUpReminderKind.BEFORE
