"""The review and the point that an address names, for who may see the quality."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import Visible, reader, visible_cooperation
from municipalities.quality.review.models import ManagementReview, ReviewPoint
from municipalities.quality.review.points import points

VIEW, MANAGE = Permission.VIEW_QUALITY, Permission.MANAGE_QUALITY


@dataclass(frozen=True)
class VisibleReview:
    """A review, and what the reader may do."""

    review: ManagementReview
    visible: Visible

    @property
    def cooperation(self) -> Cooperation:
        return self.visible.cooperation

    @property
    def is_open(self) -> bool:
        """Whether it can still be written in."""
        return self.review.signed_at is None

    @property
    def may_write(self) -> bool:
        """Whether the reader writes in it now."""
        return self.is_open and self.visible.may(MANAGE)

    def address(self, name: str = "review", *more: object) -> str:
        """An address of the review, or of something in it."""
        return reverse(name, args=[self.cooperation.slug, self.review.year, *more])

    def recorded_for(self, request: HttpRequest) -> set[int]:
        """The municipalities whose councils' cases the reader records.

        Directors their own; the secretary and the leader every one.
        """
        if self.visible.may(MANAGE):
            rows = self.cooperation.participants.all()
            return set(rows.values_list("municipality_id", flat=True))
        own = municipalities_acted_for(
            user=reader(request),
            permission=Permission.ANSWER_FOR_MUNICIPALITY,
            cooperation=self.cooperation,
        )
        return set(own.values_list("pk", flat=True))


def visible_review(
    request: HttpRequest, *, cooperation: str, year: int, permission: Permission = VIEW
) -> VisibleReview:
    """The year's review; else 404."""
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    rows = ManagementReview.objects.visible_to(reader(request)).select_related("signed_by")
    review = get_object_or_404(rows, cooperation=visible.cooperation, year=year)
    review.cooperation = visible.cooperation
    return VisibleReview(review=review, visible=visible)


def visible_point(
    request: HttpRequest,
    *,
    cooperation: str,
    year: int,
    code: str,
    permission: Permission = VIEW,
) -> tuple[VisibleReview, ReviewPoint]:
    """A point of the year's review; else 404."""
    found = visible_review(request, cooperation=cooperation, year=year, permission=permission)
    if code not in points():
        raise Http404
    rows = found.review.points.select_related("document", "done", "review")
    return found, get_object_or_404(rows, code=code)
