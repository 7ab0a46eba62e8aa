"""The obligations of the agreement: how many times of the year they were kept, late or not.

Only how often is told: an event's own title can be of a decision exempt from public disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from municipalities.queries import Page, obligations
from municipalities.words import obligation_text
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.control.obligation_words import sentences
from reporting.annual_report.chapters.parts import Part, Told, read_date

Dues = Sequence[obligations.DueNow]
GROUPS = {
    "kept": "kept",
    "kept_late": "kept_late",
    "due_soon": "waiting",
    "open": "waiting",
    "late": "late",
    "waived": "closed",
    "left": "closed",
}
COUNTED = ("kept", "kept_late", "late", "waiting", "closed")


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the report's first, and each obligation of it with how its times stand.

    Four queries.
    """
    of_years = {
        year: obligations.dues_of_year(
            cooperation=asked.cooperation, year=year, today=read_date(asked)
        )
        for year in beside.years_to(asked.year)
    }
    own = of_years[asked.year]
    known = [year for year, dues in of_years.items() if dues or year == asked.year]
    if not any(of_years.values()):
        return None
    return {
        "years": [{"year": year, **_totals(of_years[year])} for year in known],
        "obligations": [_obligation(dues) for dues in _by_obligation(own).values()],
    }


def page(told: Told) -> Page:
    """How many were kept, and each obligation."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_each(told), _years(told)),
        notes=(
            _("Kept late is counted among those that are kept; what is waived, in neither."),
            beside.as_of(told.read_date),
        ),
    )


def _totals(dues: Dues) -> dict[str, int]:
    """As the room's page sums them; what is waived, or concerns one that left, is in neither."""
    totals = obligations.totals_of(dues)
    return {
        "kept": totals.kept,
        "kept_late": _groups(dues).count("kept_late"),
        "late": totals.late,
        "whole": totals.whole,
    }


def _by_obligation(dues: Dues) -> dict[str, list[obligations.DueNow]]:
    """By code: an obligation that was agreed anew in the year is one."""
    found: dict[str, list[obligations.DueNow]] = {}
    for each in dues:
        found.setdefault(each.due.obligation.code, []).append(each)
    return found


def _obligation(dues: Dues) -> dict[str, Any]:
    groups = _groups(dues)
    return {
        "title": dues[-1].due.obligation.title,
        **{name: groups.count(name) for name in COUNTED},
    }


def _groups(dues: Dues) -> list[str]:
    return [GROUPS[each.status.value] for each in dues]


def _each(told: Told) -> Table:
    return Table(
        caption=_("Obligations of the agreement in %(year)s, by how many times they were due")
        % {"year": told.year},
        headings=(
            _("Obligation"),
            _("Kept in time"),
            _("Kept late"),
            _("Overdue"),
            _("Not yet due"),
            _("Waived or closed"),
        ),
        rows=tuple(
            Row((obligation_text(each["title"]), *(each[name] for name in COUNTED)))
            for each in told.facts["obligations"]
        ),
    )


def _years(told: Told) -> Table:
    years = told.facts["years"]
    if len(years) < 2:
        return Table("", (), ())
    return beside.table(
        caption=_("Obligations of the agreement by year"),
        of=_("How it stands"),
        years=[each["year"] for each in years],
        rows=(
            (
                _("Kept, late too"),
                [beside.part_of(each["kept"], each["whole"]) for each in years],
            ),
            (_("Of these late"), [each["kept_late"] for each in years]),
            (_("Overdue"), [each["late"] for each in years]),
        ),
    )


PART = Part(
    key="obligations",
    title=gettext_lazy("Obligations of the agreement"),
    facts=facts,
    page=page,
    sentences=sentences,
)
