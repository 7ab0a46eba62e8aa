"""The yearly review of the management system (forskrift 2016-10-28-1250 § 8 f).

Who is responsible for a measure is not told: it can be a person's name.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from legevakt.lib.periods import local_day
from municipalities.models import ManagementReview, PointStatus, ReviewPoint
from municipalities.queries import Page, reviews
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.control import review_tables
from reporting.annual_report.chapters.control.review_words import notes, sentences
from reporting.annual_report.chapters.parts import Part, Told, iso_of


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the latest first, with how many points stand how; the year's own may be missing.

    `measures` are the year's, `before` counts last year's, `councils` are told of a signed review.
    At most six queries.
    """
    found = {
        each.year: each
        for each in reviews.reviews_of(asked.cooperation).filter(
            year__in=beside.years_to(asked.year)
        )
    }
    if not found:
        return None
    own, last = found.get(asked.year), found.get(asked.year - 1)
    return {
        "years": [_counts(each) for each in found.values()],
        "measures": [_measure(each) for each in _measures(own)],
        "before": _before(last),
        "councils": _councils(own, asked=asked) if own and own.signed_at else [],
    }


def page(told: Told) -> Page:
    """How the points stand, what is to be done, and which councils are told."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(
            review_tables.statuses(told),
            review_tables.measures(told),
            review_tables.councils(told),
        ),
        notes=tuple(notes(told)),
    )


def _counts(review: Any) -> dict[str, Any]:
    return {
        "year": review.year,
        "signed": iso_of(local_day(review.signed_at)) if review.signed_at else None,
        "counts": {status: getattr(review, f"count_{status}") for status in PointStatus.values},
    }


def _measures(review: ManagementReview | None) -> list[ReviewPoint]:
    return [each for each in reviews.points_of(review) if each.measure] if review else []


def _measure(point: ReviewPoint) -> dict[str, Any]:
    done = point.done.done_date if hasattr(point, "done") else None
    return {
        "code": point.code,
        "measure": point.measure,
        "deadline": iso_of(point.deadline_date),
        "done": iso_of(done),
    }


def _before(review: ManagementReview | None) -> dict[str, int] | None:
    measures = _measures(review)
    if review is None or not measures:
        return None
    done = sum(hasattr(each, "done") for each in measures)
    return {"year": review.year, "measures": len(measures), "done": done}


def _councils(review: ManagementReview, *, asked: ReportYear) -> list[dict[str, Any]]:
    return [
        {
            "name": each.municipality.name,
            "told": iso_of(each.report.told_date) if each.report else None,
            "case": each.report.case_number if each.report else "",
        }
        for each in reviews.councils_of(review, day=asked.known_day)
    ]


PART = Part(
    key="review",
    title=gettext_lazy("Yearly review of the management system"),
    facts=facts,
    page=page,
    sentences=sentences,
)
