"""A review as its pages, its files and its PDF show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.quality.review.models import ManagementReview, PointStatus, ReviewPoint
from municipalities.quality.review.points import points
from municipalities.quality.review.queries import TOTAL, Council
from municipalities.quality.review.rules import is_late
from municipalities.quality.review.words import SECTIONS, place_of, text_of

NOTHING = "–"


@dataclass(frozen=True)
class Section:
    """A paragraph of the regulation with its points."""

    heading: str
    table: Table


def title_of(year: int) -> str:
    """What the review of a year is called."""
    return _("Yearly review of the management system %(year)s") % {"year": year}


def state_of(*, judged: int, signed: date | None) -> tuple[str, str]:
    """Where a review stands, and the colour of it."""
    if signed:
        return _("signed %(day)s") % {"day": day(signed)}, "success"
    if judged == TOTAL:
        return _("ready to be signed"), "warning"
    return _("under way"), "info"


def lead(rows: Sequence[ReviewPoint]) -> str:
    """How many points are judged, and how they stand."""
    counts = {status: _count(rows, status) for status in PointStatus}
    judged = TOTAL - counts[PointStatus.OPEN]
    facts = {
        "judged": number(judged),
        "total": number(TOTAL),
        "good": number(counts[PointStatus.GOOD]),
        "improve": number(counts[PointStatus.IMPROVE]),
        "lacking": number(counts[PointStatus.LACKING]),
    }
    if not judged:
        return _("None of the %(total)s points is judged yet.") % facts
    return (
        _(
            "%(judged)s of %(total)s points are judged: %(good)s in order, %(improve)s can be"
            " better, %(lacking)s lacking."
        )
        % facts
    )


def sections(
    rows: Iterable[ReviewPoint], *, before: Mapping[str, ReviewPoint], slug: str, today: date
) -> list[Section]:
    """The points under the four duties of the regulation."""
    told = list(rows)
    return [
        Section(
            heading=f"{heading} (§ {number})",
            table=_table(
                [each for each in told if each.code.startswith(str(number))],
                before=before,
                slug=slug,
                today=today,
                caption=f"{heading} (§ {number})",
            ),
        )
        for number, heading in SECTIONS.items()
    ]


def whole(
    rows: Iterable[ReviewPoint], *, before: Mapping[str, ReviewPoint], today: date, caption: str
) -> Table:
    """All points with what shows them, for a file."""
    headings = (
        _("Point"),
        _("The regulation"),
        _("How it stands"),
        _("What shows it"),
        _("Document"),
        _("Measure"),
        _("Responsible"),
        _("Deadline"),
    )
    made = [
        Row(
            (
                place_of(each.code),
                text_of(points()[each.code]),
                status_of(each),
                each.evidence or NOTHING,
                each.document.name if each.document else NOTHING,
                measure_of(each, before=before, today=today),
                each.responsible or NOTHING,
                day(each.deadline_date) if each.deadline_date else NOTHING,
            )
        )
        for each in rows
    ]
    return Table(caption, headings, tuple(made))


def status_of(point: ReviewPoint) -> str:
    """How the point stands, with a capital."""
    return capfirst(str(point.get_status_display()))


def measure_of(point: ReviewPoint, *, before: Mapping[str, ReviewPoint], today: date) -> str:
    """The measure, and whether it is done or late; of a point not judged, last year's."""
    if point.measure:
        return f"{point.measure} ({measure_state(point, today=today)})"
    carried = before.get(point.code)
    if carried and point.status == PointStatus.OPEN:
        return _("From last year: %(measure)s") % {"measure": carried.measure}
    return NOTHING


def measure_state(point: ReviewPoint, *, today: date) -> str:
    """Done, late, or by when."""
    if hasattr(point, "done"):
        return _("done %(day)s") % {"day": day(point.done.done_date)}
    if point.deadline_date is None:
        return _("no deadline")
    if is_late(point.deadline_date, today=today):
        return _("late, was due %(day)s") % {"day": day(point.deadline_date)}
    return _("due %(day)s") % {"day": day(point.deadline_date)}


