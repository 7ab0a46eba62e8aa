"""How the duty is divided among the municipalities. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

Key = TypeVar("Key")
WHOLE = Decimal("100.00")
HUNDREDTHS = 10_000


def shares_by_population(inhabitants: Mapping[Key, int]) -> dict[Key, Decimal]:
    """Per cent of the duty by inhabitants, to 0.01 %, that sum to exactly 100 %.

    Largest remainder: 10 000 hundredths are dealt out, first ⌊10 000 · n / N⌋ to each, then one
    more to those with the largest remainders; of equal ones the first in order. Empty where
    nobody lives.

    >>> shares_by_population({"Alver": 30_000, "Fedje": 500, "Modalen": 400})
    {'Alver': Decimal('97.09'), 'Fedje': Decimal('1.62'), 'Modalen': Decimal('1.29')}
    """
    total = sum(inhabitants.values())
    if total <= 0:
        return {}
    dealt = {key: divmod(HUNDREDTHS * count, total) for key, count in inhabitants.items()}
    rest = HUNDREDTHS - sum(whole for whole, _ in dealt.values())
    first = sorted(dealt, key=lambda key: -dealt[key][1])[:rest]
    return {
        key: Decimal(whole + (key in first)) / 100 + Decimal("0.00")
        for key, (whole, _) in dealt.items()
    }


def sums_to_whole(shares: Iterable[Decimal]) -> bool:
    """Whether the shares are all of the duty and no more."""
    return sum(shares, Decimal(0)) == WHOLE
