import pytest

from tests.factories.reporting import calls_in_year, draft


@pytest.fixture
def january(central):
    """Data for January 2025 only: 31 days with four calls each."""
    return calls_in_year(central=central, months=(1,))


@pytest.fixture
def report(cooperation, january, leader):
    """A draft for 2025."""
    return draft(cooperation=cooperation, by=leader)
