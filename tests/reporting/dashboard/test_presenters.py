"""Numbers in words, and words where there is no number."""

from datetime import date

import pytest
from django.utils import translation

from legevakt.lib import words
from reporting.dashboard import presenters, queries

TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def section(central):
    return lambda: presenters.section(queries.central_figures(central=central, today=TODAY))


def test_a_month_says_numerator_denominator_and_target(section, month_of_calls):
    month_of_calls(2025, 10, within=40, late=10)

    card = section().last_month

    assert card.value == "80.0%"
    assert card.sentence == "40 of 50 calls were answered within two minutes"
    assert (card.is_met, card.verdict) == (True, "Meets the target of 80%")
    assert card.completeness == "Data for 745 of 745 hours"


def test_a_share_that_rounds_up_to_the_target_is_below_it(section, month_of_calls):
    month_of_calls(2025, 10, within=1999, late=501)

    card = section().last_month

    assert card.value == "80.0%"
    assert (card.is_met, card.verdict) == (False, "Barely below the target of 80%")


def test_few_calls_are_not_judged(section, month_of_calls):
    month_of_calls(2025, 10, within=4, late=1)

    card = section().last_month

    assert (card.value, card.is_met, card.verdict) == ("80.0%", None, "Too few calls to judge")


@pytest.mark.parametrize(
    ("hours", "is_computed", "value"),
    [(745, True, "No calls"), (0, True, "No data"), (745, False, "Not computed yet")],
)
def test_no_percentage_is_words_and_never_0_or_100(
    section, month_of_calls, hours, is_computed, value
):
    month_of_calls(2025, 9, within=1)
    month_of_calls(2025, 10, hours=hours, is_computed=is_computed)

    found = section()

    for card in (found.last_month, found.unanswered[0]):
        assert card.value == value
        assert (card.is_met, card.verdict) == (None, "")


def test_unanswered_calls_are_a_number_and_a_share(section, month_of_calls):
    month_of_calls(2025, 10, within=9, unanswered=3)

    card = section().unanswered[0]

    assert (card.value, card.sentence) == ("25.0%", "3 of 12 calls were not answered")


def test_what_is_missing_is_said_in_words(section, month_of_calls):
    for month in (11, 12):
        month_of_calls(2024, month, within=1)
    for month in (1, 2, 5, 6, 7, 8, 9, 10):
        month_of_calls(2025, month, within=1, hours=100 if month == 10 else None)

    assert section().missing == [
        "October 2025: 645 hours of 745 have no data.",
        "March 2025 to April 2025: no data.",
    ]


def test_nothing_is_said_to_be_missing_where_every_hour_has_data(section, month_of_calls):
    for month in range(1, 13):
        month_of_calls(2024 if month > 10 else 2025, month)

    assert section().missing == []


def test_data_reaches_through_the_last_minute_of_the_last_hour(section, month_of_calls):
    month_of_calls(2025, 10, within=1)

    assert section().through == "31 October 2025 at 23:59"


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, "–"), (0.4, "0 s"), (120.5, "2 min 0 s"), (294, "4 min 54 s")]
)
def test_a_wait_is_minutes_and_whole_seconds(seconds, text):
    assert words.duration(seconds) == text
