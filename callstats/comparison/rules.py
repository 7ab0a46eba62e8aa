"""Two counts of the same calls beside each other: how far apart they are. No Django here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from callstats.indicators.rules import percent

# Counts of one month that lie no further apart than this share of theirs are nearly the same.
NEAR_PERCENT = 1


class Agreement(StrEnum):
    """How two counts of a month compare."""

    AGREES = "agrees"
    NEAR = "near"
    DIFFERS = "differs"


class Obstacle(StrEnum):
    """Why two counts are not compared: they would be of different hours."""

    LONGER_PERIOD = "longer_period"
    OTHER_ZONE = "other_zone"
    PARTLY_TOLD = "partly_told"
    NO_CALLS_OF_OURS = "no_calls_of_ours"


@dataclass(frozen=True)
class Counted:
    """Calls of a month; `in_time` is None where the band of the indicator is not told."""

    offered: int
    answered: int
    in_time: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """In time of all offered, one decimal; None where it is not told or nothing is offered."""
        return None if self.in_time is None else percent(self.in_time, self.offered)


@dataclass(frozen=True)
class Difference:
    """Theirs less ours: calls, and `points` of the percentages as they are shown."""

    offered: int
    answered: int
    in_time: int | None
    points: Decimal | None


@dataclass(frozen=True)
class Reasons:
    """What can explain a month's difference, in numbers from our side.

    Refused rows are those of the imports that touch the month; calls on other lines are those
    of the central's numbers that are not compared.
    """

    hours_without_data: int = 0
    refused_rows: int = 0
    unknown_waits: int = 0
    before_queue: int = 0
    ambiguous_times: int = 0
    excluded: int = 0
    on_other_lines: int = 0


def difference(*, theirs: Counted, ours: Counted) -> Difference:
    """Theirs less ours.

    >>> difference(theirs=Counted(200, 180, 130), ours=Counted(198, 180, 132))
    Difference(offered=2, answered=0, in_time=-2, points=Decimal('-1.7'))
    """
    their_share, our_share = theirs.percent, ours.percent
    return Difference(
        offered=theirs.offered - ours.offered,
        answered=theirs.answered - ours.answered,
        in_time=_less(theirs.in_time, ours.in_time),
        points=None if their_share is None or our_share is None else their_share - our_share,
    )


def agreement(*, theirs: Counted, ours: Counted) -> Agreement:
    """All counts equal, none more than 1 % of theirs away, or neither.

    >>> agreement(theirs=Counted(200, 180), ours=Counted(198, 180, 132)).value
    'near'
    """
    pairs = list(_pairs(theirs, ours))
    if all(their == our for their, our in pairs):
        return Agreement.AGREES
    if all(100 * abs(their - our) <= NEAR_PERCENT * their for their, our in pairs):
        return Agreement.NEAR
    return Agreement.DIFFERS


def _pairs(theirs: Counted, ours: Counted) -> Iterator[tuple[int, int]]:
    """What both of them tell."""
    yield theirs.offered, ours.offered
    yield theirs.answered, ours.answered
    if theirs.in_time is not None and ours.in_time is not None:
        yield theirs.in_time, ours.in_time


def _less(theirs: int | None, ours: int | None) -> int | None:
    return None if theirs is None or ours is None else theirs - ours
