"""Reads about obligations: a year's dues with how they stand, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from municipalities.access.models import Membership, User
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.obligations import words
from municipalities.obligations.models import Due, DueQuerySet, Evidence, Obligation
from municipalities.obligations.rules import Status, status_of
from municipalities.register.models import Municipality
from municipalities.todo import Todo

KEPT = frozenset({Status.KEPT, Status.KEPT_LATE})
CLOSED = frozenset({Status.WAIVED, Status.LEFT})


@dataclass(frozen=True)
class DueNow:
    """A due, and how it stands today."""

    due: Due
    status: Status


@dataclass(frozen=True)
class Totals:
    """How many of those that are to be kept are kept; what is waived or left is in neither."""

    kept: int
    whole: int
    late: int


@dataclass(frozen=True)
class Topic:
    """A minimum topic of an obligation, and the days it was dealt with."""

    obligation: Obligation
    topic: str
    covered_dates: tuple[date, ...]


@dataclass(frozen=True)
class Summary:
    """The year for the hub's card; `next_due` is the first that is neither kept nor late."""

    year: int
    totals: Totals
    next_due: Due | None


def dues_of_year(*, cooperation: Cooperation, year: int, today: date) -> list[DueNow]:
    """Every due of the year, by day."""
    dues = Due.objects.filter(obligation__cooperation=cooperation, year=year)
    return [due_now(due, today=today) for due in _in_words(dues)]


def dues_of(*, obligation: Obligation, today: date) -> list[DueNow]:
    """Every due of the obligation, the latest year first."""
    dues = _in_words(obligation.dues.all()).order_by("-year", "due_date", "pk")
    return [due_now(due, today=today) for due in dues]


def due_now(due: Due, *, today: date) -> DueNow:
    """How the due (`with_kept`) stands."""
    status = status_of(
        due_date=due.due_date,
        remind_days=due.obligation.remind_days,
        kept_date=due.kept_date,
        is_waived=bool(due.waived_reason),
        has_left=due.has_left(today),
        today=today,
    )
    return DueNow(due=due, status=status)


def totals_of(dues: Iterable[DueNow]) -> Totals:
    """The sums of the dues."""
    statuses = [each.status for each in dues if each.status not in CLOSED]
    return Totals(
        kept=sum(status in KEPT for status in statuses),
        whole=len(statuses),
        late=statuses.count(Status.LATE),
    )


def in_force_during(*, cooperation: Cooperation, year: int) -> list[Obligation]:
    """The obligations that were in force on some day of the year, the oldest first."""
    found = Obligation.objects.filter(cooperation=cooperation, starts_date__lt=date(year + 1, 1, 1))
    still = Q(ends_date__gt=date(year, 1, 1)) & Q(ends_date__gt=F("starts_date"))
    still |= Q(ends_date__isnull=True)
    return list(found.filter(still).order_by("starts_date", "title", "pk"))


def partners_during(*, cooperation: Cooperation, year: int) -> list[Municipality]:
    """The municipalities that take part in the year, without the host, by number."""
    part = Participant.objects.filter(
        Q(left_date__isnull=True) | Q(left_date__gt=date(year, 1, 1)),
        cooperation=cooperation,
        joined_date__lt=date(year + 1, 1, 1),
    ).exclude(municipality=cooperation.host_id)
    return list(
        Municipality.objects.filter(pk__in=part.values("municipality")).order_by("number", "pk")
    )


def topics_of_year(*, obligations: Sequence[Obligation], year: int) -> list[Topic]:
    """Each minimum topic of the obligations, with the days that evidence of the year covers it."""
    codes = {obligation.code: obligation for obligation in obligations if obligation.topics}
    evidence = Evidence.objects.filter(
        due__obligation__code__in=codes,
        due__obligation__cooperation__in={each.cooperation_id for each in codes.values()},
        due__year=year,
    ).select_related("due__obligation")
    handed_in = list(evidence.order_by("happened_date", "pk")) if codes else []
    return [
        Topic(
            obligation=obligation,
            topic=topic,
            covered_dates=tuple(
                each.happened_date
                for each in handed_in
                if each.due.obligation.code == code and topic in each.topics
            ),
        )
        for code, obligation in codes.items()
        for topic in obligation.topics
    ]


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """The year of `today`, for who may see the agreement."""
    visible = Due.objects.visible_to(user).filter(obligation__cooperation=cooperation)
    dues = [due_now(due, today=today) for due in _in_words(visible.filter(year=today.year))]
    ahead = [each.due for each in dues if each.status in {Status.DUE_SOON, Status.OPEN}]
    return Summary(year=today.year, totals=totals_of(dues), next_due=next(iter(ahead), None))


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """What is due soon or late and lies with a role that the user has for the host."""
    roles = Membership.objects.filter(
        user=user, cooperation=cooperation, municipality=cooperation.host_id
    ).values("role")
    dues = Due.objects.filter(
        obligation__cooperation=cooperation, obligation__responsible__in=roles
    ).due_by(today)
    return [
        Todo(
            text=words.todo(due, today=today),
            url=reverse("due", args=[cooperation.slug, due.pk]),
            due_date=due.due_date,
        )
        for due in _in_words(dues)
    ]


def _in_words(dues: DueQuerySet) -> DueQuerySet:
    """With what a page says of them, by day."""
    told = dues.with_kept().select_related("obligation__cooperation", "municipality")
    return told.order_by("due_date", "municipality__number", "number", "pk")
