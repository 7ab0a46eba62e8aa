"""Complaints of the year by kind, beside the years before.

How many came is told, as on the room's page; what became of few is not (decision 15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Cell, Table
from legevakt.lib.words import number
from municipalities.models import ComplaintKind
from municipalities.queries import Page, cases
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told
from reporting.annual_report.chapters.quality.complaint_words import (
    QUARTERS,
    none_in_full,
    notes,
    sentences,
)


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years`, the report's first, with sums of the quarters that are reported in full.

    `kinds` has each kind's count of every year with the quarters it is reported of; null is not
    reported. `upheld` is null where it may not be told. One query.
    """
    found = cases.complaints_beside(
        cooperation=asked.cooperation, years=beside.years_to(asked.year)
    )
    years = [each for each in found if each.cells or each.year == asked.year]
    if not any(each.cells for each in years):
        return None
    return {
        "years": [_year(each) for each in years],
        "kinds": [
            {"code": kind, "counts": [_of_kind(each, kind) for each in years]}
            for kind in ComplaintKind.values
        ],
    }


def page(told: Told) -> Page:
    """How many, of how many quarters, and whom they went to."""
    return Page(
        lead=" ".join(sentences(told)) or none_in_full(told),
        tables=(_table(told),),
        notes=tuple(notes(told)),
    )


def _year(found: Any) -> dict[str, Any]:
    quarters = len(found.whole_quarters)
    so_far = found.so_far
    return {
        "year": found.year,
        "quarters": quarters,
        "received": so_far.received if quarters else None,
        "decided": so_far.decided if quarters else None,
        "upheld": found.upheld_told if quarters else None,
    }


def _of_kind(found: Any, kind: str) -> dict[str, int] | None:
    cells = [cell for (_quarter, of), cell in found.cells.items() if of == kind]
    if not cells:
        return None
    return {"received": sum(each.received for each in cells), "quarters": len(cells)}


def _table(told: Told) -> Table:
    years = told.facts["years"]
    return beside.table(
        caption=_("Complaints received, by kind"),
        of=_("Kind"),
        years=[each["year"] for each in years],
        rows=(
            *(
                (capfirst(str(ComplaintKind(each["code"]).label)), _cells(each["counts"]))
                for each in told.facts["kinds"]
            ),
            (
                _("All kinds, in the quarters that are reported in full"),
                [each["received"] for each in years],
            ),
            (
                _("Quarters that are reported in full"),
                [beside.part_of(each["quarters"], QUARTERS) for each in years],
            ),
        ),
    )


def _cells(counts: Sequence[Mapping[str, int] | None]) -> list[Cell | None]:
    return [None if each is None else _cell(each) for each in counts]


def _cell(count: Mapping[str, int]) -> Cell:
    if count["quarters"] == QUARTERS:
        return count["received"]
    return _("%(count)s (%(part)s of %(whole)s quarters)") % {
        "count": number(count["received"]),
        "part": number(count["quarters"]),
        "whole": number(QUARTERS),
    }


PART = Part(
    key="complaints",
    title=gettext_lazy("Complaints"),
    facts=facts,
    page=page,
    sentences=sentences,
)
