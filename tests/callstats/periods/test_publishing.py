"""Checked, published, revised; what is published stays: against Celery, SQL, late calls."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from callstats.calls.models import FeedHour
from callstats.calls.operations import note_feed
from callstats.imports import operations as imports
from callstats.imports.models import ImportState
from callstats.imports.queries import limits_of, months_not_computed
from callstats.models import IndicatorFigureEvent
from callstats.periods import operations, tasks
from callstats.periods import stored as periods
from callstats.periods.models import IndicatorFigure, IndicatorPeriod, PeriodState
from callstats.periods.verifying import verify
from legevakt.lib.periods import Period
from municipalities.models import WebhookMessage
from tests.factories.callstats import (
    CallImportFactory,
    SourceFactory,
    call,
    month_figure,
    stored,
)
from tests.factories.webhooks import WebhookEndpointFactory

OCTOBER = Period.month(2025, 10)
LATE = "id,arrived_at,queue,outcome,wait_seconds\nlate,2025-10-24T12:00:00Z,lv_116117,answered,1\n"
LATE_HOUR = datetime(2025, 10, 24, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def source(central):
    source = SourceFactory(slug="pbx", central=central)
    note_feed(source_id=source.pk, first_at=OCTOBER.starts_at, last_at=OCTOBER.ends_at)
    return source


@pytest.fixture
def computed(central, source):
    stored(source=source, rows=[call("a"), call("b", outcome="abandoned")])
    return operations.compute(central=central, period=OCTOBER, at=timezone.now())


@pytest.fixture
def check(leader):
    def checked(period):
        seen = operations.fingerprint(period)
        return operations.check(period=period, seen=seen, by=leader, at=timezone.now())

    return checked


@pytest.fixture
def publish(check, host_director):
    def published(period, **reason):
        return operations.publish(
            period=check(period), by=host_director, at=timezone.now(), **reason
        )

    return published


@pytest.fixture
def published(computed, publish):
    return publish(computed)


def revise(period, by, reason="The exchange sent a forgotten hour."):
    return operations.open_revision(period=period, reason=reason, by=by, at=timezone.now())


def take_late_row(source):
    call_import = CallImportFactory(source=source, created_at=timezone.now())
    call_import.path.write_text(LATE)
    imports.run(call_import=call_import, at=timezone.now())
    call_import.refresh_from_db()
    return call_import


def test_who_checked_and_who_published_is_kept(published, leader, host_director):
    kept = IndicatorPeriod.objects.get()
    assert (kept.state, kept.revision) == (PeriodState.PUBLISHED, 1)
    assert (kept.checked_by, kept.published_by) == (leader, host_director)
    assert kept.checked_at == kept.published_at == timezone.now()
    assert kept.imports["imports"] == 0
    assert kept.code_version


def test_publishing_again_changes_nothing(published, leader):
    again = operations.publish(period=published, by=leader, at=timezone.now())
    assert again.published_by == published.published_by


def test_what_nobody_has_checked_is_not_published(computed, host_director):
    with pytest.raises(operations.NotChecked):
        operations.publish(period=computed, by=host_director, at=timezone.now())


def test_a_period_that_is_not_over_is_not_checked(central, source, check):
    november = operations.compute(central=central, period=Period.month(2025, 11), at=timezone.now())
    with pytest.raises(operations.NotOver):
        check(november)


def test_what_changed_since_it_was_looked_at_is_not_checked(computed, source, leader):
    seen = operations.fingerprint(computed)
    stored(source=source, rows=[call("late")])
    with pytest.raises(operations.HasChanged):
        operations.check(period=computed, seen=seen, by=leader, at=timezone.now())
    assert month_figure().denominator == 2


def test_late_calls_open_a_checked_month_again(computed, check, source, host_director):
    check(computed)
    stored(source=source, rows=[call("late")])
    tasks.compute_month(central_id=source.central_id, year=2025, month=10)
    kept = IndicatorPeriod.objects.months().get()
    assert (kept.state, kept.checked_by) == (PeriodState.OPEN, None)
    with pytest.raises(operations.NotChecked):
        operations.publish(period=kept, by=host_director, at=timezone.now())


def test_computing_the_same_again_leaves_it_checked(computed, check, central):
    check(computed)
    operations.compute(central=central, period=OCTOBER, at=timezone.now())
    assert IndicatorPeriod.objects.get().state == PeriodState.CHECKED


def test_an_incomplete_month_is_published_with_a_reason_only(
    computed, check, host_director, source
):
    source.feed_hours.filter(hour_at__lt=datetime(2025, 10, 2, tzinfo=UTC)).delete()
    checked = check(operations.compute(central=source.central, period=OCTOBER, at=timezone.now()))
    with pytest.raises(operations.Incomplete):
        operations.publish(period=checked, by=host_director, at=timezone.now())
    told = operations.publish(
        period=checked,
        by=host_director,
        at=timezone.now(),
        provisional_reason="The exchange was down on 1 October.",
    )
    assert told.provisional_reason == "The exchange was down on 1 October."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE callstats_indicatorperiod SET observed = '{}'",
        "UPDATE callstats_indicatorperiod SET state = 'open', published_at = NULL",
        "DELETE FROM callstats_indicatorperiod",
        "UPDATE callstats_indicatorfigure SET numerator = 0",
        "DELETE FROM callstats_indicatorfigure",
        "INSERT INTO callstats_indicatorfigure"
        " (period_id, definition_id, definition, numerator, denominator, figures)"
        " SELECT id, 'made-up-v1', '{}', 1, 1, '{}' FROM callstats_indicatorperiod",
    ],
)
def test_the_database_refuses_to_change_it(published, statement):
    before = list(IndicatorFigure.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(IndicatorFigure.objects.order_by("pk").values()) == before
    assert IndicatorPeriod.objects.get().is_published


def test_two_revisions_are_never_under_way_at_once(published, leader):
    revision = revise(published, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorPeriod.objects.create(
            central=revision.central,
            starts_on=revision.starts_on,
            ends_on=revision.ends_on,
            revision=3,
            observed={},
            computed_at=timezone.now(),
            code_version="x",
            reason="another",
        )
    assert revise(published, leader) == revision


def test_computing_leaves_it_alone(published, central, source):
    stored(source=source, rows=[call("late")])
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    assert month_figure().denominator == 2


def test_what_was_stored_and_not_computed_yet_must_be_looked_at_first(
    computed, check, source, host_director
):
    checked = check(computed)
    stored(source=source, rows=[call("c"), call("d")])
    with pytest.raises(operations.NotChecked):
        operations.publish(period=checked, by=host_director, at=timezone.now())


def test_a_published_month_is_not_queued_for_computing(published, source):
    CallImportFactory(
        source=source,
        state=ImportState.COMPLETED,
        affected_months=["2025-10"],
        created_at=timezone.now(),
        finished_at=timezone.now() + timedelta(hours=1),
    )
    assert months_not_computed(at=timezone.now()) == []


def test_an_import_into_the_month_is_refused_row_by_row(published, source):
    refused = take_late_row(source)
    assert (refused.created, refused.rejected) == (0, 1)
    assert refused.refused_rows.get().code == "period_locked"


def test_an_import_tells_of_no_more_hours_of_the_month_before_it_is_revised(
    computed, publish, central, source, leader
):
    FeedHour.objects.filter(hour_at=LATE_HOUR).delete()
    row = publish(operations.compute(central=central, period=OCTOBER, at=timezone.now()))
    take_late_row(source)
    assert not FeedHour.objects.filter(hour_at=LATE_HOUR).exists()
    assert verify(central=central).deviations == []

    revise(row, leader)
    take_late_row(source)
    assert FeedHour.objects.filter(hour_at=LATE_HOUR).exists()


def test_a_published_year_does_not_lock_its_january(central, source, leader):
    year = Period.year(2025)
    IndicatorPeriod.objects.create(
        central=central,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        observed={},
        computed_at=timezone.now(),
        code_version="x",
        state=PeriodState.PUBLISHED,
        checked_at=timezone.now(),
        published_at=timezone.now(),
    )
    assert limits_of(central_id=central.pk).locked == ()


def test_a_revision_takes_late_calls_and_the_published_figure_counts_until_then(
    published, source, leader, publish
):
    revision = revise(published, leader)
    assert take_late_row(source).created == 1
    tasks.compute_month(central_id=source.central_id, year=2025, month=10)
    in_force = periods.in_force(central=source.central, period=OCTOBER)
    assert in_force == published
    assert periods.level_of(in_force, definition_id="lvs-2min-v1").denominator == 2
    revision.refresh_from_db()
    assert periods.level_of(revision, definition_id="lvs-2min-v1").denominator == 3
    publish(revision)
    assert periods.in_force(central=source.central, period=OCTOBER) == revision
    assert limits_of(central_id=source.central_id).locked == (OCTOBER.starts_on,)
    assert IndicatorPeriod.objects.months().count() == 2


def test_a_month_being_revised_is_computed_when_its_worker_was_lost(published, source, leader):
    revise(published, leader)
    CallImportFactory(
        source=source,
        state=ImportState.COMPLETED,
        affected_months=["2025-10"],
        created_at=timezone.now(),
        finished_at=timezone.now() + timedelta(hours=1),
    )
    assert months_not_computed(at=timezone.now()) == [(source.central_id, 2025, 10)]


def test_a_revision_says_why(published, leader):
    with pytest.raises(operations.NoReason):
        revise(published, leader, reason=" ")


def test_only_what_is_published_is_revised(computed, leader):
    with pytest.raises(operations.NotPublished):
        revise(computed, leader)


def test_a_year_is_published_when_its_months_are(central, source, check, publish, clock):
    clock.move_to(datetime(2026, 1, 5, 12, tzinfo=UTC))
    year = Period.year(2025)
    note_feed(source_id=source.pk, first_at=year.starts_at, last_at=year.ends_at)
    stored(source=source, rows=[call("a"), call("b", outcome="abandoned")])
    whole = operations.compute(central=central, period=year, at=timezone.now())
    with pytest.raises(operations.MonthsNotPublished):
        publish(whole)
    for month in year.months():
        publish(operations.compute(central=central, period=month, at=timezone.now()))
    assert publish(whole).is_published


def test_a_published_year_is_revised_with_its_month(
    central, source, publish, leader, clock, host_director
):
    clock.move_to(datetime(2026, 1, 5, 12, tzinfo=UTC))
    year = Period.year(2025)
    note_feed(source_id=source.pk, first_at=year.starts_at, last_at=year.ends_at)
    for period in (*year.months(), year):
        publish(operations.compute(central=central, period=period, at=timezone.now()))
    october = periods.latest(central=central, period=OCTOBER)
    revise(october, leader)
    revised = periods.latest(central=central, period=year)
    assert (revised.revision, revised.state) == (2, PeriodState.OPEN)
    assert revised.reason == "The exchange sent a forgotten hour."
    with pytest.raises(operations.MonthsNotPublished):
        publish(revised)


def test_webhooks_are_told_of_published_and_revised_figures(
    computed, cooperation, publish, source, leader
):
    WebhookEndpointFactory(
        cooperation=cooperation, event_types=["indicator.published", "indicator.revised"]
    )
    published = publish(computed)
    publish(revise(published, leader))
    first, second = WebhookMessage.objects.order_by("pk")
    assert first.event_type == "indicator.published"
    assert first.payload["data"] == {
        "central": "nordhordland",
        "period": "2025-10-01/2025-11-01",
        "definition": "lvs-2min-v1",
        "revision": 1,
        "numerator": 1,
        "denominator": 2,
        "percent": "50.0",
        "hours_with_data": 745,
        "hours_in_period": 745,
    }
    assert second.event_type == "indicator.revised"
    assert second.payload["data"]["reason"] == "The exchange sent a forgotten hour."


def test_the_history_keeps_what_a_month_said_before(central, source):
    for name in ("a", "b"):
        stored(source=source, rows=[call(name)])
        operations.compute(central=central, period=OCTOBER, at=timezone.now())
    kept = IndicatorFigureEvent.objects.filter(definition_id="lvs-2min-v1")
    assert list(kept.values_list("numerator", "denominator")) == [(1, 1)]
