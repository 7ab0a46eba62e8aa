"""Sickness absence told by quarter and year; what is hidden is said to be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Table
from legevakt.lib.words import number
from municipalities.queries import Chart, Page
from reporting.annual_report import numbers
from reporting.annual_report.chapters.staff.absence_tables import (
    Year,
    by_year_table,
    parts_table,
    quarter_name,
)

SPEC = Path(__file__).parent / "absence.vl.json"


def page(years: Sequence[Year], *, year: int) -> Page:
    """The year in a sentence, drawn beside the years before, and what it is made of."""
    own = of_year(years, year)
    drawn = _drawn(years)
    by_year = by_year_table(years)
    return Page(
        lead=lead(years, year=year),
        charts=(_chart(drawn=drawn, table=by_year),) if drawn else (),
        tables=(*(() if drawn else (by_year,)), *((parts_table(own),) if own else ())),
        notes=(
            _(
                "Lost days of agreed days, of all units together. A quarter is hidden where it"
                " could tell of one person, and a quarter that is not reported is not 0. A year is"
                " told where all its four quarters are."
            ),
        ),
    )


def lead(years: Sequence[Year], *, year: int) -> str:
    """The year beside the one before; else how many of its quarters are reported."""
    own, before = of_year(years, year), of_year(years, year - 1)
    if own is None:
        return _("No sickness absence of %(year)s is reported.") % {"year": year}
    if own["percent"] is None:
        return _partly(own)
    told = {"year": year, "percent": numbers.percent(own["percent"])}
    if before is None or before["percent"] is None:
        return _("In %(year)s the sickness absence was %(percent)s.") % told
    told |= {"before": numbers.percent(before["percent"]), "earlier": year - 1}
    return (
        _("In %(year)s the sickness absence was %(percent)s, against %(before)s in %(earlier)s.")
        % told
    )


def of_year(years: Sequence[Year], year: int) -> Year | None:
    """The year; None where no quarter of it is reported."""
    return next((each for each in years if each["year"] == year), None)


def _partly(year: Year) -> str:
    reported = sum(each["is_reported"] for each in year["quarters"])
    return _(
        "Of %(year)s %(reported)s of 4 quarters are reported. The year as a whole is not told."
    ) % {"year": year["year"], "reported": number(reported)}


def _chart(*, drawn: list[dict[str, Any]], table: Table) -> Chart:
    spec = localise(
        load_spec(SPEC),
        texts={"percent": _("Per cent of agreed days")},
        language=get_language() or "nn",
    )
    return Chart(key="absence", table=table, spec=with_data(spec, data={"quarters": drawn}))


def _drawn(years: Sequence[Year]) -> list[dict[str, Any]]:
    """What can be shown of the latest two years: more stand in the table."""
    return [
        {
            "quarter": quarter_name(each["quarter"]),
            "year": str(year["year"]),
            "is_latest": year is years[0],
            "percent": float(Decimal(each["total"])),
        }
        for year in reversed(years[:2])
        for each in year["quarters"]
        if each["is_reported"] and each["total"] is not None
    ]
