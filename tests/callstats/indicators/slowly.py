"""The indicator once more, slowly and obviously: each call by itself, in plain Python."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from callstats.calls.models import Call

OSLO = ZoneInfo("Europe/Oslo")
TOO_EARLY = "ended_before_queue"


def calls_between(*, first, end, line_classes) -> list[Call]:
    """Calls whose day in Oslo lies from `first` up to `end`, on lines of the classes."""
    return [
        call
        for call in Call.objects.select_related("line")
        if call.line.line_class in line_classes and first <= local(call).date() < end
    ]


def local(call: Call) -> datetime:
    return call.arrived_at.astimezone(OSLO)


def figures(calls: Iterable[Call]) -> dict:
    """What lvs-2min-v1 says of the calls."""
    calls = list(calls)
    offered = [call for call in calls if call.outcome != TOO_EARLY]
    answered = [call for call in offered if call.outcome == "answered"]
    waits = sorted(call.wait_seconds for call in answered if call.wait_seconds is not None)
    return {
        "numerator": sum(wait <= 120 for wait in waits),
        "denominator": len(offered),
        "offered": len(offered),
        "answered": len(answered),
        "unanswered": len(offered) - len(answered),
        "within_second": sum(wait <= 600 for wait in waits),
        "median_seconds": percentile(waits, 50),
        "p90_seconds": percentile(waits, 90),
        "longest_seconds": float(waits[-1]) if waits else None,
        "unknown_waits": sum(call.wait_seconds is None for call in offered),
        "ambiguous_times": sum(call.time_quality == "ambiguous" for call in offered),
        "before_queue": len(calls) - len(offered),
        "bands": bands(call.wait_seconds for call in offered if call.outcome != "answered"),
        "outcomes": {
            outcome: sum(call.outcome == outcome for call in calls)
            for outcome in sorted({call.outcome for call in calls})
        },
    }


def by_definition(content: dict, calls: Iterable[Call]) -> dict:
    """What a definition file says of the calls: its parts, and its value where it has one."""
    counted = [c for c in calls if any(holds(term, c) for term in content["denominator"])]
    if content["statistic"] is None:
        in_time = [c for c in counted if any(holds(term, c) for term in content["numerator"])]
        return {"numerator": len(in_time), "denominator": len(counted), "value_seconds": None}
    waits = sorted(c.wait_seconds for c in counted if c.wait_seconds is not None)
    return {
        "numerator": len(waits),
        "denominator": len(waits),
        "value_seconds": statistic(content["statistic"], waits),
    }


def holds(term: dict, call: Call) -> bool:
    """Whether the term of a definition names the call."""
    wait = call.wait_seconds
    if call.outcome not in term["outcomes"]:
        return False
    if "within_seconds" in term:
        return wait is not None and wait <= term["within_seconds"]
    if "longer_than_seconds" in term:
        return wait is None or wait > term["longer_than_seconds"]
    if "rung_back_within_seconds" in term:
        took = call.answered_at - call.arrived_at if call.answered_at else None
        return took is not None and took.total_seconds() <= term["rung_back_within_seconds"]
    return True


def statistic(name: str, waits: list) -> float | None:
    if not waits:
        return None
    if name == "mean":
        return float(sum(waits) / len(waits))
    return percentile(waits, {"median": 50, "p90": 90, "p95": 95}[name])


def percentile(waits: list, percent: int) -> float | None:
    """Linear between the two nearest, as spreadsheets do it."""
    if not waits:
        return None
    below, rest = divmod((len(waits) - 1) * percent, 100)
    above = min(below + 1, len(waits) - 1)
    return float(waits[below] + (waits[above] - waits[below]) * rest / 100)


def bands(waits: Iterable) -> dict[str, int]:
    counted = dict.fromkeys(("0-5", "5-30", "30-120", "120-600", "600-", "unknown"), 0)
    for wait in waits:
        counted[band(wait)] += 1
    return counted


def band(wait) -> str:
    if wait is None:
        return "unknown"
    for longest, name in ((5, "0-5"), (30, "5-30"), (120, "30-120"), (600, "120-600")):
        if wait <= longest:
            return name
    return "600-"
