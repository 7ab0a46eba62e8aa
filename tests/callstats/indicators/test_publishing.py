"""A published figure stays: against Celery, against SQL, against late calls."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from callstats.imports.models import ImportState
from callstats.imports.queries import months_not_computed
from callstats.indicators import operations, tasks
from callstats.indicators.definitions import default_definition
from callstats.indicators.models import IndicatorPeriod, PeriodState
from callstats.models import IndicatorPeriodEvent
from legevakt.lib.periods import Period
from tests.factories.callstats import CallImportFactory, SourceFactory, call, stored

LVS = default_definition()
OCTOBER = Period.month(2025, 10)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def published(central, source, leader):
    stored(source=source, rows=[call("a"), call("b", outcome="abandoned")])
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    return operations.publish(
        central=central, period=OCTOBER, definition=LVS, by=leader, at=timezone.now()
    )


def test_what_was_published_when_and_by_whom_is_kept(published, leader):
    kept = IndicatorPeriod.objects.get()
    assert (kept.state, kept.published_by) == (PeriodState.PUBLISHED, leader)
    assert kept.published_at == timezone.now()


def test_publishing_again_changes_nothing(published, central, partner_director):
    again = operations.publish(
        central=central, period=OCTOBER, definition=LVS, by=partner_director, at=timezone.now()
    )
    assert again.published_by == published.published_by


def test_what_was_never_computed_cannot_be_published(central, leader):
    with pytest.raises(operations.NotComputed):
        operations.publish(
            central=central, period=OCTOBER, definition=LVS, by=leader, at=timezone.now()
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE callstats_indicatorperiod SET numerator = 0",
        "UPDATE callstats_indicatorperiod SET state = 'open', published_at = NULL",
        "DELETE FROM callstats_indicatorperiod",
    ],
)
def test_the_database_refuses_to_change_it(published, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert IndicatorPeriod.objects.get().numerator == published.numerator


def test_computing_leaves_it_alone(published, central, source):
    stored(source=source, rows=[call("late")])
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    assert IndicatorPeriod.objects.get().denominator == published.denominator


def test_what_was_stored_and_not_computed_yet_is_published_too(central, source, leader):
    stored(source=source, rows=[call("a")])
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    stored(source=source, rows=[call("b"), call("c")])
    published = operations.publish(
        central=central, period=OCTOBER, definition=LVS, by=leader, at=timezone.now()
    )
    assert (published.state, published.denominator) == (PeriodState.PUBLISHED, 3)


def test_a_published_month_is_not_queued_for_computing(published, source):
    CallImportFactory(
        source=source,
        state=ImportState.COMPLETED,
        affected_months=["2025-10"],
        created_at=timezone.now(),
        finished_at=timezone.now() + timedelta(hours=1),
    )
    assert months_not_computed(at=timezone.now()) == []


def test_an_import_into_the_month_is_refused_row_by_row(published, source, tmp_path):
    from callstats.imports import operations as imports

    call_import = CallImportFactory(source=source)
    call_import.path.write_text(
        "id,arrived_at,queue,outcome,wait_seconds\n"
        "late,2025-10-24T12:00:00Z,lv_116117,answered,1\n"
        "next,2025-11-01T12:00:00Z,lv_116117,answered,1\n"
    )
    imports.run(call_import=call_import, at=timezone.now())
    call_import.refresh_from_db()
    assert call_import.state == ImportState.COMPLETED_WITH_ERRORS
    assert (call_import.created, call_import.rejected) == (1, 1)
    refused = call_import.refused_rows.get()
    assert (refused.line, refused.external_id, refused.code) == (2, "late", "period_locked")


def test_the_history_keeps_what_a_month_said_before(central, source):
    for name in ("a", "b"):
        stored(source=source, rows=[call(name)])
        tasks.compute_month(central_id=central.pk, year=2025, month=10)
    kept = IndicatorPeriodEvent.objects.filter(definition_id=LVS.id)
    assert list(kept.values_list("numerator", "denominator")) == [(1, 1)]
