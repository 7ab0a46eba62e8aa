"""Which hours an import is evidence of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from callstats.imports import operations
from callstats.imports.models import ImportState
from callstats.models import FeedHour
from tests.factories.callstats import CallImportFactory, call, canonical_csv
from tests.queue_logs import EVENING, evening_on


@pytest.mark.django_db
def test_a_file_that_stops_its_worker_again_and_again_is_given_up():
    call_import = CallImportFactory(state=ImportState.IMPORTING, attempts=5)

    operations.run(call_import=call_import, at=timezone.now())

    assert (call_import.state, call_import.error_code) == (ImportState.FAILED, "gave_up")
    assert not FeedHour.objects.exists()


def test_a_line_of_2001_does_not_make_24_years_covered(exchange, run):
    log = evening_on(EVENING)
    run(exchange, log.encode())
    evening = FeedHour.objects.count()
    odd = "1000000000|NONE|NONE|NONE|QUEUESTART|\n"

    done = run(exchange, (odd + log).encode())

    assert done.state == ImportState.COMPLETED
    assert FeedHour.objects.count() == evening + 1 <= 5


def test_a_busy_central_s_half_day_of_silence_is_a_hole(source, run):
    first = datetime(2025, 10, 1, 6, tzinfo=UTC)
    minutes = [*range(0, 180, 5), *range(720, 900, 5)]
    rows = [call(f"c{m}", arrived_at=first + timedelta(minutes=m)) for m in minutes]

    run(source, canonical_csv(rows))

    noted = {hour.hour_at.hour for hour in FeedHour.objects.all()}
    assert noted == {6, 7, 8, 18, 19, 20}
