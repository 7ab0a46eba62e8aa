from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources.durations import milliseconds, seconds


def read(text: str, **options) -> int | None:
    return milliseconds(pl.Series([text]), **options)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", 90_000),
        ("12,5", 12_500),
        ("12.5", 12_500),
        ("00:01:30", 90_000),
        ("1:30", 90_000),
        ("90:00", 5_400_000),
        ("1.02:03:04", 93_784_000),
        ("1m30s", 90_000),
        ("2 t 3 min", 7_380_000),
        ("PT1M30S", 90_000),
        ("P1DT1S", 86_401_000),
        ("1500 ms", 1_500),
        ("1 234", 1_234_000),
        ("1\u00a0234,5", 1_234_500),
        ("-5", -5_000),
        ("\u2212 00:00:05", -5_000),
        ("120.0009", 120_000),
    ],
)
def test_lengths_are_read_as_exports_write_them(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["", "x", "1:75", "12:", "P", "PT", "1e3", "1.234,5", "9" * 30, "--5"]
)
def test_what_is_no_length_is_null(text):
    assert read(text) is None


def test_a_fixed_decimal_mark_makes_the_other_part_thousands():
    assert read("1.234", decimal=",") == 1_234_000
    assert read("1.234", decimal=".") == 1_234
    assert read("12.5", decimal=",") is None
    assert read("1,234.5", decimal=".") == 1_234_500


def test_a_bare_number_has_the_unit_of_the_mapping():
    assert read("1500", unit="ms") == 1_500
    assert read("1,5", unit="min") == 90_000
    assert read("00:00:05", unit="ms") == 5_000


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 359_999), max_size=20))
def test_every_way_of_writing_gives_the_same_length(lengths):
    clock = [f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in lengths]
    words = [f"PT{n // 3600}H{n // 60 % 60}M{n % 60}S" for n in lengths]
    told = [str(n) for n in lengths]

    expected = [n * 1000 for n in lengths]
    for written in (clock, words, told):
        assert milliseconds(pl.Series(written, dtype=pl.String)).to_list() == expected


def test_seconds_keep_three_decimals():
    frame = pl.DataFrame({"ms": [120_001]}).select(seconds(pl.col("ms")))

    assert frame.item() == Decimal("120.001")
