"""A year's amount shared among municipalities, exactly and then to whole kroner or øre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from legevakt.lib.money import Unit, largest_remainder, rounded
from municipalities.costs.allocation.errors import (
    CapitalLargerThanAmount,
    NegativeAmount,
    ZeroAmount,
)
from municipalities.costs.allocation.lines import Allocation, Line
from municipalities.costs.allocation.members import Segment, check_segments
from municipalities.costs.allocation.sharing import Shared, share

ZERO = Fraction(0)


def allocate(
    *, amount: Decimal, segments: Sequence[Segment], capital: Decimal = Decimal(0)
) -> Allocation:
    """Share a year's net amount; the lines sum to it to the last krone or øre.

    `amount` is the whole, with the `capital` in it. Both are first rounded half up to whole
    units of the keys. Each segment takes its weight of them and shares by its own key; what one
    bears in all segments is summed exactly and rounded once, by the largest remainder. The
    order of segments' members never matters. Raises CannotAllocate.

    At 10/90 Tydal, one of four with 773 of 32 160 inhabitants, bears 250 000 equally and
    216 324.63 by inhabitants of 10 000 000 kroner, in whole kroner 466 324 (where each part
    rounded by itself gives 466 325, and a sum of 10 000 001).
    """
    check_segments(segments)
    _check_amounts(amount, capital)
    unit = segments[0].key.unit
    whole, rent = rounded(amount, unit), rounded(capital, unit)
    if not whole:
        raise ZeroAmount(amount=amount)
    shared = [
        share(segment=segment, place=place, amount=whole, capital=rent)
        for place, segment in enumerate(segments)
    ]
    names = {member.code: member.name for segment in segments for member in segment.members}
    return Allocation(
        amount=whole,
        given=amount,
        capital=rent,
        unit=unit,
        lines=_lines(shared, amount=whole, unit=unit, names=names),
    )


def _check_amounts(amount: Decimal, capital: Decimal) -> None:
    if amount < 0:
        raise NegativeAmount(amount=amount)
    if capital < 0:
        raise NegativeAmount(capital=capital)
    if capital > amount:
        raise CapitalLargerThanAmount(amount=amount, capital=capital)


def _lines(
    shared: Sequence[Mapping[str, Shared]], *, amount: Decimal, unit: Unit, names: Mapping[str, str]
) -> tuple[Line, ...]:
    """By code, what each bears in all segments, rounded once."""
    borne = {code: [each[code] for each in shared if code in each] for code in sorted(names)}
    exact = {code: sum((each.exact for each in parts), ZERO) for code, parts in borne.items()}
    amounts = largest_remainder(total=amount, shares=exact, unit=unit)
    return tuple(
        Line(
            code=code,
            name=names[code],
            amount=amounts[code],
            exact=exact[code],
            share=exact[code] / Fraction(amount),
            steps=tuple(step for each in parts for step in each.steps),
            adjustments=tuple(each.adjustment for each in parts if each.adjustment),
        )
        for code, parts in borne.items()
    )
