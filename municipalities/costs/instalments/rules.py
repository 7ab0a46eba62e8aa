"""When instalments fall due, and how a share is parted into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from legevakt.lib.money import Unit, instalments

DUE_DAY = 15


def due_dates(*, year: int, count: int) -> list[date]:
    """The 15th of the first month of each quarter, tertial, half-year, month, or of the year.

    >>> due_dates(year=2025, count=3)
    [datetime.date(2025, 1, 15), datetime.date(2025, 5, 15), datetime.date(2025, 9, 15)]
    """
    months = 12 // count
    return [date(year, 1 + months * place, DUE_DAY) for place in range(count)]


def parted(
    *, share: Decimal, count: int, unit: Unit, kept: Mapping[int, Decimal] | None = None
) -> dict[int, Decimal]:
    """Instalment number → amount, which sum to the share exactly.

    `kept` are those that are claimed already: they stay, and the rest is parted among the others.
    Raises ValueError where all are claimed: then the settlement takes the difference.

    >>> parted(share=Decimal(1110448), count=3, unit=Unit.KRONE)
    {1: Decimal('370150'), 2: Decimal('370149'), 3: Decimal('370149')}
    >>> parted(share=Decimal(100), count=4, unit=Unit.KRONE, kept={1: Decimal(40)})
    {1: Decimal('40'), 2: Decimal('20'), 3: Decimal('20'), 4: Decimal('20')}
    """
    kept = dict(kept or {})
    left = [number for number in range(1, count + 1) if number not in kept]
    rest = share - sum(kept.values(), Decimal(0))
    if not left and rest:
        raise ValueError("every instalment is claimed")
    if not left:
        return kept
    return kept | dict(zip(left, instalments(total=rest, count=len(left), unit=unit), strict=True))


def reference(*, year: int, number: int) -> str:
    """What a payment of an instalment is known by, where its payer has given nothing better.

    >>> reference(year=2025, number=2)
    'A-konto 2/2025'
    """
    return f"A-konto {number}/{year}"
