"""Which public number each call came in on, by the source's queue map."""

from __future__ import annotations

import re

import polars as pl

from callstats.feeds.models import Source

ANY_QUEUE = "*"
QUEUES_LISTED = 50
QUEUE_SHOWN = 80
# With + or 00 before it, or longer than the eight digits of a Norwegian number.
PHONE_NUMBER = re.compile(
    r"(?<!\d)(?:\+|00)\d(?:[\s.()/-]{0,2}\d){4,}|(?<!\d)\d(?:[\s.()/-]{0,2}\d){8,}"
)


class UnmappedQueues(Exception):
    """Calls came in on queues or numbers that the source does not know; nothing is stored."""

    code = "unmapped_queues"

    def __init__(self, queues: list[str]) -> None:
        super().__init__(queues)
        self.queues = queues
        shown = list(dict.fromkeys(map(masked, queues)))
        self.params = {"queues": shown[:QUEUES_LISTED], "count": len(queues)}


def masked(queue: str) -> str:
    """A queue as it may be shown: a column mapped wrongly may hold the callers' numbers.

    Of what looks like one its first two characters and its length stay: `+4… (11)`.
    """
    return PHONE_NUMBER.sub(lambda found: f"{found[0][:2]}… ({len(found[0])})", queue)[:QUEUE_SHOWN]


def with_lines(*, calls: pl.DataFrame, source: Source) -> pl.DataFrame:
    """The calls with a column `line_id`; raises UnmappedQueues with every unknown queue."""
    lines = dict(source.queue_lines.values_list("queue", "line_id"))
    fallback = lines.pop(ANY_QUEUE, None)
    key = pl.coalesce("queue", "number").fill_null("")
    line_id = key.replace_strict(lines, default=fallback, return_dtype=pl.Int64)
    mapped = calls.with_columns(line_id.alias("line_id"))
    unknown = mapped.filter(pl.col("line_id").is_null())
    if unknown.height:
        raise UnmappedQueues(sorted(unknown.select(key.unique()).to_series().to_list()))
    return mapped
