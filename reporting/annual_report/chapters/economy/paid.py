"""What each municipality pays of a pool in the year; the sums are of the rows above them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from legevakt.lib.words import percent
from reporting.annual_report.chapters.economy.amounts import (
    Facts,
    amount,
    per_inhabitant,
    rows_of,
    total,
)


def of_municipalities(of_year: Facts) -> Table:
    """Share, a-konto and rest of each municipality, and their sums."""
    lines = of_year["municipalities"]
    names = _paid_columns(of_year)
    sums = {name: total(amount(line[name]) for line in lines) for name in names}
    rows = [
        (
            line["name"],
            percent(Decimal(line["share_percent"])),
            *(amount(line[name]) for name in names),
            _per_inhabitant(line),
        )
        for line in lines
    ]
    rows.append((_("All"), percent(100), *sums.values(), _of_all(lines)))
    return Table(
        caption=_settled_caption(of_year),
        headings=(
            _("Municipality"),
            _("Share of the whole"),
            *names.values(),
            _("Kroner per inhabitant"),
        ),
        rows=rows_of(rows),
    )


def notes(of_year: Facts) -> list[str]:
    """That rounded shares may miss the whole; the amounts never do."""
    shares = [Decimal(line["share_percent"]) for line in of_year["municipalities"]]
    if not shares or sum(shares) == 100:
        return []
    return [_("The shares are rounded to two decimals. The amounts sum exactly.")]


def _settled_caption(of_year: Facts) -> str:
    told = {"year": of_year["year"]}
    if of_year["settlement"]:
        return _("Share, a-konto and settlement of %(year)s, kroner") % told
    return _("Share of the budget of %(year)s, paid a-konto, kroner") % told


def _paid_columns(of_year: Facts) -> dict[str, str]:
    if not of_year["settlement"]:
        return {"a_konto": _("A-konto")}
    names = {
        "amount": _("Amount"),
        "a_konto": _("A-konto"),
        "settled_before": _("Settled before"),
        "rest": _("Rest to pay, or to get back (−)"),
    }
    if not any(amount(line["settled_before"]) for line in of_year["municipalities"]):
        del names["settled_before"]
    return names


def _per_inhabitant(line: Facts) -> Decimal | None:
    """Not of who shares a part of the year: it would look cheap."""
    if line["days"]:
        return None
    return per_inhabitant(Decimal(line["amount"]), line["inhabitants"])


def _of_all(lines: list[Facts]) -> Decimal | None:
    counted = [line["inhabitants"] for line in lines]
    if None in counted or any(line["days"] for line in lines):
        return None
    return per_inhabitant(total(Decimal(line["amount"]) for line in lines), sum(counted))
