"""Follow-ups that the forums agreed in the year, and how they stand.

Those of a bilateral meeting are not among them: they are for the host and that participant alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page, follow_ups
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, read_date

STATES = ("done", "dropped", "open")


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """How many were agreed in the year and stand how, and how many older ones are open. One query.

    None where none was agreed by the end of the year.
    """
    found = follow_ups.in_common(cooperation=asked.cooperation, before=asked.period.ends_on)
    if not found:
        return None
    own = [each for each in found if follow_ups.agreed_date(each).year == asked.year]
    late = [each for each in own if follow_ups.is_late(each, today=read_date(asked))]
    older = [each for each in found if follow_ups.agreed_date(each).year < asked.year]
    return {
        "agreed": len(own),
        **{state: sum(each.state == state for each in own) for state in STATES},
        "late": len(late),
        "older_open": sum(each.state == "open" for each in older),
    }


def page(told: Told) -> Page:
    """How many were agreed, done, given up and late."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_table(told),),
        notes=(
            _("Follow-ups of the host's meetings with each participant are not among them."),
            beside.as_of(told.read_date),
        ),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many were agreed, and how many of them are done and late, in one."""
    facts = told.facts
    said = ngettext(
        "%(count)s follow-up was agreed in %(year)s; %(done)s done, %(open)s open.",
        "%(count)s follow-ups were agreed in %(year)s; %(done)s done, %(open)s open.",
        facts["agreed"],
    )
    agreed = said % {
        "count": number(facts["agreed"]),
        "year": told.year,
        "done": number(facts["done"]),
        "open": number(facts["open"]),
    }
    yield " ".join((agreed, *_late(facts["late"])))


def _late(count: int) -> Iterable[str]:
    if count:
        late = ngettext(
            "%(count)s of the open follow-ups is late.",
            "%(count)s of the open follow-ups are late.",
            count,
        )
        yield late % {"count": number(count)}


def _table(told: Told) -> Table:
    names = {
        "agreed": _("Agreed in the year"),
        "done": _("Of these done"),
        "dropped": _("Of these given up"),
        "open": _("Of these open"),
        "late": _("Of the open, late"),
        "older_open": _("Open from earlier years"),
    }
    return Table(
        caption=_("Follow-ups of the forums in %(year)s") % {"year": told.year},
        headings=(_("Follow-ups"), _("How many")),
        rows=tuple(Row((name, told.facts[key])) for key, name in names.items()),
    )


PART = Part(
    key="follow-ups",
    title=gettext_lazy("Follow-ups"),
    facts=facts,
    page=page,
    sentences=sentences,
)
