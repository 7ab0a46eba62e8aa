"""The tables of sickness absence: the quarters by year, and what those of a year are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from reporting.annual_report import numbers

QUARTERS = range(1, 5)

Year = Mapping[str, Any]
Quarter = Mapping[str, Any]


def by_year_table(years: Sequence[Year]) -> Table:
    """A row for each quarter and the whole year, a column for each year."""
    rows = [
        Row((quarter_name(quarter), *(_total(_quarter(each, quarter)) for each in years)))
        for quarter in QUARTERS
    ]
    rows.append(Row((_("The whole year"), *(numbers.percent(each["percent"]) for each in years))))
    return Table(
        caption=_("Sickness absence of agreed days, by quarter and year"),
        headings=(_("Quarter"), *(str(each["year"]) for each in years)),
        rows=tuple(rows),
    )


def parts_table(year: Year) -> Table:
    """What the year's quarters are made of."""
    return Table(
        caption=_("What the sickness absence of %(year)s is made of") % {"year": year["year"]},
        headings=(
            _("Quarter"),
            _("Units"),
            _("Employees"),
            _("Certified by a doctor"),
            _("Self-certified"),
            _("1–16 days"),
            _("17 days and more"),
        ),
        rows=tuple(
            Row((quarter_name(each["quarter"]), *_parts(each))) for each in year["quarters"]
        ),
    )


def _parts(quarter: Quarter) -> tuple[str, ...]:
    if not quarter["is_reported"]:
        return (_("not reported"), *[numbers.NOTHING] * 5)
    certified = [
        _share(quarter, name, hidden="is_hidden") for name in ("certified", "self_certified")
    ]
    split = [_share(quarter, name, hidden="is_split_hidden") for name in ("short", "long")]
    return (number(quarter["units"]), number(quarter["employees"]), *certified, *split)


def _share(quarter: Quarter, name: str, *, hidden: str) -> str:
    if quarter["is_hidden"] or quarter[hidden]:
        return _("hidden")
    return numbers.percent(quarter[name])


def _total(quarter: Quarter | None) -> str:
    if quarter is None:
        return numbers.NOTHING
    if not quarter["is_reported"]:
        return _("not reported")
    return _share(quarter, "total", hidden="is_hidden")


def _quarter(year: Year, quarter: int) -> Quarter | None:
    return next((each for each in year["quarters"] if each["quarter"] == quarter), None)


def quarter_name(quarter: int) -> str:
    """«1. kvartal»."""
    return _("Quarter %(number)s") % {"number": quarter}
