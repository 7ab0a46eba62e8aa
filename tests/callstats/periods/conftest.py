"""Months of the central with a few calls: computed, checked, published."""

import pytest

from legevakt.lib.periods import Period
from tests.factories import months
from tests.factories.callstats import SourceFactory

OCTOBER = Period.month(2025, 10)


@pytest.fixture
def exchange(central):
    return SourceFactory(slug="pbx", name="The exchange", central=central)


@pytest.fixture
def month_of_calls(central, exchange):
    """`month_of_calls(OCTOBER, within=3, late=1)`."""
    return lambda period=OCTOBER, **calls: months.month_of_calls(central, period, **calls)


@pytest.fixture
def checked(month_of_calls, leader):
    """The same, checked by the leader."""
    return lambda period=OCTOBER, **calls: months.checked(
        month_of_calls(period, **calls), by=leader
    )


@pytest.fixture
def published(month_of_calls, leader, host_director):
    """The same, checked by the leader and published by the director."""
    return lambda period=OCTOBER, **calls: months.published(
        month_of_calls(period, **calls), checked_by=leader, by=host_director
    )
