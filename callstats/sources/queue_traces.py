"""A call's events as they are stored between imports, and how two files' events become one call.

Uniting is a function of the set of lines: which file came first changes nothing.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from callstats.sources.queue_events import CONNECT, ENDS, ENTER, EVENTS, EXITS, IDENTITY, no_events

TRACES: dict[str, Any] = {"external_id": pl.String, "trace": pl.String}
_SECOND = ["external_id", "at"]
_Row = dict[str, Any]


def compact(frame: pl.DataFrame) -> pl.DataFrame:
    """EVENTS → one row a call: `external_id`, `trace`, a JSON list of

    [at, queue, event], with talk seconds and edge after them where there are any.
    """
    talk = pl.col("talk").cast(pl.String).fill_null("null")
    edge = pl.col("edge").cast(pl.String)
    tail = (
        pl.when(pl.col("edge") != 0)
        .then(pl.concat_str(pl.lit(","), talk, pl.lit(","), edge))
        .when(pl.col("talk").is_not_null())
        .then(pl.concat_str(pl.lit(","), talk))
        .otherwise(pl.lit(""))
    )
    item = pl.format('[{},"{}","{}"{}]', "at", _escaped("queue"), _escaped("event"), tail)
    joined = frame.lazy().select("external_id", item=item)
    listed = joined.group_by("external_id", maintain_order=True).agg(pl.col("item").str.join(","))
    return listed.select("external_id", trace=pl.format("[{}]", "item")).collect()


def _escaped(name: str) -> pl.Expr:
    text = pl.col(name).str.replace_all("\\", "\\\\", literal=True)
    return text.str.replace_all('"', '\\"', literal=True)


def expand(traces: pl.DataFrame) -> pl.DataFrame:
    """What `compact` made → EVENTS (line null), each call's events in their order."""
    if traces.is_empty():
        return no_events()
    parsed = pl.col("trace").str.json_decode(pl.List(pl.List(pl.String)))
    items = traces.select("external_id", item=parsed).explode("item")
    part = {name: pl.col("item").list.get(n, null_on_oob=True) for n, name in enumerate(_PARTS)}
    whole = items.with_columns(**part, line=pl.lit(None)).with_columns(
        pl.col("edge").fill_null("0")
    )
    return whole.select(pl.col(name).cast(kind) for name, kind in EVENTS.items())


_PARTS = ("at", "queue", "event", "talk", "edge")


def unite(stored: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The events of both, each once, ordered by call and second.

    Within a second a file's own order is kept. Where the second is parted between two
    files, the one it ends goes before the one it begins.
    """
    both = pl.concat([stored.with_columns(side=0), new.with_columns(side=1)]).with_row_index("seq")
    merged = both.group_by(IDENTITY, maintain_order=True).agg(
        pl.col("line").drop_nulls().last(),
        pl.col("edge").bitwise_and().alias("known"),
        *(pl.col("seq").filter(pl.col("side") == n).min().alias(f"seq{n}") for n in (0, 1)),
        *(pl.col("edge").filter(pl.col("side") == n).min().alias(f"edge{n}") for n in (0, 1)),
    )
    ranked = merged.join(_seconds(merged), on=_SECOND, maintain_order="left")
    settled = ranked.filter(~pl.col("parted")).with_columns(
        rank=pl.when("by_stored").then("seq0").otherwise("seq1").cast(pl.Int64)
    )
    whole = pl.concat([settled, _parted(ranked.filter("parted"))])
    return whole.sort(*_SECOND, "rank").select(*EVENTS)


def _seconds(merged: pl.DataFrame) -> pl.DataFrame:
    """For each second of each call: may one side's order be taken for all of it?"""
    counts = merged.group_by(_SECOND).agg(
        n=pl.len(),
        n0=pl.col("seq0").count(),
        n1=pl.col("seq1").count(),
        edge=pl.col("known").bitwise_and(),
    )
    return counts.select(
        *_SECOND,
        "edge",
        by_stored=pl.col("n") == pl.col("n0"),
        parted=(pl.col("n") > pl.col("n0")) & (pl.col("n") > pl.col("n1")),
    )


def _parted(rows: pl.DataFrame) -> pl.DataFrame:
    """Few: only a second in which each file has lines of the call that the other has not."""
    ranked: list[_Row] = []
    for _, group in rows.group_by(_SECOND, maintain_order=True):
        ordered = _in_order(group.to_dicts())
        ranked.extend(row | {"rank": rank} for rank, row in enumerate(ordered))
    return pl.DataFrame(ranked, schema=rows.schema | {"rank": pl.Int64})


def _in_order(rows: list[_Row]) -> list[_Row]:
    stored = sorted((r for r in rows if r["seq0"] is not None), key=lambda r: r["seq0"])
    new = sorted((r for r in rows if r["seq1"] is not None), key=lambda r: r["seq1"])
    one, other = _then(stored, new), _then(new, stored)
    return min(
        (one, other),
        key=lambda order: (_misplaced(order, stored, new), _breaks(order), _key(order)),
    )


def _then(first: list[_Row], second: list[_Row]) -> list[_Row]:
    return first + [row for row in second if row not in first]


def _misplaced(order: list[_Row], stored: list[_Row], new: list[_Row]) -> int:
    """How much the files' edges speak against the order: 1 begins a file, 2 ends one."""
    ends_stored, begins_stored = stored[0]["edge0"] & 2, stored[0]["edge0"] & 1
    ends_new, begins_new = new[0]["edge1"] & 2, new[0]["edge1"] & 1
    stored_first = bool(ends_stored) + bool(begins_new)
    new_first = bool(ends_new) + bool(begins_stored)
    return new_first - stored_first if order[0] is stored[0] else stored_first - new_first


def _breaks(order: list[_Row]) -> int:
    """How often an event cannot follow the one before it."""
    broken, inside = 0, None
    for row in order:
        if row["event"] == ENTER:
            broken += bool(inside)
            inside = row["queue"]
        elif row["event"] == CONNECT:
            broken += inside not in (None, row["queue"])
        elif row["event"] in EXITS or row["event"] in ENDS:
            broken += inside not in (None, row["queue"])
            inside = ""
    return broken


def _key(order: list[_Row]) -> list[tuple[str, str]]:
    return [(row["event"], row["queue"]) for row in order]