def facts_of(point: ReviewPoint, *, today: date) -> list[tuple[str, str]]:
    """A point in pairs, for who only reads."""
    pairs = [
        (_("How it stands"), status_of(point)),
        (_("What shows it"), point.evidence or NOTHING),
    ]
    if point.measure:
        pairs += [
            (_("Measure"), f"{point.measure} ({measure_state(point, today=today)})"),
            (_("Responsible"), point.responsible),
        ]
    return pairs


def list_table(reviews: Iterable[Any], *, slug: str, participants: int) -> Table:
    """Every year's review."""
    return Table(
        caption=_("Yearly reviews"),
        headings=(_("Year"), _("State"), _("Points judged"), _("Councils told")),
        rows=tuple(
            Row(
                (
                    str(each.year),
                    capfirst(state_of(judged=TOTAL - each.count_open, signed=signed_on(each))[0]),
                    _part(TOTAL - each.count_open, TOTAL),
                    _part(each.told, participants) if each.signed_at else NOTHING,
                ),
                url=reverse("review", args=[slug, each.year]),
            )
            for each in reviews
        ),
    )


def council_rows(councils: Iterable[Council], *, may: set[int]) -> list[dict[str, Any]]:
    """The municipalities, when each council was told, and which of them the reader records for."""
    return [
        {
            "name": each.municipality.name,
            "number": each.municipality.number,
            "told": day(each.report.told_date) if each.report else _("not recorded"),
            "case": each.report.case_number if each.report else NOTHING,
            "is_told": each.report is not None,
            "may_record": each.municipality.pk in may,
        }
        for each in councils
    ]


def councils_table(councils: Iterable[Council]) -> Table:
    """When each council was told, for the PDF."""
    rows = council_rows(councils, may=set())
    return Table(
        caption=_("Told to the councils"),
        headings=(_("Municipality"), _("Told on"), _("Case number")),
        rows=tuple(Row((each["name"], each["told"], each["case"])) for each in rows),
    )


def measures_table(rows: Iterable[ReviewPoint], *, slug: str, today: date) -> Table:
    """The measures that are to be done, late ones first."""
    return Table(
        caption=_("Open measures"),
        headings=(_("Point"), _("Measure"), _("Responsible"), _("Deadline")),
        rows=tuple(
            Row(
                (
                    f"{place_of(each.code)} ({each.review.year})",
                    each.measure,
                    each.responsible or NOTHING,
                    _deadline(each, today=today),
                ),
                url=reverse("review_point", args=[slug, each.review.year, each.code]),
            )
            for each in rows
        ),
    )


def _deadline(point: ReviewPoint, *, today: date) -> str:
    """The day alone, under a heading that says what it is; what is late says so."""
    if point.deadline_date and not is_late(point.deadline_date, today=today):
        return day(point.deadline_date)
    return capfirst(measure_state(point, today=today))


def late_in_words(count: int) -> str:
    """How many measures are late."""
    told = ngettext("%(count)s measure is late", "%(count)s measures are late", count)
    return told % {"count": number(count)}


def signed_on(review: ManagementReview) -> date | None:
    """The day on which it was signed."""
    return local_day(review.signed_at) if review.signed_at else None


def _table(
    rows: Iterable[ReviewPoint],
    *,
    before: Mapping[str, ReviewPoint],
    slug: str,
    today: date,
    caption: str,
) -> Table:
    return Table(
        caption=caption,
        headings=(
            _("Point"),
            _("The regulation"),
            _("How it stands"),
            _("Measure"),
            _("Responsible"),
        ),
        rows=tuple(
            Row(
                (
                    place_of(each.code),
                    text_of(points()[each.code]),
                    status_of(each),
                    measure_of(each, before=before, today=today),
                    each.responsible or NOTHING,
                ),
                url=reverse("review_point", args=[slug, each.review.year, each.code]),
            )
            for each in rows
        ),
    )


def _count(rows: Iterable[ReviewPoint], status: PointStatus) -> int:
    return sum(each.status == status for each in rows)


def _part(part: int, of: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(of)}
