"""What each municipality pays of a pool's year, by its settlement or its plan of instalments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from legevakt.lib.money import half_up
from legevakt.lib.periods import Period
from municipalities.costs.instalments.models import InstalmentPlan, PlanLine
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.settlements.models import Settlement, SettlementLine

NOUGHT = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What a municipality pays of a pool's year: share = a-konto + settled before + rest.

    `share_percent` has two decimals, as the page of the settlement. `days` is the half-open part
    of the year that it shares, None for all of it. `settled_before` and `rest` are None before
    there is a settlement. `claimed` is what is invoiced less what is credited; None of the host,
    which does not invoice itself.
    """

    number: str
    name: str
    share_percent: Decimal
    inhabitants: int | None
    days: Period | None
    amount: Decimal
    a_konto: Decimal
    settled_before: Decimal | None = None
    rest: Decimal | None = None
    claimed: Decimal | None = None


def lines_of(shared: Settlement | InstalmentPlan, *, pool_year: PoolYear) -> tuple[Paid, ...]:
    """By municipality number. Two queries."""
    claimed: dict[str, Decimal | None] = dict(_claimed(pool_year))
    claimed[pool_year.pool.cooperation.host.number] = None
    lines = shared.lines.select_related("municipality").order_by("municipality__number", "pk")
    return tuple(
        _paid(line, terms=shared.terms, claimed=claimed.get(line.municipality.number, NOUGHT))
        for line in lines
    )


def _paid(
    line: SettlementLine | PlanLine, *, terms: Mapping[str, Any], claimed: Decimal | None
) -> Paid:
    settled = line if isinstance(line, SettlementLine) else None
    return Paid(
        number=line.municipality.number,
        name=line.municipality.name,
        share_percent=half_up(Fraction(line.share) * 100, places=2),
        inhabitants=_inhabitants(line.municipality.number, terms),
        days=_days(line.municipality.number, terms),
        amount=line.amount,
        a_konto=settled.a_konto if settled else line.amount,
        settled_before=settled.settled_before if settled else None,
        rest=settled.rest if settled else None,
        claimed=claimed,
    )


def _claimed(pool_year: PoolYear) -> dict[str, Decimal]:
    """By municipality number: all claims of the year, also those of a plan that was replaced."""
    rows = pool_year.claims.values_list("municipality__number").annotate(Sum("amount"))
    return dict(rows.order_by())


def _inhabitants(number: str, terms: Mapping[str, Any]) -> int | None:
    """As the key counts them at the end of the year."""
    for segment in reversed(terms.get("segments", [])):
        for member in segment["members"]:
            if member["code"] == number:
                return int(member["inhabitants"]["value"]) if member["inhabitants"] else None
    return None


def _days(number: str, terms: Mapping[str, Any]) -> Period | None:
    segments = terms.get("segments", [])
    own = [s for s in segments if number in {member["code"] for member in s["members"]}]
    if len(own) == len(segments) or not own:
        return None
    return Period(date.fromisoformat(own[0]["starts"]), date.fromisoformat(own[-1]["ends"]))
