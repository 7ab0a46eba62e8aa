"""The year 2025 of a cooperation; it is 10 November."""

from datetime import UTC, date, datetime

import pytest

from municipalities.meetings.year_wheel import operations

KOSTRA = {"code": "kostra-q1", "due_date": date(2025, 4, 20)}


@pytest.fixture
def event(cooperation):
    """Added by nobody in particular, for the leader: each spring and autumn."""
    return operations.add_event(
        cooperation=cooperation,
        title="Vernerunde",
        category="quality",
        days=["04-10", "11-20"],
        responsible="leader",
        starts_year=2025,
        by=None,
    )


@pytest.fixture
def mark_kostra(cooperation, secretary):
    """A call marks the accounts of the first quarter as delivered in March, in time."""

    def mark(**changes):
        asked = KOSTRA | {
            "done_date": date(2025, 3, 31),
            "note": "Sendt",
            "by": secretary,
            "at": datetime(2025, 3, 31, 12, tzinfo=UTC),
        }
        return operations.mark_done(cooperation=cooperation, **asked | changes)

    return mark
