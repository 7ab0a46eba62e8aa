"""HSE deviations by month, the years beside each other; a missing month is never nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page
from reporting.annual_report import numbers

Year = Mapping[str, Any]


def page(years: Sequence[Year], *, year: int) -> Page:
    """How many in the year, and a row for each month."""
    return Page(
        lead=lead(years, year=year),
        tables=(_table(years),),
        notes=(
            _("Counts alone, from the system that holds the deviations. Missing is not nought."),
        ),
    )


def lead(years: Sequence[Year], *, year: int) -> str:
    """The year's sum and the months that it rests on."""
    own = next((each for each in years if each["year"] == year), None)
    if own is None:
        return _("No HSE deviations of %(year)s are reported.") % {"year": year}
    told = _told(own)
    text = ngettext(
        "%(count)s HSE deviation was reported in %(year)s. Figures are there for %(months)s of"
        " 12 months.",
        "%(count)s HSE deviations were reported in %(year)s. Figures are there for %(months)s of"
        " 12 months.",
        sum(told),
    )
    return text % {"year": year, "count": number(sum(told)), "months": number(len(told))}


def _table(years: Sequence[Year]) -> Table:
    columns = [{each["month"][5:7]: each["count"] for each in year["months"]} for year in years]
    rows = [
        Row((_month(month), *(_cell(column, f"{month:02}") for column in columns)))
        for month in range(1, 13)
    ]
    rows.append(Row((_("All"), *map(_sum, years))))
    return Table(
        caption=_("HSE deviations by month and year"),
        headings=(_("Month"), *(str(each["year"]) for each in years)),
        rows=tuple(rows),
    )


def _cell(column: Mapping[str, int | None], month: str) -> Cell:
    if month not in column:
        return numbers.NOTHING
    count = column[month]
    return _("not reported") if count is None else count


def _sum(year: Year) -> Cell:
    told = _told(year)
    if len(told) == 12:
        return sum(told)
    text = ngettext("%(count)s (%(months)s month)", "%(count)s (%(months)s months)", len(told))
    return text % {"count": number(sum(told)), "months": number(len(told))}


def _told(year: Year) -> list[int]:
    return [each["count"] for each in year["months"] if each["count"] is not None]


def _month(month: int) -> str:
    return capfirst(numbers.month(date(2025, month, 1).isoformat()))
