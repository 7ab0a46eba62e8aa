"""An import's life: refused rows, wrong files, cancelling, repeating, dying, forgetting."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from callstats.calls import operations as calls
from callstats.calls.models import Call, CallHour, FeedHour
from callstats.feeds import lines
from callstats.imports import operations, progress, raw_files, reading, storing, tasks
from callstats.imports.models import CallImport, Channel, ImportState, RefusedRow
from callstats.periods.models import IndicatorPeriod
from callstats.sources.frames import Unreadable
from tests.callstats.imports.conftest import FIRST_LOG
from tests.factories.callstats import ARRIVED_AT, SourceFactory, call, canonical_csv, month_figure

GOOD = canonical_csv([call("a"), call("b", wait_seconds=200)])


class Stumble(Exception):
    """Something that nobody thought of."""


@pytest.fixture
def nothing_is_stored():
    def nothing_is_stored() -> bool:
        return not any(model.objects.exists() for model in (Call, CallHour, FeedHour, RefusedRow))

    return nothing_is_stored


def test_a_file_is_kept_with_its_hash_and_for_us_alone(source, receive):
    call_import = receive(source, GOOD, file_name="../../etc/log.csv")
    assert call_import.path.read_bytes() == GOOD
    assert stat.S_IMODE(call_import.path.stat().st_mode) == 0o600
    assert call_import.path.parent == settings.UPLOADS_DIR
    assert (call_import.file_name, call_import.size_bytes) == ("log.csv", len(GOOD))
    assert len(call_import.sha256) == 64


def test_too_large_a_file_leaves_nothing_behind(source, settings):
    settings.IMPORT_FILE_BYTES_LIMIT = 10
    with pytest.raises(Unreadable, match="file_too_large"):
        operations.receive(
            source=source,
            chunks=iter([b"12345678", b"90123"]),
            file_name="x",
            channel=Channel.COMMAND,
            at=timezone.now(),
        )
    assert list(settings.UPLOADS_DIR.iterdir()) == []
    assert not CallImport.objects.exists()


def test_refused_rows_are_kept_and_the_others_stored(source, run):
    rows = [call("a"), call("b", wait_seconds=-3), call("c", outcome="lost"), call("d")]
    done = run(source, canonical_csv(rows))
    assert done.state == ImportState.COMPLETED_WITH_ERRORS
    assert (done.received, done.created, done.rejected) == (4, 2, 2)
    told = RefusedRow.objects.order_by("line").values_list(
        "line", "external_id", "field", "code", "value"
    )
    assert list(told) == [
        (3, "b", "wait_seconds", "negative_duration", "-3"),
        (4, "c", "outcome", "unknown_outcome", "lost"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "x" * 121),
        ("queue", "q" * 81),
        ("municipality", "Alver"),
        ("urgency", "very very urgent"),
    ],
)
def test_what_no_column_can_hold_is_a_refused_row_and_no_crash(source, run, field, value):
    done = run(source, canonical_csv([call("a"), call("b") | {field: value}]))
    assert done.state == ImportState.COMPLETED_WITH_ERRORS
    assert (done.created, done.rejected) == (1, 1)
    refused = RefusedRow.objects.get()
    assert (refused.line, refused.field, refused.code) == (3, field, "unknown_value")


def test_unmapped_queues_stop_with_their_list_and_store_nothing(source, run, nothing_is_stored):
    rows = [call("a"), call("b", queue="ny_ko"), call("c", queue="andre"), call("d", queue="andre")]
    done = run(source, canonical_csv(rows))
    assert (done.state, done.error_code) == (ImportState.FAILED, "unmapped_queues")
    assert done.error_params == {"queues": ["andre", "ny_ko"], "count": 2}
    assert (done.received, done.created, done.affected_months) == (0, 0, [])
    assert nothing_is_stored()


def test_the_rest_of_the_queues_can_be_mapped_by_a_star(central, run):
    source = SourceFactory(slug="star", central=central, queues={"*": "116117", "amk": "other"})
    done = run(source, canonical_csv([call("a", queue="what"), call("b", queue="amk")]))
    assert done.state == ImportState.COMPLETED
    assert Call.objects.get(external_id="a").line.line_class == "116117"
    assert Call.objects.get(external_id="b").line.line_class == "other"


def test_a_file_covers_the_hours_from_its_first_to_its_last_call(source, run):
    rows = [call("a"), call("b", arrived_at=ARRIVED_AT + timedelta(hours=2, minutes=1))]
    done = run(source, canonical_csv(rows))
    assert (done.first_at, done.last_at) == (rows[0]["arrived_at"], rows[1]["arrived_at"])
    assert FeedHour.objects.count() == 3


def test_stated_coverage_is_half_open(source, run):
    covers = (ARRIVED_AT - timedelta(hours=1), ARRIVED_AT + timedelta(hours=2))
    run(source, GOOD, covers=covers)
    noted = FeedHour.objects.order_by("hour_at").values_list("hour_at", flat=True)
    assert list(noted) == [ARRIVED_AT + timedelta(hours=n) for n in (-1, 0, 1)]


def test_running_again_what_is_done_changes_nothing(source, run):
    done = run(source, GOOD)
    operations.run(call_import=done, at=timezone.now() + timedelta(days=1))
    done.refresh_from_db()
    assert (done.created, done.unchanged) == (2, 0)
    assert run(source, GOOD).unchanged == 2


# --- cancelling ---------------------------------------------------------------


@pytest.mark.parametrize("state", [ImportState.CHECKING, ImportState.CHECKED, ImportState.QUEUED])
def test_what_waits_can_be_cancelled_and_is_not_run(source, receive, nothing_is_stored, state):
    call_import = receive(source, GOOD, confirm_first=True)
    CallImport.objects.update(state=state)
    operations.cancel(call_import=call_import, at=timezone.now())
    tasks.check(import_id=str(call_import.pk))
    tasks.run(import_id=str(call_import.pk))
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED
    assert call_import.is_finished
    assert nothing_is_stored()


@pytest.mark.parametrize(
    "state",
    [
        ImportState.COMPLETED,
        ImportState.COMPLETED_WITH_ERRORS,
        ImportState.FAILED,
        ImportState.CANCELLED,
    ],
)
def test_what_is_finished_cannot_be_cancelled(source, receive, state):
    call_import = receive(source, GOOD)
    CallImport.objects.update(state=state, finished_at=timezone.now())
    with pytest.raises(operations.WrongState):
        operations.cancel(call_import=call_import, at=timezone.now())
    call_import.refresh_from_db()
    assert call_import.state == state


@pytest.mark.parametrize("stage", ["reading", "storing"])
def test_a_running_import_stops_at_the_next_step(
    source, receive, nothing_is_stored, monkeypatch, stage
):
    report = progress.report

    def cancel_at_stage(*, import_id, progress):
        report(import_id=import_id, progress=progress)
        if progress.stage == stage:
            running = CallImport.objects.get(pk=import_id)
            operations.cancel(call_import=running, at=timezone.now())

    monkeypatch.setattr(progress, "report", cancel_at_stage)
    call_import = receive(source, GOOD)
    tasks.run(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED
    assert (call_import.received, call_import.affected_months) == (0, [])
    assert nothing_is_stored()


def test_cancelling_what_lost_its_worker_takes_effect_when_it_is_resumed(
    source, receive, nothing_is_stored
):
    call_import = receive(source, GOOD)
    CallImport.objects.update(state=ImportState.IMPORTING)
    operations.cancel(call_import=call_import, at=timezone.now())
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED
    assert nothing_is_stored()


def test_cancelling_during_the_check_is_not_undone_by_it(source, receive, monkeypatch):
    call_import = receive(source, GOOD, confirm_first=True)
    parts_of = reading.parts_of

    def cancelled_meanwhile(**options):
        other_request = CallImport.objects.get(pk=call_import.pk)
        operations.cancel(call_import=other_request, at=timezone.now())
        return parts_of(**options)

    monkeypatch.setattr(reading, "parts_of", cancelled_meanwhile)
    tasks.check(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED


def test_only_a_checked_import_can_be_confirmed(source, receive):
    call_import = receive(source, GOOD, confirm_first=True)
    with pytest.raises(operations.WrongState):
        operations.confirm(call_import=call_import)
    operations.check(call_import=call_import, at=timezone.now())
    operations.confirm(call_import=call_import)
    with pytest.raises(operations.WrongState):
        operations.confirm(call_import=call_import)


def test_nobody_can_confirm_a_dry_run(source, receive, nothing_is_stored):
    call_import = receive(source, GOOD, confirm_first=True, is_dry_run=True)
    tasks.resume_stalled()  # a worker was quicker than the request
    call_import.refresh_from_db()
    assert (call_import.state, call_import.created) == (ImportState.CANCELLED, 2)
    with pytest.raises(operations.WrongState):
        operations.confirm(call_import=call_import)
    assert nothing_is_stored()


# --- errors of ours -------------------------------------------------------------


def test_an_error_of_ours_ends_visibly_with_nothing_stored(
    source, receive, nothing_is_stored, monkeypatch
):
    def stumble(*_, **__):
        raise Stumble

    monkeypatch.setattr(storing, "note", stumble)
    call_import = receive(source, canonical_csv([call("a"), call("b", wait_seconds=-1)]))
    with pytest.raises(Stumble):
        tasks.run(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert (call_import.state, call_import.error_code) == (ImportState.FAILED, "internal_error")
    assert (call_import.received, call_import.created, call_import.rejected) == (0, 0, 0)
    assert nothing_is_stored()


def test_a_lost_database_leaves_the_import_to_be_resumed(
    source, receive, nothing_is_stored, monkeypatch
):
    from django.db import OperationalError

    def lost(*_, **__):
        raise OperationalError("server closed the connection")

    call_import = receive(source, GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(calls, "note_feed", lost)
        with pytest.raises(OperationalError):
            tasks.run(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert call_import.state == ImportState.IMPORTING
    assert nothing_is_stored()
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert (call_import.state, call_import.created) == (ImportState.COMPLETED, 2)
    assert month_figure().denominator == 2


def test_months_whose_computing_was_lost_are_computed_by_the_next_tick(
    source, receive, monkeypatch
):
    call_import = receive(source, GOOD)
    operations.run(call_import=call_import, at=timezone.now())  # and then the worker dies
    assert not IndicatorPeriod.objects.exists()
    tasks.resume_stalled()
    assert month_figure().denominator == 2


def test_an_import_goes_on_unseen_while_the_cache_is_away(source, run, settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/1"}
    }
    assert run(source, GOOD).state == ImportState.COMPLETED


def test_no_more_calls_are_told_to_be_stored_than_the_file_is_thought_to_have(
    source, run, monkeypatch
):
    told = []
    monkeypatch.setattr(progress, "report", lambda *, import_id, progress: told.append(progress))
    monkeypatch.setattr(reading, "calls_expected", lambda call_import: 1)
    run(source, GOOD)
    assert [(seen.done, seen.total) for seen in told if seen.stage == "storing"][-1] == (2, 2)


def test_a_file_that_was_lost_is_told_as_such(source, receive):
    call_import = receive(source, GOOD)
    call_import.path.unlink()
    tasks.run(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert (call_import.state, call_import.error_code) == (ImportState.FAILED, "file_missing")


# --- retention ---------------------------------------------------------------------


def test_raw_files_are_deleted_when_their_time_is_over(source, run, clock):
    old = run(source, GOOD)
    clock.shift(timedelta(days=89))
    young = run(source, GOOD)
    assert raw_files.delete_expired(at=timezone.now()) == 0
    clock.shift(timedelta(days=2))
    assert raw_files.delete_expired(at=timezone.now()) == 1
    old.refresh_from_db()
    assert not old.path.exists()
    assert old.file_deleted_at == timezone.now()
    assert young.path.exists()
    assert Call.objects.count() == 2
    assert raw_files.delete_expired(at=timezone.now()) == 0


def test_a_preview_that_nobody_confirmed_does_not_keep_its_file_for_ever(source, receive, clock):
    call_import = receive(source, GOOD, confirm_first=True)
    operations.check(call_import=call_import, at=timezone.now())
    clock.shift(timedelta(days=91))
    tasks.delete_expired_files()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED
    assert not call_import.path.exists()


def test_a_file_without_an_import_goes_too(source, receive, clock):
    orphan = settings.UPLOADS_DIR / "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    stranger = settings.UPLOADS_DIR / "README"
    kept = receive(source, GOOD).path
    for path in (orphan, stranger, kept):
        path.write_bytes(b"x")
        os.utime(path, (timezone.now().timestamp(),) * 2)
    clock.shift(timedelta(days=91))
    assert raw_files.delete_expired(at=timezone.now()) == 1
    assert [path.exists() for path in (orphan, stranger, kept)] == [False, True, True]


def test_the_preview_shows_the_first_calls_and_the_totals(exchange, receive):
    call_import = receive(exchange, FIRST_LOG.read_bytes(), confirm_first=True)
    operations.check(call_import=call_import, at=datetime(2025, 11, 10, tzinfo=UTC))
    shown = CallImport.objects.get().preview
    assert len(shown["first"]) == 20
    assert sum(shown["outcomes"].values()) == shown["calls"] == sum(shown["queues"].values())
    assert not Call.objects.exists()


def test_refused_rows_go_with_the_file_and_their_number_stays(source, run, clock):
    done = run(source, canonical_csv([call("a"), call("b", wait_seconds=-1)]))
    clock.shift(timedelta(days=91))
    tasks.delete_expired_files()
    done.refresh_from_db()
    assert (done.rejected, done.state) == (1, ImportState.COMPLETED_WITH_ERRORS)
    assert not RefusedRow.objects.exists()


@pytest.mark.parametrize("number", ["4x7000001", "+47000000011122233344455"])
def test_a_number_that_cannot_be_read_is_not_kept(source, run, number):
    run(source, canonical_csv([call("a"), call("b", number=number)]))
    refused = RefusedRow.objects.get()
    assert (refused.field, refused.value) == ("number", None)


@pytest.mark.parametrize(
    ("queue", "shown"),
    [
        ("main", "main"),
        ("116117", "116117"),
        ("56 34 90 00", "56…0 (11)"),
        ("001", "001"),
        ("+4770000001", "+4… (11)"),
        ("004770000001", "00… (12)"),
        ("4770000001", "47… (10)"),
        ("SIP/+47 700 00 001", "SIP/+4… (14)"),
        ("q" * 200, "q" * 80),
    ],
)
def test_an_unmapped_queue_shows_no_caller_s_number(queue, shown):
    assert lines.UnmappedQueues([queue]).params == {"queues": [shown], "count": 1}
