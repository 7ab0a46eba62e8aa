"""The years of the duty beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from reporting.annual_report import numbers
from reporting.annual_report.chapters.doctors.counts import (
    Year,
    covered,
    is_partial,
    lacks_days,
    summed,
    uncounted,
)


def lead(year: Year) -> str:
    """What was delivered in another year, and what is not counted of it; empty of nothing owed."""
    counts = summed(year)
    if not counts["owed"]:
        return ""
    told = _("In %(year)s own doctors delivered %(percent)s of the shifts that were owed.") % {
        "year": year["year"],
        "percent": covered(counts),
    }
    return f"{told} {uncounted(year)}".strip()


def table(years: Sequence[Year]) -> Table:
    """Delivered of owed by municipality; a star where some days are not counted."""
    columns = [{each["name"]: each for each in year["municipalities"]} for year in years]
    rows = [Row((name, *(_cell(column.get(name)) for column in columns))) for name in _names(years)]
    hired, unfilled = (
        [number(summed(each)[name]) + _star(each) for each in years]
        for name in ("hired", "unfilled")
    )
    return Table(
        caption=_("Delivered of what was owed, by year"),
        headings=(_("Municipality"), *(str(each["year"]) for each in years)),
        rows=(
            *rows,
            Row((_("All"), *map(_together, years))),
            Row((_("Shifts filled by hired doctors"), *hired)),
            Row((_("Shifts filled by nobody"), *unfilled)),
        ),
    )


def _names(years: Sequence[Year]) -> list[str]:
    """By municipality number; one that has got a new number stands once."""
    told = {(each["number"], each["name"]) for year in years for each in year["municipalities"]}
    return list(dict.fromkeys(name for _number, name in sorted(told)))


def _together(year: Year) -> str:
    return covered(summed(year)) + _star(year)


def _star(year: Year) -> str:
    return "*" if is_partial(year) else ""


def _cell(municipality: Mapping[str, Any] | None) -> str:
    if municipality is None or municipality["counts"] is None:
        return numbers.NOTHING
    return covered(municipality["counts"]) + ("*" if lacks_days(municipality) else "")
