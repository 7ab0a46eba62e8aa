"""The yearly review of the host's management system (forskrift 2016-10-28-1250 § 8 f)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import frozen_while, refused_unless, stays_once
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.quality.deviations.models import OfQualityQuerySet
from municipalities.register.models import Municipality

IS_SIGNED = """EXISTS (SELECT FROM municipalities_managementreview r
    WHERE r.id = {row}.review_id AND r.signed_at IS NOT NULL)"""


@pghistory.track()
class ManagementReview(models.Model):
    """The review of a year; signed by the host's chief executive, and then frozen."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="management_reviews"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    summary = models.TextField(_("summary"), max_length=8_000, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfQualityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "year"], name="review_is_once_a_year"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_by__isnull=False),
                name="review_is_signed_by_somebody",
            ),
        ]
        triggers = [
            stays_once(
                "OLD.signed_at IS NOT NULL",
                name="signed_review_stays",
                why="the review is signed",
            ),
            refused_unless(
                "NEW.signed_at IS NULL OR NOT EXISTS (SELECT FROM municipalities_reviewpoint p"
                " WHERE p.review_id = NEW.id AND p.status = 'open')",
                name="signed_review_has_judged_every_point",
                why="a point is not judged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.year}"


class OfReviewQuerySet(models.QuerySet):
    """Rows with a `review`, seen by those who see it."""

    def visible_to(self, user: User) -> OfReviewQuerySet:
        return self.filter(review__in=ManagementReview.objects.visible_to(user))


class OfPointQuerySet(models.QuerySet):
    """Rows with a `point`, seen by those who see its review."""

    def visible_to(self, user: User) -> OfPointQuerySet:
        return self.filter(point__review__in=ManagementReview.objects.visible_to(user))


class PointStatus(models.TextChoices):
    """How a point of the regulation stands."""

    OPEN = "open", _("not judged")
    GOOD = "good", _("in order")
    IMPROVE = "improve", _("can be better")
    LACKING = "lacking", _("is lacking")


@pghistory.track()
class ReviewPoint(models.Model):
    """One of the 21 points (§§ 6–9), by its `code` in points.json, with what shows it."""

    review = models.ForeignKey(ManagementReview, on_delete=models.CASCADE, related_name="points")
    code = models.SlugField(max_length=8)
    status = models.CharField(
        _("status"), max_length=7, choices=PointStatus.choices, default=PointStatus.OPEN
    )
    evidence = models.TextField(_("what shows it"), max_length=2_000, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    measure = models.TextField(_("measure"), max_length=2_000, blank=True)
    responsible = models.CharField(_("responsible"), max_length=120, blank=True)
    deadline_date = models.DateField(_("deadline"), null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="review_has_each_point_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["improve", "lacking"]) | ~Q(measure=""),
                name="what_is_to_be_better_has_a_measure",
            ),
        ]
        triggers = [
            frozen_while(
                IS_SIGNED, name="points_of_a_signed_review_stay", why="the review is signed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review} {self.code}"


@pghistory.track()
class CouncilReport(models.Model):
    """That a municipality's council was told of a signed review (kommuneloven § 25-2)."""

    review = models.ForeignKey(
        ManagementReview, on_delete=models.CASCADE, related_name="council_reports"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    told_date = models.DateField(_("told on"))
    case_number = models.CharField(_("case number"), max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "municipality"], name="council_is_told_of_a_review_once"
            )
        ]
        triggers = [
            refused_unless(
                IS_SIGNED.format(row="NEW"),
                name="only_a_signed_review_is_told_of",
                why="the review is not signed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.review}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeasureDone(models.Model):
    """That the measure of a point is done; it stands beside the point, which the signing froze."""

    point = models.OneToOneField(ReviewPoint, on_delete=models.CASCADE, related_name="done")
    done_date = models.DateField(_("done on"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPointQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "measures done"
        triggers = [
            refused_unless(
                "EXISTS (SELECT FROM municipalities_reviewpoint p"
                " WHERE p.id = NEW.point_id AND p.measure <> '')",
                name="only_a_measure_is_done",
                why="the point has no measure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.done_date}"
