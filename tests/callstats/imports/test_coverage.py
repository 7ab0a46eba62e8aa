"""Which hours an import is evidence of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from callstats.imports import operations
from callstats.imports.coverage import between_calls
from callstats.imports.models import ImportState
from callstats.models import FeedHour
from tests.factories.callstats import CallImportFactory, calls_frame

AT = datetime(2025, 10, 1, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def frame(*moments):
    return calls_frame(*({"id": f"c{n}", "arrived_at": at} for n, at in enumerate(moments)))


def test_quiet_hours_between_two_calls_have_data():
    assert between_calls(frame(AT + 20 * HOUR, AT)) == [(AT, AT + 20 * HOUR)]


def test_more_than_a_day_without_a_call_is_a_hole():
    later = AT + timedelta(days=400)

    assert between_calls(frame(AT, AT + HOUR, later)) == [(AT, AT + HOUR), (later, later)]


def test_a_file_without_calls_tells_of_nothing():
    assert between_calls(frame()) == []


@pytest.mark.django_db
def test_a_file_that_stops_its_worker_again_and_again_is_given_up():
    call_import = CallImportFactory(state=ImportState.IMPORTING, attempts=5)

    operations.run(call_import=call_import, at=timezone.now())

    assert (call_import.state, call_import.error_code) == (ImportState.FAILED, "gave_up")
    assert not FeedHour.objects.exists()
