"""Sums by month and day, compared with summing the rows by hand; and the calls beside."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from callstats.aggregates import queries
from callstats.aggregates.models import AggregatePeriod
from callstats.aggregates.rules import Counts, total
from callstats.calls.models import FeedHour
from callstats.indicators.definitions import default_definition
from legevakt.lib.periods import Period
from tests.factories import callstats
from tests.factories.aggregates import AggregateSeriesFactory, stored

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
OCTOBER = Period.month(2025, 10)


def quarters(*days):
    """Rows of 15 minutes that differ, for 116 117; the last band is missing on the second day."""
    lines = ["period_from,period_to,line,offered,answered,abandoned,within_20,within_120"]
    for day in days:
        begin = datetime.combine(day, datetime.min.time(), OSLO).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), datetime.min.time(), OSLO).astimezone(UTC)
        number = 0
        while begin < end:
            until = begin + timedelta(minutes=15)
            band = "" if day == days[1] else number // 2
            lines.append(
                f"{begin.isoformat()},{until.isoformat()},116117,{number + 2},{number},1,"
                f"{number // 3},{band}"
            )
            begin, number = until, number + 1
    return "\n".join(lines) + "\n"


def by_hand(series, *, first, last):
    """The same sum from the stored rows, in Python."""
    parts = [
        queries.counts_of(period)
        for period in AggregatePeriod.objects.filter(series=series)
        if first <= period.starts_at.astimezone(OSLO).date() < last
    ]
    return total(parts)


def test_the_days_of_a_month_are_the_sums_of_their_quarters(series):
    stored(series=series, text=quarters(date(2025, 10, 25), date(2025, 10, 26)))

    one, two = queries.days(series=series, month=OCTOBER)

    assert (one.starts_on, two.starts_on) == (date(2025, 10, 25), date(2025, 10, 26))
    assert (one.periods, two.periods) == (96, 100)
    assert (one.hours, two.hours, two.is_whole) == (24.0, 25.0, True)
    assert one.counts == by_hand(series, first=date(2025, 10, 25), last=date(2025, 10, 26))
    assert two.counts == by_hand(series, first=date(2025, 10, 26), last=date(2025, 10, 27))
    assert (set(one.counts.bands), set(two.counts.bands)) == ({20, 120}, {20})


def test_a_month_has_only_the_bands_that_all_its_periods_have(series):
    stored(series=series, text=quarters(date(2025, 10, 25), date(2025, 10, 26)))
    (month,) = queries.months(series=series)
    assert (month.starts_on, month.ends_on) == (date(2025, 10, 1), date(2025, 11, 1))
    assert month.counts == by_hand(series, first=date(2025, 10, 1), last=date(2025, 11, 1))
    assert [level.within_seconds for level in month.levels] == [20]
    assert (month.hours, month.is_whole) == (49.0, False)


def test_a_quarter_of_a_year_keeps_its_own_dates(series):
    text = (
        "Fra;Til;Linje;Tilbudt;Besvart\n1.4.2025;30.6.2025;;900;800\n1.7.2025;31.7.2025;;300;200\n"
        "1.7.2025;31.7.2025;116117;100;90\n"
    )
    stored(series=series, text=text)
    found = [
        (one.line_class, one.starts_on, one.ends_on, one.counts.offered, one.is_month)
        for one in queries.months(series=series)
    ]
    assert found == [
        (None, date(2025, 4, 1), date(2025, 7, 1), 900, False),
        (None, date(2025, 7, 1), date(2025, 8, 1), 300, True),
        ("116117", date(2025, 7, 1), date(2025, 8, 1), 100, True),
    ]


def test_nothing_offered_is_no_level_and_nothing_told_no_row(series):
    assert queries.months(series=series) == []
    stored(series=series, text="Dato,Tilbudt,Besvart,within_20\n2025-10-01,0,0,0\n")
    (month,) = queries.months(series=series)
    assert month.counts == Counts(0, 0, None, {20: 0})
    assert month.levels[0].percent is None


MONTH = "Måned;Linje;Tilbudt;Besvart;Innen 20 s;Innen 2 min\n2025-10;{line};100;90;50;{band}\n"


@pytest.fixture
def calls(central):
    """Three calls in October: two on 116 117, one of them answered in time; one local, in time."""
    source = callstats.SourceFactory(slug="pbx", central=central)
    rows = [
        callstats.call("a"),
        callstats.call("b", wait_seconds=130),
        callstats.call("c", queue="lv_direkte"),
    ]
    callstats.stored(source=source, rows=rows)
    return source


@pytest.mark.parametrize(
    ("line", "part", "whole"), [("", 2, 3), ("116 117", 1, 2), ("Lokal", 1, 1)]
)
@pytest.mark.usefixtures("calls")
def test_the_calls_of_the_same_lines_stand_beside(series, line, part, whole):
    stored(series=series, text=MONTH.format(line=line, band=80))
    sums = queries.months(series=series)
    (level,) = queries.from_calls(series=series, sums=sums).values()
    assert (level.numerator, level.denominator) == (part, whole)


@pytest.mark.parametrize("line", ["other", "professional"])
@pytest.mark.usefixtures("calls")
def test_a_line_outside_the_indicator_is_compared_with_nothing(series, line):
    stored(series=series, text=MONTH.format(line=line, band=80))
    assert queries.from_calls(series=series, sums=queries.months(series=series)) == {}


@pytest.mark.usefixtures("calls")
def test_without_the_band_of_two_minutes_nothing_is_compared(series):
    stored(series=series, text=MONTH.format(line="", band=""))
    assert queries.from_calls(series=series, sums=queries.months(series=series)) == {}


@pytest.mark.usefixtures("calls")
def test_half_a_month_or_another_zone_is_compared_with_nothing(series, central):
    days = "Dato;Tilbudt;Besvart;Innen 2 min\n1.10.2025;10;9;8\n"
    stored(series=series, text=days)
    assert queries.from_calls(series=series, sums=queries.months(series=series)) == {}
    other = AggregateSeriesFactory(central=central, zone="UTC")
    stored(series=other, text=MONTH.format(line="", band=80))
    assert queries.from_calls(series=other, sums=queries.months(series=other)) == {}


def test_a_month_without_calls_has_nothing_beside(series):
    stored(series=series, text=MONTH.format(line="", band=80))
    assert queries.from_calls(series=series, sums=queries.months(series=series)) == {}


def test_counts_never_reach_the_indicator(series, calls):
    FeedHour.objects.create(source=calls, hour_at=datetime(2025, 10, 24, 12, tzinfo=UTC))
    definition = default_definition()
    before = queries.service_level_by(
        centrals=[series.central], period=OCTOBER, definition=definition, step="month"
    )
    stored(series=series, text=MONTH.format(line="", band=80))
    after = queries.service_level_by(
        centrals=[series.central], period=OCTOBER, definition=definition, step="month"
    )
    assert before == after
    assert before[0].percent == Decimal("66.7")
