"""A year of what the whole cooperation shares, as its annual report tells it: nothing bilateral,
no draft, and of each settlement what was sent to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from legevakt.lib.money import half_up
from legevakt.lib.periods import Period
from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.accounts.reports import Report, report_of
from municipalities.costs.instalments.models import InstalmentPlan, PlanState
from municipalities.costs.keys.basis import adopted_keys
from municipalities.costs.keys.kept import kept_key
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import shared_days
from municipalities.costs.settlements.models import Settlement, SettlementState

WHOLE_YEAR = 12
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


@dataclass(frozen=True, kw_only=True)
class YearOfPool:
    """A pool's year. `keys` are kept terms with their days (keys/kept.py), oldest first.

    `settlement` is the last approved one, else one that is sent for comment; without any the lines
    are those of the plan in force, and without that there are none.
    """

    pool_year: PoolYear
    report: Report
    up_to_month: int | None
    keys: tuple[Mapping[str, Any], ...]
    settlement: Settlement | None
    lines: tuple[Paid, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.report.budget or self.report.accounts or self.lines)


def years_of_pools(*, cooperation: Cooperation, years: Sequence[int]) -> list[YearOfPool]:
    """By the pool's name, the newest year first. At most 14 queries a pool's year, and one."""
    rows = PoolYear.objects.filter(
        pool__cooperation=cooperation, pool__is_bilateral=False, year__in=years
    )
    rows = rows.select_related("pool__cooperation__host")
    found = rows.order_by("pool__name", "pool_id", "-year")
    return [each for each in map(_year, found) if each.is_known]


def _year(pool_year: PoolYear) -> YearOfPool:
    latest = accounts_in_force(pool_year)
    settlement = _settlement(pool_year)
    plan = None if settlement else _plan(pool_year)
    shared = settlement or plan
    return YearOfPool(
        pool_year=pool_year,
        report=report_of(pool_year=pool_year, up_to=latest.up_to_month if latest else WHOLE_YEAR),
        up_to_month=latest.up_to_month if latest else None,
        keys=_kept(shared.terms) if shared else _in_force(pool_year),
        settlement=settlement,
        lines=_lines(shared, pool_year=pool_year) if shared else (),
    )


def _settlement(pool_year: PoolYear) -> Settlement | None:
    found = {
        each.state: each
        for each in pool_year.settlements.filter(
            state__in=(SettlementState.SENT, SettlementState.APPROVED)
        ).order_by("number")
    }
    return found.get(SettlementState.APPROVED) or found.get(SettlementState.SENT)


def _plan(pool_year: PoolYear) -> InstalmentPlan | None:
    return pool_year.instalment_plans.filter(state=PlanState.APPROVED).first()


def _lines(shared: Settlement | InstalmentPlan, *, pool_year: PoolYear) -> tuple[Paid, ...]:
    is_settled = isinstance(shared, Settlement)
    claimed, host = _claimed(pool_year), pool_year.pool.cooperation.host.number
    lines = shared.lines.select_related("municipality").order_by("municipality__number", "pk")
    return tuple(
        Paid(
            number=line.municipality.number,
            name=line.municipality.name,
            share_percent=half_up(Fraction(line.share) * 100, places=2),
            inhabitants=_inhabitants(line.municipality.number, shared.terms),
            days=_days(line.municipality.number, shared.terms),
            amount=line.amount,
            a_konto=line.a_konto if is_settled else line.amount,
            settled_before=line.settled_before if is_settled else None,
            rest=line.rest if is_settled else None,
            claimed=None
            if line.municipality.number == host
            else claimed.get(line.municipality.number, NOUGHT),
        )
        for line in lines
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


def _kept(terms: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Each key once, with the days that it held."""
    found: dict[int, dict[str, Any]] = {}
    for segment in terms.get("segments", []):
        key = segment["key"]
        first = found.setdefault(key["id"], {**key, "starts": segment["starts"]})
        first["ends"] = segment["ends"]
    return tuple(found.values())


def _in_force(pool_year: PoolYear) -> tuple[Mapping[str, Any], ...]:
    starts, ends = shared_days(pool=pool_year.pool, year=pool_year.year)
    if ends <= starts:
        return ()
    return tuple(
        {
            **kept_key(key, year=pool_year.year),
            "starts": max(starts, key.valid_from).isoformat(),
            "ends": min(ends, key.valid_to or ends).isoformat(),
        }
        for key in adopted_keys(pool_year.pool, Period(starts, ends))
    )
