"""From what was counted to each indicator's figure. Pure arithmetic on whole numbers.

One pass over the hours gives an `Observed`; every definition is a choice among its counts, so
that no two indicators can rest on different calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from callstats.indicators.rules import BANDS, ServiceLevel

if TYPE_CHECKING:
    from callstats.indicators.definitions import Definition, Term

BAND_EDGES = (5, 30, 120, 600)
TOO_EARLY = "ended_before_queue"
ANSWERED = "answered"


@dataclass(frozen=True)
class Counted:
    """Calls of one outcome. `within` and `rung_back` map seconds → calls that took at most that."""

    calls: int = 0
    ambiguous: int = 0
    unknown: int = 0
    within: Mapping[int, int] = field(default_factory=dict)
    rung_back: Mapping[int, int] = field(default_factory=dict)

    def without(self, left_out: Counted) -> Counted:
        """What is left when some of the calls are left out."""
        return Counted(
            calls=self.calls - left_out.calls,
            ambiguous=self.ambiguous - left_out.ambiguous,
            unknown=self.unknown - left_out.unknown,
            within=_less(self.within, left_out.within),
            rung_back=_less(self.rung_back, left_out.rung_back),
        )


@dataclass(frozen=True)
class Waits:
    """Of answered calls with a known wait: how many, and their waits in seconds."""

    calls: int = 0
    mean: float | None = None
    median: float | None = None
    p90: float | None = None
    p95: float | None = None
    longest: float | None = None


@dataclass(frozen=True)
class Observed:
    """Everything that was counted in a period, by outcome; `excluded` by kind, then outcome."""

    outcomes: Mapping[str, Counted] = field(default_factory=dict)
    excluded: Mapping[str, Mapping[str, Counted]] = field(default_factory=dict)
    waits: Waits = Waits()
    hours_with_feed: int = 0
    hours_in_period: int = 0

    def without(self, kinds: Iterable[str]) -> dict[str, Counted]:
        """The outcomes, less what approved rules of the kinds leave out."""
        left = dict(self.outcomes)
        for kind in kinds:
            for outcome, counted in self.excluded.get(kind, {}).items():
                left[outcome] = left.get(outcome, Counted()).without(counted)
        return left

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Observed:
        """The inverse of as_dict, also of what JSON made of it."""
        return cls(
            outcomes=_read(stored["outcomes"]),
            excluded={kind: _read(found) for kind, found in stored["excluded"].items()},
            waits=Waits(**stored["waits"]),
            hours_with_feed=stored["hours_with_feed"],
            hours_in_period=stored["hours_in_period"],
        )


def edges_of(definitions: Iterable[Definition]) -> tuple[int, ...]:
    """The seconds at which waits must be counted for these definitions, rising."""
    edges = set(BAND_EDGES)
    for definition in definitions:
        edges.add(definition.second_threshold_seconds)
        edges.update(term.edge for term in definition.terms if term.edge is not None)
    return tuple(sorted(edges))


def count(term: Term, outcomes: Mapping[str, Counted]) -> int:
    """The calls that the term names: of its outcomes, within or longer than its seconds.

    A call whose wait is unknown is within nothing, and so is longer than any short wait.
    """
    found = [outcomes[name] for name in term.outcomes if name in outcomes]
    if term.within_seconds is not None:
        return sum(each.within[term.within_seconds] for each in found)
    if term.rung_back_within_seconds is not None:
        return sum(each.rung_back[term.rung_back_within_seconds] for each in found)
    if term.longer_than_seconds is not None:
        return sum(each.calls - each.within[term.longer_than_seconds] for each in found)
    return sum(each.calls for each in found)


def figure(
    definition: Definition,
    observed: Observed,
    *,
    starts_on: date,
    ends_on: date,
    starts_at: datetime | None = None,
) -> ServiceLevel:
    """What the definition says of what was counted.

    Numerator and denominator of a statistic in seconds are the calls it rests on.
    """
    outcomes = observed.without(definition.excludes)
    numerator, denominator = _parts(definition, observed, outcomes)
    return ServiceLevel(
        definition_id=definition.id,
        kind=definition.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        numerator=numerator,
        denominator=denominator,
        value_seconds=_statistic(definition, observed),
        excluded=_left_out(observed, outcomes),
        hours_with_feed=observed.hours_with_feed,
        hours_in_period=observed.hours_in_period,
        **_beside(definition, outcomes),
        **_waits(observed, outcomes),
    )


def _beside(definition: Definition, outcomes: Mapping[str, Counted]) -> dict[str, Any]:
    """What is published beside the figure, whatever the definition leaves out."""
    counted = [o for o in definition.outcomes if o in outcomes]
    answered = outcomes.get(ANSWERED, Counted())
    return {
        "offered": sum(each.calls for name, each in outcomes.items() if name != TOO_EARLY),
        "answered": answered.calls,
        "within_second": answered.within.get(definition.second_threshold_seconds, 0),
        "unknown_waits": sum(outcomes[name].unknown for name in counted),
        "ambiguous_times": sum(outcomes[name].ambiguous for name in counted),
        "before_queue": outcomes.get(TOO_EARLY, Counted()).calls,
        "bands": _bands(
            each for name, each in outcomes.items() if name not in (ANSWERED, TOO_EARLY)
        ),
        "outcomes": {name: each.calls for name, each in sorted(outcomes.items())},
    }


def _waits(observed: Observed, outcomes: Mapping[str, Counted]) -> dict[str, Any]:
    """Waits of answered calls; None where some are left out, for they are not known one by one."""
    is_whole = outcomes.get(ANSWERED) == observed.outcomes.get(ANSWERED)
    waits = observed.waits if is_whole else Waits()
    return {
        "mean_seconds": waits.mean,
        "median_seconds": waits.median,
        "p90_seconds": waits.p90,
        "p95_seconds": waits.p95,
        "longest_seconds": waits.longest,
    }


def _bands(unanswered: Iterable[Counted]) -> dict[str, int]:
    found = list(unanswered)
    upto = [sum(each.within.get(edge, 0) for each in found) for edge in BAND_EDGES]
    known = sum(each.calls - each.unknown for each in found)
    counts = [upper - lower for lower, upper in zip([0, *upto], [*upto, known], strict=True)]
    return dict(zip(BANDS, [*counts, sum(each.unknown for each in found)], strict=True))


def _parts(
    definition: Definition, observed: Observed, outcomes: Mapping[str, Counted]
) -> tuple[int, int]:
    if definition.statistic:
        return observed.waits.calls, observed.waits.calls
    numerator = sum(count(term, outcomes) for term in definition.numerator)
    return numerator, sum(count(term, outcomes) for term in definition.denominator)


def _statistic(definition: Definition, observed: Observed) -> float | None:
    return getattr(observed.waits, definition.statistic) if definition.statistic else None


def _left_out(observed: Observed, left: Mapping[str, Counted]) -> int:
    whole = sum(each.calls for each in observed.outcomes.values())
    return whole - sum(each.calls for each in left.values())


def _less(whole: Mapping[int, int], part: Mapping[int, int]) -> dict[int, int]:
    return {edge: calls - part.get(edge, 0) for edge, calls in whole.items()}


def _read(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Counted]:
    """JSON writes the seconds of a mapping as text."""
    return {
        outcome: Counted(
            **{name: counts[name] for name in ("calls", "ambiguous", "unknown")},
            within={int(edge): calls for edge, calls in counts["within"].items()},
            rung_back={int(edge): calls for edge, calls in counts["rung_back"].items()},
        )
        for outcome, counts in stored.items()
    }
