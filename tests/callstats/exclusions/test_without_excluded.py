"""The indicators that leave calls out, against a count of each call by itself."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstats.calls.models import Call, CallHour, CallRevision, Outcome
from callstats.exclusions import operations
from callstats.exclusions.models import ExcludedHour, Exclusion
from callstats.exclusions.rules import ExclusionKind
from callstats.imports import operations as imports
from callstats.indicators.definitions import by_id
from callstats.indicators.queries import service_level
from callstats.periods import operations as indicators
from callstats.periods.models import IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import PublicNumber
from tests.factories.callstats import (
    QUEUE_OF_CLASS,
    CallImportFactory,
    call,
    canonical_csv,
    stored,
)
from tests.factories.exclusions import PROPOSED_AT, approved

# The night in which the clock is put back, and the month's end a few days later (Oslo).
BEGIN = datetime(2025, 10, 25, 22, tzinfo=UTC)
MONTH_END = datetime(2025, 10, 31, 21, tzinfo=UTC)
COUNTED_LINES = ("116117", "lokal8")
MOMENTS = st.builds(
    lambda begin, minutes: begin + timedelta(minutes=minutes),
    st.sampled_from([BEGIN, MONTH_END]),
    st.sampled_from([0, 1, 29, 30, 59, 60, 61, 90, 119, 120, 180, 240]),
)
CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from([f"c{number}" for number in range(12)]),
            "arrived_at": MOMENTS,
            "queue": st.sampled_from(sorted(QUEUE_OF_CLASS.values())),
            "outcome": st.one_of(
                st.sampled_from(["answered", "callback_requested"]),
                st.sampled_from(Outcome.values),
            ),
            "wait_seconds": st.sampled_from([None, "0", "120", "120.001", "600"]),
            "rung_back_after": st.sampled_from([None, 60, 120, 121, 90_000]),
        }
    ),
    max_size=20,
    unique_by=lambda row: row["id"],
)
WINDOWS = st.lists(
    st.tuples(
        st.sampled_from(ExclusionKind), st.sampled_from([None, *COUNTED_LINES]), MOMENTS, MOMENTS
    ),
    max_size=4,
)


def as_rows(drawn):
    """Rows of calls; who asked to be called back is reached after so many seconds."""
    rows = []
    for facts in drawn:
        facts = dict(facts)
        after = facts.pop("rung_back_after")
        if facts["outcome"] == "callback_requested" and after is not None:
            facts["answered_at"] = facts["arrived_at"] + timedelta(seconds=after)
        rows.append(call(**facts))
    return rows


def approve_what_can_be(central, windows, *, leader, host_director):
    for kind, line_class, starts_at, ends_at in windows:
        line = central.numbers.filter(line_class=line_class).first() if line_class else None
        try:
            rule = operations.propose(
                central=central,
                kind=kind,
                name="Rule",
                reason="Reason",
                line=line,
                starts_at=starts_at,
                ends_at=ends_at,
                by=leader,
                at=PROPOSED_AT,
            )
        except operations.ExclusionError:
            continue
        operations.approve(exclusion=rule, by=host_director, at=PROPOSED_AT)


def slowly(period, *, kinds):
    """(calls reached in time as the caller sees it, as the nation does, calls that count)."""
    numbers = {line.pk: line.line_class for line in PublicNumber.objects.all()}
    rules = [r for r in Exclusion.objects.filter(state="approved") if r.kind in kinds]
    national = caller = denominator = 0
    for one in Call.objects.all():
        if numbers[one.line_id] not in COUNTED_LINES or one.outcome == "ended_before_queue":
            continue
        if not period.starts_at <= one.arrived_at < period.ends_at:
            continue
        if any(is_in(one, rule) for rule in rules):
            continue
        is_quick = one.wait_seconds is not None and one.wait_seconds <= Decimal(120)
        is_answered = one.outcome == "answered" and is_quick
        is_rung_back = (
            one.outcome == "callback_requested"
            and one.answered_at is not None
            and one.answered_at - one.arrived_at <= timedelta(seconds=120)
        )
        denominator += 1
        national += is_answered
        caller += is_answered or is_rung_back
    return caller, national, denominator


def is_in(one, rule):
    return rule.starts_at <= one.arrived_at < rule.ends_at and rule.line_id in (None, one.line_id)


def stored_figure(period, definition_id):
    figure = period.figures.get(definition_id=definition_id)
    return figure.numerator, figure.denominator


@pytest.mark.usefixtures("clock")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=CALLS, windows=WINDOWS, later=CALLS)
def test_the_figures_are_those_of_the_calls_outside_the_windows(
    central, source, leader, host_director, first, windows, later
):
    for model in (ExcludedHour, Exclusion, Call, CallRevision, CallHour, IndicatorPeriod):
        model.objects.all().delete()
    stored(source=source, rows=as_rows(first))
    approve_what_can_be(central, windows, leader=leader, host_director=host_director)
    stored(source=source, rows=as_rows(later))  # adds, changes and moves some of them

    for period in (Period.month(2025, 10), Period.month(2025, 11), Period.year(2025)):
        made = indicators.compute(central=central, period=period, at=timezone.now())

        _, in_time, counted = slowly(period, kinds=())
        assert stored_figure(made, "lvs-2min-v1") == (in_time, counted)
        _, in_time, counted = slowly(period, kinds=tuple(ExclusionKind))
        assert stored_figure(made, "lvs-2min-without-excluded-v1") == (in_time, counted)
        reached, _, counted = slowly(period, kinds=(ExclusionKind.TEST_CALLS,))
        assert stored_figure(made, "lvs-2min-caller-v1") == (reached, counted)


@pytest.mark.usefixtures("clock")
def test_a_corrected_call_is_left_out_before_the_month_is_computed_again(
    central, source, leader, host_director
):
    october, definition = Period.month(2025, 10), by_id("lvs-2min-without-excluded-v1")
    run_import(source, call("c1"))
    approved(central=central, by=leader, approver=host_director)
    run_import(source, call("c1", outcome="abandoned"))
    level = service_level(centrals=[central], period=october, definition=definition)
    assert (level.numerator, level.denominator, level.excluded) == (0, 0, 1)


@pytest.mark.usefixtures("clock")
def test_where_every_call_is_left_out_somebody_rang_all_the_same(
    central, source, leader, host_director
):
    october, definition = Period.month(2025, 10), by_id("lvs-2min-without-excluded-v1")
    run_import(source, call("c1"))
    approved(central=central, by=leader, approver=host_director)
    level = service_level(centrals=[central], period=october, definition=definition)
    assert (level.excluded, level.state) == (1, "none_counted")


def run_import(source, *rows):
    call_import = CallImportFactory(source=source, created_at=timezone.now())
    call_import.path.write_bytes(canonical_csv(rows))
    imports.run(call_import=call_import, at=timezone.now())
