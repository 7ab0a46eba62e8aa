"""The hours of the week, put together to what a person would say: Saturday from 10 to 13."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from callstats.gaps.rules import Counts, Lack, lack, parted, shortfall, summed_counts

LEAST_TOLD = 5


class Rest(StrEnum):
    """What is not told by itself."""

    FEW = "few"
    MET = "met"


@dataclass(frozen=True, order=True)
class Block:
    """Hours of a weekday (1 = Monday), from the one up to the other (24 is midnight)."""

    weekday: int
    from_hour: int
    to_hour: int


def by_block(cells: Mapping[int, Counts], *, target_percent: int) -> list[Lack]:
    """Blocks of hours that lacked calls, the largest shortfall first, then what is left.

    A cell is 24 · weekday + hour. Neighbouring hours of a weekday that each lacked something are
    one block. Blocks of fewer than five calls are told together, and so are the hours that met
    the target; all the rows sum to the whole.
    """
    lacking = [cell for cell in sorted(cells) if shortfall(*cells[cell], target_percent) > 0]
    blocks = {
        _block(run): summed_counts(cells[cell] for cell in run) for run in _neighbours(lacking)
    }
    told = {block: counts for block, counts in blocks.items() if counts[1] >= LEAST_TOLD}
    rest = {
        Rest.FEW: summed_counts(blocks[block] for block in blocks.keys() - told.keys()),
        Rest.MET: summed_counts(cells[cell] for cell in cells.keys() - set(lacking)),
    }
    return [
        *parted(told, target_percent=target_percent),
        *(lack(key, rest[key], target_percent=target_percent) for key in Rest if rest[key][1]),
    ]


def _neighbours(cells: Sequence[int]) -> list[list[int]]:
    """Runs of one weekday: a cell less its place is the same all through a run."""
    placed = groupby(enumerate(cells), key=lambda each: (each[1] // 24, each[1] - each[0]))
    return [[cell for _place, cell in run] for _key, run in placed]


def _block(run: Sequence[int]) -> Block:
    return Block(weekday=run[0] // 24, from_hour=run[0] % 24, to_hour=run[-1] % 24 + 1)
