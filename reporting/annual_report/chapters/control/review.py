"""The yearly review of the management system (forskrift 2016-10-28-1250 § 8 f).

Who is responsible for a measure is not told: it can be a person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.models import ManagementReview, PointStatus, ReviewPoint
from municipalities.queries import Page, reviews
from municipalities.words import review_place
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, iso_of


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the latest first, with how many points stand how; the year's own may be missing.

    `measures` are the year's, `before` counts last year's, `councils` are told of a signed review.
    At most five queries.
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
        tables=(_statuses(told), _measures_table(told), _councils_table(told)),
        notes=tuple(_notes(told)),
    )


def sentences(told: Told) -> Iterable[str]:
    """How far the year's review came, when it was signed, and what became of measures."""
    own = _own(told)
    if own is None:
        yield _("No yearly review of the management system for %(year)s is begun.") % {
            "year": told.year
        }
        return
    yield _judged(own)
    yield _signed(own)
    if told.facts["measures"]:
        yield _done(told)
    if councils := told.facts["councils"]:
        yield _("%(part)s of %(whole)s councils are recorded as told of it.") % {
            "part": number(sum(each["told"] is not None for each in councils)),
            "whole": number(len(councils)),
        }


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


def _own(told: Told) -> Mapping[str, Any] | None:
    return next((each for each in told.facts["years"] if each["year"] == told.year), None)


def _judged(own: Mapping[str, Any]) -> str:
    counts = own["counts"]
    whole = sum(counts.values())
    return _(
        "In the review of the management system for %(year)s %(judged)s of %(total)s points are"
        " judged: %(good)s in order, %(improve)s can be better, %(lacking)s lacking."
    ) % {
        "year": own["year"],
        "judged": number(whole - counts[PointStatus.OPEN]),
        "total": number(whole),
        "good": number(counts[PointStatus.GOOD]),
        "improve": number(counts[PointStatus.IMPROVE]),
        "lacking": number(counts[PointStatus.LACKING]),
    }


def _signed(own: Mapping[str, Any]) -> str:
    signed = day_of(own["signed"])
    if signed is None:
        return _("The review is not signed.")
    return _("The host's chief executive signed the review on %(day)s.") % {"day": day(signed)}


def _done(told: Told) -> str:
    measures = told.facts["measures"]
    done = sum(each["done"] is not None for each in measures)
    late = sum(_is_late(each, told=told) for each in measures)
    said = ngettext(
        "It has %(count)s measure; %(done)s done, %(late)s late.",
        "It has %(count)s measures; %(done)s done, %(late)s late.",
        len(measures),
    )
    return said % {
        "count": number(len(measures)),
        "done": number(done),
        "late": number(late),
    }


def _is_late(measure: Mapping[str, Any], *, told: Told) -> bool:
    due = day_of(measure["deadline"])
    return measure["done"] is None and due is not None and due < told.read_date


def _statuses(told: Told) -> Table:
    years = told.facts["years"]
    return beside.table(
        caption=_("The points of the review by how they stand"),
        of=_("How it stands"),
        years=[each["year"] for each in years],
        rows=[
            (
                capfirst(str(PointStatus(status).label)),
                [each["counts"].get(status) for each in years],
            )
            for status in PointStatus.values
        ],
    )


def _measures_table(told: Told) -> Table:
    return Table(
        caption=_("Measures of the review of %(year)s") % {"year": told.year},
        headings=(_("Point"), _("Measure"), _("State")),
        rows=tuple(
            Row((review_place(each["code"]), each["measure"], capfirst(_state(each, told=told))))
            for each in told.facts["measures"]
        ),
    )


def _state(measure: Mapping[str, Any], *, told: Told) -> str:
    done, due = day_of(measure["done"]), day_of(measure["deadline"])
    if done:
        return _("done %(day)s") % {"day": day(done)}
    if due is None:
        return _("no deadline")
    if _is_late(measure, told=told):
        return _("late, was due %(day)s") % {"day": day(due)}
    return _("due %(day)s") % {"day": day(due)}


def _councils_table(told: Told) -> Table:
    return Table(
        caption=_("Told to the councils"),
        headings=(_("Municipality"), _("Told on"), _("Case number")),
        rows=tuple(
            Row(
                (
                    each["name"],
                    day(on) if (on := day_of(each["told"])) else _("not recorded"),
                    each["case"] or beside.NOTHING,
                )
            )
            for each in told.facts["councils"]
        ),
    )


def _notes(told: Told) -> Iterable[str]:
    if before := told.facts["before"]:
        said = ngettext(
            "Of %(count)s measure of the review of %(year)s %(done)s is done.",
            "Of %(count)s measures of the review of %(year)s %(done)s are done.",
            before["measures"],
        )
        yield said % {
            "count": number(before["measures"]),
            "year": before["year"],
            "done": number(before["done"]),
        }
    own = _own(told)
    if own and own["signed"] is None:
        yield _("What a review says can change until it is signed.")
    yield beside.as_of(told.read_date)


PART = Part(
    key="review",
    title=gettext_lazy("Yearly review of the management system"),
    facts=facts,
    page=page,
    sentences=sentences,
)
