"""The yearly meeting between the host and each participant: held or not, and nothing more.

What such a meeting was about is for the host and that participant alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.models import Participant
from municipalities.queries import Page, meetings, obligations
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, read_date, within

OBLIGATION = "bilateral-meeting"


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """Who took part in the year, and whether a meeting with them is held. At most four queries.

    Held is one that was called and is over, or of which evidence for the obligation is handed in.
    `joined` and `left` are days within the year.
    """
    partners = obligations.partners_during(cooperation=asked.cooperation, year=asked.year)
    met = _met(asked)
    if not partners or met is None:
        return None
    days = _days(asked)
    return {
        "partners": [
            {"name": each.name, "is_held": each.pk in met, **days[each.pk]} for each in partners
        ]
    }


def page(told: Told) -> Page:
    """A row for each participant."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_table(told),),
        notes=(beside.as_of(told.read_date),),
    )


def sentences(told: Told) -> Iterable[str]:
    """With how many of the participants one is held."""
    partners = told.facts["partners"]
    yield _(
        "The host's yearly meeting is registered as held with %(part)s participants in %(year)s."
    ) % {
        "part": beside.part_of(sum(each["is_held"] for each in partners), len(partners)),
        "year": told.year,
    }


def _met(asked: ReportYear) -> set[int | None] | None:
    """With whom a meeting is held; None where neither meetings nor the obligation is registered."""
    days = Period.year(asked.year)
    found = [
        each
        for each in meetings.began_in(cooperation=asked.cooperation, period=days)
        if each.forum.partner_id
    ]
    dues = [
        each.due
        for each in obligations.dues_of_year(
            cooperation=asked.cooperation, year=asked.year, today=read_date(asked)
        )
        if each.due.obligation.code == OBLIGATION
    ]
    if not found and not dues:
        return None
    shown = {each.municipality_id for each in dues if each.kept_date}
    return shown | {each.forum.partner_id for each in found if each.is_held(by=asked.at)}


def _days(asked: ReportYear) -> dict[int, dict[str, str | None]]:
    """Municipality → the days of the year on which it joined and left, null where it did not."""
    found: dict[int, dict[str, str | None]] = {}
    for each in Participant.objects.filter(cooperation=asked.cooperation).order_by("joined_date"):
        of = found.setdefault(each.municipality_id, {"joined": None, "left": None})
        of["joined"] = of["joined"] or within(each.joined_date, asked=asked)
        of["left"] = of["left"] or within(each.left_date, asked=asked)
    return found


def _table(told: Told) -> Table:
    return Table(
        caption=_("The yearly meeting between the host and each participant"),
        headings=(_("Municipality"), _("State")),
        rows=tuple(Row((each["name"], _state(each))) for each in told.facts["partners"]),
    )


def _state(partner: Mapping[str, Any]) -> str:
    state = _("Held") if partner["is_held"] else _("Not registered as held")
    joined, left = day_of(partner["joined"]), day_of(partner["left"])
    if joined:
        state = _("%(state)s (joined %(day)s)") % {"state": state, "day": day(joined)}
    if left:
        state = _("%(state)s (left %(day)s)") % {"state": state, "day": day(left)}
    return state


PART = Part(
    key="bilateral",
    title=gettext_lazy("Yearly meetings with each participant"),
    facts=facts,
    page=page,
    sentences=sentences,
)
