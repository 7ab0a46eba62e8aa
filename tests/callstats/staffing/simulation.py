"""A queue, call by call: the slow second way to what Erlang A and Erlang C say."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass
from statistics import fmean, stdev

from callstats.staffing.rules import Load

BATCHES = 40
CALLS_A_BATCH = 2500


@dataclass(frozen=True)
class Estimate:
    """A mean and its standard error, from batches so long that they hardly know each other."""

    mean: float
    error: float


@dataclass(frozen=True)
class Seen:
    in_time: Estimate
    abandoned: Estimate
    waited_seconds: float
    hung_up: int


def simulated(
    *,
    operators: int,
    load: Load,
    patience_seconds: float | None,
    threshold_seconds: float = 120,
    seed: int = 116117,
) -> Seen:
    """Callers in the order they come; each takes the operator who is free first, or hangs up.

    One who hangs up before his turn holds nobody up, so that the first free operator is all
    one needs to know. The first batch is left out: the day began with nobody waiting.
    """
    chance = random.Random(seed)
    free_at = [0.0] * operators
    now, waited, hung_up = 0.0, 0.0, 0
    in_time, abandoned = [], []
    for _ in range(BATCHES + 1):
        counts = [0, 0]
        for _ in range(CALLS_A_BATCH):
            now += chance.expovariate(load.calls_per_hour / 3600)
            wait = max(0.0, free_at[0] - now)
            patience = chance.expovariate(1 / patience_seconds) if patience_seconds else math.inf
            waited += min(wait, patience)
            if patience < wait:
                counts[1] += 1
                hung_up += 1
                continue
            counts[0] += wait <= threshold_seconds
            talk = chance.expovariate(1 / load.handling_seconds)
            heapq.heapreplace(free_at, now + wait + talk)
        in_time.append(counts[0] / CALLS_A_BATCH)
        abandoned.append(counts[1] / CALLS_A_BATCH)
    return Seen(_estimate(in_time[1:]), _estimate(abandoned[1:]), waited, hung_up)


def _estimate(batches: list[float]) -> Estimate:
    return Estimate(mean=fmean(batches), error=stdev(batches) / math.sqrt(len(batches)))
