"""How a moment and a number are written in each language."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format, number_format

MOMENT = datetime(2026, 11, 22, 1, 53, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "short"),
    [
        ("nn", "22. november 2026 kl. 01:53", "22.11.2026 01:53"),
        ("nb", "22. november 2026 kl. 01:53", "22.11.2026 01:53"),
        ("en", "22 November 2026, 01:53", "22 Nov 2026, 01:53"),
    ],
)
def test_a_date_has_the_day_first_and_the_clock_goes_to_24(language, moment, short):
    with translation.override(language):
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment
        assert date_format(MOMENT, "SHORT_DATETIME_FORMAT") == short


@pytest.mark.parametrize(
    ("language", "written"), [("nn", "12\xa0345,6"), ("nb", "12\xa0345,6"), ("en", "12,345.6")]
)
def test_a_large_number_is_grouped_as_the_language_does(language, written):
    with translation.override(language):
        assert number_format(12345.6, decimal_pos=1, force_grouping=True) == written


@pytest.mark.parametrize(("language", "written"), [("nn", "mai"), ("nb", "mai"), ("en", "May")])
def test_no_text_of_ours_has_taken_the_place_of_a_month(language, written):
    with translation.override(language):
        assert date_format(date(2026, 5, 17), "F") == written
