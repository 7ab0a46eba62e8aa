"""What of an import goes with its file."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from callstats.imports import operations, raw_files
from callstats.imports.answers import answer_for, status_of
from callstats.imports.models import CallImport, ImportState
from tests.factories.callstats import call, canonical_csv

GOOD = canonical_csv([call("a"), call("b", wait_seconds=-1)])


@pytest.fixture
def expire(clock):
    """`expire(import)` deletes its file when its time is over; the import afterwards."""

    def run(call_import):
        clock.shift(settings.RAW_FILE_RETENTION + timedelta(seconds=1))
        assert raw_files.delete_expired(at=timezone.now()) == 1
        return CallImport.objects.get(pk=call_import.pk)

    return run


def test_the_first_calls_of_a_preview_go_with_the_file(source, receive, expire):
    found = receive(source, GOOD, confirm_first=True)
    operations.check(call_import=found, at=timezone.now())
    assert [row["external_id"] for row in found.preview["first"]] == ["a"]
    operations.confirm(call_import=found)
    operations.run(call_import=found, at=timezone.now())

    kept = expire(found)
    assert (kept.preview["first"], kept.preview["queues"]) == ([], {})
    assert kept.preview["outcomes"] == {"answered": 1}
    assert (kept.state, kept.received) == (ImportState.COMPLETED_WITH_ERRORS, 2)


@pytest.mark.parametrize("data", [GOOD, canonical_csv([call("a", wait_seconds=-1)])])
def test_a_dry_run_still_is_told_as_checked(source, receive, expire, data):
    found = receive(source, data, confirm_first=True, is_dry_run=True)
    operations.check(call_import=found, at=timezone.now())
    assert status_of(found) == "checked"
    kept = expire(found)
    assert kept.preview["first"] == []
    assert status_of(kept) == "checked"


def test_a_dry_run_that_was_cancelled_before_is_no_checked_one(source, receive, expire):
    found = receive(source, GOOD, confirm_first=True, is_dry_run=True)
    operations.cancel(call_import=found, at=timezone.now())
    kept = expire(found)
    assert (kept.preview, status_of(kept)) == ({}, "cancelled")


def test_the_queues_that_stopped_an_import_go_with_the_file(source, run, expire, as_person, leader):
    found = run(source, canonical_csv([call("a", queue="Kari Nordmann"), call("b", queue="ny")]))
    assert "Kari Nordmann" in answer_for(found)["message"]

    kept = expire(found)
    assert kept.error_code == "unmapped_queues"
    assert kept.error_params == {"queues": ["…"], "count": 2}
    with translation.override("en"):
        assert "not mapped: …." in answer_for(kept)["message"]
    page = as_person(leader).get(reverse("import", args=[kept.pk]))
    assert "Kari" not in page.text
    assert "not mapped" in page.text


def test_other_reasons_stay(source, run, expire):
    found = run(source, b"")
    assert expire(found).error_code == "empty_file"
