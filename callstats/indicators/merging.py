"""Neighbouring bands put together until none tells of so few calls. Whole numbers, no Django.

Source: the indicator reference, 2.2. What stands in order, as waits do, is better told coarsely
than with holes: every call stays in the table, and the shares so far stay true.
"""

from __future__ import annotations

from collections.abc import Sequence

from callstats.indicators.suppression import is_few

Counts = tuple[int, ...]


def merged(bands: Sequence[Counts]) -> list[slice]:
    """The runs of bands to be told as one, in order; each band is in one of them.

    Every count of a run is 0 or at least 5, unless all the bands together have fewer: then they
    are one run. A run is ended as soon as it may be, and what is left over joins the one before.
    Those of nothing at the end stay by themselves.

    >>> [(run.start, run.stop) for run in merged([(9, 0), (3, 0), (4, 7), (0, 0), (2, 0)])]
    [(0, 1), (1, 5)]
    """
    last = max((place for place, counts in enumerate(bands, 1) if any(counts)), default=0)
    empty = [slice(place, place + 1) for place in range(last, len(bands))]
    runs: list[slice] = []
    start = 0
    for end in range(1, last + 1):
        if not tells_of_few(bands[start:end]):
            runs.append(slice(start, end))
            start = end
    if start == last:
        return runs + empty
    while runs and tells_of_few(bands[start:last]):
        start = runs.pop().start
    return [*runs, slice(start, last), *empty]


def tells_of_few(bands: Sequence[Counts]) -> bool:
    """Whether any count of the bands together is 1 to 4."""
    return any(map(is_few, summed_columns(bands)))


def summed_columns(bands: Sequence[Counts]) -> Counts:
    """
    >>> summed_columns([(1, 2), (3, 4)])
    (4, 6)
    """
    return tuple(map(sum, zip(*bands, strict=True)))
