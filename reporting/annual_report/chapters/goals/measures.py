"""What goes on into next year: open measures of the reviews, and open follow-ups.

Who is responsible is not told: it can be a person's name. Follow-ups of bilateral meetings are for
the host and that participant alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.queries import Page, follow_ups, reviews
from municipalities.words import review_place
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, iso_of


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """Open `measures` of the reviews up to the year, and open `follow_ups` agreed by its end.

    By deadline. None where nothing is open. Two queries.
    """
    measures = reviews.open_measures_of(cooperation=asked.cooperation, today=asked.known_day)
    agreed = follow_ups.in_common(cooperation=asked.cooperation, before=asked.period.ends_on)
    waiting = [each for each in agreed if each.state == "open"]
    if not measures and not waiting:
        return None
    return {
        "measures": [
            {
                "year": each.review.year,
                "code": each.code,
                "text": each.measure,
                "deadline": iso_of(each.deadline_date),
            }
            for each in measures
        ],
        "follow_ups": [
            {
                "forum": each.forum.name,
                "text": each.text,
                "deadline": iso_of(each.deadline_date),
            }
            for each in waiting
        ],
    }


def page(told: Told) -> Page:
    """What is still to be done, late ones first."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_measures(told), _follow_ups(told)),
        notes=(beside.as_of(told.read_date),),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many measures and follow-ups go on."""
    if measures := told.facts["measures"]:
        said = ngettext(
            "%(count)s measure of the yearly reviews is still to be done.",
            "%(count)s measures of the yearly reviews are still to be done.",
            len(measures),
        )
        yield said % {"count": number(len(measures))}
    if waiting := told.facts["follow_ups"]:
        left = ngettext(
            "%(count)s follow-up that the forums agreed is still to be done.",
            "%(count)s follow-ups that the forums agreed are still to be done.",
            len(waiting),
        )
        yield left % {"count": number(len(waiting))}


def _measures(told: Told) -> Table:
    return Table(
        caption=_("Open measures of the yearly reviews"),
        headings=(_("Point"), _("Measure"), _("Deadline")),
        rows=tuple(
            Row(
                (
                    f"{review_place(each['code'])} ({each['year']})",
                    each["text"],
                    _deadline(each, told=told),
                )
            )
            for each in told.facts["measures"]
        ),
    )


def _follow_ups(told: Told) -> Table:
    return Table(
        caption=_("Open follow-ups of the forums"),
        headings=(_("What is to be done"), _("Forum"), _("Deadline")),
        rows=tuple(
            Row((each["text"], each["forum"], _deadline(each, told=told)))
            for each in told.facts["follow_ups"]
        ),
    )


def _deadline(found: Mapping[str, Any], *, told: Told) -> str:
    due = day_of(found["deadline"])
    if due is None:
        return beside.NOTHING
    return _("%(day)s, late") % {"day": day(due)} if due < told.read_date else day(due)


PART = Part(
    key="measures",
    title=gettext_lazy("Measures that go on"),
    facts=facts,
    page=page,
    sentences=sentences,
)
