"""A nation's calls, invented: centrals of unlike sizes, a week with a rhythm, impatient callers.

Chance comes from hashes of the call's number, so the same calls are made each time.
"""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

CENTRALS = 96
CALLS_A_YEAR = 3_200_000
FIRST_YEAR = 2021
MEDIAN_WAIT_MS, MEDIAN_TALK_MS = 45_000, 240_000
BUSY_HOURS = [
    9,
    8,
    7,
    7,
    7,
    8,
    12,
    25,
    45,
    50,
    50,
    45,
    42,
    40,
    42,
    55,
    80,
    90,
    85,
    75,
    60,
    45,
    30,
    18,
]


def calls_of(*, year: int, calls: int = CALLS_A_YEAR) -> pl.DataFrame:
    """The year's calls: central (0 first), arrived_at, outcome, wait_ms, talk_ms; in order."""
    number = pl.int_range(calls)
    frame = pl.select(number=number).with_columns(
        central=_central(_chance("central", year)),
        arrived_at=_moment(year, _chance("day", year), _chance("hour", year), _chance("s", year)),
        wait_ms=_lognormal(MEDIAN_WAIT_MS, 1.15, _chance("wait", year)),
        patience_ms=_lognormal(4 * MEDIAN_WAIT_MS, 0.9, _chance("patience", year)),
        talk_ms=_lognormal(MEDIAN_TALK_MS, 0.6, _chance("talk", year)),
    )
    answered = pl.col("wait_ms") <= pl.col("patience_ms")
    return frame.select(
        "number",
        "central",
        "arrived_at",
        outcome=pl.when(answered).then(pl.lit("answered")).otherwise(pl.lit("abandoned")),
        wait_ms=pl.min_horizontal("wait_ms", "patience_ms"),
        talk_ms=pl.when(answered).then("talk_ms"),
    ).sort("arrived_at", "number")


def _chance(seed: str, year: int) -> pl.Expr:
    """Uniform in (0, 1), another for each seed."""
    key = pl.format(f"{seed}-{year}-{{}}", "number")
    return (key.hash(116117) % 2**32 + 0.5) / 2**32


def _central(chance: pl.Expr) -> pl.Expr:
    """The first is Oslo, with about an eighth of the calls; the last have some five a day."""
    weights = [1 / (place + 1.2) ** 1.05 for place in range(CENTRALS)]
    return _pick(chance, weights)


def _moment(year: int, day: pl.Expr, hour: pl.Expr, second: pl.Expr) -> pl.Expr:
    days = (datetime(year + 1, 1, 1, tzinfo=UTC) - datetime(year, 1, 1, tzinfo=UTC)).days
    hours = 24 * (day * days).cast(pl.Int64) + _pick(hour, [float(busy) for busy in BUSY_HOURS])
    begin = pl.lit(datetime(year, 1, 1, tzinfo=UTC)).cast(pl.Datetime("us", "UTC"))
    return begin + pl.duration(seconds=3600 * hours + (second * 3600).cast(pl.Int64))


def _pick(chance: pl.Expr, weights: list[float]) -> pl.Expr:
    """A place, by weight: how many of the running sums lie below the chance."""
    total, running, sums = sum(weights), 0.0, []
    for weight in weights[:-1]:
        running += weight / total
        sums.append(running)
    return chance.cut(sums).to_physical().cast(pl.Int64)


def _lognormal(median: int, sigma: float, chance: pl.Expr) -> pl.Expr:
    """By the logistic that lies close to the normal: heavy tails are what waits have."""
    return (median * ((chance / (1 - chance)).log() * sigma * 0.5513).exp()).cast(pl.Int32)
