"""The year wheel in words. Titles of anchors are listed, so that translators find them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from municipalities.meetings.year_wheel.rules import State

STATES = {
    State.DONE: (gettext_lazy("done"), "success"),
    State.COMING: (gettext_lazy("to come"), "neutral"),
    State.TODAY: (gettext_lazy("today"), "info"),
    State.LATE: (gettext_lazy("late"), "danger"),
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
TITLES = (
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
)
WORDS = {
    "event_is_every_year_or_once": gettext_lazy(
        "Write days of every year, or choose one day; not both."
    ),
    "event_ends_after_start": gettext_lazy("The last year is before the first."),
    "event_is_marked_once": gettext_lazy("It is marked done already."),
}


def law_note(*, law: str, is_law: bool) -> str:
    """The law that fixes a day, or that the day is a proposal."""
    if is_law:
        return law
    return _("proposal (%(law)s)") % {"law": law} if law else _("proposal")
