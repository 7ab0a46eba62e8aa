"""What the overview reads of centrals, months and imports."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from callstats.models import CallImport
from callstats.queries import default_definition, imports_behind
from legevakt.lib.periods import Period
from reporting.dashboard import queries

TODAY = date(2025, 11, 10)


def states(central):
    figures = queries.central_figures(central=central, today=TODAY)
    return {f"{month.period.starts_on:%Y-%m}": month.state for month in figures.months}


def test_the_last_of_24_months_is_the_last_complete_one(central):
    figures = queries.central_figures(central=central, today=TODAY)

    assert len(figures.months) == 24
    assert figures.last_month.period == Period.month(2025, 10)


def test_a_month_without_feed_is_no_data(central):
    assert set(states(central).values()) == {"no_data"}


def test_a_month_with_feed_and_no_calls_is_no_calls(central, month_of_calls):
    month_of_calls(2025, 10)

    assert states(central)["2025-10"] == "no_calls"


def test_a_month_with_feed_that_is_not_computed_waits(central, month_of_calls):
    month_of_calls(2025, 9, within=1, is_computed=False)

    assert states(central)["2025-09"] == "waiting"


def test_twelve_months_sum_numerators_and_denominators(central, month_of_calls):
    month_of_calls(2024, 10, within=100)
    month_of_calls(2024, 11, within=1, late=1)
    month_of_calls(2025, 10, within=2)

    rolling = queries.central_figures(central=central, today=TODAY).rolling

    assert (rolling.numerator, rolling.denominator) == (3, 4)


def test_completeness_of_twelve_months_counts_the_months_without_data(central, month_of_calls):
    month_of_calls(2025, 10, within=1)

    figures = queries.central_figures(central=central, today=TODAY)

    assert figures.rolling.hours_with_feed == 745
    assert figures.rolling.hours_in_period == 8760
    assert figures.rolling_period.hours() == 8760


def test_an_outsider_has_no_cooperation(cooperation, outsider):
    assert queries.visible_cooperations(outsider) == []


def test_a_partner_may_neither_view_imports_nor_approve(cooperation, partner_director):
    (row,) = queries.visible_cooperations(partner_director)

    assert (row.may_view_imports, row.may_approve_reports) == (False, False)


def test_the_host_director_views_imports_and_approves(cooperation, host_director):
    (row,) = queries.visible_cooperations(host_director)

    assert (row.may_view_imports, row.may_approve_reports) == (True, True)


@pytest.mark.parametrize(("month", "imports"), [(9, 0), (10, 1), (11, 1), (12, 0)])
def test_imports_behind_a_month_are_those_whose_calls_reach_into_it(source, month, imports):
    CallImport.objects.create(
        source=source,
        channel="command",
        file_name="queue_log",
        sha256="0" * 64,
        size_bytes=1,
        created_at=datetime(2025, 11, 3, tzinfo=UTC),
        state="completed",
        received=3,
        created=3,
        first_at=datetime(2025, 10, 30, tzinfo=UTC),
        last_at=datetime(2025, 11, 2, tzinfo=UTC),
    )

    counts = imports_behind(central=source.central, period=Period.month(2025, month))

    assert (counts.imports, counts.created) == (imports, 3 * imports)


def stored_import(source, **fields):
    return CallImport.objects.create(
        source=source,
        channel="page",
        file_name="queue_log",
        sha256="0" * 64,
        size_bytes=1,
        state="completed",
        **fields,
    )


def test_the_newest_imports_are_read_by_an_index(source, leader):
    now = datetime(2025, 11, 3, tzinfo=UTC)
    for last_at in (now, now - timedelta(days=1), now - timedelta(days=2), now):
        stored_import(source, created_at=now, last_at=last_at)
    with CaptureQueriesContext(connection) as asked:
        found = queries.latest_imports(user=leader, cooperation=source.central.cooperation)

    assert [row.pk for row in found] == sorted(row.pk for row in CallImport.objects.all())[:3]
    assert 'callstats_callimport"."source_id" IN (' in asked[-1]["sql"]
    assert asked[-1]["sql"].count("SELECT") == 1


def test_imports_behind_a_month_leave_older_imports_out_by_an_index(source):
    with CaptureQueriesContext(connection) as asked:
        imports_behind(central=source.central, period=Period.month(2025, 10))

    sql = asked[-1]["sql"]
    assert "created_at >= '2025-09-29" in sql
    assert "JOIN" not in sql


def test_months_are_of_the_definition_asked_for(central, month_of_calls):
    period = month_of_calls(2025, 10, within=4, late=1)

    (month,) = queries.months_of(
        central=central,
        definition=default_definition(),
        period=period,
    )

    assert str(month.level.percent) == "80.0"
