"""Starting over empties a sandbox source, and nothing else ever."""

from datetime import UTC, datetime

import pytest

from callstats.calls.models import Call, CallHour, CallPurge, CallRevision, FeedHour
from callstats.conformance import operations
from callstats.imports.models import CallImport, ImportState, RefusedRow
from tests.callstats.conformance.conftest import ended
from tests.callstats.conformance.vendors import WRONG, right
from tests.factories.callstats import CallImportFactory, SourceFactory, call, stored

pytestmark = pytest.mark.usefixtures("clock")


def test_after_starting_over_the_same_requests_are_taken_anew(
    line, source, settings, django_capture_on_commit_callbacks
):
    line.sends(WRONG["no offset"][0])
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.start_over(source=source) == 29
    kept = (Call, CallHour, CallRevision, FeedHour, CallImport, RefusedRow)
    assert [model.__name__ for model in kept if model.objects.exists()] == []
    assert list(settings.UPLOADS_DIR.iterdir()) == []
    assert operations.start_over(source=source) == 0
    line.sends(right())
    assert line.report()["conforms"] is True


def test_another_source_of_the_sandbox_keeps_its_calls(line, source, sandbox):
    other = SourceFactory(slug="other", central=sandbox, queues={"main": "116117"})
    at = datetime(2025, 1, 15, 10, 30, tzinfo=UTC)
    stored(source=other, rows=[call("theirs", queue="main", arrived_at=at)])
    line.sends(right())
    operations.start_over(source=source)
    assert Call.objects.get().external_id == "theirs"
    hour = CallHour.objects.get()
    assert (hour.hour_at.hour, hour.calls) == (10, 1)


def test_the_scenario_outlives_the_retention_of_calls(line, source, sandbox):
    CallPurge.objects.create(central=sandbox, before_at=datetime(2025, 6, 1, tzinfo=UTC))
    line.sends(right())
    assert "nothing-refused" in ended(line.report(), "fail")
    operations.start_over(source=source)
    line.sends(right())
    assert line.report()["conforms"] is True


def test_calls_that_count_are_never_deleted(central):
    source = SourceFactory(slug="real", central=central)
    stored(source=source, rows=[call("a")])
    with pytest.raises(operations.NotASandbox):
        operations.start_over(source=source)
    assert Call.objects.count() == 1


def test_an_import_under_way_is_waited_for(source):
    CallImportFactory(source=source, state=ImportState.IMPORTING)
    with pytest.raises(operations.StillImporting):
        operations.start_over(source=source)
    assert CallImport.objects.exists()
