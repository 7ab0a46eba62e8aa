"""Reads of hearings and of who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.hearings.models import Hearing, HearingAnswer
from municipalities.hearings.rules import REMINDED_BEFORE, reminder_date
from municipalities.register.models import Municipality
from municipalities.todo import Todo


@dataclass(frozen=True)
class HearingSummary:
    """Hearings in numbers: open ones, those past their deadline, and answers waited for.

    `next_deadline` is the first that has not passed.
    """

    hearings: int
    open: int
    to_close: int
    unanswered: int
    next_deadline: date | None


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> HearingSummary:
    """For the card of the cooperation's page; the same for all who take part. Two queries."""
    del user
    is_open = Q(closed_at__isnull=True)
    counts = cooperation.hearings.aggregate(
        hearings=Count("pk"),
        open=Count("pk", filter=is_open),
        to_close=Count("pk", filter=is_open & Q(deadline_date__lt=today)),
        next_deadline=Min("deadline_date", filter=is_open & Q(deadline_date__gte=today)),
    )
    return HearingSummary(**counts, unanswered=unanswered(cooperation).count())


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Answers to give for the own municipality, and hearings to close. Two queries."""
    own = municipalities_acted_for(
        user=user, permission=Permission.ANSWER_FOR_MUNICIPALITY, cooperation=cooperation
    )
    managed = cooperations_where(user=user, permission=Permission.MANAGE_HEARINGS)
    to_close = cooperation.hearings.filter(
        closed_at__isnull=True, deadline_date__lt=today, cooperation__in=managed
    ).order_by("deadline_date", "pk")
    return [
        *(
            _answer_todo(each, slug=cooperation.slug)
            for each in unanswered(cooperation).filter(municipality__in=own)
        ),
        *(_close_todo(each, slug=cooperation.slug) for each in to_close),
    ]


def listed(cooperation: Cooperation) -> QuerySet:
    """Every hearing, the open ones first by deadline; `asked` and `answered` are counted."""
    rows = cooperation.hearings.annotate(
        asked=Count("answers"),
        answered=Count("answers", filter=Q(answers__answered_at__isnull=False)),
    )
    return rows.order_by(F("closed_at").desc(nulls_first=True), "deadline_date", "pk")


def answers_of(hearing: Hearing) -> list[HearingAnswer]:
    """The rows of those asked, by municipality number."""
    rows = hearing.answers.select_related("municipality", "document", "answered_by")
    return list(rows.order_by("municipality__number", "pk"))


def unanswered(cooperation: Cooperation) -> QuerySet:
    """Who has not answered the open hearings, by deadline."""
    rows = HearingAnswer.objects.filter(
        hearing__cooperation=cooperation,
        hearing__closed_at__isnull=True,
        answered_at__isnull=True,
    )
    return rows.select_related("hearing", "municipality").order_by(
        "hearing__deadline_date", "municipality__number", "pk"
    )


def askable(*, cooperation: Cooperation, today: date) -> QuerySet[Municipality]:
    """Who takes part on the day, by number."""
    participants = cooperation.participants.on(today).values("municipality")
    return Municipality.objects.filter(pk__in=participants).order_by("number", "pk")


def untold() -> QuerySet:
    """Who is asked in an open hearing and not told of it yet."""
    return _waiting().filter(told_at__isnull=True)


def to_remind(*, today: date) -> list[HearingAnswer]:
    """Who has not answered, and is to be reminded now; none after the deadline."""
    rows = _waiting().filter(
        told_at__isnull=False,
        reminded_at__isnull=True,
        hearing__deadline_date__range=(today, today + REMINDED_BEFORE),
    )
    return [row for row in rows if _reminder_date(row.hearing) <= today]


def _waiting() -> QuerySet:
    rows = HearingAnswer.objects.filter(hearing__closed_at__isnull=True, answered_at__isnull=True)
    return rows.select_related("hearing__cooperation", "municipality").order_by("pk")


def _reminder_date(hearing: Hearing) -> date:
    return reminder_date(
        opened_date=local_day(hearing.opened_at), deadline_date=hearing.deadline_date
    )


def _answer_todo(row: HearingAnswer, *, slug: str) -> Todo:
    text = _("Answer for %(municipality)s: %(title)s") % {
        "municipality": row.municipality.name,
        "title": row.hearing.title,
    }
    return Todo(text, reverse("hearing", args=[slug, row.hearing_id]), row.hearing.deadline_date)


def _close_todo(hearing: Hearing, *, slug: str) -> Todo:
    text = _("Close the hearing: %(title)s") % {"title": hearing.title}
    return Todo(text, reverse("hearing_close", args=[slug, hearing.pk]), hearing.deadline_date)
