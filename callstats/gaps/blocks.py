"""The hours of the week, put together to what a person would say: Saturday from 10 to 13."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from callstats.gaps.rules import (
    Counts,
    Lack,
    lack,
    parted,
    shortfall,
    summed_counts,
    tells_of_few,
)


class Rest(StrEnum):
    """What is not told by itself."""

    FEW = "few"
    MET = "met"
    OTHER = "other"


@dataclass(frozen=True, order=True)
class Block:
    """Hours of a weekday (1 = Monday), from the one up to the other (24 is midnight)."""

    weekday: int
    from_hour: int
    to_hour: int


def by_block(cells: Mapping[int, Counts], *, target_percent: int) -> list[Lack]:
    """Blocks of hours that lacked calls, the largest shortfall first, then what is left.

    A cell is 24 · weekday + hour. Neighbouring hours of a weekday that each lacked something are
    one block. Blocks of few calls, in time or not, are told together, and so are the hours that
    met the target; where either would tell of so few, both are one row, with the smallest blocks
    if need be. All the rows sum to the whole.
    """
    lacking = [cell for cell in sorted(cells) if shortfall(*cells[cell], target_percent) > 0]
    blocks = {
        _block(run): summed_counts(cells[cell] for cell in run) for run in _neighbours(lacking)
    }
    met = summed_counts(cells[cell] for cell in cells.keys() - set(lacking))
    told, rest = _told(blocks, met=met)
    return [
        *parted(told, target_percent=target_percent),
        *(lack(key, rest[key], target_percent=target_percent) for key in rest if rest[key][1]),
    ]


def _told(
    blocks: Mapping[Block, Counts], *, met: Counts
) -> tuple[dict[Block, Counts], dict[Rest, Counts]]:
    """The blocks that are told by themselves, and the rest."""
    told = {block: counts for block, counts in blocks.items() if not tells_of_few(counts)}
    few = summed_counts(blocks[block] for block in blocks.keys() - told.keys())
    if not blocks or not (tells_of_few(few) or tells_of_few(met)):
        return told, {Rest.FEW: few, Rest.MET: met}
    other = summed_counts([few, met])
    while told and tells_of_few(other):
        smallest = min(told, key=lambda block: (told[block][1], block))
        other = summed_counts([other, told.pop(smallest)])
    return told, {Rest.OTHER: other}


def _neighbours(cells: Sequence[int]) -> list[list[int]]:
    """Runs of one weekday: a cell less its place is the same all through a run."""
    placed = groupby(enumerate(cells), key=lambda each: (each[1] // 24, each[1] - each[0]))
    return [[cell for _place, cell in run] for _key, run in placed]


def _block(run: Sequence[int]) -> Block:
    return Block(weekday=run[0] // 24, from_hour=run[0] % 24, to_hour=run[-1] % 24 + 1)
