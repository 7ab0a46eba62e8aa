"""Celery computes the months and may do so as often as it likes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from callstats.indicators import queries
from callstats.indicators.definitions import default_definition
from callstats.indicators.worked_example import VECTOR
from callstats.models import IndicatorFigureEvent
from callstats.periods import operations, tasks
from callstats.periods import stored as stored_periods
from callstats.periods.models import IndicatorPeriod
from callstats.periods.names import name_of
from legevakt.lib.periods import Period
from tests.factories.callstats import SourceFactory, call, month_figure, stored
from tests.factories.municipalities import CentralFactory

LVS = default_definition()
YEAR = Period.year(2025)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def source(central):
    source = SourceFactory(slug="pbx", central=central)
    rows = [
        call(f"v{n}", outcome=outcome, wait_seconds=wait)
        for n, (outcome, wait) in enumerate(VECTOR)
    ]
    stored(source=source, rows=rows)
    return source


@pytest.mark.usefixtures("source")
def test_a_month_is_stored_with_its_parts_and_never_the_percentage_alone(central):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    kept = month_figure(LVS.id)
    assert (kept.numerator, kept.denominator) == (3, 11)
    assert kept.period.period == Period.month(2025, 10)
    assert kept.period.computed_at == timezone.now()
    assert kept.definition == LVS.as_dict()
    assert kept.figures["percent"] == "27.3"
    assert kept.figures["hours_in_period"] == 31 * 24 + 1


@pytest.mark.usefixtures("source")
def test_computing_again_changes_nothing_but_the_time(central, clock):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    before = stored_periods.computed_months(central=central, definition=LVS, period=YEAR)
    clock.shift(timedelta(hours=1))
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    assert stored_periods.computed_months(central=central, definition=LVS, period=YEAR) == before
    assert {row.computed_at for row in IndicatorPeriod.objects.all()} == {timezone.now()}
    assert not IndicatorFigureEvent.objects.exists()


def test_late_calls_heal_the_stored_month(central, source):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    stored(source=source, rows=[call("late", wait_seconds=1)])
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    kept = month_figure()
    assert (kept.numerator, kept.denominator) == (4, 12)


@pytest.mark.usefixtures("source")
def test_the_stored_month_equals_what_is_computed_now(central):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    period = Period.month(2025, 10)
    assert stored_periods.computed_months(central=central, definition=LVS, period=YEAR) == [
        queries.service_level(centrals=[central], period=period, definition=LVS)
    ]


def test_the_night_computes_the_running_month_and_three_before_it_of_every_central(
    central, cooperation
):
    other = CentralFactory(slug="other", cooperation=cooperation)
    tasks.recompute_recent()
    for one in (central, other):
        months = stored_periods.computed_months(central=one, definition=LVS, period=YEAR)
        assert [month.starts_on.month for month in months] == [8, 9, 10, 11]


def test_the_night_computes_each_month_and_each_year_once(central, monkeypatch):
    for year in (2023, 2024):
        tasks.compute_month(central_id=central.pk, year=year, month=3)
    computed, compute = [], operations.compute

    def counted(*, central, period, at):
        computed.append(name_of(period))
        return compute(central=central, period=period, at=at)

    monkeypatch.setattr(operations, "compute", counted)
    tasks.recompute_recent()
    months = ["2023-03", "2024-03", "2025-08", "2025-09", "2025-10", "2025-11"]
    assert sorted(computed) == sorted([*months, "2023", "2024", "2025"])


def test_the_night_goes_by_the_day_in_oslo(central, clock):
    clock.move_to(datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    tasks.recompute_recent()
    months = stored_periods.computed_months(
        central=central, definition=LVS, period=Period(date(2025, 1, 1), date(2026, 12, 31))
    )
    assert months[-1].starts_on == date(2026, 1, 1)


@pytest.mark.usefixtures("source")
def test_only_whole_months_within_the_period_are_given(central):
    tasks.recompute_recent()
    period = Period(date(2025, 9, 1), date(2025, 11, 1))
    months = stored_periods.computed_months(central=central, definition=LVS, period=period)
    assert [(month.starts_on.month, month.denominator) for month in months] == [(9, 0), (10, 11)]


def test_every_stored_month_is_computed_again_when_completeness_may_have_changed(central, source):
    tasks.compute_month(central_id=central.pk, year=2024, month=1)
    kept = IndicatorPeriod.objects.months().get(starts_on=date(2024, 1, 1))
    IndicatorPeriod.objects.update(computed_at=kept.computed_at - timedelta(days=90))
    tasks.recompute_central(central_id=central.pk)
    kept.refresh_from_db()
    assert kept.computed_at == timezone.now()


@pytest.mark.usefixtures("source")
def test_the_year_that_holds_the_month_is_computed_with_it(central):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    year = IndicatorPeriod.objects.years().get()
    assert year.period == YEAR
    figure = year.figures.get(definition_id=LVS.id)
    assert (figure.numerator, figure.denominator, figure.parts) == (3, 11, None)


@pytest.mark.usefixtures("source")
def test_every_part_of_a_month_sums_to_it(central):
    tasks.compute_month(central_id=central.pk, year=2025, month=10)
    kept = month_figure()
    for cells in kept.parts.values():
        assert [sum(column) for column in zip(*cells.values(), strict=True)] == [3, 11]
    assert kept.parts["hour_of_week"] == {str(5 * 24 + 14): [3, 11]}
    assert kept.parts["day"] == {"2025-10-24": [3, 11]}
    assert kept.parts["municipality"] == {"": [3, 11]}
