"""A year of deviations in sentences and notes: never more than the counts say."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, number
from municipalities.queries import deviation_name
from reporting.annual_report.chapters.parts import Told, day_of


def sentences(told: Told) -> Iterable[str]:
    """The year's count, whether it can be set beside the year before, and the largest kind."""
    found = told.facts["years"][0]
    if not found["reported"]:
        return
    yield lead(told)
    if change := _change(told):
        yield change
    if largest := _largest(told):
        yield largest


def lead(told: Told) -> str:
    """The year's count, and how many months it rests on."""
    found = told.facts["years"][0]
    if found["count"] is None:
        return _("No month of %(year)s is reported.") % {"year": told.year}
    count = {"count": number(found["count"]), "year": told.year}
    if found["reported"] == found["months"] == 12:
        whole = ngettext(
            "%(count)s deviation was reported in %(year)s.",
            "%(count)s deviations were reported in %(year)s.",
            found["count"],
        )
        return whole % count
    part = ngettext(
        "%(count)s deviation was reported in the %(reported)s of 12 months of %(year)s that there"
        " are counts of.",
        "%(count)s deviations were reported in the %(reported)s of 12 months of %(year)s that"
        " there are counts of.",
        found["count"],
    )
    return part % {**count, "reported": number(found["reported"])}


def notes(told: Told) -> Iterable[str]:
    """How it is counted, and what was noted of the year."""
    years = told.facts["years"]
    yield _("Counts alone, from the system that holds the deviations.")
    if any((each["reported"], each["months"]) != (12, 12) for each in years):
        yield _(
            "Months that are not reported are left out of the sums, and years that rest on"
            " different months cannot be compared."
        )
    for note in told.facts["notes"]:
        starts = day_of(note["day"])
        yield f"{day(starts)}: {note['text']}" if starts else note["text"]


def _change(told: Told) -> str:
    """Against the year before, where every month of both is reported."""
    whole = [each for each in told.facts["years"] if each["reported"] == 12]
    if [each["year"] for each in whole[:2]] != [told.year, told.year - 1]:
        return ""
    count, before = (each["count"] for each in whole[:2])
    facts = {
        "now": told.year,
        "year": told.year - 1,
        "before": number(before),
        "more": number(abs(count - before)),
    }
    if count == before:
        said = _("There were as many deviations in %(now)s as in %(year)s.")
    elif count > before:
        said = _(
            "There were %(more)s more deviations in %(now)s than in %(year)s, when there were"
            " %(before)s."
        )
    else:
        said = _(
            "There were %(more)s fewer deviations in %(now)s than in %(year)s, when there were"
            " %(before)s."
        )
    return said % facts


def _largest(told: Told) -> str:
    """The category with most, where it is one alone."""
    counts = [(each["counts"][0] or 0, each["name"]) for each in told.facts["by_category"]]
    most = max((count for count, _name in counts), default=0)
    named = [name for count, name in counts if count == most]
    if len(counts) < 2 or len(named) != 1 or not most:
        return ""
    return _("The category with most deviations in %(year)s was %(category)s: %(count)s.") % {
        "year": told.year,
        "category": deviation_name(named[0]),
        "count": number(most),
    }
