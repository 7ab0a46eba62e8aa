"""A small worked example that a definition is explained and tested by.

Source: the test vector of the indicator reference, section 5.2. Every call is looked at by
itself, the slow and obvious way; the database's sums are checked against the same calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from callstats.indicators.definitions import Definition, Term
from callstats.indicators.rules import percent

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


@dataclass(frozen=True)
class ExampleCall:
    """One call: its outcome, its wait in seconds, and where the definition counts it."""

    outcome: str
    wait_seconds: int | None
    in_numerator: bool
    in_denominator: bool


@dataclass(frozen=True)
class WorkedExample:
    """The calls, and what the definition makes of them."""

    calls: tuple[ExampleCall, ...]
    numerator: int
    denominator: int
    percent: Decimal | None
    within_second: int
    second_percent: Decimal | None
    median_seconds: float


def worked_example(definition: Definition) -> WorkedExample:
    """The vector by the definition: 3 of 11 = 27.3 % by lvs-2min-v1."""
    calls = tuple(_counted(*call, definition=definition) for call in VECTOR)
    numerator = sum(call.in_numerator for call in calls)
    denominator = sum(call.in_denominator for call in calls)
    within_second = sum(
        outcome == "answered" and wait is not None and wait <= definition.second_threshold_seconds
        for outcome, wait in VECTOR
    )
    return WorkedExample(
        calls=calls,
        numerator=numerator,
        denominator=denominator,
        percent=percent(numerator, denominator),
        within_second=within_second,
        second_percent=percent(within_second, denominator),
        median_seconds=median(
            wait for outcome, wait in VECTOR if outcome == "answered" and wait is not None
        ),
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
