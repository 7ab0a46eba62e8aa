"""Which public number each call came in on, by the source's queue map."""

from __future__ import annotations

import polars as pl

from callstats.imports.models import Source

ANY_QUEUE = "*"
QUEUES_LISTED = 50


class UnmappedQueues(Exception):
    """Calls came in on queues or numbers that the source does not know; nothing is stored."""

    code = "unmapped_queues"

    def __init__(self, queues: list[str]) -> None:
        super().__init__(queues)
        self.params = {"queues": queues[:QUEUES_LISTED], "count": len(queues)}


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
