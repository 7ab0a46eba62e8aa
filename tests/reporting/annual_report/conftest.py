import pytest
from django.utils.translation import get_language

from legevakt.lib.tables import Row, Table
from municipalities.queries import Page
from reporting.annual_report.chapters import CHAPTERS, Chapter, Section
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, draft


@pytest.fixture
def january(central):
    """Data for January 2025 only: 31 days with four calls each."""
    return calls_in_year(central=central, months=(1,))


@pytest.fixture
def report(cooperation, january, leader):
    """A draft for 2025."""
    return draft(cooperation=cooperation, by=leader)


@pytest.fixture
def after_the_year(clock):
    """It is 20 January 2026."""
    clock.move_to(AFTER_THE_YEAR)


@pytest.fixture
def told(monkeypatch):
    """The chapter of quality tells 70 deviations, and suggests two sentences."""
    rows = tuple(Row((f"=category {number}", number)) for number in range(1, 71))
    table = Table("Deviations by category", ("Category", "Deviations"), rows)
    monkeypatch.setitem(
        CHAPTERS,
        "quality",
        Chapter(
            code="quality",
            title="Quality",
            facts=lambda asked: {"deviations": 70},
            sections=lambda figures: (
                Section(key="all", title="Deviations", page=Page(lead="70.", tables=(table,))),
            ),
            suggestions=lambda figures: (
                f"({get_language()}) 70 avvik vart melde.",
                f"({get_language()}) Fleire enn før.",
            ),
        ),
    )
    return table
