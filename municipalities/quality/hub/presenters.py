"""The first page of quality: a card for each part, and the curves with their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import Period
from legevakt.lib.tables import Table
from legevakt.lib.words import month_name, number, percent
from municipalities.quality.absence import presenters as absence
from municipalities.quality.cases import presenters as cases
from municipalities.quality.deviations import presenters as deviations
from municipalities.quality.deviations.rules import MonthFigures
from municipalities.quality.hub.queries import QualityNow
from municipalities.quality.notes.marks import Mark, marks
from municipalities.quality.review import presenters as reviews
from municipalities.quality.review.queries import Summary

Card = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A chart as components/_chart.html takes it, and the notes on it."""

    id: str
    title: str
    summary: str
    spec: dict[str, Any]
    table: Table
    notes: list[Mark]


def cards(found: QualityNow, *, slug: str) -> list[Card]:
    """Deviations, absence, complaints, supervision, and the review of the year."""
    return [
        {**card, "url": reverse(name, args=[slug])}
        for name, card in (
            ("deviations", _deviations(found)),
            ("absence", _absence(found)),
            ("complaints", _complaints(found)),
            ("supervisions", _supervision(found)),
            ("reviews", _review(found.review)),
        )
    ]


def curves(found: QualityNow, *, today: date) -> list[Curve]:
    """The curves of what is reported; what is missing in them is a gap."""
    made = []
    if found.reported:
        made.append(
            Curve(
                id="deviations",
                title=_("Deviations by month"),
                summary=deviations.lead(found.deviations),
                spec=deviations.chart(found.deviations),
                table=deviations.chart_table(found.deviations),
                notes=marks(found.deviations.notes),
            )
        )
    if found.last_quarter and absence.chart(found.absence):
        made.append(
            Curve(
                id="absence",
                title=_("Sickness absence by quarter"),
                summary=f"{absence.chart_summary(found.absence)} {absence.how_hidden()}".strip(),
                spec=absence.chart(found.absence),
                table=absence.chart_table(found.absence),
                notes=marks(found.absence.notes),
            )
        )
    notes = found.complaint_notes
    if found.has_complaints:
        made.append(
            Curve(
                id="complaints",
                title=_("Complaints by quarter"),
                summary=cases.lead(found.cases.complaints),
                spec=cases.chart(found.complaints, notes=notes, today=today),
                table=cases.chart_table(found.complaints, notes=notes, today=today),
                notes=marks(notes),
            )
        )
    return made


def trend(last: MonthFigures, reported: list[MonthFigures]) -> str:
    """The last month beside the mean of the other reported months of the twelve."""
    count = last.count or 0
    others = [each.count or 0 for each in reported if each.month != last.month]
    if not others:
        return _("the only month of the last twelve that is reported")
    mean = (Decimal(sum(others)) / len(others)).quantize(Decimal("0.1"))
    facts = {"mean": number(mean), "count": number(len(others))}
    if count == mean:
        told = ngettext(
            "as in the %(count)s other reported month (%(mean)s)",
            "as the mean of the %(count)s other reported months (%(mean)s)",
            len(others),
        )
    elif count > mean:
        told = ngettext(
            "more than in the %(count)s other reported month (%(mean)s)",
            "more than the mean of the %(count)s other reported months (%(mean)s)",
            len(others),
        )
    else:
        told = ngettext(
            "fewer than in the %(count)s other reported month (%(mean)s)",
            "fewer than the mean of the %(count)s other reported months (%(mean)s)",
            len(others),
        )
    return told % facts


def name_of(month: date) -> str:
    """The month and year, as inside a sentence."""
    return month_name(Period.month(month.year, month.month))


def _deviations(found: QualityNow) -> Card:
    told = {"label": _("Deviations"), "link_label": _("To the deviations")}
    last = found.last_month
    if last is None:
        return {**told, **_unknown(_("No month of the last twelve is reported"))}
    return {
        **told,
        "label": _("Deviations in %(month)s") % {"month": name_of(last.month)},
        "value": number(last.count or 0),
        "detail": capfirst(trend(last, found.reported)),
    }


def _absence(found: QualityNow) -> Card:
    told = {"label": _("Sickness absence"), "link_label": _("To the sickness absence")}
    last = found.last_quarter
    if last is None:
        return {**told, **_unknown(_("No quarter of the last two years is reported"))}
    detail = _("Quarter %(quarter)s, %(year)s") % {"quarter": last.quarter, "year": last.year}
    if last.percent is None:
        return {**told, "detail": detail, "state": "unknown", "state_text": _("hidden")}
    return {**told, "value": percent(last.percent), "detail": detail}


def _complaints(found: QualityNow) -> Card:
    year = found.cases.complaints
    told = {
        "label": _("Complaints in %(year)s") % {"year": year.year},
        "link_label": _("To the complaints"),
    }
    if not year.whole_quarters:
        return {**told, **_unknown(_("No quarter is reported in full"))}
    return {
        **told,
        "value": number(year.so_far.received),
        "detail": _("%(part)s of %(whole)s quarters are reported in full")
        % {"part": number(len(year.whole_quarters)), "whole": number(4)},
    }


def _supervision(found: QualityNow) -> Card:
    late = ngettext("%(count)s is late", "%(count)s are late", found.cases.late)
    return {
        "label": _("Open cases of supervision"),
        "value": number(found.cases.open),
        "state": "below" if found.cases.late else "",
        "state_text": late % {"count": number(found.cases.late)} if found.cases.late else "",
        "link_label": _("To the supervision"),
    }


def _review(found: Summary) -> Card:
    told = {"label": _("Yearly review"), "link_label": _("To the yearly reviews")}
    if found.review is None:
        return {**told, **_unknown(_("No review is begun"))}
    signed = reviews.signed_on(found.review)
    state, _color = reviews.state_of(judged=found.judged, signed=signed)
    late = reviews.late_in_words(found.late_measures)
    return {
        **told,
        "label": _("Yearly review of %(year)s") % {"year": found.review.year},
        "value": _("%(part)s of %(whole)s")
        % {"part": number(found.judged), "whole": number(found.total)},
        "detail": _("points judged; %(state)s") % {"state": state},
        "state": "below" if found.late_measures else "met" if signed else "",
        "state_text": late if found.late_measures else _("Signed"),
    }


def _unknown(why: str) -> Card:
    return {"state": "unknown", "state_text": why}
