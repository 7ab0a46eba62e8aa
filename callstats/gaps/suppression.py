"""Which cells are too small to be told by themselves, where they could point to persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")

LEAST = 5


def suppressed(counts: Mapping[Key, int]) -> set[Key]:
    """Cells of 1 to 4 calls, and as many of the next smallest as it takes to hide them.

    What is told together must be two cells and five calls at least, or else a cell could be found
    from the sum. Ties go by the cell's name.

    >>> sorted(suppressed({"4631": 90, "4633": 3, "4632": 20}))
    ['4632', '4633']
    """
    by_size = sorted(
        (key for key in counts if counts[key]), key=lambda key: (counts[key], str(key))
    )
    small = [key for key in by_size if counts[key] < LEAST]
    if not small:
        return set()
    hidden: list[Key] = []
    for key in by_size:
        if len(hidden) >= max(2, len(small)) and sum(counts[each] for each in hidden) >= LEAST:
            break
        hidden.append(key)
    return set(hidden)
