"""How a pool's year went, in sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import kroner, number
from reporting.annual_report.chapters.economy.amounts import (
    Facts,
    amount,
    is_whole,
    net,
    percent_of,
    percent_shown,
)


def against_budget(*, year: int, budget: Decimal, accounts: Decimal) -> str:
    """A whole year's net costs against its budget."""
    deviation = accounts - budget
    facts = {
        "year": year,
        "accounts": kroner(accounts),
        "amount": kroner(abs(deviation)),
        "percent": percent_shown(percent_of(abs(deviation), budget)),
    }
    if deviation > 0:
        return (
            _(
                "The net costs of %(year)s were %(accounts)s kr, %(amount)s kr (%(percent)s)"
                " above the budget."
            )
            % facts
        )
    if deviation < 0:
        return (
            _(
                "The net costs of %(year)s were %(accounts)s kr, %(amount)s kr (%(percent)s)"
                " below the budget."
            )
            % facts
        )
    return _("The net costs of %(year)s were %(accounts)s kr, as budgeted.") % facts


def costs(of_year: Facts | None, *, year: int) -> str:
    """What is known of the year's net costs."""
    budget, accounts = net(of_year, "budget"), net(of_year, "accounts")
    if of_year is None or (budget is None and accounts is None):
        return _("Neither budget nor accounts of %(year)s are stored.") % {"year": year}
    if accounts is None and budget is not None:
        told = {"year": year, "budget": kroner(budget)}
        return _("The budget of %(year)s is %(budget)s kr net. No accounts are stored.") % told
    if is_whole(of_year):
        return _whole(year=year, budget=budget, accounts=accounts or Decimal(0))
    return _so_far(of_year, year=year)


def _whole(*, year: int, budget: Decimal | None, accounts: Decimal) -> str:
    if budget is not None:
        return against_budget(year=year, budget=budget, accounts=accounts)
    return _("The net costs of %(year)s were %(accounts)s kr. No budget is stored.") % {
        "year": year,
        "accounts": kroner(accounts),
    }


def _so_far(of_year: Facts, *, year: int) -> str:
    """Accounts of some months: never told as the year's."""
    forecast = net(of_year, "forecast")
    facts = {
        "year": year,
        "months": number(of_year["up_to_month"]),
        "accounts": kroner(net(of_year, "accounts") or Decimal(0)),
    }
    told = ngettext(
        "The accounts of %(year)s are of %(months)s month only: %(accounts)s kr net.",
        "The accounts of %(year)s are of %(months)s months only: %(accounts)s kr net.",
        of_year["up_to_month"],
    )
    if forecast is None:
        return told % facts
    expected = _("The year is expected to end at %(forecast)s kr.")
    return f"{told % facts} {expected % {'forecast': kroner(forecast)}}"


def settled(of_year: Facts | None) -> str:
    """How far the settlement has come."""
    found = of_year["settlement"] if of_year else None
    if found is None:
        return _("There is no settlement of the year yet.")
    is_final = found["kind"] == "final"
    if found["state"] != "approved":
        return (
            _("The final settlement is sent for comment, and may still change.")
            if is_final
            else _("A preliminary settlement is sent for comment, and may still change.")
        )
    if not is_final:
        return _("A preliminary settlement is approved. There is no final one yet.")
    if found["is_correction"]:
        return _("The final settlement is approved, and has been corrected.")
    return _("The final settlement is approved.")


def is_final(of_year: Facts | None) -> bool:
    """Whether the year is settled for good."""
    found = of_year["settlement"] if of_year else None
    return bool(found and found["kind"] == "final" and found["state"] == "approved")


def revenue_deviation(of_year: Facts | None) -> Decimal | None:
    """How much more own revenue came in than budgeted; less is negative."""
    found = amount(of_year["figures"]["own_revenue"]["deviation"]) if of_year else None
    return None if found is None else -found
