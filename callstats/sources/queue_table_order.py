"""In which order the events of a table happened: tables are exported either way round.

Lines of one second are in causal order in the log. In a table the row number tells, else the
order of the file, turned when the newest is first; but a database may leave rows of one second
as it likes, so what makes least nonsense is taken.
"""

from __future__ import annotations

import polars as pl

from callstats.sources.queue_events import AMBIGUOUS, ENTER, OF_A_CALL, STARTS


def turned(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows (`clock`: naive moments, null where unread) oldest first, and otherwise as

    they stood. In autumn the clock steps back once, so the fewest steps back decide.
    """
    backwards = rows.reverse()
    return backwards if _steps_back(backwards) < _steps_back(rows) else rows


def _steps_back(rows: pl.DataFrame) -> int:
    step = rows["clock"].drop_nulls().diff().dt.total_microseconds()
    return int((step < 0).sum())


def causal(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows by `moment`; rows of one moment by `number`, as they stand (`turned`), or reversed:

    by the first of these that breaks least. `number`: Int64, the table's own row number. Where
    the times do not tell which way the file runs either, its words decide: the same rows the
    other way round give the same order.
    """
    stand = turned(rows)
    ways = [stand, stand.reverse()]
    if _steps_back(ways[0]) == _steps_back(ways[1]):
        ways.sort(key=_words)
    if _is_numbered(rows):
        ways.insert(0, rows.sort("number"))
    ordered = [way.sort("moment", maintain_order=True) for way in ways]
    return min(ordered, key=_breaks)


def _words(rows: pl.DataFrame) -> list[tuple[str | None, ...]]:
    return rows.select("external_id", "queue", "event").rows()


def _is_numbered(rows: pl.DataFrame) -> bool:
    """Each row has a number of its own, and the numbers run with time: some are drawn at random.

    Asterisk's threads may swap a few rows. A row whose moment may be another tells nothing.
    """
    if rows["number"].null_count() or not rows["number"].is_unique().all():
        return False
    timed = rows.filter(pl.col("doubt") != AMBIGUOUS)
    step = timed.sort("number")["moment"].diff().dt.total_seconds()
    return int((step < 0).sum()) * 100 <= timed.height


def _breaks(rows: pl.DataFrame) -> int:
    """How often an event cannot follow the one before it in its call."""
    events = rows.filter(pl.col("event").is_in(OF_A_CALL))
    call, starts = "external_id", pl.col("event").is_in(STARTS)
    inside = pl.when(starts).then("queue").forward_fill().over(call)
    astray = ~starts & (inside.is_null() | (inside != pl.col("queue")))
    twice = (pl.col("event") == ENTER) & (pl.col("event").shift(1).over(call) == ENTER)
    return int(events.select((astray | twice.fill_null(value=False)).sum()).item())
