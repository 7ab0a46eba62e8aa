"""A small worked example that a definition is explained and tested by.

Source: the test vector of the indicator reference, section 5.2. Every call is looked at by
itself, the slow and obvious way; the database's sums are checked against the same calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import mean, median, quantiles

from callstats.indicators.definitions import Definition, Term
from callstats.indicators.rules import BANDS, percent

VECTOR: tuple[tuple[str, int | None], ...] = (
    ("answered", 0),
    ("answered", 45),
    ("answered", 120),
    ("answered", 121),
    ("answered", 600),
    ("answered", 601),
    ("abandoned", 3),
    ("abandoned", 40),
    ("abandoned", 119),
    ("abandoned", 200),
    ("callback_requested", 90),
    ("ended_before_queue", None),
)
ANSWERED_WAITS = [wait for outcome, wait in VECTOR if outcome == "answered" and wait is not None]
# Percentiles lie between the two nearest waits, as spreadsheets and PostgreSQL have it.
STATISTICS: dict[str, Callable[[Sequence[int]], float]] = {
    "mean": mean,
    "median": median,
    "p90": lambda waits: quantiles(waits, n=10, method="inclusive")[8],
    "p95": lambda waits: quantiles(waits, n=20, method="inclusive")[18],
}
BAND_ENDS = (5, 30, 120, 600)


@dataclass(frozen=True)
class ExampleCall:
    """One call: its outcome, its wait in seconds, and where the definition counts it."""

    outcome: str
    wait_seconds: int | None
    in_numerator: bool
    in_denominator: bool


@dataclass(frozen=True)
class WorkedExample:
    """The calls, and what the definition makes of them: a share, bands, or a value in seconds."""

    calls: tuple[ExampleCall, ...]
    numerator: int
    denominator: int
    percent: Decimal | None
    within_second: int
    second_percent: Decimal | None
    median_seconds: float
    value_seconds: Decimal | None = None
    bands: dict[str, int] = field(default_factory=dict)


def worked_example(definition: Definition) -> WorkedExample:
    """The vector by the definition: 3 of 11 = 27.3 % by lvs-2min-v1."""
    calls = tuple(_counted(*call, definition=definition) for call in VECTOR)
    numerator = sum(call.in_numerator for call in calls)
    denominator = sum(call.in_denominator for call in calls)
    within_second = sum(wait <= definition.second_threshold_seconds for wait in ANSWERED_WAITS)
    return WorkedExample(
        calls=calls,
        numerator=numerator,
        denominator=denominator,
        percent=None if definition.statistic else percent(numerator, denominator),
        within_second=within_second,
        second_percent=percent(within_second, denominator),
        median_seconds=median(ANSWERED_WAITS),
        value_seconds=_value(definition.statistic),
        bands=_bands(calls) if definition.kind == "bands" else {},
    )


def _counted(outcome: str, wait: int | None, *, definition: Definition) -> ExampleCall:
    return ExampleCall(
        outcome=outcome,
        wait_seconds=wait,
        in_numerator=any(_holds(term, outcome, wait) for term in definition.numerator),
        in_denominator=any(_holds(term, outcome, wait) for term in definition.denominator),
    )


def _holds(term: Term, outcome: str, wait: int | None) -> bool:
    """Whether the call is one of the term's. Nobody of the example was rung back."""
    if outcome not in term.outcomes or term.rung_back_within_seconds is not None:
        return False
    if term.within_seconds is not None:
        return wait is not None and wait <= term.within_seconds
    return term.longer_than_seconds is None or wait is None or wait > term.longer_than_seconds


def _value(statistic: str | None) -> Decimal | None:
    """In seconds, with one decimal."""
    if statistic is None:
        return None
    return Decimal(str(STATISTICS[statistic](ANSWERED_WAITS))).quantize(Decimal("0.1"))


def _bands(calls: Sequence[ExampleCall]) -> dict[str, int]:
    """Band → calls of the numerator."""
    found = dict.fromkeys(BANDS, 0)
    for call in calls:
        if call.in_numerator:
            found[_band(call.wait_seconds)] += 1
    return found


def _band(wait: int | None) -> str:
    if wait is None:
        return BANDS[-1]
    return BANDS[sum(wait > end for end in BAND_ENDS)]
