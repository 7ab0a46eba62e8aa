"""Calls by municipality: by name, the unknown last, nothing of few."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from callstats.queries import default_definition
from legevakt.lib.periods import Period
from reporting.statistics.by_municipality import municipality_series
from reporting.statistics.places import names_on, places_of
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.usefixtures("english", "clock")
OCTOBER = Period.month(2025, 10)
MONDAY = datetime(2025, 10, 6, 8, tzinfo=UTC)


@pytest.fixture
def series(central):
    def made():
        places = places_of(central=central, definition=default_definition(), period=OCTOBER)
        return municipality_series(
            central=central,
            definition=default_definition(),
            period=OCTOBER,
            places=places,
            url="/?a=1",
        )

    return made


def rows(series):
    return [row.cells for row in series.table.rows]


def test_municipalities_stand_by_name_the_unknown_last_and_then_the_sum(series, calls):
    calls(MONDAY, municipality="4633", answered=[30] * 9, abandoned=[9] * 6)
    calls(MONDAY, municipality="4631", answered=[30] * 20)
    calls(MONDAY, municipality="", answered=[30] * 5 + [300] * 5)

    assert rows(series()) == [
        ("Alver", "4631", 20, 20, Decimal("100.0"), 0),
        ("Fedje", "4633", 15, 9, Decimal("60.0"), 6),
        ("Unknown municipality", "–", 10, 5, Decimal("50.0"), 0),
        ("Total", "–", 45, 34, Decimal("75.6"), 6),
    ]


def test_a_municipality_of_few_calls_is_hidden_and_the_next_smallest_too(series, calls):
    MunicipalityFactory(number="4632", name="Austrheim")
    calls(MONDAY, municipality="4631", answered=[30] * 30)
    calls(MONDAY, municipality="4632", answered=[30] * 12)
    calls(MONDAY, municipality="4633", answered=[30] * 2)
    found = series()

    hidden = ("not shown",) * 4
    assert rows(found) == [
        ("Alver", "4631", 30, 30, Decimal("100.0"), 0),
        ("Austrheim", "4632", *hidden),
        ("Fedje", "4633", *hidden),
        ("Total", "–", 44, 44, Decimal("100.0"), 0),
    ]
    shares = {row["name"]: row["share"] for row in found.chart["datasets"]["places"]}
    assert shares == {"Alver": 1.0, "Austrheim": None, "Fedje": None}
    assert "fewer than 5" in found.note


def test_calls_in_time_that_leave_few_over_are_hidden_with_them(series, calls):
    calls(MONDAY, municipality="4631", answered=[30] * 30, abandoned=[9] * 8)
    calls(MONDAY, municipality="4633", answered=[30] * 10, abandoned=[9] * 2)

    assert rows(series()) == [
        ("Alver", "4631", 38, *("not shown",) * 3),
        ("Fedje", "4633", 12, *("not shown",) * 3),
        ("Total", "–", 50, 40, Decimal("80.0"), 10),
    ]


def test_a_share_is_hidden_with_its_numerator(series, calls):
    calls(MONDAY, municipality="4631", answered=[30] * 30)
    calls(MONDAY, municipality="4633", answered=[30] * 3 + [300] * 9)

    assert rows(series())[1][2:5] == (12, "not shown", "not shown")


def test_where_all_that_rang_are_few_nothing_is_shown_at_all(series, calls):
    calls(MONDAY, municipality="4631", answered=[30] * 3)

    assert rows(series()) == [
        ("Alver", "4631", *("not shown",) * 4),
        ("Total", "–", *("not shown",) * 4),
    ]


def test_a_number_that_the_register_lacks_stands_by_itself(series, calls):
    calls(MONDAY, municipality="9999", answered=[30] * 7)

    assert rows(series())[0][:3] == ("9999", "9999", 7)


@pytest.mark.django_db
def test_the_name_is_that_of_the_day():
    MunicipalityFactory(
        number="1256", name="Meland", valid_from=date(1900, 1, 1), valid_to=date(2020, 1, 1)
    )
    MunicipalityFactory(number="1256", name="A later one", valid_from=date(2030, 1, 1))

    assert names_on(date(2019, 6, 1), numbers=["1256"]) == {"1256": "Meland"}
    assert names_on(date(2025, 6, 1), numbers=["1256"]) == {"1256": "Meland"}
    assert names_on(date(2031, 6, 1), numbers=["1256"]) == {"1256": "A later one"}


def test_nobody_called(series):
    assert rows(series()) == [("Total", "–", 0, 0, "no calls", 0)]
