"""What of a sample may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.mappings.masking import shown


@pytest.mark.parametrize(
    "value",
    [
        "24.10.2025 14:03:05",
        "24.10.2025 14:03",
        "2025-10-24T14:03:05+02:00",
        "2025-10-24 14:03:05.123",
        "10/24/2025 02:03:05 PM",
        "20251024",
        "14:03:05",
        "1761307385",
        "1761307385.123",
        "1761307385123",
        "LV 116117",
        "Besvart",
        "12,5",
        "00:01:30",
        "1001",
    ],
)
def test_what_is_no_phone_number_is_shown_as_it_is(value):
    assert shown(value) == value


@pytest.mark.parametrize(
    "value",
    ["91234567", "912 34 567", "+4791234567", "+47 91 23 45 67", "004791234567", "91234567;x"],
)
def test_what_looks_like_a_phone_number_is_cut(value):
    assert "1234567" not in shown(value).replace(" ", "")
    assert "…" in shown(value)


@given(st.integers(21_000_000, 99_999_999))
def test_no_norwegian_number_is_shown(number):
    assert str(number) not in shown(str(number))
    assert str(number) not in shown(f"fra {number}")
