"""How long the callers of a period waited, in bins, by how their calls ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callstats.indicators.counting import ANSWERED, TOO_EARLY, Counted, Observed
from callstats.indicators.observing import observe_cells
from legevakt.lib.periods import Period
from municipalities.models import Central

ABANDONED = "abandoned"


@dataclass(frozen=True)
class WaitBin:
    """Calls that waited longer than `after_seconds` and at most `upto_seconds` (None: no limit).

    The first bin holds those that did not wait at all. `others` are neither answered nor hung
    up: the queue was full, closed or timed out, or the caller asked to be called back.
    """

    after_seconds: int
    upto_seconds: int | None
    answered: int
    abandoned: int
    others: int

    @property
    def unanswered(self) -> int:
        return self.abandoned + self.others

    @property
    def calls(self) -> int:
        return self.answered + self.unanswered


@dataclass(frozen=True)
class WaitDistribution:
    """The bins in order, the last one without limit, and the calls whose wait is not known."""

    bins: tuple[WaitBin, ...]
    unknown_answered: int
    unknown_unanswered: int

    @property
    def calls(self) -> int:
        """All calls of the queue: those that ended before it are not among them."""
        return sum(each.calls for each in self.bins) + self.unknown

    @property
    def unknown(self) -> int:
        return self.unknown_answered + self.unknown_unanswered


def wait_distribution(
    *,
    centrals: Sequence[Central],
    period: Period,
    line_classes: Iterable[str],
    edges: Sequence[int],
) -> WaitDistribution:
    """The calls of the lines by wait; `edges` are whole seconds, rising, each within its bin.

    Nothing is left out of it, not even what an approved rule leaves out of some indicator.
    """
    found = observe_cells(
        centrals=centrals, period=period, line_classes=line_classes, edges=edges, by="all"
    )
    outcomes = found.get(0, Observed()).outcomes
    unanswered = [name for name in outcomes if name not in (ANSWERED, TOO_EARLY)]
    return WaitDistribution(
        bins=_bins(outcomes, edges=edges),
        unknown_answered=outcomes.get(ANSWERED, Counted()).unknown,
        unknown_unanswered=sum(outcomes[name].unknown for name in unanswered),
    )


def _bins(outcomes: Mapping[str, Counted], *, edges: Sequence[int]) -> tuple[WaitBin, ...]:
    counts = {name: _steps(counted, edges=edges) for name, counted in outcomes.items()}
    others = [name for name in counts if name not in (ANSWERED, ABANDONED, TOO_EARLY)]
    nothing = [0] * (len(edges) + 1)
    return tuple(
        WaitBin(
            after_seconds=after,
            upto_seconds=upto,
            answered=counts.get(ANSWERED, nothing)[place],
            abandoned=counts.get(ABANDONED, nothing)[place],
            others=sum(counts[name][place] for name in others),
        )
        for place, (after, upto) in enumerate(zip((0, *edges), (*edges, None), strict=True))
    )


def _steps(counted: Counted, *, edges: Sequence[int]) -> list[int]:
    """Calls between one edge and the next, and after the last.

    >>> _steps(Counted(calls=5, unknown=1, within={10: 2, 20: 3}), edges=[10, 20])
    [2, 1, 1]
    """
    known = counted.calls - counted.unknown
    upto = [0, *(counted.within[edge] for edge in edges), known]
    return [after - before for before, after in pairwise(upto)]
