"""The hourly sums once more: each call by itself, in plain Python."""

from datetime import timedelta

from callstats.calls.models import Call, CallHour


def summed() -> dict:
    """(central, line, hour, outcome, municipality) → calls, ambiguous, waits, rung back, talk."""
    hours: dict = {}
    for call in Call.objects.all():
        hour_at = call.arrived_at.replace(minute=0, second=0, microsecond=0)
        key = (call.central_id, call.line_id, hour_at, call.outcome, call.municipality or "")
        calls, ambiguous, waits, rung_back, talk = hours.get(key, (0, 0, [], [], 0))
        if call.wait_seconds is not None:
            waits = [*waits, int(call.wait_seconds * 1000)]
        if call.outcome == "callback_requested" and call.answered_at is not None:
            took = call.answered_at - call.arrived_at
            if took < timedelta(days=1):
                rung_back = [*rung_back, took // timedelta(milliseconds=1)]
        hours[key] = (
            calls + 1,
            ambiguous + (call.time_quality == "ambiguous"),
            sorted(waits),
            sorted(rung_back),
            talk + (call.talk_seconds or 0),
        )
    return hours


def kept() -> dict:
    """The same as the database keeps it."""
    return {
        (hour.central_id, hour.line_id, hour.hour_at, hour.outcome, hour.municipality): (
            hour.calls,
            hour.ambiguous_calls,
            hour.waits_ms,
            hour.rung_back_ms,
            hour.talk_seconds,
        )
        for hour in CallHour.objects.all()
    }
