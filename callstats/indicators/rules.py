"""The arithmetic of the answer-time indicator, on whole numbers. No Django here.

Source: Helsedirektoratet, «Svartid legevakt 116 117» (share of *all* calls that an
operator answered within two minutes; unanswered calls are in the denominator).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

BANDS = ("0-5", "5-30", "30-120", "120-600", "600-", "unknown")


def percent(numerator: int, denominator: int) -> Decimal | None:
    """100 · N / D with one decimal, half up from exact integers; None for D = 0.

    >>> percent(3, 11)
    Decimal('27.3')
    >>> percent(0, 0) is None
    True
    """
    if denominator == 0:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def meets_target(numerator: int, denominator: int, target_percent: int | None) -> bool | None:
    """Whether 100 · N ≥ target · D, so that 79.96 % is not 80 %; None for D = 0 or no target.

    >>> meets_target(7996, 10000, 80)
    False
    """
    if denominator == 0 or target_percent is None:
        return None
    return 100 * numerator >= target_percent * denominator


@dataclass(frozen=True)
class Tally:
    """Counts that may be summed over periods and centrals. Percentages never are."""

    numerator: int = 0
    denominator: int = 0
    offered: int = 0
    answered: int = 0
    within_second: int = 0
    unknown_waits: int = 0
    ambiguous_times: int = 0
    before_queue: int = 0
    hours_with_feed: int = 0
    hours_in_period: int = 0

    @property
    def unanswered(self) -> int:
        return self.offered - self.answered

    @property
    def share(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        return percent(self.numerator, self.denominator)

    @property
    def completeness(self) -> float:
        """Hours with feed over hours in the period, 0 to 1."""
        return self.hours_with_feed / self.hours_in_period if self.hours_in_period else 0.0

    @property
    def state(self) -> str:
        """`figures`, or why there are none.

        `none_counted` (calls came, but none that the indicator counts, as when no wait is known),
        `no_calls` (a feed, but nobody rang) or `no_data` (no feed at all).
        """
        if self.denominator:
            return "figures"
        if self.offered:
            return "none_counted"
        return "no_calls" if self.hours_with_feed else "no_data"

    def meets_target(self, target_percent: int | None) -> bool | None:
        return meets_target(self.numerator, self.denominator, target_percent)


@dataclass(frozen=True)
class ServiceLevel(Tally):
    """The figures of one period (half-open dates, or the UTC hour that begins at starts_at).

    Seconds are of answered calls; `bands` counts unanswered calls by their wait; `excluded` is
    how many calls the definition left out. A statistic in seconds (`kind`) is `value_seconds`,
    and has no share: its numerator and denominator are the calls it rests on.
    """

    definition_id: str = ""
    kind: str = "share"
    starts_on: date = date.min
    ends_on: date = date.max
    starts_at: datetime | None = None
    value_seconds: float | None = None
    mean_seconds: float | None = None
    median_seconds: float | None = None
    p90_seconds: float | None = None
    p95_seconds: float | None = None
    longest_seconds: float | None = None
    bands: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    excluded: int = 0

    @property
    def state(self) -> str:
        """As `Tally.state`; somebody rang, too, where every call is left out by a rule."""
        found = super().state
        return "none_counted" if self.excluded and found != "figures" else found

    @property
    def share(self) -> float | None:
        return None if self.kind == "seconds" else super().share

    @property
    def percent(self) -> Decimal | None:
        return None if self.kind == "seconds" else super().percent

    def as_dict(self) -> dict:
        """JSON-ready: dates as ISO text, the derived figures beside their parts."""
        stored = asdict(self) | {
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
        }
        return stored | {
            "unanswered": self.unanswered,
            "share": self.share,
            "percent": None if self.percent is None else str(self.percent),
            "completeness": round(self.completeness, 4),
            "state": self.state,
        }

    @classmethod
    def from_dict(cls, stored: dict) -> ServiceLevel:
        """The inverse of as_dict; derived figures are derived again."""
        names = {f.name for f in fields(cls)}
        values = {name: value for name, value in stored.items() if name in names}
        starts_at = values.get("starts_at")
        return cls(
            **values
            | {
                "starts_on": date.fromisoformat(values["starts_on"]),
                "ends_on": date.fromisoformat(values["ends_on"]),
                "starts_at": datetime.fromisoformat(starts_at) if starts_at else None,
            }
        )


def total(tallies: Sequence[Tally]) -> Tally:
    """Sum of every count, as for rolling twelve months.

    >>> total([Tally(numerator=1, denominator=2), Tally(numerator=2, denominator=2)]).percent
    Decimal('75.0')
    """
    return Tally(
        **{f.name: sum(getattr(tally, f.name) for tally in tallies) for f in fields(Tally)}
    )


def is_complete(tally: Tally, *, least_percent: int) -> bool:
    """Whether enough of the period's hours have feed for the figure to be more than provisional.

    >>> is_complete(Tally(hours_with_feed=98, hours_in_period=100), least_percent=98)
    True
    """
    return 100 * tally.hours_with_feed >= least_percent * tally.hours_in_period


@dataclass(frozen=True)
class HourOfWeek:
    """All calls of one weekday (1 = Monday) and local hour in a period."""

    weekday: int
    hour: int
    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None
