"""The reviews, one year's with its points, and one point."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.quality.review import presenters, queries
from municipalities.quality.review.addressed import MANAGE, VIEW, visible_review
from municipalities.quality.review.models import PointStatus
from municipalities.quality.review.rules import is_late

FOLDER = "municipalities/quality/review"


@require_safe
@login_required
def reviews(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every year's review, and the measures that are still to be done."""
    visible = visible_cooperation(request, slug=cooperation, permission=VIEW)
    found, today = visible.cooperation, local_day(timezone.now())
    measures = queries.open_measures_of(cooperation=found, today=today)
    late = sum(is_late(each.deadline_date, today=today) for each in measures)
    context = {
        "cooperation": found,
        "table": presenters.list_table(
            queries.reviews_of(found),
            slug=cooperation,
            participants=found.participants.on(today).count(),
        ),
        "measures": presenters.measures_table(measures, slug=cooperation, today=today),
        "late": presenters.late_in_words(late) if late else "",
        "may_begin": visible.may(MANAGE)
        and bool(queries.years_to_begin(cooperation=found, today=today)),
    }
    return render(request, f"{FOLDER}/reviews.html", context)


@require_safe
@login_required
def review(request: HttpRequest, cooperation: str, year: int) -> HttpResponse:
    """The year's review; `?format=` downloads its points."""
    found = visible_review(request, cooperation=cooperation, year=year)
    today = local_day(timezone.now())
    points = queries.points_of(found.review)
    before = queries.from_last_year(found.review)
    if "format" in request.GET:
        if request.GET["format"] not in FORMATS:
            raise Http404
        table = presenters.whole(
            points, before=before, today=today, caption=presenters.title_of(year)
        )
        name = f"{cooperation}-review-{year}"
        return download(table, file_format=request.GET["format"], name=name)
    left = [each.code for each in points if each.status == PointStatus.OPEN]
    judged = queries.TOTAL - len(left)
    state, color = presenters.state_of(judged=judged, signed=presenters.signed_on(found.review))
    councils = queries.councils_of(found.review, day=today) if found.review.signed_at else []
    context = {
        "cooperation": found.cooperation,
        "review": found.review,
        "title": presenters.title_of(year),
        "lead": presenters.lead(points),
        "state": state,
        "color": color,
        "judged": judged,
        "total": queries.TOTAL,
        "sections": presenters.sections(points, before=before, slug=cooperation, today=today),
        "councils": presenters.council_rows(councils, may=found.recorded_for(request)),
        "may_write": found.may_write,
        "carried": len([code for code in left if code in before]),
        "list_label": _("Yearly reviews"),
        "list_url": reverse("reviews", args=[cooperation]),
        **_next_step(found, left=left),
    }
    return render(request, f"{FOLDER}/review.html", context)


def _next_step(found: Any, *, left: list[str]) -> dict[str, str]:
    """The one thing to do next, for who does it."""
    if left and found.may_write:
        url = found.address("review_point", left[0])
        return {"action_label": _("Judge the next point"), "action_url": url}
    if not left and found.is_open and found.visible.may(Permission.SIGN_REVIEW):
        return {"action_label": _("Sign the review"), "action_url": found.address("review_sign")}
    return {"action_label": "", "action_url": ""}
