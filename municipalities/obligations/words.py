"""Obligations in people's words; the texts of the principles are English."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from legevakt.lib import words
from municipalities.access.rules import Role
from municipalities.access.words import ROLE_NAMES
from municipalities.obligations.models import Due, Obligation
from municipalities.obligations.principles import texts
from municipalities.obligations.rules import LEAP_YEAR, Status, day_in

# The texts of principles.json, so that translators find them; a test keeps both alike.
PRINCIPLE_TEXTS = (
    gettext_noop("Meetings of the chief executives"),
    gettext_noop("Agreement principles: at least three meetings a year"),
    gettext_noop("Professional status"),
    gettext_noop("Economy: current reporting, annual accounts, budget"),
    gettext_noop("Health, environment, safety and sickness absence"),
    gettext_noop("Deviations"),
    gettext_noop("Political and administrative decisions that concern the legevakt"),
    gettext_noop(
        "The host's management and reporting system, with internal control and quality development"
    ),
    gettext_noop("Forum of heads of services and municipal medical officers"),
    gettext_noop("Agreement principles: forum of heads of services and medical officers"),
    gettext_noop("Yearly meeting between the host and the participant"),
    gettext_noop("Agreement principles: yearly bilateral meeting"),
    gettext_noop("Orientation of the mayors"),
    gettext_noop("Agreement principles: yearly orientation in the regional council"),
    gettext_noop(
        "Content agreed between the leader of the regional council and the host's chief executive"
    ),
    gettext_noop("Review of the host's management and reporting system"),
    gettext_noop("Agreement principles, and the regulation on management and quality § 8 f"),
    gettext_noop("Internal control"),
    gettext_noop("Quality development"),
    gettext_noop("Notification of the host's decisions"),
    gettext_noop("Agreement principles, and the Local Government Act § 20-4 letter e"),
    gettext_noop("Participation in strategic decisions"),
    gettext_noop("Agreement principles: participation in strategic decisions"),
    gettext_noop("Economy report: annual accounts"),
    gettext_noop("Agreement principles, and the Local Government Act § 14-6"),
    gettext_noop("Economy report: first four months (T1)"),
    gettext_noop("Agreement principles: economy reporting"),
    gettext_noop("Economy report: first eight months (T2)"),
    gettext_noop("Economy report: budget proposal for next year"),
    gettext_noop("Short annual report"),
    gettext_noop("Agreement principles: short annual report"),
)

STATUS_NAMES = {
    Status.KEPT: gettext_lazy("kept"),
    Status.KEPT_LATE: gettext_lazy("kept late"),
    Status.DUE_SOON: gettext_lazy("due soon"),
    Status.OPEN: gettext_lazy("not yet due"),
    Status.LATE: gettext_lazy("overdue"),
    Status.WAIVED: gettext_lazy("waived"),
    Status.LEFT: gettext_lazy("closed, the municipality has left"),
    Status.NOT_PLANNED: gettext_lazy("not planned"),
}
COLORS = {
    Status.KEPT: "success",
    Status.KEPT_LATE: "success",
    Status.DUE_SOON: "warning",
    Status.OPEN: "warning",
    Status.LATE: "danger",
    Status.WAIVED: "neutral",
    Status.LEFT: "neutral",
    Status.NOT_PLANNED: "neutral",
}


def told(text: str) -> str:
    """A text of the principles in the active language; what somebody wrote as it is written."""
    return _(text) if text in texts() else text


def told_with(asked: str) -> list[str]:
    """The English texts of the principles that have every word, or piece, in a translation."""
    words_asked = asked.casefold().split()
    return [
        text
        for text, translations in _translations().items()
        if any(all(word in each for word in words_asked) for each in translations)
    ]


@cache
def _translations() -> dict[str, list[str]]:
    """Each text of the principles in every language that is read here, in small letters."""
    found: dict[str, list[str]] = {text: [] for text in sorted(texts())}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for text, translations in found.items():
                translations.append(_(text).casefold())
    return found


def untold(text: str) -> str:
    """The way back: the English text, where a form hands in a translation of it."""
    return next((each for each in sorted(texts()) if _(each) == text), text)


def responsible(role: str) -> str:
    return str(ROLE_NAMES[Role(role)])


def day(day: str) -> str:
    """A day of the year, MM-DD, as inside a sentence: 31 March."""
    return date_format(day_in(day=day, year=LEAP_YEAR), "MONTH_DAY_FORMAT")


def short_day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def title_of(due: Due) -> str:
    """What is due, of a known obligation and municipality: with whom, and about what."""
    title = told(due.obligation.title)
    for more in (due.municipality.name if due.municipality else "", due.about):
        title = f"{title}: {more}" if more else title
    return title


def last_day(obligation: Obligation) -> str:
    """Its last day in force; empty while it has none."""
    if obligation.ends_date is None:
        return ""
    return words.day(obligation.ends_date - timedelta(days=1))


def todo(due: Due, *, today: date) -> str:
    """A sentence for the overview: what is due, and when."""
    told_of = {"title": title_of(due), "day": words.day(due.due_date)}
    if due.due_date < today:
        return _("%(title)s was due %(day)s, and no evidence is handed in") % told_of
    return _("%(title)s is due %(day)s") % told_of


def totals(*, kept: int, whole: int, year: int) -> str:
    """How many of the year's are kept."""
    return _("%(kept)s of %(whole)s kept in %(year)s") % {
        "kept": words.number(kept),
        "whole": words.number(whole),
        "year": year,
    }


def status(found: Status) -> str:
    return str(STATUS_NAMES[found])
