"""A pool's years side by side: what it cost, and what each municipality paid."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from reporting.annual_report.chapters.economy.amounts import (
    Cells,
    Facts,
    amount,
    is_whole,
    net,
    percent_shown,
    rows_of,
    total,
)


def costs(pool: Facts) -> Table:
    """Net budget and accounts of each year, the newest first; what was settled of it."""
    return Table(
        caption=_("Year by year, kroner net"),
        headings=(
            _("Year"),
            _("Budget"),
            _("Accounts"),
            _("Deviation"),
            _("Deviation in per cent"),
            _("Shared by the settlement"),
        ),
        rows=rows_of([_costs_row(each) for each in pool["years"]]),
    )


def _costs_row(of_year: Facts) -> Cells:
    percent = amount(of_year["figures"]["net"]["percent"])
    settlement = of_year["settlement"]
    return (
        _name(of_year),
        net(of_year, "budget"),
        net(of_year, "accounts"),
        net(of_year, "deviation"),
        percent_shown(percent),
        amount(settlement["net"]) if settlement else None,
    )


def _name(of_year: Facts) -> str:
    if of_year["up_to_month"] is None or is_whole(of_year):
        return str(of_year["year"])
    return _("%(year)s, up to and with month %(month)s") % {
        "year": of_year["year"],
        "month": of_year["up_to_month"],
    }


def paid(pool: Facts) -> Table:
    """What each municipality paid in each year that is known, and the sums."""
    years = [each for each in pool["years"] if each["municipalities"]]
    names = {
        line["number"]: line["name"] for year in reversed(years) for line in year["municipalities"]
    }
    by_year = [
        {line["number"]: Decimal(line["amount"]) for line in year["municipalities"]}
        for year in years
    ]
    rows = [(names[number], *(paid.get(number) for paid in by_year)) for number in sorted(names)]
    rows.append((_("All"), *(total(paid.values()) for paid in by_year)))
    return Table(
        caption=_("What each municipality pays, year by year, kroner"),
        headings=(_("Municipality"), *map(_heading, years)),
        rows=rows_of(rows),
    )


def _heading(of_year: Facts) -> str:
    told = {"year": of_year["year"]}
    return str(of_year["year"]) if of_year["settlement"] else _("%(year)s, by the budget") % told
