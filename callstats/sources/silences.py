"""When nothing was heard for so long that the log has a hole, and not the callers a pause.

A central with a call a minute is not silent for six hours; a small one may be for a night.
So the limit follows the file's own rhythm: twenty times the median gap between its calls,
at least two hours and at most a day. Gaps a minute: 2 h. Gaps of half an hour: 10 h. Gaps
of two hours, or fewer than two calls: 24 h. The median bends to no single wrong clock.
A quiet night that lasts longer than that is taken for a hole: rather too little than too
much is said to be known, and the sender may state what a file covers.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from callstats.sources.frames import Span

SHORTEST = timedelta(hours=2)
LONGEST = timedelta(hours=24)
MEDIAN_GAPS = 20


def longest_silence(arrivals: pl.Series) -> timedelta:
    """The longest pause (inclusive) that is no hole. `arrivals`: UTC moments in any order."""
    gap = arrivals.sort().diff().median()
    if not isinstance(gap, timedelta):
        return LONGEST
    return max(SHORTEST, min(LONGEST, MEDIAN_GAPS * gap))


def spans(moments: pl.Series, *, longest: timedelta) -> tuple[Span, ...]:
    """First and last moment of each run of moments in which no pause is over `longest`."""
    ordered = moments.sort().alias("at").to_frame()
    silent = pl.col("at").diff() > longest
    runs = ordered.with_columns(run=silent.fill_null(value=False).cum_sum())
    found = runs.group_by("run", maintain_order=True).agg(
        pl.col("at").min().alias("first"), pl.col("at").max().alias("last")
    )
    return tuple(found.select("first", "last").iter_rows())


def spans_of_calls(calls: pl.DataFrame) -> tuple[Span, ...]:
    """What a file of calls is evidence of: from call to call, parted at its holes."""
    arrivals = calls["arrived_at"]
    if len(arrivals) == 1:
        return ((arrivals[0], arrivals[0]),)
    return spans(arrivals, longest=longest_silence(arrivals))
