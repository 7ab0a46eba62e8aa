"""What a pool cost in the year, and how that became what is shared."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from reporting.annual_report.chapters.economy.amounts import (
    Facts,
    amount,
    is_whole,
    net,
    percent_shown,
    rows_of,
)

STEPS = ("gross", "own_revenue", "overhead", "fund", "rounding", "net")


def of_costs(of_year: Facts) -> Table:
    """Budget, accounts and deviation by what the costs are, own revenue with a minus, and net.

    The forecast, and the budget of the months so far, where the accounts are not of all months.
    """
    names = _columns(of_year)
    rows = [
        (label, *(_cell(of_year["figures"][place], name) for name in names))
        for place, label in _places().items()
    ]
    return Table(
        caption=_("Budget and accounts of %(year)s, kroner") % {"year": of_year["year"]},
        headings=(_("Of"), *(names[name] for name in names)),
        rows=rows_of(rows),
    )


def _columns(of_year: Facts) -> dict[str, str]:
    if of_year["up_to_month"] is None:
        return {"budget": _("Budget")}
    if net(of_year, "budget") is None:
        return {"accounts": _("Accounts")}
    deviation = {"deviation": _("Deviation"), "percent": _("Deviation in per cent")}
    forecast = {} if of_year["is_closed"] else {"forecast": _("Forecast for the year")}
    if is_whole(of_year):
        return {"budget": _("Budget"), "accounts": _("Accounts"), **deviation, **forecast}
    return {
        "budget": _("Budget for the year"),
        "budget_so_far": _("Budget so far"),
        "accounts": _("Accounts so far"),
        **deviation,
        **forecast,
    }


def _places() -> dict[str, str]:
    return {
        "wages": _("Wages"),
        "running": _("Running costs"),
        "capital": _("Rent and capital costs"),
        "own_revenue": _("Own revenue"),
        "net": _("Net"),
    }


def _cell(row: Facts, name: str) -> str | Decimal | None:
    value = amount(row[name])
    return percent_shown(value) if name == "percent" else value


def way_to_net(settlement: Facts) -> Table:
    """From gross costs to what is shared, each step with its sign; steps of nought left out."""
    of = {name: Decimal(settlement[name]) for name in STEPS}
    fund = _("To the fund") if of["fund"] > 0 else _("From the fund")
    steps = [
        (_("Gross costs"), of["gross"]),
        (_("Own revenue"), -of["own_revenue"]),
        (_("Administration to the host"), of["overhead"]),
        (fund, of["fund"]),
        (_("Rounding to whole units"), of["rounding"]),
    ]
    rows = [step for step in steps if step[1]]
    return Table(
        caption=_("From the costs to what is shared, kroner"),
        headings=(_("Of"), _("Amount")),
        rows=rows_of([*rows, (_("To be shared"), of["net"])]),
    )
