"""From gross costs to what is shared by a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit, rounded
from municipalities.costs.accounts.queries import Sums
from municipalities.costs.keys.basis import Basis
from municipalities.costs.keys.models import AllocationKey

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class OverheadTerms:
    """What a key gives the host for administration while it holds `weight` (0–1) of the year."""

    weight: Fraction
    nok: Decimal
    percent_of_wages: Decimal


@dataclass(frozen=True, kw_only=True)
class Net:
    """gross − own revenue + overhead + fund + rounding = net, in whole units."""

    gross: Decimal
    own_revenue: Decimal
    overhead: Decimal
    fund: Decimal
    rounding: Decimal
    net: Decimal


def net_of(
    *,
    gross: Decimal,
    own_revenue: Decimal,
    overhead: Decimal,
    unit: Unit,
    fund: Decimal = NOUGHT,
) -> Net:
    """The net to share, rounded half up to whole units, with the rounding told.

    >>> net_of(gross=Decimal("12345678.40"), own_revenue=Decimal(1234567), overhead=NOUGHT,
    ...        unit=Unit.KRONE).net
    Decimal('11111111')
    """
    exact = gross - own_revenue + overhead + fund
    net = rounded(exact, unit)
    return Net(
        gross=gross,
        own_revenue=own_revenue,
        overhead=overhead,
        fund=fund,
        rounding=net - exact,
        net=net,
    )


def overhead(terms: Sequence[OverheadTerms], *, wages: Decimal) -> Decimal:
    """Kroner to the øre: an amount a year and a percent of wages, each for its part of the year.

    >>> whole = OverheadTerms(weight=Fraction(1), nok=Decimal(50_000), percent_of_wages=Decimal(2))
    >>> overhead([whole], wages=Decimal(1_000_000))
    Decimal('70000.00')
    """
    exact = [
        each.weight * Fraction(each.nok + each.percent_of_wages * wages / 100) for each in terms
    ]
    return rounded(sum(exact, Fraction(0)), Unit.ORE)


def overhead_of(terms: Mapping, *, wages: Decimal) -> Decimal:
    """What the keys in the year's kept terms give the host for administration."""
    given = [
        OverheadTerms(
            weight=Fraction(segment["weight"]),
            nok=Decimal(segment["key"]["overhead_nok"]),
            percent_of_wages=Decimal(segment["key"]["overhead_percent_of_wages"]),
        )
        for segment in terms["segments"]
    ]
    return overhead(given, wages=wages)


def net_by(key: AllocationKey, *, sums: Sums, unit: Unit) -> Decimal:
    """What a whole year of the key shares of the sums, with administration to the host."""
    terms = OverheadTerms(
        weight=Fraction(1),
        nok=key.overhead_nok,
        percent_of_wages=key.overhead_percent_of_wages,
    )
    given = overhead([terms], wages=sums.wages)
    return net_of(gross=sums.gross, own_revenue=sums.own_revenue, overhead=given, unit=unit).net


def capital_of(basis: Basis, *, capital: Decimal) -> Decimal:
    """Rent and capital costs, where some key of the year shares them by parts of their own."""
    has_own = any(segment.key.capital_parts for segment in basis.segments)
    return capital if has_own else NOUGHT
