"""The year wheel in words. Titles of anchors are listed, so that translators find them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from legevakt.lib.words import day
from municipalities.meetings.year_wheel.anchors import Anchor
from municipalities.meetings.year_wheel.rules import State, day_off, working_day_before

STATES = {
    State.DONE: (gettext_lazy("done"), "success"),
    State.COMING: (gettext_lazy("to come"), "neutral"),
    State.TODAY: (gettext_lazy("today"), "info"),
    State.LATE: (gettext_lazy("late"), "danger"),
    State.UNMARKED: (gettext_lazy("not marked"), "neutral"),
    State.CANCELLED: (gettext_lazy("cancelled"), "warning"),
}
# The letter that stands in a mark; the same in both written forms.
LETTERS = {
    "meeting": "M",
    "economy": "Ø",
    "reporting": "R",
    "quality": "K",
    "agreement": "A",
    "other": "•",
}
# The texts of anchors.json; a test keeps both alike.
ANCHOR_TEXTS = (
    gettext_noop("KOSTRA: accounts of the fourth quarter"),
    gettext_noop("Preliminary settlement, so that partners book it in the right year"),
    gettext_noop("KOSTRA: data on services"),
    gettext_noop("Annual accounts delivered and reported"),
    gettext_noop("Population on 1 January published; the year's key can be made final"),
    gettext_noop("Annual report to the accounts (årsberetning)"),
    gettext_noop("The auditor's report"),
    gettext_noop("KOSTRA: accounts of the first quarter"),
    gettext_noop("Report to the council after the first four months"),
    gettext_noop("Case to the council where the accounts show overspending"),
    gettext_noop("KOSTRA: accounts of the second quarter"),
    gettext_noop("Report to the council after the first eight months"),
    gettext_noop("Budget proposal and provisional key to the partners"),
    gettext_noop("KOSTRA: accounts of the third quarter"),
    gettext_noop("Accessibility statement gone through and updated"),
    gettext_noop("Internal control and state supervision reported to the council"),
    gettext_noop("The whole management system reviewed"),
    gettext_noop("KOSTRA-forskriften"),
    gettext_noop("KOSTRA-forskriften § 6"),
    gettext_noop("kommuneloven § 14-5"),
    gettext_noop("kommuneloven § 14-6"),
    gettext_noop("kommuneloven § 14-7"),
    gettext_noop("kommuneloven § 24-8"),
    gettext_noop("kommuneloven § 25-2"),
    gettext_noop("forskrift om universell utforming av IKT-løsninger § 4 e"),
    gettext_noop("forskrift om ledelse og kvalitetsforbedring i helse- og omsorgstjenesten § 8 f"),
)
DAYS_OFF = {
    "saturday": gettext_lazy("A Saturday; the last working day before is %(day)s."),
    "sunday": gettext_lazy("A Sunday; the last working day before is %(day)s."),
    "holiday": gettext_lazy("A public holiday; the last working day before is %(day)s."),
}
WORDS = {
    "event_is_every_year_or_once": gettext_lazy(
        "Write days of every year, or choose one day; not both."
    ),
    "event_ends_after_start": gettext_lazy("The last year is before the first."),
    "event_is_marked_once": gettext_lazy("It is marked done already."),
}


def basis(anchor: Anchor) -> str:
    """The law that fixes the day, or demands it each year; or that it is a proposal."""
    law = _(anchor.law) if anchor.law else ""
    if anchor.basis == "day":
        return law
    if anchor.basis == "yearly":
        return _("%(law)s; the day is a proposal") % {"law": law}
    return _("proposal (%(law)s)") % {"law": law} if law else _("proposal")


def done(*, done_date: date, by: str, note: str) -> str:
    """When it was done, who says so, and what they note."""
    told = {"day": day(done_date), "name": by, "note": note}
    if by and note:
        return _("Done %(day)s, marked by %(name)s: %(note)s") % told
    if by:
        return _("Done %(day)s, marked by %(name)s") % told
    return _("Done %(day)s: %(note)s") % told if note else _("Done %(day)s") % told


def day_off_note(due: date) -> str:
    """That a deadline is no working day, and which one is; nothing where it is."""
    kind = day_off(due)
    return str(DAYS_OFF[kind]) % {"day": day(working_day_before(due))} if kind else ""
