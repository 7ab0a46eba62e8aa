"""What a call of a table without ids is known by: its own facts, and a running number.

Rows of the same facts are so many calls, numbered from the second on («…#2»). The facts are
those that a later export tells alike; the others (municipality, urgency …) only decide which
of such rows has which number. What is promised of exports that overlap:

- each row of a file is a call of its own, also where two rows tell the same;
- the same rows again are the same calls, newest or oldest first, and with others around them;
- no call is counted twice, also where an export begins in the middle of a minute.

What is not: calls that tell the same, of which each file has but a part, are as many as the
file with most of them has; and a call that tells something else later (it was not over yet)
is another call.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import polars as pl

from callstats.sources.frames import ParsedCalls
from callstats.sources.table_mapping import FIELDS

# In the order in which they stand in the key; only those that the mapping has.
KEY = (
    "arrived_at",
    "epoch",
    "number",
    "queue",
    "outcome",
    "answered_at",
    "ended_at",
    "wait_seconds",
    "talk_seconds",
)


def weak_ids(told: pl.DataFrame, mapping: dict[str, Any]) -> pl.Series:
    """Of rows with a text column for each canonical field: «weak:» and a hash, for there may

    be much to tell. A name in a status («Satt over til …») is no part of it.
    """
    named = [field for field in KEY if field in mapping["columns"]]
    parts = [_part(field, mapping).fill_null("") for field in named]
    others = [pl.col(field).fill_null("") for field in sorted(FIELDS) if field not in named]
    said = told.select(
        key=pl.concat_str(parts, separator="\n"), other=pl.concat_str(others, separator="\n")
    )
    digests = [sha256(key.encode()).hexdigest()[:32] for key in said["key"]]
    numbered = said.select(
        pl.Series("digest", digests, pl.String),
        which=pl.col("other").rank("ordinal").over("key"),
    )
    first, later = pl.format("weak:{}", "digest"), pl.format("weak:{}#{}", "digest", "which")
    return numbered.select(id=pl.when(pl.col("which") > 1).then(later).otherwise(first))["id"]


def _part(field: str, mapping: dict[str, Any]) -> pl.Expr:
    text = pl.col(field)
    if field == "outcome":
        words = [word.strip().casefold() for word in mapping["outcomes"] if "*" not in word]
        return pl.when(text.str.to_lowercase().is_in(words)).then(text)
    return text


def without_keys(parsed: ParsedCalls) -> ParsedCalls:
    """Refused rows without such ids: of a row whose columns have moved, a queue may be a name."""
    return replace(parsed, refused=parsed.refused.with_columns(external_id=pl.lit(None, pl.String)))
