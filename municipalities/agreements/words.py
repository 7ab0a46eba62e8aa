"""The letters of § 20-4 and the states of a version in people's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from municipalities.agreements.models import AgreementVersion, VersionState

# Kommuneloven § 20-4: what the letter is about, and what must be said of it.
ITEM_WORDS = {
    "a": (
        gettext_lazy("The participants"),
        gettext_lazy("every municipality by name, and since when"),
    ),
    "b": (gettext_lazy("The host municipality"), gettext_lazy("exactly one")),
    "c": (
        gettext_lazy("Tasks and authority given to the host"),
        gettext_lazy(
            "each task with its legal basis, the authority that follows, and what is excepted"
        ),
    ),
    "d": (
        gettext_lazy("When they are transferred"),
        gettext_lazy("a date for each task"),
    ),
    "e": (
        gettext_lazy("Which of the host's decisions the participants are told of"),
        gettext_lazy("which decisions, who is told, how, and by when"),
    ),
    "f": (
        gettext_lazy("The settlement between the participants and the host"),
        gettext_lazy("the key, its basis and date, payments on account, settlement and deficits"),
    ),
    "g": (
        gettext_lazy("How a participant leaves"),
        gettext_lazy("the notice, its form, and what leaving costs"),
    ),
    "h": (
        gettext_lazy("How the cooperation is dissolved"),
        gettext_lazy("what happens to property, archives and staff"),
    ),
    "i": (
        gettext_lazy("Anything else that by law must be agreed"),
        gettext_lazy("only where another law asks for it; name the law"),
    ),
}

COLORS = {
    VersionState.DRAFT: "info",
    VersionState.SENT: "warning",
    VersionState.IN_FORCE: "success",
}


def status(version: AgreementVersion, *, today: date) -> str:
    """The state in words, with its day."""
    starts, ends = version.in_force_from, version.in_force_to
    if starts is None:
        return version.get_state_display()
    if starts > today:
        return _("in force from %(day)s") % {"day": words.day(starts)}
    if ends is None:
        return _("in force since %(day)s") % {"day": words.day(starts)}
    if ends > today:
        return _("in force until %(day)s") % {"day": words.day(ends)}
    return _("%(state)s on %(day)s") % {
        "state": version.get_state_display(),
        "day": words.day(ends),
    }


def color(version: AgreementVersion, *, today: date) -> str:
    """The colour of the state; what still holds today is green, whatever follows it."""
    starts, ends = version.in_force_from, version.in_force_to
    if starts and starts <= today and ends and ends > today:
        return "success"
    return COLORS.get(VersionState(version.state), "neutral")


def letters(items: list[str] | tuple[str, ...]) -> str:
    """The letters in a row: a, b and g become “a, b, g”."""
    return ", ".join(items)
