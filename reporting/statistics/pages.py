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


class Group(NamedTuple):
    """Pages that answer one kind of question."""

    heading: str
    pages: list[Page]


def groups_on(central: Central, *, may_view_imports: bool) -> list[Group]:
    """Every page on the central's telephones, in the order a reader asks."""
    groups = [
        Group(_("The figures"), _central_pages(central, FIGURES)),
        Group(_("What the figures rest on"), _central_pages(central, GROUNDS)),
        Group(_("Comparing and planning"), _central_pages(central, PLANS)),
    ]
    groups[1].pages.append(_definitions())
    if may_view_imports:
        groups[2].pages.extend(_central_pages(central, RECONCILIATION))
        groups.append(Group(_("Call logs and telephone systems"), _log_pages()))
    return groups


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
        (_("Telephony"), reverse("statistics", args=[central.slug])),
    ]


FIGURES = ("trend", "hour_of_week", "waits", "abandonment", "by_municipality")
GROUNDS = ("why", "central_periods", "annotations", "exclusions")
PLANS = ("staffing", "comparison_nation")
RECONCILIATION = ("comparison_reconciliation",)


def _central_pages(central: Central, names: tuple[str, ...]) -> list[Page]:
    found = [(name, *_pages()[name]) for name in names]
    return [Page(title, reverse(name, args=[central.slug]), text) for name, title, text in found]


def _definitions() -> Page:
    sentence = _("What the figures count, and by which law.")
    return Page(_("Definitions"), reverse("definitions"), sentence)


def _log_pages() -> list[Page]:
    """Those that are not of one central."""
    return [
        Page(
            _("Imports"),
            reverse("imports"),
            _("The call logs that have come in, what was refused, and a new one by hand."),
        ),
        Page(
            _("Telephone systems"),
            reverse("sources"),
            _("When each was last heard, its queues, its tokens, and how it is set up."),
        ),
        Page(
            _("Counts from reports"),
            reverse("aggregates"),
            _("Counts from HDO or a vendor, where there are no calls; never mixed with calls."),
        ),
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
        "why": (
            _("Why below the target"),
            _("In which hours, on which days and where the calls waited too long."),
        ),
        "central_periods": (
            _("Months and years"),
            _("Checked, published and revised figures, with everything that they rest on."),
        ),
        "annotations": (
            _("Notes on the figures"),
            _("Outages, epidemics and other events that stand on the curves."),
        ),
        "exclusions": (
            _("Excluded calls"),
            _("Test calls and outages that some indicators leave out, by rules of two persons."),
        ),
        "comparison_nation": (
            _("Beside the nation"),
            _("The central's years beside what Helsedirektoratet has published."),
        ),
        "comparison_reconciliation": (
            _("Beside the counts of others"),
            _("Month by month beside the counts of Helsedirektoratet, HDO or a vendor."),
        ),
        "staffing": (
            _("How many operators"),
            _("How many operators each hour of the week needs for the target, as a planning aid."),
        ),
    }
