"""What a claim is for, as the payer reads it on the invoice."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from municipalities.costs.invoicing.models import Claim
from municipalities.costs.invoicing.owed import Owed
from municipalities.costs.settlements.models import SettlementKind


def text_of(claim: Claim | Owed) -> str:
    """«Legevakt 2025, a-konto 1 of 4», in the language that is active."""
    year = claim.pool_year
    facts = {"pool": year.pool.name, "year": year.year, "count": year.pool.instalments_a_year}
    if claim.instalment is not None:
        told = _("%(pool)s %(year)s, a-konto %(number)s of %(count)s")
        return told % {**facts, "number": claim.instalment.number}
    settlement = claim.settlement_line.settlement  # type: ignore[union-attr]
    if settlement.corrects_id:
        return _("%(pool)s %(year)s, correction of the settlement") % facts
    words = {
        SettlementKind.PRELIMINARY: _("%(pool)s %(year)s, preliminary settlement"),
        SettlementKind.FINAL: _("%(pool)s %(year)s, final settlement"),
    }
    return words[SettlementKind(settlement.kind)] % facts


def period_of(claim: Claim) -> tuple[date, date]:
    """The half-open part of the year that the claim is for."""
    year, count = claim.pool_year.year, claim.pool_year.pool.instalments_a_year
    if claim.instalment is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    months = 12 // count
    return _first(year, months * (claim.instalment.number - 1)), _first(
        year, months * claim.instalment.number
    )


def _first(year: int, months: int) -> date:
    """The first day so many months into the year.

    >>> _first(2025, 12)
    datetime.date(2026, 1, 1)
    """
    return date(year + months // 12, months % 12 + 1, 1)
