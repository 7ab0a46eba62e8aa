"""The doctors' duty told: shifts of the year, the years, posts and exemptions, back-up duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from municipalities.queries import Page
from reporting.annual_report import numbers
from reporting.annual_report.chapters.chapter import Figures, Section, own_facts
from reporting.annual_report.chapters.doctors import exemptions, shifts, years
from reporting.annual_report.chapters.doctors.counts import is_partial, uncounted

Facts = Mapping[str, Any]


def sections(figures: Figures) -> tuple[Section, ...]:
    """Of the parts of which something is registered."""
    facts = own_facts(figures, "doctors")
    if not facts:
        return ()
    told = (
        _shifts(facts, year=figures["year"]),
        _years(facts, year=figures["year"]),
        _exemptions(facts),
        _back_up(facts, year=figures["year"]),
    )
    return tuple(filter(None, told))


def suggestions(figures: Figures) -> tuple[str, ...]:
    """The year's shifts and what is not counted of them, the year before, exemptions, back-up."""
    facts = own_facts(figures, "doctors")
    if not facts:
        return ()
    year, before = (_year(facts, figures["year"] - back) for back in (0, 1))
    told = (
        *((shifts.lead(year), uncounted(year)) if year else ()),
        years.lead(before) if before else "",
        exemptions.lead(facts) if facts["duties"] and facts["exemptions"] is not None else "",
        *_shared(facts, year=figures["year"]),
    )
    return tuple(filter(None, told))


def _shifts(facts: Facts, *, year: int) -> Section | None:
    found = _year(facts, year)
    if found is None:
        if not facts["years"]:
            return None
        page = Page(lead=_("No shifts of %(year)s are counted.") % {"year": year})
    else:
        crossing = _(
            "Some shifts are counted over the turn of the year. They stand in the year in which"
            " their days begin."
        )
        notes = (uncounted(found), crossing if found["is_crossing"] else "")
        page = Page(
            lead=shifts.lead(found),
            figures=shifts.figures(found),
            charts=(shifts.chart(found),),
            notes=tuple(filter(None, notes)),
        )
    return Section(key="shifts", title=_("Shifts owed and delivered"), page=page)


def _years(facts: Facts, *, year: int) -> Section | None:
    """With an earlier year beside; one year alone stands above."""
    earlier = [each for each in facts["years"] if each["year"] < year]
    if not earlier:
        return None
    partial = _("* Shifts are not counted for the whole year, so the years cannot be compared.")
    page = Page(
        lead=years.lead(earlier[0]),
        tables=(years.table(facts["years"]),),
        notes=(partial,) if any(map(is_partial, facts["years"])) else (),
    )
    return Section(key="years", title=_("The duty over the years"), page=page)


def _exemptions(facts: Facts) -> Section | None:
    if not facts["duties"]:
        return None
    page = exemptions.page(facts)
    return Section(key="exemptions", title=_("Posts and exemptions from duty"), page=page)


def _back_up(facts: Facts, *, year: int) -> Section | None:
    if not facts["back_up"]:
        return None
    page = Page(lead=" ".join(_shared(facts, year=year)))
    return Section(key="back-up", title=_("Back-up duty"), page=page)


def _shared(facts: Facts, *, year: int) -> list[str]:
    """A sentence for each back-up duty."""
    return [
        _("In %(year)s “%(name)s” was shared by %(members)s.")
        % {"year": year, "name": each["name"], "members": numbers.listing(each["members"])}
        for each in facts["back_up"]
    ]


def _year(facts: Facts, year: int) -> Mapping[str, Any] | None:
    return next((each for each in facts["years"] if each["year"] == year), None)
