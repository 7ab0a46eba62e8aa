"""Amounts in Norwegian kroner: read, rounded and divided so that nothing is lost. No Django here.

Amounts are Decimal kroner; what is computed on the way is exact Fractions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
SIGNS = "+\N{MINUS SIGN}\N{EN DASH}-"
AMOUNT = re.compile(
    rf"""(?:kr\.?[{BLANKS}]*)?
    (?P<sign>[{SIGNS}]?)[{BLANKS}]*
    (?P<kroner>[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}){{1,4}}|[0-9]{{1,15}})
    (?:[,.](?P<ore>[0-9]{{1,2}})|,[-–—])?
    (?:[{BLANKS}]*kr\.?)?""",
    re.VERBOSE | re.IGNORECASE,
)
THOUSANDS = re.compile(r"[0-9][,.][0-9]{3}(?![0-9])")


class Unit(StrEnum):
    """The smallest amount that is shared out."""

    KRONE = "krone"
    ORE = "ore"

    @property
    def places(self) -> int:
        """Decimals of an amount in whole units."""
        return 2 if self is Unit.ORE else 0


class AmountError(ValueError):
    """An amount that cannot be read or divided.

    `code`: `not_an_amount`; `ambiguous`, where a point or comma may set off thousands;
    `not_whole`, for a total of parts of a unit; `shares_miss_total`; `no_instalments`.
    `given` is what was given.
    """

    def __init__(self, code: str, given: object) -> None:
        super().__init__(f"{code}: {given}")
        self.code = code
        self.given = given


def parsed(text: str) -> Decimal:
    """An amount as people and files write it: a comma or a point before at most two decimals.

    Blanks (hard ones too) may set off thousands, by threes; "kr" and ",-" may stand; at most
    fifteen digits of kroner. Points and commas may not set off thousands: in the column where
    1.234,50 stands, 1.234 is a thousand, and elsewhere little more than one. All such are
    refused rather than guessed. Raises AmountError.

    >>> parsed("−1 234 567,50 kr"), parsed("1234.5"), parsed("kr 250,-")
    (Decimal('-1234567.50'), Decimal('1234.5'), Decimal('250'))
    >>> parsed("1.234,50")
    Traceback (most recent call last):
    legevakt.lib.money.AmountError: ambiguous: 1.234,50
    """
    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        raise AmountError("ambiguous" if THOUSANDS.search(text) else "not_an_amount", text)
    sign = "" if found["sign"] in ("", "+") else "-"
    kroner = re.sub(rf"[{BLANKS}]", "", found["kroner"])
    return Decimal(f"{sign}{kroner}.{found['ore']}" if found["ore"] else f"{sign}{kroner}")


def rounded(amount: Decimal | Fraction, unit: Unit) -> Decimal:
    """To the nearest whole unit, halves away from zero, so that a credit mirrors its invoice.

    >>> rounded(Decimal("1.5"), Unit.KRONE), rounded(Fraction(-1, 8), Unit.ORE)
    (Decimal('2'), Decimal('-0.13'))
    """
    return half_up(amount, places=unit.places)


def half_up(number: Decimal | Fraction, *, places: int) -> Decimal:
    """The number to so many decimals, halves away from zero; exact however large it is.

    >>> half_up(Fraction(200, 3), places=1)
    Decimal('66.7')
    """
    scaled = Fraction(number) * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return _decimal(whole if scaled >= 0 else -whole, places=places)


def largest_remainder(
    *, total: Decimal, shares: Mapping[str, Fraction], unit: Unit
) -> dict[str, Decimal]:
    """Whole units that sum to `total`, each less than a unit from its exact share.

    `shares` are exact amounts in kroner that sum to `total`, not weights. Each is first rounded
    down; the units left go one each to the largest remainders, of equal ones to the name first
    in order, so that the order of `shares` never matters. Also known as Hamilton's method.

    >>> largest_remainder(
    ...     total=Decimal(100), shares=dict.fromkeys("cab", Fraction(100, 3)), unit=Unit.KRONE
    ... )
    {'c': Decimal('33'), 'a': Decimal('34'), 'b': Decimal('33')}
    """
    if sum(shares.values(), Fraction(0)) != Fraction(total):
        raise AmountError("shares_miss_total", total)
    units = {name: divmod(share * 10**unit.places, 1) for name, share in shares.items()}
    left = _units(total, unit) - sum(whole for whole, _ in units.values())
    first = set(sorted(units, key=lambda name: (-units[name][1], name))[:left])
    return {
        name: _decimal(whole + (name in first), places=unit.places)
        for name, (whole, _) in units.items()
    }


def instalments(*, total: Decimal, count: int, unit: Unit) -> list[Decimal]:
    """The total in so many amounts as equal as the unit allows; the first ones are larger.

    >>> [str(each) for each in instalments(total=Decimal(6648507), count=4, unit=Unit.KRONE)]
    ['1662127', '1662127', '1662127', '1662126']
    """
    if count < 1:
        raise AmountError("no_instalments", count)
    whole, larger = divmod(_units(total, unit), count)
    return [_decimal(whole + (at < larger), places=unit.places) for at in range(count)]


def _units(total: Decimal, unit: Unit) -> int:
    """How many whole units an amount is."""
    units = Fraction(total) * 10**unit.places
    if units.denominator != 1:
        raise AmountError("not_whole", total)
    return units.numerator


def _decimal(whole: int, *, places: int) -> Decimal:
    """So many whole units as kroner; not by division, which rounds beyond 28 digits."""
    digits = tuple(int(digit) for digit in str(abs(whole)))
    return Decimal((int(whole < 0), digits, -places))
