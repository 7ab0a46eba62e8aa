"""What is sent inside a statement is read by the database to the microsecond."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from callstats.calls.staging import staged
from callstats.sources.few import FewCalls

TYPES = {"external_id": "text", "arrived_at": "timestamptz", "answered_at": "timestamptz"}
MOMENTS = [
    datetime(2000, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    datetime(2025, 10, 26, 0, 59, 59, 999_999, tzinfo=UTC),
    datetime(2025, 10, 26, 1, 0, tzinfo=UTC),
    datetime(2199, 12, 31, 23, 59, 59, 123_456, tzinfo=UTC),
]
CALLS = FewCalls(
    {
        "external_id": ['a"', "b\\", "c,", "{d}"],
        "arrived_at": MOMENTS,
        "answered_at": [None, *MOMENTS[1:]],
    }
)


@pytest.mark.django_db
@pytest.mark.parametrize("frame", [CALLS, CALLS.frame], ids=["lists", "frame"])
def test_moments_and_texts_come_out_as_they_went_in(frame):
    with connection.cursor() as cursor:
        incoming, rows = staged(cursor, frame=frame, types=TYPES)
        cursor.execute(incoming, rows)
        found = cursor.fetchall()
    assert found == list(zip(*CALLS.columns.values(), strict=True))
