"""What goes to a fund, and whether function 290 goes to nought. Plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import half_up

NOUGHT = Decimal("0.00")
TOLERANCE_290 = Decimal(30_000)


def fund_movement(*, net: Decimal, a_konto: Decimal, balance: Decimal) -> Decimal:
    """What goes to the fund (+) or is taken from it (−), kroner.

    A surplus, what was paid in advance above the costs, goes into it. A deficit is first met
    from what it holds. `balance` is without what the year itself has moved; below nought where
    later years have used that already. (Kommuneloven § 14-10; the agreement decides that there
    is a fund.)

    >>> fund_movement(net=Decimal(90), a_konto=Decimal(100), balance=Decimal(0))
    Decimal('10')
    >>> fund_movement(net=Decimal(130), a_konto=Decimal(100), balance=Decimal(20))
    Decimal('-20')
    """
    return max(a_konto - net, -balance)


def sum_of_290(
    *, booked: Decimal, overhead: Decimal, fund: Decimal, rests: Mapping[str, Decimal]
) -> Decimal:
    """The sum of function 290 when the settlement is booked too; nought when all is shared.

    Overhead is a cost of the cooperation that the host's accounts may not have yet; what each has
    left to pay is revenue. SSB's KOSTRA-kontroll 175 allows 30 000 kr either way.

    >>> sum_of_290(booked=Decimal(1111111), overhead=NOUGHT, fund=NOUGHT,
    ...            rests={"a": Decimal(1111111)})
    Decimal('0.00')
    """
    return booked + overhead + fund - sum(rests.values(), NOUGHT)


def is_in_order(sum_290: Decimal) -> bool:
    """Within 30 000 kr of nought, either way."""
    return abs(sum_290) <= TOLERANCE_290


def in_hundredths(count: Fraction) -> Decimal:
    """A count as it is printed: whole where it is whole, else with two decimals.

    >>> in_hundredths(Fraction(300)), in_hundredths(Fraction(1000, 3))
    (Decimal('300'), Decimal('333.33'))
    """
    return half_up(count, places=0 if count.denominator == 1 else 2)
