"""From the calls of a week's hours to the operators each hour needs. No Django here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from callstats.indicators.suppression import suppressed
from callstats.staffing.rules import (
    Load,
    Patience,
    erlang_a,
    erlang_c,
    operators_needed,
    patience,
)
from legevakt.lib.periods import Period

AFTER_CALL_SECONDS = 120
ENOUGH_TALKS = 30
BOTH, ONLY_A, ONLY_C = "both", "a", "c"

InTime = Callable[[int], float]


@dataclass(frozen=True)
class WeekHour:
    """One weekday (1 = Monday) and local hour over the period.

    `occurrences` counts how often it came and had data, `calls` all calls in those hours, and
    `talks` the answered calls whose talk time is told.
    """

    weekday: int
    hour: int
    occurrences: int = 0
    calls: int = 0
    talks: int = 0
    talk_seconds: float = 0.0


@dataclass(frozen=True)
class Week:
    """The 168 hours of the week, Monday 00 first, and how long callers waited in all."""

    period: Period
    hours: tuple[WeekHour, ...]
    waited_seconds: float
    abandoned: int

    @property
    def calls(self) -> int:
        return sum(hour.calls for hour in self.hours)

    @property
    def occurrences(self) -> int:
        return sum(hour.occurrences for hour in self.hours)

    @property
    def mean_talk_seconds(self) -> float | None:
        """Over every answered call whose talk time is told; None where none is."""
        talks = sum(hour.talks for hour in self.hours)
        return sum(hour.talk_seconds for hour in self.hours) / talks if talks else None

    @property
    def patience(self) -> Patience:
        return patience(waited_seconds=self.waited_seconds, abandoned=self.abandoned)


@dataclass(frozen=True)
class Assumptions:
    """What is asked: as measured (None, 0 %), or what if. Seconds, whole percent."""

    threshold_seconds: int
    target_percent: int
    calls_percent: int = 0
    talk_seconds: int | None = None
    talk_percent: int = 0
    after_call_seconds: int = AFTER_CALL_SECONDS
    patience_seconds: float | None = None
    models: str = BOTH

    @property
    def target(self) -> float:
        return self.target_percent / 100

    @property
    def by_a(self) -> bool:
        """Erlang A needs a patience; without one there is only Erlang C."""
        return self.patience_seconds is not None and self.models != ONLY_C

    @property
    def by_c(self) -> bool:
        return not self.by_a or self.models != ONLY_A


@dataclass(frozen=True)
class Need:
    """The operators an hour of the week needs by each model; None where it is not asked.

    `is_few`: so few called that the load, and what could tell it, is not shown.
    """

    weekday: int
    hour: int
    load: Load
    by_a: int | None
    by_c: int | None
    is_few: bool = False

    @property
    def counts(self) -> list[int]:
        """By the models asked, Erlang A before Erlang C."""
        return [count for count in (self.by_a, self.by_c) if count is not None]

    @property
    def operators(self) -> int:
        """By Erlang A where it is asked and can be told, else by Erlang C."""
        return self.counts[0]


@dataclass(frozen=True)
class Option:
    """What a number of operators gives: shares answered in time, None where not asked."""

    operators: int
    share_a: float | None
    share_c: float | None


def needs(*, week: Week, assumptions: Assumptions) -> list[Need | None]:
    """A need for each of the 168 hours; None where the hour never had data.

    Raises ValueError where no talk time is known.
    """
    few = suppressed({place: hour.calls for place, hour in enumerate(week.hours)}).cells
    mean = week.mean_talk_seconds
    return [
        replace(_need(hour, mean=mean, assumptions=assumptions), is_few=place in few)
        if hour.occurrences
        else None
        for place, hour in enumerate(week.hours)
    ]


def options(*, need: Need, assumptions: Assumptions) -> list[Option]:
    """One fewer, the needed, and one more; never none."""
    by_a, by_c = _by_a(need.load, assumptions), _by_c(need.load, assumptions)
    return [
        Option(
            operators=operators,
            share_a=by_a(operators) if by_a else None,
            share_c=by_c(operators) if by_c else None,
        )
        for operators in range(max(1, need.operators - 1), need.operators + 2)
    ]


def busiest(found: Iterable[Need | None]) -> Need | None:
    """The hour with the most work, the first of equals; None where nobody called."""
    loaded = [need for need in found if need and need.load.calls_per_hour]
    return max(loaded, key=lambda need: need.load.erlangs, default=None)


def _need(hour: WeekHour, *, mean: float | None, assumptions: Assumptions) -> Need:
    load = Load(
        calls_per_hour=hour.calls / hour.occurrences * (1 + assumptions.calls_percent / 100),
        handling_seconds=_talk_seconds(hour, mean=mean, assumptions=assumptions)
        + assumptions.after_call_seconds,
    )
    by_a, by_c = _by_a(load, assumptions), _by_c(load, assumptions)
    return Need(
        weekday=hour.weekday,
        hour=hour.hour,
        load=load,
        by_a=operators_needed(share=by_a, target=assumptions.target) if by_a else None,
        by_c=operators_needed(share=by_c, target=assumptions.target) if by_c else None,
    )


def _talk_seconds(hour: WeekHour, *, mean: float | None, assumptions: Assumptions) -> float:
    """The hour's own mean where it rests on enough calls, else the central's."""
    if assumptions.talk_seconds is not None:
        return assumptions.talk_seconds
    own = hour.talk_seconds / hour.talks if hour.talks >= ENOUGH_TALKS else mean
    if own is None:
        raise ValueError("no talk time is known")
    return own * (1 + assumptions.talk_percent / 100)


def _by_a(load: Load, assumptions: Assumptions) -> InTime | None:
    seconds = assumptions.patience_seconds
    if seconds is None or not assumptions.by_a:
        return None
    return lambda operators: (
        erlang_a(
            operators=operators,
            load=load,
            patience_seconds=seconds,
            threshold_seconds=assumptions.threshold_seconds,
        ).in_time
    )


def _by_c(load: Load, assumptions: Assumptions) -> InTime | None:
    if not assumptions.by_c:
        return None
    return lambda operators: erlang_c(
        operators=operators, load=load, threshold_seconds=assumptions.threshold_seconds
    )
