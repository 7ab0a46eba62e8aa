"""The meetings of the forums that all the participants know of.

A meeting is held when it was called and is over, as on the pages of the forums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, number
from municipalities.models import Meeting
from municipalities.queries import Page, forums, meetings
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, within


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the report's first, and each forum of the year with its meetings of each.

    `waiting` are those held whose minutes are not approved. Two queries.
    """
    found = [
        each
        for each in forums.in_force_during(cooperation=asked.cooperation, year=asked.year)
        if each.partner_id is None
    ]
    if not found:
        return None
    years = beside.years_to(asked.year)
    period = Period(date(years[-1], 1, 1), date(asked.year + 1, 1, 1))
    met = meetings.began_in(cooperation=asked.cooperation, period=period)
    of_forum = {
        each.pk: [meeting for meeting in met if meeting.forum_id == each.pk] for each in found
    }
    common = [meeting for rows in of_forum.values() for meeting in rows]
    known = [year for year in years if year == asked.year or _count(common, year=year, by=asked.at)]
    return {
        "years": known,
        "forums": [_forum(each, of_forum[each.pk], years=known, asked=asked) for each in found],
    }


def page(told: Told) -> Page:
    """How often each forum met."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_table(told),),
        notes=tuple(_notes(told)),
    )


def sentences(told: Told) -> Iterable[str]:
    """How often each forum met, and whether that is as often as it should."""
    for each in told.facts["forums"]:
        held, least = each["held"][0], each["least"]
        said = ngettext(
            "%(forum)s: %(count)s meeting held in %(year)s, at least %(least)s a year is agreed.",
            "%(forum)s: %(count)s meetings held in %(year)s, at least %(least)s a year is agreed.",
            held,
        )
        yield said % {
            "forum": _name(each),
            "count": number(held),
            "year": told.year,
            "least": number(least),
        }


def _forum(
    forum: Any, met: Sequence[Meeting], *, years: Sequence[int], asked: ReportYear
) -> dict[str, Any]:
    own = [each for each in met if local_day(each.starts_at).year == asked.year]
    waiting = [each for each in own if each.is_held(by=asked.at) and not each.has_approved_minutes]
    return {
        "name": forum.name,
        "kind": forum.kind,
        "least": forum.meetings_a_year,
        "held": [_held(forum, met, year=year, by=asked.at) for year in years],
        "starts": within(forum.starts_date, asked=asked),
        "ends": within(forum.ends_date, asked=asked),
        "waiting": len(waiting),
        "cancelled": sum(each.state == "cancelled" for each in own),
    }


def _held(forum: Any, met: Sequence[Meeting], *, year: int, by: datetime) -> int | None:
    """None in a year before there was such a forum."""
    if forum.starts_date.year > year:
        return None
    return _count(met, year=year, by=by)


def _count(met: Sequence[Meeting], *, year: int, by: datetime) -> int:
    return sum(each.is_held(by=by) and local_day(each.starts_at).year == year for each in met)


def _table(told: Told) -> Table:
    years = told.facts["years"]
    return Table(
        caption=_("Meetings held, by forum"),
        headings=(
            _("Forum"),
            *(str(year) for year in years),
            _("At least a year"),
            _("Minutes not approved"),
            _("Cancelled"),
        ),
        rows=tuple(
            Row((_name(each), *_counts(each), each["least"], each["waiting"], each["cancelled"]))
            for each in told.facts["forums"]
        ),
    )


def _name(forum: Mapping[str, Any]) -> str:
    """With the day of the year on which it began or ended."""
    name = str(forum["name"])
    if starts := day_of(forum["starts"]):
        name = _("%(forum)s (from %(day)s)") % {"forum": name, "day": day(starts)}
    if ends := day_of(forum["ends"]):
        name = _("%(forum)s (until %(day)s)") % {"forum": name, "day": day(ends)}
    return name


def _counts(forum: Mapping[str, Any]) -> list[Cell]:
    return [beside.NOTHING if each is None else each for each in forum["held"]]


def _notes(told: Told) -> Iterable[str]:
    yield _("A meeting is counted as held when it was called and is over.")
    if len(told.facts["years"]) > 1:
        yield _("Forums that had ended before %(year)s are not told of.") % {"year": told.year}
    yield beside.as_of(told.read_date)


PART = Part(
    key="forums",
    title=gettext_lazy("Meetings"),
    facts=facts,
    page=page,
    sentences=sentences,
)
