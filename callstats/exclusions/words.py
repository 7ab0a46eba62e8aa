"""Rules, windows and errors in people's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from callstats.exclusions.models import Exclusion
from callstats.exclusions.operations import CallsAreGone, MonthIsPublished, Overlaps
from callstats.exclusions.rules import ExclusionError
from callstats.indicators.parts import Part
from callstats.indicators.rules import percent
from legevakt.lib import words
from legevakt.lib.periods import OSLO, Period, moments_of
from municipalities.models import LineClass, User

COLORS = {"proposed": "warning", "approved": "success", "refused": "neutral"}
FIELDS = {"ends_before_start": "ends", "too_long": "ends", "calls_are_gone": "starts"}


def moment(value: datetime) -> str:
    """An Oslo date and time; in the doubled hour also which of the two."""
    local = value.astimezone(OSLO)
    told = words.short_moment(value)
    if len(moments_of(local.replace(tzinfo=None))) < 2:
        return told
    season = _("winter time") if local.fold else _("summer time")
    return _("%(moment)s (%(season)s)") % {"moment": told, "season": season}


def window(rule: Exclusion) -> str:
    """From and to, by the clock in Norway."""
    return _("%(first)s to %(last)s") % {
        "first": moment(rule.starts_at),
        "last": moment(rule.ends_at),
    }


def which_label(local: datetime) -> str:
    return _("Which %(time)s?") % {"time": local.strftime("%H:%M")}


def line(rule: Exclusion) -> str:
    """The number that the rule is about."""
    if rule.line is None:
        return _("all lines")
    return line_name(rule.line.line_class, number=rule.line.number)


def line_name(line_class: str, *, number: str) -> str:
    """The kind of line, and its number where that says more."""
    label = str(LineClass(line_class).label)
    return (
        label
        if line_class == LineClass.NATIONAL or not number
        else f"{label} {words.phone_number(number)}"
    )


def part(found: Part | None) -> str:
    """A share with what it is of: 80.0 % (160 of 200)."""
    if found is None:
        return _("not computed yet")
    told = percent(found.numerator, found.denominator)
    if told is None:
        return _("no calls")
    return _("%(percent)s (%(part)s of %(whole)s)") % {
        "percent": words.percent(told),
        "part": words.number(found.numerator),
        "whole": words.number(found.denominator),
    }


def error(found: ExclusionError) -> str:
    """What was wrong, and how to go on."""
    if isinstance(found, Overlaps):
        told = {"name": found.other.name, "window": window(found.other)}
        return (
            _(
                "The approved rule “%(name)s” leaves out calls of this time and line already"
                " (%(window)s). Choose a window beside it, or withdraw that rule first."
            )
            % told
        )
    if isinstance(found, CallsAreGone):
        told = {"moment": moment(found.before_at)}
        return (
            _(
                "The calls from before %(moment)s are deleted, as the retention time says. Only"
                " later calls can be left out."
            )
            % told
        )
    if isinstance(found, MonthIsPublished):
        return published(found.months)
    return {
        "ends_before_start": _("It must end after it begins."),
        "too_long": _(
            "A window is a week at most. Propose one for each week, if it really lasted longer."
        ),
        "own_proposal": _(
            "You proposed this rule yourself. Another person must approve or refuse it."
        ),
        "no_reason": _("Write why it is withdrawn. The reason is shown with the rule."),
        "already_decided": _("The rule is decided already. This is how it stands now."),
    }[found.code]


def published(months: Iterable[date]) -> str:
    """That published figures do not change by themselves, and what to do first."""
    names = ", ".join(words.month_name(Period.month(each.year, each.month)) for each in months)
    return _(
        "These months are published: %(months)s. Open a revision of them first; then the rule can"
        " be approved or withdrawn."
    ) % {"months": names}


def field_of(found: ExclusionError) -> str | None:
    """The field of the form that the error belongs to; None for the whole form."""
    return FIELDS.get(found.code)


def who(person: User | None, *, at: datetime | None) -> str:
    """Who did it and when; empty where nobody has."""
    if person is None or at is None:
        return ""
    return _("%(name)s, %(moment)s") % {"name": person.name, "moment": words.short_moment(at)}
