"""The doctors' duty told: shifts of the year, the years, posts and exemptions, back-up duty."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page
from reporting.annual_report.chapters.chapter import Figures, Section, own_facts
from reporting.annual_report.chapters.doctors import shifts, years
from reporting.annual_report.chapters.doctors.counts import is_partial, uncounted
from reporting.annual_report.document import numbers

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
        _back_up(facts),
    )
    return tuple(filter(None, told))


def suggestions(figures: Figures) -> tuple[str, ...]:
    """The year's shifts, what is not counted of them, and the year before."""
    facts = own_facts(figures, "doctors")
    year = _year(facts, figures["year"]) if facts else None
    if not facts or not year:
        return ()
    before = _year(facts, figures["year"] - 1)
    told = (shifts.lead(year), uncounted(year), years.lead(before) if before else "")
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
        notes = (uncounted(found), crossing if facts["is_crossing"] else "")
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
    day = numbers.day(facts["day"])
    hidden = _(
        "Fewer than five exemptions in a municipality are not shown, nor what they leave of its"
        " posts: they could tell who is exempt."
    )
    page = Page(
        lead=_exempt(facts["exemptions"], day=day),
        tables=(_duties(facts["duties"], day=day),),
        notes=(hidden,) if any(each["is_hidden"] for each in facts["duties"]) else (),
    )
    return Section(key="exemptions", title=_("Posts and exemptions from duty"), page=page)


def _exempt(count: int | None, *, day: str) -> str:
    if count is None:
        return _("On %(day)s the number of exemptions from duty was too small to be shown.") % {
            "day": day
        }
    return _("Exemptions from duty on %(day)s: %(count)s.") % {"day": day, "count": number(count)}


def _duties(duties: list[Mapping[str, Any]], *, day: str) -> Table:
    return Table(
        caption=_("Posts, shares and exemptions on %(day)s") % {"day": day},
        headings=(
            _("Municipality"),
            _("Posts"),
            _("Share of the duty (%)"),
            _("Exemptions in force"),
            _("Posts left after exemptions"),
        ),
        rows=tuple(Row(_duty(each)) for each in duties),
    )


def _duty(duty: Mapping[str, Any]) -> tuple[Cell, ...]:
    posts = numbers.count(duty["posts"])
    known = (duty["name"], posts, _decimal(duty["share_percent"]))
    if duty["is_hidden"]:
        return (*known, _("fewer than five"), _("not shown"))
    return (*known, duty["exemptions"], _decimal(duty["posts_left"]))


def _back_up(facts: Facts) -> Section | None:
    if not facts["back_up"]:
        return None
    told = [
        _("%(name)s is shared by %(members)s.")
        % {"name": each["name"], "members": numbers.listing(each["members"])}
        for each in facts["back_up"]
    ]
    return Section(key="back-up", title=_("Back-up duty"), page=Page(lead=" ".join(told)))


def _year(facts: Facts, year: int) -> Mapping[str, Any] | None:
    return next((each for each in facts["years"] if each["year"] == year), None)


def _decimal(value: str | None) -> Cell:
    return numbers.NOTHING if value is None else Decimal(value)
