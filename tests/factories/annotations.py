"""Notes for the tests."""

from datetime import UTC, date, datetime, timedelta

from callstats.annotations import operations
from callstats.annotations.models import AnnotationKind


def note(*, central, by=None, **facts):
    """An outage of one day in October 2025, unless told otherwise."""
    told = {
        "kind": AnnotationKind.OUTAGE,
        "starts_on": date(2025, 10, 24),
        "text": "The power was out in a storm.",
        "at": datetime(2025, 11, 10, 9, 0, tzinfo=UTC),
    } | facts
    told.setdefault("ends_on", told["starts_on"] + timedelta(days=1))
    return operations.add(central=central, by=by, **told)
