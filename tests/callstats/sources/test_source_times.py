from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import times

OSLO = "Europe/Oslo"


def night(*clocks: str) -> pl.Series:
    return pl.Series([datetime.fromisoformat(f"2025-10-26 {clock}") for clock in clocks])


def told(local: pl.Series, epoch: pl.Series | None = None) -> list[tuple[str, str]]:
    frame = times.to_utc(local, zone=OSLO, epoch=epoch)
    return [(f"{at:%H:%M}", quality) for at, quality, _ in frame.rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T18:02:11+01:00", datetime(2026, 1, 5, 17, 2, 11, tzinfo=UTC)),
        ("2026-01-05T17:02:11Z", datetime(2026, 1, 5, 17, 2, 11, tzinfo=UTC)),
        ("2026-01-05 17:02:11.25z", datetime(2026, 1, 5, 17, 2, 11, 250_000, tzinfo=UTC)),
        ("2026-01-05T17:02:11", None),
        ("2026-02-30T17:02:11Z", None),
        ("2026-01-05", None),
    ],
)
def test_rfc_3339_must_carry_its_offset(text, expected):
    assert pl.DataFrame({"t": [text]}).select(times.with_offset(pl.col("t"))).item() == expected


def test_the_hour_that_does_not_exist_is_named():
    clocks = ["2025-03-30 02:30", "2025-03-30 03:00"]
    gap = pl.Series([datetime.fromisoformat(clock) for clock in clocks])

    frame = times.to_utc(gap, zone=OSLO)

    assert frame["in_gap"].to_list() == [True, False]
    assert frame["at"].to_list() == [None, datetime(2025, 3, 30, 1, 0, tzinfo=UTC)]


def test_row_order_resolves_the_doubled_hour():
    assert told(night("01:59", "02:50", "02:10", "03:01")) == [
        ("23:59", "exact"),
        ("00:50", "resolved"),
        ("01:10", "resolved"),
        ("02:01", "exact"),
    ]


def test_a_file_with_the_newest_first_resolves_it_as_well():
    assert told(night("03:01", "02:10", "02:50", "01:59")) == [
        ("02:01", "exact"),
        ("01:10", "resolved"),
        ("00:50", "resolved"),
        ("23:59", "exact"),
    ]


def test_without_a_step_back_the_first_is_taken_and_called_ambiguous():
    assert told(night("02:10", "02:50")) == [("00:10", "ambiguous"), ("00:50", "ambiguous")]


def test_order_tells_nothing_in_a_file_that_is_out_of_order():
    assert told(night("05:00", "02:50", "02:10", "04:00", "03:30", "06:00", "01:00"))[1:3] == [
        ("00:50", "ambiguous"),
        ("00:10", "ambiguous"),
    ]


def test_an_epoch_decides_before_order():
    second = datetime(2025, 10, 26, 1, 10, tzinfo=UTC)
    epoch = pl.Series([int(second.timestamp()) - 3, None])

    assert told(night("02:10", "03:00"), epoch)[0] == ("01:10", "resolved")


def test_an_answer_in_the_doubled_hour_comes_after_the_arrival():
    start = pl.Series([datetime(2025, 10, 26, 0, 59, 30, tzinfo=UTC)])

    answered = times.following(night("02:00:40"), zone=OSLO, start=start)

    assert answered[0] == datetime(2025, 10, 26, 1, 0, 40, tzinfo=UTC)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 6 * 3600), min_size=1, max_size=15))
def test_a_night_in_order_is_never_wrong_where_it_is_sure(offsets):
    start = datetime(2025, 10, 25, 22, tzinfo=UTC)
    true = [start + timedelta(seconds=n) for n in sorted(offsets)]
    local = pl.Series([t.astimezone(ZoneInfo(OSLO)).replace(tzinfo=None) for t in true])

    frame = times.to_utc(local, zone=OSLO)

    for at, quality, expected in zip(frame["at"], frame["quality"], true, strict=True):
        assert at == expected or quality == "ambiguous"


def test_day_and_month_change_places():
    assert times.swapped(["%d.%m.%Y %H:%M"]) == ["%m.%d.%Y %H:%M"]
    assert times.swapped(["%Y-%m-%d %H:%M", "rfc3339"]) == []


def test_1970_and_the_day_after_tomorrow_are_implausible():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    moments = pl.DataFrame({"t": [datetime(1970, 1, 1, tzinfo=UTC), now, now + timedelta(days=2)]})

    wrong = moments.select(times.implausible(pl.col("t"), now=now)).to_series()

    assert wrong.to_list() == [True, False, True]
