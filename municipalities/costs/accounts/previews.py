"""What taking in an accounts file would do, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import kroner, number
from municipalities.costs.accounts.files import AccountsFile
from municipalities.costs.accounts.kostra import is_revenue, kostra
from municipalities.costs.accounts.models import Treatment
from municipalities.costs.accounts.presenters import sums_pairs
from municipalities.costs.accounts.queries import NOUGHT, Sums, summed
from municipalities.costs.accounts.reports import Report
from municipalities.costs.accounts.words import LEFT_OUT, art_name

ODD_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Facts, sums, the arts beside what was before, and what to look at."""

    facts: list[tuple[str, str]]
    sums: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[str]]
    warnings: list[str]


def preview(read: AccountsFile, *, before: Report, chosen: Mapping[str, str]) -> Preview:
    """`before` is the report of the same year, with the accounts and the budget it has now."""
    return Preview(
        facts=[
            (_("Rows in the file"), number(read.rows_read)),
            (_("Lines of this pool"), number(len(read.lines))),
            *((str(LEFT_OUT[why]), number(count)) for why, count in read.left_out.items()),
            (_("Sum of the lines"), _("%(amount)s kr") % {"amount": kroner(read.total)}),
        ],
        sums=sums_pairs(sums_of_lines(read)),
        columns=[
            _("Art"),
            _("Counts as"),
            _("Lines"),
            _("In the file"),
            _("In the accounts before"),
            _("Budget for the year"),
        ],
        rows=_rows(read, before=before, chosen=chosen),
        warnings=warnings(read),
    )


def sums_of_lines(read: AccountsFile) -> Sums:
    """The sums that the accounts will have."""
    totals: dict[str, Decimal] = {}
    for line in read.lines:
        totals[line.treatment] = totals.get(line.treatment, NOUGHT) + line.amount
    on_290 = sum((line.amount for line in read.lines if line.function == "290"), NOUGHT)
    return summed(by_treatment=totals, function_290=on_290)


def warnings(read: AccountsFile) -> list[str]:
    """What may be wrong in the file, though it can be read."""
    found = []
    revenue = [each for each in read.lines if is_revenue(each.art)]
    if revenue and all(each.amount > 0 for each in revenue):
        found.append(
            _(
                "All revenue in the file is above zero. If the file writes revenue without a minus,"
                " say so in the mapping, or it is added to the costs."
            )
        )
    below = [each.row for each in read.lines if not is_revenue(each.art) and each.amount < 0]
    if below:
        found.append(
            ngettext(
                "%(count)s line on an art of costs is below zero, in row %(rows)s of the file.",
                "%(count)s lines on arts of costs are below zero, in rows %(rows)s of the file.",
                len(below),
            )
            % {"count": len(below), "rows": _listed(below)}
        )
    if read.of_others:
        found.append(
            ngettext(
                "%(count)s line belongs to another pool as well by the mapping, and would be"
                " shared twice.",
                "%(count)s lines belong to another pool as well by the mapping, and would be"
                " shared twice.",
                read.of_others,
            )
            % {"count": read.of_others}
        )
    if strange := sorted({line.function for line in read.lines} - set(kostra().functions)):
        found.append(
            _("Functions that are unusual for a legevakt: %(functions)s.")
            % {"functions": ", ".join(strange)}
        )
    return found


def _listed(rows: list[int]) -> str:
    more = ["…"] if len(rows) > ODD_SHOWN else []
    return ", ".join([*map(str, rows[:ODD_SHOWN]), *more])


def _rows(read: AccountsFile, *, before: Report, chosen: Mapping[str, str]) -> list[list[str]]:
    sums: dict[tuple[str, str], Decimal] = {}
    counts: dict[tuple[str, str], int] = {}
    for line in read.lines:
        place = (line.treatment, line.art)
        sums[place] = sums.get(place, NOUGHT) + line.amount
        counts[place] = counts.get(place, 0) + 1
    places = sorted({*sums, *before.by_art}, key=lambda place: place[1])
    rows = []
    for place in places:
        earlier = before.by_art.get(place)
        rows.append(
            [
                art_name(place[1], chosen=chosen),
                str(Treatment(place[0]).label),
                number(counts.get(place, 0)),
                kroner(sums.get(place, NOUGHT)),
                kroner(earlier.accounts) if earlier else "–",
                kroner(earlier.budget) if earlier else "–",
            ]
        )
    return rows
