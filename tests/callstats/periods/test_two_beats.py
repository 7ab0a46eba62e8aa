"""Two beats at once, or the same beat again, compute every month once."""

import threading

import pytest
from django.db import connection

from callstats.models import IndicatorFigure, IndicatorFigureEvent, IndicatorPeriod
from callstats.periods import tasks
from legevakt.lib.periods import Period
from tests.factories.months import hour_of_calls

OCTOBER = Period.month(2025, 10)

pytestmark = pytest.mark.usefixtures("clock")


def rows():
    periods = IndicatorPeriod.objects.order_by("starts_on", "ends_on", "revision")
    figures = IndicatorFigure.objects.order_by("period__starts_on", "period__ends_on")
    return (
        list(periods.values_list("starts_on", "ends_on", "revision", "state")),
        sorted(figures.values_list("period", "definition_id", "numerator", "denominator")),
    )


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_store_each_month_and_each_figure_once(month_of_calls, central):
    month_of_calls(OCTOBER, within=3)
    tasks.recompute_recent()
    hour_of_calls(central, period=OCTOBER, outcome="abandoned", waits_ms=[1_000])
    gate, failures = threading.Barrier(3), []

    def beat():
        try:
            gate.wait()
            tasks.recompute_central(central_id=central.pk)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    beats = [threading.Thread(target=beat) for _ in range(3)]
    for each in beats:
        each.start()
    for each in beats:
        each.join()

    assert failures == []
    october = IndicatorPeriod.objects.get(starts_on=OCTOBER.starts_on)
    figure = october.figures.get(definition_id="lvs-2min-v1")
    assert (figure.numerator, figure.denominator) == (3, 4)
    before = rows()
    tasks.recompute_recent()
    assert rows() == before, "another beat finds nothing to change"


def test_computing_what_has_not_changed_writes_no_history(month_of_calls, central):
    month_of_calls(OCTOBER, within=3)
    kept = IndicatorFigureEvent.objects.count()
    figures = sorted(IndicatorFigure.objects.values_list("pk", flat=True))
    for _beat in range(2):
        tasks.recompute_central(central_id=central.pk)
    assert IndicatorFigureEvent.objects.count() == kept
    assert set(figures) <= set(IndicatorFigure.objects.values_list("pk", flat=True))
