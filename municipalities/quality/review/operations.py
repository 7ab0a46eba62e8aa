"""Beginning a review, judging its points, signing it, and that the councils were told."""

from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.obligations.operations import hand_in
from municipalities.quality.review.models import (
    CouncilReport,
    ManagementReview,
    MeasureDone,
    PointStatus,
    ReviewPoint,
)
from municipalities.quality.review.points import codes
from municipalities.quality.review.rules import JUDGED_BADLY, mark_of
from municipalities.refused import Refused
from municipalities.register.models import Municipality

OBLIGATION = "management-review"
TOPICS = ("Internal control", "Quality development")


@transaction.atomic
def begin(
    *, cooperation: Cooperation, year: int, by: User | None, at: datetime
) -> ManagementReview:
    """The review of a year with its 21 points; again gives what is there.

    Raises Refused for a year that is to come.
    """
    if year > local_day(at).year:
        raise Refused("year_is_to_come", field="year")
    review, is_new = ManagementReview.objects.get_or_create(
        cooperation=cooperation, year=year, defaults={"started_at": at, "started_by": by}
    )
    if is_new:
        ReviewPoint.objects.bulk_create(ReviewPoint(review=review, code=code) for code in codes())
    return review


@transaction.atomic
def judge(
    *,
    point: ReviewPoint,
    status: str,
    evidence: str = "",
    measure: str = "",
    responsible: str = "",
    deadline_date: date | None = None,
    document: Document | None = None,
    mark: str = "",
) -> ReviewPoint:
    """How a point stands, what shows it, and what is to be done. Without a document it keeps its.

    `mark` is of what the writer saw (`mark_of_point`). Raises Refused: the review is signed,
    somebody wrote meanwhile, or a measure, its responsible or its deadline is missing.
    """
    _unsigned(point.review_id)
    found = ReviewPoint.objects.select_for_update(no_key=True).get(pk=point.pk)
    if mark and mark != mark_of_point(found):
        raise Refused("point_changed_meanwhile")
    if status in JUDGED_BADLY and not measure:
        raise Refused("what_is_to_be_better_has_a_measure", field="measure")
    if measure and not responsible:
        raise Refused("measure_has_nobody", field="responsible")
    if measure and deadline_date is None:
        raise Refused("measure_has_no_deadline", field="deadline_date")
    if not measure and hasattr(found, "done"):
        raise Refused("measure_is_done", field="measure")
    found.status, found.evidence, found.measure = status, evidence, measure
    found.responsible, found.deadline_date = responsible, deadline_date
    found.document = document or found.document
    found.save()
    return found


@transaction.atomic
def summarise(*, review: ManagementReview, summary: str) -> ManagementReview:
    """What the review comes to. Raises Refused when it is signed."""
    found = _unsigned(review.pk)
    found.summary = summary
    found.save(update_fields=["summary"])
    return found


@transaction.atomic
def sign(*, review: ManagementReview, by: User, at: datetime) -> ManagementReview:
    """Freeze the review; it is the evidence of the yearly obligation. Again changes nothing.

    Raises Refused while a point is not judged.
    """
    found = _locked(review.pk)
    if found.signed_at:
        return found
    if left := found.points.filter(status=PointStatus.OPEN).count():
        raise Refused("points_are_not_judged", left=left)
    found.signed_at, found.signed_by = at, by
    found.save(update_fields=["signed_at", "signed_by"])
    _show(found, by=by, at=at)
    return found


@transaction.atomic
def tell_council(
    *,
    review: ManagementReview,
    municipality: Municipality,
    told_date: date,
    case_number: str,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> CouncilReport:
    """That a council was told of the signed review; again corrects it, for a `reason`.

    Raises Refused: the review is not signed, or was signed later.
    """
    found = _locked(review.pk)
    if found.signed_at is None:
        raise Refused("only_a_signed_review_is_told_of")
    if told_date < local_day(found.signed_at):
        raise Refused("told_before_it_was_signed", field="told_date")
    with pghistory.context(reason=reason):
        return CouncilReport.objects.update_or_create(
            review=found,
            municipality=municipality,
            defaults={
                "told_date": told_date,
                "case_number": case_number,
                "recorded_at": at,
                "recorded_by": by,
            },
        )[0]


@transaction.atomic
def measure_done(
    *, point: ReviewPoint, done_date: date, by: User | None, at: datetime
) -> MeasureDone:
    """The point's measure is done, also of a signed review. Raises Refused where there is none."""
    if not point.measure:
        raise Refused("only_a_measure_is_done")
    return MeasureDone.objects.update_or_create(
        point=point, defaults={"done_date": done_date, "recorded_at": at, "recorded_by": by}
    )[0]


@transaction.atomic
def measure_not_done(*, point: ReviewPoint) -> None:
    """It is not done after all; the history keeps what was said."""
    MeasureDone.objects.filter(point=point).delete()


def mark_of_point(point: ReviewPoint) -> str:
    """A fingerprint of what a point says."""
    return mark_of(
        [
            point.status,
            point.evidence,
            point.measure,
            point.responsible,
            point.deadline_date,
            point.document_id,
        ]
    )


def _locked(pk: int) -> ManagementReview:
    rows = ManagementReview.objects.select_related("cooperation__host")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _unsigned(pk: int) -> ManagementReview:
    found = _locked(pk)
    if found.signed_at:
        raise Refused("review_is_signed")
    return found


def _show(review: ManagementReview, *, by: User, at: datetime) -> None:
    cooperation = review.cooperation
    with translation.override(cooperation.host.language):
        title = _("Yearly review of the management system %(year)s") % {"year": review.year}
    hand_in(
        cooperation=cooperation,
        code=OBLIGATION,
        key=f"review:{review.pk}",
        title=title,
        on=local_day(at),
        path=reverse("review", args=[cooperation.slug, review.year]),
        topics=TOPICS,
        by=by,
        at=at,
    )
