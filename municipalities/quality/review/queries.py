"""Reads of reviews: the year's, its points with last year's measures, what waits and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from municipalities.access.models import Membership, User
from municipalities.access.rules import Role
from municipalities.cooperations.models import Cooperation
from municipalities.quality.review.measures import still_open
from municipalities.quality.review.models import (
    CouncilReport,
    ManagementReview,
    PointStatus,
    ReviewPoint,
)
from municipalities.quality.review.points import codes
from municipalities.quality.review.rules import is_late
from municipalities.quality.review.waiting import ASKED, Held, todos
from municipalities.register.models import Municipality
from municipalities.todo import Todo

TOTAL = len(codes())


@dataclass(frozen=True)
class Summary:
    """The year's review, or the latest before it; `review` is None where there is none."""

    review: ManagementReview | None
    judged: int
    open_measures: int
    late_measures: int
    total: int = TOTAL


@dataclass(frozen=True)
class Council:
    """A municipality that takes part, and when its council was told of the review."""

    municipality: Municipality
    report: CouncilReport | None


def reviews_of(cooperation: Cooperation) -> QuerySet[ManagementReview]:
    """Every review, the newest first, with how many of its points are judged, by status."""
    counts: dict[str, Any] = {
        f"count_{status}": Count("points", filter=Q(points__status=status), distinct=True)
        for status in PointStatus.values
    }
    rows = ManagementReview.objects.filter(cooperation=cooperation).select_related("signed_by")
    told = Count("council_reports", distinct=True)
    return rows.annotate(**counts, told=told).order_by("-year", "-pk")


def years_to_begin(*, cooperation: Cooperation, today: date) -> list[int]:
    """This year and the last, where the review of it is not begun. One query."""
    begun = ManagementReview.objects.filter(cooperation=cooperation)
    known = set(begun.values_list("year", flat=True))
    return [year for year in (today.year, today.year - 1) if year not in known]


def points_of(review: ManagementReview) -> list[ReviewPoint]:
    """The points in the order of the regulation, with documents and what is done."""
    rows = review.points.select_related("document", "done")
    order = {code: place for place, code in enumerate(codes())}
    return sorted(rows, key=lambda each: order.get(each.code, TOTAL))


def from_last_year(review: ManagementReview) -> dict[str, ReviewPoint]:
    """Code → last year's point, where its measure is not done: it is to be judged anew."""
    rows = ReviewPoint.objects.filter(
        review__cooperation=review.cooperation_id,
        review__year=review.year - 1,
        done__isnull=True,
    ).exclude(measure="")
    return {each.code: each for each in rows.select_related("review")}


def open_measures_of(*, cooperation: Cooperation, today: date) -> list[ReviewPoint]:
    """The measures that are to be done, by deadline: late ones first. One query."""
    rows = ReviewPoint.objects.filter(
        review__cooperation=cooperation, review__year__range=(today.year - 2, today.year)
    )
    return still_open(rows.select_related("review", "done"))


def next_to_judge(review: ManagementReview, *, after: str) -> str | None:
    """The code of the next point that is not judged, from the one after `after` and round."""
    order = codes()
    start = order.index(after) + 1
    left = set(review.points.filter(status=PointStatus.OPEN).values_list("code", flat=True))
    return next((code for code in order[start:] + order[:start] if code in left), None)


def councils_of(review: ManagementReview, *, day: date) -> list[Council]:
    """Every municipality that takes part on the day, and those told before they left."""
    told = {each.municipality_id: each for each in review.council_reports.all()}
    taking_part = review.cooperation.participants.on(day).values("municipality")
    rows = Municipality.objects.filter(Q(pk__in=taking_part) | Q(pk__in=list(told)))
    return [Council(each, told.get(each.pk)) for each in rows.order_by("number", "pk")]


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What hubs say of the review. Two queries."""
    reviews = reviews_of(cooperation).filter(year__lte=today.year)
    review: Any = reviews.first()
    measures = open_measures_of(cooperation=cooperation, today=today)
    return Summary(
        review=review,
        judged=TOTAL - review.count_open if review else 0,
        open_measures=len(measures),
        late_measures=sum(is_late(each.deadline_date, today=today) for each in measures),
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """What of the reviews waits for the user. Two queries."""
    roles = [
        Held(Role(role), pk, name)
        for role, pk, name in Membership.objects.filter(
            cooperation=cooperation, user=user, user__is_active=True
        )
        .values_list("role", "municipality_id", "municipality__name")
        .order_by("municipality__number", "pk")
    ]
    if not any(each.may(permission) for each in roles for permission in ASKED):
        return []
    told = CouncilReport.objects.filter(review=OuterRef("review"))
    rows = ReviewPoint.objects.filter(
        review__cooperation=cooperation, review__year__range=(today.year - 2, today.year)
    )
    points = rows.select_related("review", "done").annotate(
        told=ArraySubquery(told.values("municipality_id"))
    )
    return todos(slug=cooperation.slug, points=list(points), roles=roles, today=today)
