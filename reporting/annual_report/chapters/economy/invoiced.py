"""What is invoiced of a pool's year, and what is left; the host is not invoiced."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from reporting.annual_report.chapters.economy.amounts import Facts, rows_of

NOUGHT = Decimal(0)


def of_municipalities(of_year: Facts) -> Table | None:
    """What each is to pay, what is claimed of it, and what is left; None where nothing is."""
    lines = _billed(of_year)
    if not any(Decimal(line["claimed"]) for line in lines):
        return None
    amounts = [_amounts(line) for line in lines]
    sums = [sum(column, NOUGHT) for column in zip(*amounts, strict=True)]
    named = [*zip([line["name"] for line in lines], amounts, strict=True), (_("All"), sums)]
    return Table(
        caption=_("Invoiced of %(year)s, kroner") % {"year": of_year["year"]},
        headings=(
            _("Municipality"),
            _("To be paid"),
            _("Invoiced"),
            _("Left to invoice, or to credit (−)"),
        ),
        rows=rows_of([(name, *row) for name, row in named]),
    )


def notes(of_year: Facts) -> list[str]:
    """Why the host is not in the table; that nothing is claimed, where a settlement is there."""
    if of_municipalities(of_year):
        hosts = [line["name"] for line in of_year["municipalities"] if line.get("is_host")]
        told = _("%(host)s is the host: its own share is posted and not invoiced.")
        return [told % {"host": name} for name in hosts]
    if of_year["settlement"] and _billed(of_year):
        told = _("No claims of %(year)s are made, so that what is invoiced is not known.")
        return [told % {"year": of_year["year"]}]
    return []


def _billed(of_year: Facts) -> list[Facts]:
    return [line for line in of_year["municipalities"] if line.get("claimed") is not None]


def _amounts(line: Facts) -> list[Decimal]:
    amount, claimed = Decimal(line["amount"]), Decimal(line["claimed"])
    return [amount, claimed, amount - claimed]
