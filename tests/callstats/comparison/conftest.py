"""A series of the central, and months that are computed."""

from datetime import UTC, datetime

import pytest

from callstats.periods import operations
from legevakt.lib.periods import Period
from tests.factories.aggregates import AggregateSeriesFactory
from tests.factories.reporting import calls_in_year

COMPUTED_AT = datetime(2025, 11, 2, tzinfo=UTC)


@pytest.fixture
def series(central):
    return AggregateSeriesFactory(central=central, slug="hdo", name="HDO")


@pytest.fixture
def computed():
    """`computed(central, year=2025, months=(1, 2))`: two of four calls a day in time, stored."""

    def make(central, *, year=2025, months=(1,)):
        source = calls_in_year(central=central, year=year, months=months)
        for month in months:
            operations.compute(central=central, period=Period.month(year, month), at=COMPUTED_AT)
        return source

    return make
