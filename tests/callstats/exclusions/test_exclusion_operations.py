"""A rule's life: by two persons, over a window that can be left out once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from callstats.calls.models import CallPurge
from callstats.exclusions import operations
from callstats.exclusions.models import ExcludedHour, Exclusion
from callstats.exclusions.rules import EndsBeforeStart, ExclusionState, TooLong
from callstats.imports.retention import purge_calls
from callstats.models import Call, ExclusionEvent
from callstats.periods import operations as indicators
from legevakt.lib.periods import Period
from municipalities.models import LineClass
from tests.factories.callstats import call, stored
from tests.factories.exclusions import PROPOSED_AT, STARTS_AT, approved, proposed
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

HOUR = timedelta(hours=1)
OCTOBER = Period.month(2025, 10)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def rule(central, leader):
    return proposed(central=central, by=leader)


def numbers_of(period, definition_id):
    figure = period.figures.get(definition_id=definition_id)
    return figure.numerator, figure.denominator


def excluded_calls():
    return sum(ExcludedHour.objects.values_list("calls", flat=True))


def test_a_proposed_rule_leaves_nothing_out(rule, source):
    stored(source=source, rows=[call("a")])
    assert rule.state == ExclusionState.PROPOSED
    assert not ExcludedHour.objects.exists()


def test_another_person_approves_and_the_window_is_summed(rule, source, host_director):
    inside = [call("a"), call("b", arrived_at=STARTS_AT + HOUR - timedelta(seconds=1))]
    outside = [call("c", arrived_at=STARTS_AT + HOUR), call("d", arrived_at=STARTS_AT - HOUR)]
    stored(source=source, rows=inside + outside)

    found = operations.approve(exclusion=rule, by=host_director, at=PROPOSED_AT + HOUR)

    assert (found.state, found.decided_by) == (ExclusionState.APPROVED, host_director)
    assert found.decided_at == PROPOSED_AT + HOUR
    hour = ExcludedHour.objects.get()
    assert (hour.hour_at, hour.calls, hour.waits_ms) == (STARTS_AT, 2, [10_000, 10_000])


def test_a_rule_for_one_line_leaves_the_other_alone(
    central, source, national, leader, host_director
):
    stored(source=source, rows=[call("a"), call("b", queue="lv_direkte")])
    approved(central=central, by=leader, approver=host_director, line=national)
    assert [hour.line for hour in ExcludedHour.objects.all()] == [national]


def test_nobody_approves_or_refuses_what_one_has_proposed(rule, leader):
    for decide in (operations.approve, operations.refuse):
        with pytest.raises(operations.OwnProposal):
            decide(exclusion=rule, by=leader, at=PROPOSED_AT)
    rule.refresh_from_db()
    assert rule.state == ExclusionState.PROPOSED


def test_the_database_refuses_one_s_own_approval(rule, leader):
    with (
        pytest.raises(IntegrityError, match="exclusion_is_decided_by_another"),
        transaction.atomic(),
    ):
        Exclusion.objects.update(state="approved", decided_by=leader, decided_at=PROPOSED_AT)


def test_what_is_refused_or_withdrawn_is_not_approved_after_all(rule, leader, host_director):
    operations.refuse(exclusion=rule, by=host_director, at=PROPOSED_AT)
    other = proposed(central=rule.central, by=leader)
    operations.withdraw(exclusion=other, reason="A mistake.", by=leader, at=PROPOSED_AT)
    for each in (rule, other):
        with pytest.raises(operations.AlreadyDecided):
            operations.approve(exclusion=each, by=host_director, at=PROPOSED_AT)
    with pytest.raises(operations.AlreadyDecided):
        operations.withdraw(exclusion=rule, reason="A mistake.", by=leader, at=PROPOSED_AT)


def test_deciding_again_changes_nothing(rule, host_director):
    for at in (PROPOSED_AT, PROPOSED_AT + HOUR):
        operations.approve(exclusion=rule, by=host_director, at=at)
    rule.refresh_from_db()
    assert rule.decided_at == PROPOSED_AT


def test_a_window_ends_after_it_begins_and_within_a_week(central, leader):
    for ends_at in (STARTS_AT, STARTS_AT - HOUR):
        with pytest.raises(EndsBeforeStart):
            proposed(central=central, by=leader, ends_at=ends_at)
    week = timedelta(days=7)
    with pytest.raises(TooLong):
        proposed(central=central, by=leader, ends_at=STARTS_AT + week + timedelta(minutes=1))
    assert proposed(central=central, by=leader, ends_at=STARTS_AT + week).pk


def test_the_same_calls_are_not_left_out_twice(central, national, leader, host_director):
    first = approved(central=central, by=leader, approver=host_director, name="First")
    for line in (None, national):
        with pytest.raises(operations.Overlaps) as refused:
            proposed(central=central, by=leader, line=line, starts_at=STARTS_AT + HOUR / 2)
        assert refused.value.other == first
    assert proposed(central=central, by=leader, starts_at=STARTS_AT + HOUR).pk


def test_two_proposals_may_overlap_and_only_one_is_approved(
    central, national, leader, host_director
):
    one, two = (proposed(central=central, by=leader, line=line) for line in (national, None))
    operations.approve(exclusion=one, by=host_director, at=PROPOSED_AT)
    with pytest.raises(operations.Overlaps):
        operations.approve(exclusion=two, by=host_director, at=PROPOSED_AT)
    operations.withdraw(exclusion=one, reason="A mistake.", by=leader, at=PROPOSED_AT)
    operations.approve(exclusion=two, by=host_director, at=PROPOSED_AT)


def test_other_lines_and_other_centrals_do_not_collide(
    central, national, leader, host_director, cooperation
):
    approved(central=central, by=leader, approver=host_director, line=national)
    local = central.numbers.get(line_class=LineClass.LOCAL)
    other = PublicNumberFactory(central=CentralFactory(cooperation=cooperation)).central
    approved(central=central, by=leader, approver=host_director, line=local)
    approved(central=other, by=leader, approver=host_director)


def test_a_time_whose_calls_are_deleted_cannot_be_left_out(central, leader):
    CallPurge.objects.create(central=central, before_at=STARTS_AT + timedelta(minutes=1))
    with pytest.raises(operations.CallsAreGone) as refused:
        proposed(central=central, by=leader)
    assert refused.value.before_at == STARTS_AT + timedelta(minutes=1)


def test_late_data_are_followed_when_the_month_is_computed(central, source, leader, host_director):
    stored(source=source, rows=[call("a"), call("b"), call("gone", wait_seconds=1)])
    rule = approved(central=central, by=leader, approver=host_director)
    later = [
        call("a", outcome="abandoned"),
        call("gone", arrived_at=STARTS_AT + HOUR),
        call("moved in", wait_seconds=3),
    ]
    stored(source=source, rows=later)

    period = indicators.compute(central=central, period=OCTOBER, at=timezone.now())

    sums = rule.hours.order_by("outcome").values_list("outcome", "calls", "waits_ms")
    assert list(sums) == [("abandoned", 1, [10_000]), ("answered", 2, [3_000, 10_000])]
    assert numbers_of(period, "lvs-2min-v1") == (3, 4)
    assert numbers_of(period, "lvs-2min-without-excluded-v1") == (1, 1)


def test_what_moved_out_of_the_window_is_not_left_out_any_longer(
    central, source, leader, host_director
):
    stored(source=source, rows=[call("a")])
    approved(central=central, by=leader, approver=host_director)
    stored(source=source, rows=[call("a", arrived_at=STARTS_AT + HOUR)])
    indicators.compute(central=central, period=OCTOBER, at=timezone.now())
    assert excluded_calls() == 0


def test_an_outage_is_left_out_of_no_indicator_that_names_test_calls_alone(
    central, source, leader, host_director
):
    stored(source=source, rows=[call("a")])
    approved(
        central=central, by=leader, approver=host_director, kind=operations.ExclusionKind.OUTAGE
    )
    period = indicators.compute(central=central, period=OCTOBER, at=timezone.now())
    assert numbers_of(period, "lvs-2min-caller-v1") == (1, 1)
    assert numbers_of(period, "lvs-2min-without-excluded-v1") == (0, 0)


def test_the_sums_outlive_the_calls_and_what_came_late_is_in_them(
    central, source, leader, host_director, clock
):
    stored(source=source, rows=[call("a")])
    approved(central=central, by=leader, approver=host_director)
    stored(source=source, rows=[call("late")])
    clock.move_to(datetime(2027, 6, 1, tzinfo=UTC))
    purge_calls(at=timezone.now())
    assert not Call.objects.exists()

    period = indicators.compute(central=central, period=OCTOBER, at=timezone.now())

    assert excluded_calls() == 2
    assert numbers_of(period, "lvs-2min-caller-v1") == (0, 0)


def test_withdrawing_counts_the_calls_again_and_keeps_what_was_left_out(
    central, source, leader, host_director
):
    stored(source=source, rows=[call("a")])
    rule = approved(central=central, by=leader, approver=host_director)
    operations.withdraw(exclusion=rule, reason="A mistake.", by=leader, at=PROPOSED_AT + 2 * HOUR)

    period = indicators.compute(central=central, period=OCTOBER, at=timezone.now())

    assert numbers_of(period, "lvs-2min-caller-v1") == (1, 1)
    assert excluded_calls() == 1


def test_a_rule_is_withdrawn_for_a_reason_only(rule, leader):
    for empty in ("", "  "):
        with pytest.raises(operations.NoReason):
            operations.withdraw(exclusion=rule, reason=empty, by=leader, at=PROPOSED_AT)
    rule.refresh_from_db()
    assert rule.state == "proposed"

    operations.withdraw(exclusion=rule, reason=" The calls were real. ", by=leader, at=PROPOSED_AT)

    rule.refresh_from_db()
    assert (rule.state, rule.withdrawn_reason) == ("withdrawn", "The calls were real.")


def test_withdrawing_again_keeps_the_first_reason(rule, leader):
    for reason in ("First.", "Second."):
        operations.withdraw(exclusion=rule, reason=reason, by=leader, at=PROPOSED_AT)
    rule.refresh_from_db()
    assert rule.withdrawn_reason == "First."


def test_the_history_keeps_every_state(rule, host_director, leader):
    operations.approve(exclusion=rule, by=host_director, at=PROPOSED_AT)
    operations.withdraw(exclusion=rule, reason="A mistake.", by=leader, at=PROPOSED_AT)
    states = ExclusionEvent.objects.order_by("pgh_id").values_list("state", flat=True)
    assert {"proposed", "approved"} <= set(states)
