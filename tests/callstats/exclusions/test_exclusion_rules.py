"""Which months a window touches, by the clock in Norway."""

from datetime import UTC, date, datetime

import pytest

from callstats.exclusions.rules import months_touched


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "months"),
    [
        # 31 October 23:00 to 24:00 in Oslo, then a minute more.
        (
            datetime(2025, 10, 31, 22, tzinfo=UTC),
            datetime(2025, 10, 31, 23, tzinfo=UTC),
            [date(2025, 10, 1)],
        ),
        (
            datetime(2025, 10, 31, 22, tzinfo=UTC),
            datetime(2025, 10, 31, 23, 1, tzinfo=UTC),
            [date(2025, 10, 1), date(2025, 11, 1)],
        ),
        (
            datetime(2025, 12, 31, 23, tzinfo=UTC),
            datetime(2026, 1, 1, 1, tzinfo=UTC),
            [date(2026, 1, 1)],
        ),
    ],
)
def test_a_window_touches_the_months_that_it_has_a_moment_in(starts_at, ends_at, months):
    found = months_touched(starts_at=starts_at, ends_at=ends_at)
    assert [month.starts_on for month in found] == months
