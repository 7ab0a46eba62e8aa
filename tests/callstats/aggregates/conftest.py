"""A series of the central."""

import pytest

from tests.factories.aggregates import AggregateSeriesFactory


@pytest.fixture
def series(central):
    return AggregateSeriesFactory(central=central, slug="hdo", name="HDO")
