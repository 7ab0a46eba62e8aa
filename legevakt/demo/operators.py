"""Who answers: a queue with a few operators, some of whom are ill. Invented."""

from __future__ import annotations

import random
from datetime import date

from legevakt.demo.demand import is_day_off, peaks

LONGEST_WAIT_MS = 900_000
SECOND = 1000
ABSENCE = {1: 0.55, 2: 0.62, 3: 0.36, 7: 0.75, 8: 0.40, 10: 0.30, 11: 0.45, 12: 0.55}


def at_work(*, day: date, hour: int, rng: random.Random) -> int:
    """Operators who answer in a local hour; two in the busy hours, if nobody is ill."""
    wanted = _planned(day=day, hour=hour)
    is_short = wanted > 1 and rng.random() < _absence(day=day, hour=hour)
    return wanted - 1 if is_short else wanted


def _planned(*, day: date, hour: int) -> int:
    if not is_day_off(day):
        return 2 if 15 <= hour < 23 else 1
    if day.weekday() == 6 and 14 <= hour < 18:
        return 1
    return 2 if 8 <= hour < 23 else 1


def _absence(*, day: date, hour: int) -> float:
    """The chance that an operator of the hour is away: colds in winter, holidays in July."""
    if day.weekday() == 5 and 10 <= hour < 13:
        return 0.70
    if day in peaks(day.year):
        return 0.60
    return ABSENCE.get(day.month, 0.20)


class Desk:
    """Operators' time, in milliseconds of the day; calls are taken in the order they come."""

    def __init__(self) -> None:
        self._free_at = [0, 0, 0]

    def next_free(self, *, arrived: int, operators: int) -> int:
        """The moment at which one of the operators at work can take a call."""
        return max(arrived, min(self._free_at[:operators]))

    def take(self, *, at: int, operators: int, busy: int) -> None:
        """The first free operator is busy for `busy` ms from `at`."""
        first = min(range(operators), key=self._free_at.__getitem__)
        self._free_at[first] = at + busy


def patience(rng: random.Random) -> int:
    """How many ms a caller waits; one in fifty hangs up almost at once."""
    if rng.random() < 0.02:
        return int(rng.uniform(1, 9) * SECOND)
    return int(rng.lognormvariate(5.75, 0.85) * SECOND)


def ringing(rng: random.Random) -> int:
    """Ms from a free operator to an answer."""
    return int(min(rng.lognormvariate(2.1, 0.55), 60) * SECOND)


def talk(rng: random.Random) -> int:
    """Ms of talk: median four minutes, a long tail."""
    return int(min(max(rng.lognormvariate(5.52, 0.6), 12), 2700) * SECOND)


def after_work(rng: random.Random) -> int:
    """Ms an operator writes before the next call."""
    return int(rng.uniform(40, 240) * SECOND)
