"""Reads of decisions and of who has confirmed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.queries import municipalities_acted_for, people_with
from municipalities.access.rules import Permission, roles_with
from municipalities.cooperations.models import Cooperation
from municipalities.decisions.models import Decision, DecisionKind, Level, Notification
from municipalities.decisions.rules import EventKind
from municipalities.register.models import Municipality
from municipalities.todo import Todo

FOR_THE_HOST = (DecisionKind.INSTRUCTION, DecisionKind.REVERSAL)


def may_be_notified(decision: Decision, *, today: date) -> bool:
    """Whether a participant other than the one that decided is not notified yet."""
    others = decision.cooperation.participants.on(today).exclude(
        municipality=decision.municipality_id
    )
    return others.exclude(municipality__in=decision.notifications.values("municipality")).exists()


@dataclass(frozen=True)
class DecisionSummary:
    """The register in numbers: receipts that are missing, and those past their deadline."""

    decisions: int
    this_year: int
    to_follow_up: int
    unconfirmed: int
    late: int


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> DecisionSummary:
    """For the card of the cooperation's page; the same for all who take part. Two queries."""
    del user
    counts = cooperation.decisions.aggregate(
        decisions=Count("pk"),
        this_year=Count("pk", filter=Q(decided_date__year=today.year)),
        to_follow_up=Count("pk", filter=Q(kind__in=FOR_THE_HOST, followed_up_date__isnull=True)),
    )
    receipts = unconfirmed(cooperation, today=today).aggregate(
        unconfirmed=Count("pk"), late=Count("pk", filter=Q(deadline_date__lt=today))
    )
    return DecisionSummary(**counts, **receipts)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Receipts to give for the own municipality, and for the host what to follow up.

    Two queries.
    """
    receipts = unconfirmed(cooperation, today=today).filter(
        municipality__in=municipalities_acted_for(
            user=user, permission=Permission.ANSWER_FOR_MUNICIPALITY, cooperation=cooperation
        )
    )
    writers = municipalities_acted_for(
        user=user, permission=Permission.REGISTER_DECISIONS, cooperation=cooperation
    )
    open_ones = to_follow_up(cooperation).filter(cooperation__host__in=writers)
    return [
        *(_receipt_todo(each, slug=cooperation.slug) for each in receipts),
        *(_follow_up_todo(each, slug=cooperation.slug) for each in open_ones),
    ]


def listed(cooperation: Cooperation, *, today: date) -> QuerySet:
    """Every decision, the newest first, with `notified` and `confirmed` receipts counted.

    `left` are those of municipalities that left without confirming, None where there are none.
    """
    gone = Notification.objects.with_left_date().filter(
        decision=OuterRef("pk"), read_at__isnull=True, left_date__lte=today
    )
    rows = cooperation.decisions.select_related("municipality").annotate(
        notified=Count("notifications"),
        confirmed=Count("notifications", filter=Q(notifications__read_at__isnull=False)),
        left=Subquery(gone.order_by().values("decision").annotate(n=Count("pk")).values("n")),
    )
    return rows.order_by("-decided_date", "-pk")


def years_of(cooperation: Cooperation) -> list[int]:
    """The years that have a decision, the newest first."""
    return [day.year for day in cooperation.decisions.dates("decided_date", "year", order="DESC")]


def unconfirmed(cooperation: Cooperation, *, today: date) -> QuerySet:
    """The receipts that are missing, by deadline and municipality; none of those that have left."""
    rows = Notification.objects.waited_for(today).filter(decision__cooperation=cooperation)
    return rows.select_related("decision__municipality", "municipality").order_by(
        "deadline_date", "municipality__number", "pk"
    )


def to_follow_up(cooperation: Cooperation) -> QuerySet:
    """Instructions and reversals that the host has not followed up, the oldest first."""
    rows = cooperation.decisions.filter(kind__in=FOR_THE_HOST, followed_up_date__isnull=True)
    return rows.select_related("municipality").order_by("decided_date", "pk")


def reversible(cooperation: Cooperation) -> QuerySet:
    """The host's administrative decisions: what a participant can reverse, the newest first."""
    rows = cooperation.decisions.filter(
        municipality=cooperation.host_id, level=Level.ADMINISTRATIVE, kind=DecisionKind.DECISION
    )
    return rows.order_by("-decided_date", "-pk")


def participants_of(cooperation: Cooperation) -> QuerySet[Municipality]:
    """Who takes part or has taken part, by number."""
    rows = Municipality.objects.filter(participations__cooperation=cooperation)
    return rows.distinct().order_by("number", "pk")


def writable_municipalities(*, user: User, cooperation: Cooperation) -> QuerySet[Municipality]:
    """Whose decisions the user may register: the host's people any, a partner's the own."""
    own = municipalities_acted_for(
        user=user, permission=Permission.REGISTER_DECISIONS, cooperation=cooperation
    )
    keys = [each.pk for each in own]
    everybody = participants_of(cooperation)
    return everybody if cooperation.host_id in keys else everybody.filter(pk__in=keys)


def untold(*, today: date) -> QuerySet:
    """Notifications that nobody is told of yet, the oldest first."""
    rows = Notification.objects.waited_for(today).filter(told_at__isnull=True)
    return _with_cooperation(rows)


def to_remind(*, today: date) -> QuerySet:
    """Notifications past their deadline without receipt or reminder, the oldest first."""
    rows = Notification.objects.waited_for(today).filter(
        deadline_date__lt=today, told_at__isnull=False, reminded_at=None
    )
    return _with_cooperation(rows)


def who_answers(*, cooperation: Cooperation, municipality_id: int) -> list[int]:
    """The keys of the people who answer for the municipality."""
    roles = set(roles_with(Permission.ANSWER_FOR_MUNICIPALITY))
    people = people_with(cooperation=cooperation, roles=roles)
    return list(
        dict.fromkeys(each.user_id for each in people if each.municipality_id == municipality_id)
    )


def _with_cooperation(rows: QuerySet) -> QuerySet:
    found = rows.select_related("decision__cooperation", "decision__municipality", "municipality")
    return found.order_by("pk")


def _receipt_todo(notification: Notification, *, slug: str) -> Todo:
    decision = notification.decision
    text = _("Read and confirm for %(municipality)s: %(title)s") % {
        "municipality": notification.municipality.name,
        "title": decision.title,
    }
    return Todo(text, reverse("decision", args=[slug, decision.pk]), notification.deadline_date)


def _follow_up_todo(decision: Decision, *, slug: str) -> Todo:
    text = _("Follow up, from %(municipality)s: %(title)s") % {
        "municipality": decision.municipality.name,
        "title": decision.title,
    }
    return Todo(text, reverse("decision_event", args=[slug, decision.pk, EventKind.FOLLOW_UP]))
