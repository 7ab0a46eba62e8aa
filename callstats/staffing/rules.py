"""How much of a load of calls a number of operators answers in time. No Django here.

Calls come at random (Poisson) at an even rate, handling times are exponential, and those who
wait are taken in the order they came. By Erlang C nobody hangs up; by Erlang A each caller has
a patience of his own, exponential too. Shares are 0 to 1, of *all* callers: one who has hung up
is not answered in time (variant V1 of the indicator, as lvs-2min-v1 counts).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NEGLIGIBLE = 1e-14
TOO_LARGE = 1e250
SECURE_ABANDONS = 50
LONGEST_PATIENCE_SECONDS = 7200


@dataclass(frozen=True)
class Load:
    """Calls an hour, and seconds an operator is busy with each."""

    calls_per_hour: float
    handling_seconds: float

    @property
    def erlangs(self) -> float:
        """How many operators would be busy on average, if nobody hung up."""
        return self.calls_per_hour * self.handling_seconds / 3600


@dataclass(frozen=True)
class Patience:
    """What the waits say of the callers' patience. `seconds` is None where nobody hung up.

    With `is_longer` the estimate is longer than two hours, and `seconds` is two hours: beyond that
    hardly anybody hangs up within a threshold of minutes, and Erlang A sums for very long.
    """

    seconds: float | None
    abandoned: int
    is_longer: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Below 50 abandoned calls: the standard error, one part in √abandoned, is over 14 %."""
        return self.abandoned < SECURE_ABANDONS


@dataclass(frozen=True)
class Served:
    """Shares of all callers: answered within the threshold, and hung up."""

    in_time: float
    abandoned: float


def patience(*, waited_seconds: float, abandoned: int) -> Patience:
    """Mean patience by maximum likelihood, patience being exponential and censored to the right.

    Everybody's wait summed, over those who hung up: of one who was answered it is only known
    that the patience was longer than the wait.
    Source: Brown et al., Statistical Analysis of a Telephone Call Center, JASA 100 (2005).

    >>> patience(waited_seconds=1200, abandoned=5).seconds
    240.0
    """
    if abandoned == 0 or waited_seconds <= 0:
        return Patience(seconds=None, abandoned=abandoned)
    estimate = waited_seconds / abandoned
    return Patience(
        seconds=min(estimate, LONGEST_PATIENCE_SECONDS),
        abandoned=abandoned,
        is_longer=estimate > LONGEST_PATIENCE_SECONDS,
    )


def all_busy(*, operators: int, erlangs: float) -> float:
    """Erlang B, the share of calls that are lost where nobody may wait.

    B(0) = 1, B(n) = a·B(n−1) / (n + a·B(n−1)): no factorials, so that large loads do not overflow.

    >>> all_busy(operators=2, erlangs=1)
    0.2
    """
    busy = 1.0
    for number in range(1, operators + 1):
        busy = erlangs * busy / (number + erlangs * busy)
    return busy


def must_wait(*, operators: int, erlangs: float) -> float:
    """Erlang C, the share of callers who wait: n·B / (n − a·(1 − B)); all, where n ≤ a.

    >>> round(must_wait(operators=14, erlangs=10), 5)
    0.17413
    """
    if operators <= erlangs:
        return 1.0
    busy = all_busy(operators=operators, erlangs=erlangs)
    return operators * busy / (operators - erlangs * (1 - busy))


def erlang_c(*, operators: int, load: Load, threshold_seconds: float) -> float:
    """Share answered within the threshold where nobody hangs up: 1 − C·exp(−(n − a)·T/h).

    Source of the example: pyworkforce's documentation (100 calls in 30 minutes, 3 minutes each).

    >>> round(erlang_c(operators=14, load=Load(200, 180), threshold_seconds=20), 5)
    0.88835
    """
    spare = operators - load.erlangs
    if spare <= 0:
        return 0.0
    waits = must_wait(operators=operators, erlangs=load.erlangs)
    return 1 - waits * math.exp(-spare * threshold_seconds / load.handling_seconds)


def erlang_a(
    *, operators: int, load: Load, patience_seconds: float, threshold_seconds: float
) -> Served:
    """Shares of all callers where they hang up: the queue M/M/n+M, summed over its length.

    One who finds all n busy and k waiting has ahead of him V = Σ Exp(nμ + jθ), j = 0…k, where
    1/μ is the handling time and 1/θ the mean patience. With c = nμ/θ and b = exp(−θT) exp(−θV)
    is Beta(c, k+1), so that he is answered within T with probability
    c/(c+k+1)·(1 − I_b(c+1, k+1)), and hangs up with (k+1)/(c+k+1). The sum ends where what
    remains, less than a geometric series, is below 1e-14 of the whole.
    Source: Garnett, Mandelbaum, Reiman, Designing a Call Center with Impatient Customers (2002).

    >>> round(erlang_a(operators=3, load=Load(20, 300), patience_seconds=240,
    ...                threshold_seconds=120).in_time, 3)
    0.879
    """
    leaving = 1 / patience_seconds
    busy_rate = operators / load.handling_seconds
    c = busy_rate / leaving
    late = _late(c=c, waited=threshold_seconds * leaving)
    weight = all_busy(operators=operators, erlangs=load.erlangs)
    in_time, abandoned, total = 1 - weight, 0.0, 1.0
    waiting = 0
    while True:
        in_time += weight * c / (c + waiting + 1) * (1 - min(1.0, next(late)))
        abandoned += weight * (waiting + 1) / (c + waiting + 1)
        waiting += 1
        growth = load.calls_per_hour / 3600 / (busy_rate + waiting * leaving)
        weight *= growth
        if growth < 1 and weight / (1 - growth) <= NEGLIGIBLE * total:
            return Served(in_time=min(1.0, in_time / total), abandoned=abandoned / total)
        total += weight
        if total > TOO_LARGE:
            in_time, abandoned, weight, total = (
                part / TOO_LARGE for part in (in_time, abandoned, weight, total)
            )


def operators_needed(*, share: Callable[[int], float], target: float) -> int:
    """The smallest number of operators, at least one, whose share reaches the target (0 to 1).

    By both models one operator more never answers less in time, so that halving finds it.
    Raises ValueError for a target of 1 or more, which no number of operators is sure to reach.

    >>> operators_needed(share=lambda n: 1 - 0.5**n, target=0.8)
    3
    """
    if target >= 1:
        raise ValueError(f"the target is a share below 1, not {target}")
    enough = 1
    while share(enough) < target:
        enough *= 2
    return bisect_left(range(enough), target, lo=enough // 2 + 1, key=share) if enough > 1 else 1


def _late(*, c: float, waited: float) -> Iterator[float]:
    """I_b(c+1, k+1) for k = 0, 1, …: the share of those not hung up whose turn comes after T.

    I_b(a, m) = b^a·Σ (a)_i/i!·(1−b)^i over i < m; terms are kept as logarithms, since b^a alone
    may be too small for a number.
    """
    passed = -math.expm1(-waited)
    step = math.log(passed) if passed > 0 else -math.inf
    log_term, total, number = -(c + 1) * waited, 0.0, 0
    while True:
        total += math.exp(log_term)
        yield total
        log_term += step + math.log((c + 1 + number) / (number + 1))
        number += 1
