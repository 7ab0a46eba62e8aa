"""Calls go when their time is over; what they summed up to stays, and nothing comes back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from callstats.calls.models import Call, CallHour, CallPurge, CallRevision
from callstats.imports import retention, tasks
from callstats.imports.models import CallTrace, ImportState
from callstats.imports.retention import keeps_from
from tests.factories.callstats import (
    CallImportFactory,
    SourceFactory,
    call,
    canonical_csv,
    stored,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEPT_FROM = datetime(2025, 9, 30, 22, tzinfo=UTC)
BEFORE = KEPT_FROM - timedelta(seconds=1)


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.mark.parametrize(
    ("at", "months", "first"),
    [
        ("2026-11-22T12:00:00+00:00", 13, "2025-09-30T22:00:00+00:00"),
        ("2026-12-31T22:59:59+00:00", 1, "2026-10-31T23:00:00+00:00"),
        ("2026-12-31T23:00:00+00:00", 1, "2026-11-30T23:00:00+00:00"),
        ("2026-01-01T00:00:00+00:00", 12, "2024-12-31T23:00:00+00:00"),
    ],
)
def test_whole_local_months_are_kept(at, months, first):
    assert keeps_from(at=datetime.fromisoformat(at), months=months).isoformat() == first


def test_calls_before_the_first_kept_month_go_and_the_hours_stay(source):
    stored(source=source, rows=[call("old", arrived_at=BEFORE), call("new", arrived_at=KEPT_FROM)])
    hours = list(CallHour.objects.order_by("pk").values())
    assert retention.purge_calls(at=AT) == 1
    assert retention.purge_calls(at=AT) == 0
    assert list(Call.objects.values_list("external_id", flat=True)) == ["new"]
    assert list(CallHour.objects.order_by("pk").values()) == hours


def test_revisions_go_with_their_call(source):
    for wait in (1, 2):
        stored(
            source=source,
            rows=[
                call("old", arrived_at=BEFORE, wait_seconds=wait),
                call("new", arrived_at=KEPT_FROM, wait_seconds=wait),
            ],
        )
    tasks.purge_calls()
    retention.purge_calls(at=AT)
    assert list(CallRevision.objects.values_list("external_id", flat=True)) == ["new"]


def test_the_lines_of_old_calls_go(source):
    for name, at in (("old", BEFORE), ("new", KEPT_FROM)):
        CallTrace.objects.create(source=source, external_id=name, trace="[]", last_event_at=at)
    retention.purge_calls(at=AT)
    assert CallTrace.objects.get().external_id == "new"


def test_what_is_delivered_again_after_that_is_refused_and_the_hours_stay(source, run):
    told = [call("old", arrived_at=BEFORE), call("new", arrived_at=KEPT_FROM)]
    run(source, canonical_csv(told))
    hours = list(CallHour.objects.order_by("pk").values())
    retention.purge_calls(at=AT)
    again = run(source, canonical_csv([*told, call("late", arrived_at=BEFORE)]))
    assert again.state == ImportState.COMPLETED_WITH_ERRORS
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 1, 2)
    refused = again.refused_rows.order_by("line").values_list("line", "external_id", "code")
    assert list(refused) == [(2, "old", "period_purged"), (4, "late", "period_purged")]
    assert list(CallHour.objects.order_by("pk").values()) == hours


def test_a_longer_retention_does_not_bring_the_time_back(source, settings):
    retention.purge_calls(at=AT)
    settings.CALL_RETENTION_MONTHS = 60
    retention.purge_calls(at=AT)
    assert CallPurge.objects.get().before_at == KEPT_FROM


def test_an_idempotency_key_is_forgotten_after_its_time(source, clock):
    fresh, old = (
        CallImportFactory(source=source, idempotency_key=key, created_at=timezone.now() - age)
        for key, age in (("new", timedelta(days=29)), ("old", timedelta(days=31)))
    )
    tasks.forget_old_keys()
    for call_import in (fresh, old):
        call_import.refresh_from_db()
    assert (fresh.idempotency_key, old.idempotency_key) == ("new", None)
