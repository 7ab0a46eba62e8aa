"""The words that the pages of competence share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words
from municipalities.competence.models import CompetenceRequirement, Operator
from municipalities.competence.rules import State

STATES = {
    State.FULFILLED: (gettext_lazy("fulfilled"), "success"),
    State.EXPIRING: (gettext_lazy("expires soon"), "warning"),
    State.EXPIRED: (gettext_lazy("expired"), "danger"),
    State.MISSING: (gettext_lazy("missing"), "danger"),
}

REQUIREMENT_COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Kind"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Valid for"),
    gettext_lazy("State"),
    gettext_lazy("Change"),
)


def experience(operator: Operator, *, has_experience: bool) -> str:
    """Experienced or not, and from when."""
    if operator.experienced_date is None:
        return _("inexperienced")
    text = _("experienced from %(day)s") if has_experience else _("inexperienced until %(day)s")
    return text % {"day": words.day(operator.experienced_date)}


def validity(requirement: CompetenceRequirement) -> str:
    """How long it is valid."""
    if requirement.valid_months is None:
        return _("for life")
    months = requirement.valid_months
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def day_or(value: date | None, *, otherwise: str = "–") -> str:
    return words.day(value) if value else otherwise


def of_whole(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": words.number(part), "whole": words.number(whole)}
