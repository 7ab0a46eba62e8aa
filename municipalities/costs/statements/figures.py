"""What a municipality pays in a year, as it was read: plain values over stored rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from municipalities.cooperations.models import Cooperation
from municipalities.costs.instalments.models import PlanLine
from municipalities.costs.pools.models import Pool
from municipalities.costs.settlements.models import SettlementKind, SettlementLine
from municipalities.register.models import Municipality

NOUGHT = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Due:
    """An instalment, with the number of its claim where it is claimed."""

    number: int
    due_date: date
    amount: Decimal
    claim: str


@dataclass(frozen=True, kw_only=True)
class PoolStatement:
    """What the municipality pays of a pool in the year.

    `settled` is the line of the last approved settlement, `waiting` of one that is sent for
    comment, `claim` the number of the settled line's claim, and `before` what it paid the year
    before, None where it paid nothing then.
    """

    pool: Pool
    year: int
    plan: PlanLine | None
    instalments: tuple[Due, ...]
    paid: Decimal
    settled: SettlementLine | None
    waiting: SettlementLine | None
    claim: str
    before: Decimal | None
    is_host: bool

    @property
    def amount(self) -> Decimal:
        """The share of the year as it stands: settled, else of the budget."""
        line = self.settled or self.plan
        return line.amount if line else NOUGHT

    @property
    def a_konto(self) -> Decimal:
        return self.plan.amount if self.plan else NOUGHT

    @property
    def rest(self) -> Decimal | None:
        """What the last settlement claims or gives back; None before there is any."""
        return self.settled.rest if self.settled else None

    @property
    def is_final(self) -> bool:
        return bool(self.settled and self.settled.settlement.kind == SettlementKind.FINAL)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A municipality's year: each pool that it shares, and the years that can be chosen."""

    cooperation: Cooperation
    municipality: Municipality
    year: int
    pools: tuple[PoolStatement, ...]
    years: tuple[int, ...]

    @property
    def amount(self) -> Decimal:
        return sum((each.amount for each in self.pools), NOUGHT)

    @property
    def before(self) -> Decimal | None:
        known = [each.before for each in self.pools if each.before is not None]
        return sum(known, NOUGHT) if known else None
