"""Reads of meetings: of a forum, the next one, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import Period
from legevakt.lib.words import moment
from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import (
    IN_ORDER,
    Answer,
    Invitee,
    LetterFailure,
    Meeting,
    MeetingLetter,
    MeetingState,
)
from municipalities.meetings.meeting.rules import call_by
from municipalities.todo import Todo

CALLED_SOON = timedelta(days=7)


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting that a person sees, and what they answered; None when not called."""

    meeting: Meeting
    answer: str | None


@dataclass(frozen=True)
class Summary:
    """How many meetings of the year are held, and when the next is."""

    held: int
    next_at: datetime | None


def meetings_of(*, forum: Forum) -> QuerySet[Meeting]:
    """The meetings of a forum with their minutes, the newest first."""
    return forum.meetings.select_related("forum", "minutes").order_by("-starts_at", "-pk")


def began_in(*, cooperation: Cooperation, period: Period) -> list[Meeting]:
    """Every meeting that began in the days, bilateral ones too, the first first. One query."""
    rows = Meeting.objects.filter(
        forum__cooperation=cooperation,
        starts_at__gte=period.starts_at,
        starts_at__lt=period.ends_at,
    )
    return list(rows.select_related("forum", "minutes").order_by("starts_at", "pk"))


def invitees_of(meeting: Meeting) -> list[Invitee]:
    """Who is called, and who is no more but does not know it.

    Each with the letters that did not arrive as `failed`.
    """
    failed = MeetingLetter.objects.exclude(failure="").order_by("pk")
    rows = meeting.invitees.filter(
        Q(uncalled_at__isnull=True) | Exists(failed.filter(invitee=OuterRef("pk")))
    )
    found = rows.select_related("user", "municipality").order_by(
        F("uncalled_at").asc(nulls_first=True), IN_ORDER, "pk"
    )
    return list(found.prefetch_related(Prefetch("letters", queryset=failed, to_attr="failed")))


def unsent_letters(meeting: Meeting) -> int:
    """How many letters wait for the mail server."""
    waiting = MeetingLetter.objects.filter(invitee__meeting=meeting, sent_at__isnull=True)
    return waiting.filter(failure="").count()


def own_invitation(*, meeting: Meeting, user: User) -> Invitee | None:
    """How the user is called to the meeting, if so."""
    return meeting.invitees.called().filter(user=user).first()


def next_meeting(*, cooperation: Cooperation, user: User, now: datetime) -> NextMeeting | None:
    """The next meeting of the cooperation that the user may see. At most two queries."""
    to_come = _to_come(cooperation=cooperation, user=user, now=now)
    meeting = to_come.select_related("forum").order_by("starts_at", "pk").first()
    if meeting is None:
        return None
    own = own_invitation(meeting=meeting, user=user)
    return NextMeeting(meeting=meeting, answer=own.answer if own else None)


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What the hub of the agreement says of meetings. Two queries."""
    days = Period.year(today.year)
    seen = Meeting.objects.visible_to(user).filter(forum__cooperation=cooperation)
    now = Period(today, today + timedelta(days=1)).starts_at
    held = seen.filter(
        state=MeetingState.CALLED,
        starts_at__gte=days.starts_at,
        starts_at__lt=days.ends_at,
        ends_at__lte=now,
    )
    to_come = _to_come(cooperation=cooperation, user=user, now=now).order_by("starts_at")
    return Summary(held=held.count(), next_at=to_come.values_list("starts_at", flat=True).first())


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Calls that the user has not answered; meetings to be called; letters that did not arrive.

    Two queries.
    """
    answers = _unanswered(cooperation, user, today)
    found = [_to_answer(each, slug=cooperation.slug) for each in answers]
    return found + _to_manage(cooperation, user=user, today=today)


def _to_come(*, cooperation: Cooperation, user: User, now: datetime) -> QuerySet[Meeting]:
    seen = Meeting.objects.visible_to(user).filter(forum__cooperation=cooperation)
    return seen.filter(starts_at__gte=now).exclude(state=MeetingState.CANCELLED)


def _unanswered(cooperation: Cooperation, user: User, today: date) -> QuerySet[Invitee]:
    now = Period(today, today + timedelta(days=1)).starts_at
    rows = Invitee.objects.filter(
        user=user,
        uncalled_at__isnull=True,
        answer=Answer.NONE,
        meeting__state=MeetingState.CALLED,
        meeting__starts_at__gte=now,
        meeting__forum__cooperation=cooperation,
        meeting__in=Meeting.objects.visible_to(user),
    )
    return rows.select_related("meeting__forum").order_by("meeting__starts_at")


def _to_answer(invitee: Invitee, *, slug: str) -> Todo:
    meeting = invitee.meeting
    told = {"forum": meeting.forum.name, "when": moment(meeting.starts_at)}
    return Todo(
        _("Say whether you come to %(forum)s, %(when)s") % told,
        reverse("meeting", args=[slug, meeting.pk]),
        call_by(starts_at=meeting.starts_at, notice_days=1),
    )


def _to_manage(cooperation: Cooperation, *, user: User, today: date) -> list[Todo]:
    """Planned meetings whose call is due within days, and letters that failed. One query."""
    days = Period(today, today + timedelta(days=1))
    failed = Q(invitees__letters__failure__in=(LetterFailure.REFUSED, LetterFailure.INVALID))
    manages = cooperations_where(user=user, permission=Permission.MANAGE_MEETINGS)
    rows = (
        _to_come(cooperation=cooperation, user=user, now=days.starts_at)
        .filter(Q(state=MeetingState.PLANNED) | failed, forum__cooperation__in=manages)
        .select_related("forum")
        .distinct()
    )
    return [
        todo
        for meeting in rows.order_by("starts_at", "pk")
        if (todo := _managed(meeting, slug=cooperation.slug, today=today))
    ]


def _managed(meeting: Meeting, *, slug: str, today: date) -> Todo | None:
    told = {"forum": meeting.forum.name, "when": moment(meeting.starts_at)}
    url = reverse("meeting", args=[slug, meeting.pk])
    if meeting.state == MeetingState.CALLED:
        return Todo(_("A letter about %(forum)s, %(when)s, did not arrive") % told, url)
    due = call_by(starts_at=meeting.starts_at, notice_days=meeting.forum.notice_days)
    if due > today + CALLED_SOON:
        return None
    return Todo(_("Call %(forum)s, %(when)s") % told, url, due)
