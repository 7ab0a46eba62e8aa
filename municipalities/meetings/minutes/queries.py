"""Reads of minutes: the latest approved, what waits for whom, and what the first page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import number
from municipalities.access.models import User
from municipalities.access.permissions import held_on
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Duty, Forum
from municipalities.meetings.meeting.models import Invitee
from municipalities.meetings.minutes.models import Minutes, MinutesState, Remark
from municipalities.todo import Todo

APPROVED = (MinutesState.APPROVED, MinutesState.SENT)


@dataclass(frozen=True, kw_only=True)
class MinutesSummary:
    """How many minutes the user sees in each state, this far; and the latest approved."""

    drafts: int
    for_remarks: int
    to_send: int
    latest: Minutes | None


def latest_approved(*, forum: Forum, before: datetime) -> Minutes | None:
    """The approved minutes of the forum's last meeting that began before the moment."""
    found = Minutes.objects.filter(
        meeting__forum=forum, meeting__starts_at__lt=before, state__in=APPROVED
    )
    return found.select_related("meeting").order_by("-meeting__starts_at", "-pk").first()


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> MinutesSummary:
    """Two queries."""
    del today
    found = Minutes.objects.visible_to(user).filter(meeting__forum__cooperation=cooperation)
    counts = found.aggregate(
        drafts=Count("pk", filter=Q(state=MinutesState.DRAFT)),
        for_remarks=Count("pk", filter=Q(state=MinutesState.HEARING)),
        to_send=Count("pk", filter=Q(state=MinutesState.APPROVED)),
    )
    approved = found.filter(state__in=APPROVED).select_related("meeting__forum")
    latest = approved.order_by("-meeting__starts_at", "-pk").first()
    return MinutesSummary(**counts, latest=latest)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Remarks asked for, remarks to answer, minutes to approve and to send. Two queries."""
    held = held_on(user=user, cooperation=cooperation)
    if Permission.VIEW_MEETINGS not in held:
        return []
    return [
        todo
        for each in _under_way(cooperation=cooperation, user=user)
        for todo in _todos(each, held=held, today=today)
    ]


def _under_way(*, cooperation: Cooperation, user: User) -> QuerySet:
    own = Invitee.objects.filter(meeting=OuterRef("meeting"), user=user)
    said = Remark.objects.filter(
        minutes=OuterRef("pk"), made_by=user, made_at__gte=OuterRef("hearing_opened_at")
    )
    found = Minutes.objects.visible_to(user).filter(
        meeting__forum__cooperation=cooperation,
        state__in=[MinutesState.HEARING, MinutesState.APPROVED],
    )
    return (
        found.annotate(
            is_called=Exists(own),
            is_chair=Exists(own.filter(duty=Duty.CHAIR)),
            has_remarked=Exists(said),
            unanswered=Count("remarks", filter=Q(remarks__answer="")),
        )
        .select_related("meeting__forum__cooperation")
        .order_by("hearing_until_date", "pk")
    )


def _todos(minutes: Any, *, held: frozenset[Permission], today: date) -> list[Todo]:
    """Of minutes as `_under_way` gives them."""
    about = {"meeting": str(minutes.meeting), "count": number(minutes.unanswered)}
    writes = Permission.MANAGE_MEETINGS in held
    found: list[tuple[str, date | None]] = []
    if minutes.state == MinutesState.APPROVED:
        if writes:
            found.append((_("Send the approved minutes: %(meeting)s"), None))
    elif today <= minutes.hearing_until_date:
        if minutes.is_called and not minutes.has_remarked:
            found.append((_("Remarks on the minutes: %(meeting)s"), minutes.hearing_until_date))
    elif not minutes.unanswered and (minutes.is_chair or Permission.APPROVE_MINUTES in held):
        found.append((_("Approve the minutes: %(meeting)s"), None))
    if minutes.state == MinutesState.HEARING and minutes.unanswered and writes:
        words = ngettext(
            "Answer %(count)s remark on the minutes: %(meeting)s",
            "Answer %(count)s remarks on the minutes: %(meeting)s",
            minutes.unanswered,
        )
        found.append((words, minutes.hearing_until_date))
    address = [minutes.meeting.forum.cooperation.slug, minutes.meeting_id]
    url = reverse("minutes", args=address)
    return [Todo(text % about, url, due) for text, due in found]
