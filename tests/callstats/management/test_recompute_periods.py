"""After an upgrade every month that has data is computed by one command."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from callstats.calls.operations import note_feed
from callstats.periods.models import IndicatorPeriod
from tests.factories.callstats import SourceFactory, call, stored

pytestmark = pytest.mark.usefixtures("clock")


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("recompute_periods", *arguments, stdout=told)
    return told.getvalue()


def test_every_month_that_is_over_and_every_year_since_the_first_data_is_computed(central):
    source = SourceFactory(slug="pbx", central=central)
    begun = datetime(2025, 8, 31, 21, 30, tzinfo=UTC)  # 23:30 in Oslo
    note_feed(source_id=source.pk, first_at=begun, last_at=begun + timedelta(hours=1))
    stored(source=source, rows=[call("a")])
    assert run() == "nordhordland: 4 periods\n"
    months = IndicatorPeriod.objects.months().order_by("starts_on")
    assert [month.starts_on.month for month in months] == [8, 9, 10]
    assert IndicatorPeriod.objects.years().get().starts_on.year == 2025
    assert run() == "nordhordland: 4 periods\n"
    assert IndicatorPeriod.objects.count() == 4


def test_a_central_without_data_has_nothing_to_compute(central):
    assert run("--central", central.slug) == "nordhordland: 0 periods\n"


@pytest.mark.django_db
def test_a_central_there_is_not_is_told():
    with pytest.raises(CommandError, match="no central nowhere"):
        run("--central", "nowhere")
