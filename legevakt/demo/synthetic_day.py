"""A day of invented calls, as rows in the canonical format.

Each day has its own chance, made of the seed and the date, so the same day has the same
calls whenever the demonstration is loaded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from legevakt.demo import demand, operators
from legevakt.demo.operators import SECOND
from legevakt.lib.periods import DAY, HOUR, OSLO, Period

SEED = "nordhordland"
NATIONAL, LOCAL = "lv_116117", "lv_direkte"
NATIONAL_SHARE = 0.85
COLUMNS = (
    "id",
    "arrived_at",
    "queue",
    "outcome",
    "answered_at",
    "wait_seconds",
    "talk_seconds",
    "announcement_seconds",
    "ended_at",
    "forwarded_to",
    "municipality",
)
FORWARDED = {
    "": 72.0,
    "duty_doctor": 14.0,
    "gp": 8.0,
    "amk": 3.0,
    "other_lvs": 1.4,
    "midwife": 0.6,
    "crisis_team": 0.5,
    "other": 0.5,
}

Row = dict[str, str]


def calls_of(day: date, *, inhabitants: dict[str, int], seed: str = SEED) -> list[Row]:
    """The day's calls in order of arrival, as rows of COLUMNS."""
    rng = random.Random(f"{seed} {day.isoformat()}")
    desk, begins_at = operators.Desk(), Period(day, day + DAY).starts_at
    week = random.Random(f"{seed} week {day.isocalendar()[:2]}").lognormvariate(0, 0.10)
    rows: list[Row] = []
    for hour_at in _hours(day):
        wall = hour_at.astimezone(OSLO)
        expected = week * demand.calls_per_hour(
            day=day, hour=wall.hour, inhabitants=sum(inhabitants.values())
        )
        staff = operators.at_work(day=day, hour=wall.hour, rng=rng)
        for arrived in _arrivals(hour_at, begins_at=begins_at, expected=expected, rng=rng):
            call = _call(arrived, desk=desk, staff=staff, rng=rng)
            origin = _origin(inhabitants, rng=rng)
            number = f"S{day:%Y%m%d}-{len(rows) + 1:03}"
            rows.append({"id": number} | origin | _stamped(call, begins_at=begins_at))
    return rows


def _call(arrived: int, *, desk: operators.Desk, staff: int, rng: random.Random) -> dict[str, Any]:
    """What became of a call: outcome, and its moments in ms of the day."""
    answered = desk.next_free(arrived=arrived, operators=staff) + operators.ringing(rng)
    left = arrived + min(operators.patience(rng), operators.LONGEST_WAIT_MS)
    chance = rng.random()
    if chance < 0.02:
        return {"outcome": "ended_before_queue", "arrived": arrived, "ended": arrived}
    if chance < 0.022:
        return {"outcome": "no_agents", "arrived": arrived, "left": arrived, "ended": arrived}
    if answered > left:
        outcome = _unanswered(waited=left - arrived, chance=chance)
        return {"outcome": outcome, "arrived": arrived, "left": left, "ended": left}
    talk = operators.talk(rng)
    desk.take(at=answered, operators=staff, busy=talk + operators.after_work(rng))
    return {
        "outcome": "answered",
        "arrived": arrived,
        "left": answered,
        "ended": answered + talk,
        "forwarded_to": rng.choices([*FORWARDED], weights=[*FORWARDED.values()])[0],
    }


def _unanswered(*, waited: int, chance: float) -> str:
    if waited >= operators.LONGEST_WAIT_MS:
        return "timeout"
    asks_for_callback = waited > 90 * SECOND and 0.3 < chance < 0.4
    return "callback_requested" if asks_for_callback else "abandoned"


def _origin(inhabitants: dict[str, int], *, rng: random.Random) -> Row:
    """The queue; only calls to 116 117 are routed by, and so tell of, a municipality."""
    municipality = rng.choices([*inhabitants], weights=[*inhabitants.values()])[0]
    if rng.random() < NATIONAL_SHARE:
        announced = f"{rng.uniform(22, 34):.3f}"
        return {
            "queue": NATIONAL,
            "municipality": municipality,
            "announcement_seconds": announced,
        }
    return {"queue": LOCAL, "announcement_seconds": "12.000"}


def _stamped(call: dict[str, Any], *, begins_at: datetime) -> Row:
    """The moments as local times with offset, the durations in seconds."""
    row = {
        "outcome": call["outcome"],
        "arrived_at": _local(begins_at, call["arrived"]),
        "ended_at": _local(begins_at, call["ended"]),
        "forwarded_to": call.get("forwarded_to", ""),
    }
    if "left" in call:
        row["wait_seconds"] = f"{(call['left'] - call['arrived']) / SECOND:.3f}"
    if call["outcome"] == "answered":
        row["answered_at"] = _local(begins_at, call["left"])
        row["talk_seconds"] = f"{(call['ended'] - call['left']) / SECOND:.3f}"
    return row


def _local(begins_at: datetime, milliseconds: int) -> str:
    moment = begins_at + timedelta(milliseconds=milliseconds)
    return moment.astimezone(OSLO).isoformat(timespec="milliseconds")


def _arrivals(
    hour_at: datetime, *, begins_at: datetime, expected: float, rng: random.Random
) -> list[int]:
    """Ms of the day at which calls arrive in the hour; the doubled hour always has one."""
    count, waited = 0, rng.expovariate(expected)
    while waited < 1:
        count += 1
        waited += rng.expovariate(expected)
    offset = (hour_at - begins_at) // timedelta(milliseconds=1)
    count = max(count, 1) if _is_doubled(hour_at) else count
    return sorted(offset + rng.randrange(3_600_000) for _ in range(count))


def _is_doubled(hour_at: datetime) -> bool:
    wall = hour_at.astimezone(OSLO).replace(tzinfo=None)
    beside = (hour_at + HOUR, hour_at - HOUR)
    return any(moment.astimezone(OSLO).replace(tzinfo=None) == wall for moment in beside)


def _hours(day: date) -> Iterator[datetime]:
    whole = Period(day, day + DAY)
    return (whole.starts_at + HOUR * n for n in range(whole.hours()))
