"""The pages on one central, each with one sentence on what it answers."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.models import Central


class Page(NamedTuple):
    """A page on the central: its name, its address, and the question it answers."""

    title: str
    url: str
    sentence: str


def pages_on(central: Central) -> list[Page]:
    """Every page on the central's figures, in the order a reader asks."""
    return [
        Page(titled, reverse(name, args=[central.slug]), sentence)
        for name, (titled, sentence) in _pages().items()
    ]


def title_of(name: str) -> str:
    """What the page of that address is called."""
    return _pages()[name][0]


def crumbs(central: Central) -> list[tuple[str, str]]:
    """The way from the overview of the central's cooperation to a page on the central."""
    overview = reverse("dashboard")
    if central.cooperation:
        overview += f"?{urlencode({'cooperation': central.cooperation.slug})}"
    return [
        (_("Overview"), overview),
        (_("Statistics"), reverse("statistics", args=[central.slug])),
    ]


def _pages() -> dict[str, tuple[str, str]]:
    """Name of an address that takes the central → title and sentence, in the active language."""
    return {
        "trend": (
            _("Over time"),
            _("Any indicator by day, by month or over rolling twelve months, and what happened."),
        ),
        "hour_of_week": (
            _("By day and hour of the week"),
            _("In which hours of the week the calls are answered in time, and in which not."),
        ),
        "waits": (
            _("How long callers wait"),
            _("Answered and unanswered calls by wait, and the share that was answered so far."),
        ),
        "abandonment": (
            _("When callers hang up"),
            _("Of those still waiting, how many hang up in the next half minute."),
        ),
        "by_municipality": (
            _("By municipality"),
            _("Where the callers rang from, and whether they were answered in time."),
        ),
        "staffing": (
            _("How many operators"),
            _("How many operators each hour of the week needs for the target, as a planning aid."),
        ),
    }
