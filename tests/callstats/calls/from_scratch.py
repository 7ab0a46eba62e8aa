"""The hourly sums once more: each call by itself, in plain Python."""

from callstats.calls.models import Call, CallHour


def summed() -> dict:
    """(central, line, hour, outcome) → calls, ambiguous calls, waits in ms, talk seconds."""
    hours: dict = {}
    for call in Call.objects.all():
        hour_at = call.arrived_at.replace(minute=0, second=0, microsecond=0)
        key = (call.central_id, call.line_id, hour_at, call.outcome)
        calls, ambiguous, waits, talk = hours.get(key, (0, 0, [], 0))
        if call.wait_seconds is not None:
            waits = [*waits, int(call.wait_seconds * 1000)]
        hours[key] = (
            calls + 1,
            ambiguous + (call.time_quality == "ambiguous"),
            sorted(waits),
            talk + (call.talk_seconds or 0),
        )
    return hours


def kept() -> dict:
    """The same as the database keeps it."""
    return {
        (hour.central_id, hour.line_id, hour.hour_at, hour.outcome): (
            hour.calls,
            hour.ambiguous_calls,
            hour.waits_ms,
            hour.talk_seconds,
        )
        for hour in CallHour.objects.all()
    }
