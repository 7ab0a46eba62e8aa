"""Taking in reports: repeated, corrected, overlapping, and what the database itself refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from callstats.aggregates import operations
from callstats.aggregates.models import (
    AggregateBand,
    AggregatePeriod,
    AggregateReport,
    ReportState,
)
from callstats.calls.models import Call, CallHour
from callstats.sources.frames import Unreadable
from tests.factories.aggregates import (
    MADE_AT,
    AggregateReportFactory,
    AggregateSeriesFactory,
    received,
    stored,
)

pytestmark = pytest.mark.django_db
HEADER = "period_from,line,offered,answered,abandoned,within_20,within_120\n"
FIRST = HEADER + "2025-10-01,116117,10,8,1,5,7\n2025-10-02,116117,20,18,2,9,15\n"


def counts(report):
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_a_report_is_checked_first_and_counted_when_confirmed(series, leader):
    report = received(series=series, text=FIRST, by=leader)
    assert (report.state, report.received, report.path.exists()) == ("checked", 2, True)
    assert report.preview["sums"][0]["bands"] == {"20": 14, "120": 22}
    assert not AggregatePeriod.objects.exists()

    report = operations.store(report=report, at=MADE_AT)

    assert (report.state, counts(report)) == (ReportState.STORED, (2, 0, 0, 0))
    assert AggregateBand.objects.count() == 4
    assert not report.path.exists()
    assert not Call.objects.exists()
    assert not CallHour.objects.exists()


def test_the_same_report_again_changes_nothing(series):
    stored(series=series, text=FIRST)
    again = stored(series=series, text=FIRST)
    assert counts(again) == (0, 0, 2, 0)
    assert set(AggregatePeriod.objects.values_list("revision", flat=True)) == {1}


def test_a_corrected_count_keeps_what_it_was(series):
    stored(series=series, text=FIRST)
    report = stored(series=series, text=HEADER + "2025-10-01,116117,12,9,1,5,6\n")

    assert counts(report) == (0, 1, 0, 0)
    period = AggregatePeriod.objects.get(revision=2)
    assert (period.offered, period.answered, period.report) == (12, 9, report)
    was = apps.get_model("callstats", "AggregatePeriodEvent").objects.get()
    assert (was.pgh_obj_id, was.offered, was.answered) == (period.pk, 10, 8)
    bands = apps.get_model("callstats", "AggregateBandEvent").objects
    assert list(bands.values_list("pgh_label", "within_seconds", "answered")) == [
        ("delete", 120, 7)
    ]


def test_bands_of_the_old_totals_go_when_the_totals_change(series):
    stored(series=series, text=FIRST)
    stored(series=series, text="period_from,line,offered,answered\n2025-10-01,116117,100,80\n")
    period = AggregatePeriod.objects.get(revision=2)
    assert (period.abandoned, list(period.bands.all())) == (None, [])


def test_a_report_with_other_bands_adds_them(series):
    stored(series=series, text=FIRST)
    text = "period_from,line,offered,answered,within_60\n2025-10-01,116117,10,8,6\n"
    report = stored(series=series, text=text)
    assert counts(report) == (0, 1, 0, 0)
    bands = AggregateBand.objects.filter(period__revision=2).order_by("within_seconds")
    assert list(bands.values_list("within_seconds", "answered")) == [(20, 5), (60, 6), (120, 7)]


def test_bad_rows_are_refused_and_the_good_ones_stored(series):
    text = FIRST + (
        "2025-10-03,116117,5,6,,,\n2025-10-04,116117,5,4,2,,\n"
        "2025-10-05,116117,9,8,1,9,9\n2025-10-06,116117,9,8,1,7,6\n2025-10-07,x,1,1,,,\n"
    )
    report = stored(series=series, text=text)
    assert counts(report) == (2, 0, 0, 5)
    assert [(row["line"], row["field"], row["code"]) for row in report.refused] == [
        (4, "answered", "answered_over_offered"),
        (5, "abandoned", "parts_over_offered"),
        (6, "within_20", "band_over_answered"),
        (7, "within_120", "band_shrinks"),
        (8, "line", "unknown_value"),
    ]


def test_a_month_beside_its_own_days_is_refused(series):
    stored(series=series, text=FIRST)
    report = stored(series=series, text="Måned;Linje;Tilbudt;Besvart\n2025-10;116 117;900;800\n")
    assert counts(report) == (0, 0, 0, 1)
    assert report.refused == [{"line": 2, "field": "period_from", "code": "overlapping_period"}]


def test_the_days_of_another_series_or_line_overlap_nothing(series, central):
    stored(series=series, text=FIRST)
    month = "Måned;Linje;Tilbudt;Besvart\n2025-10;;900;800\n2025-10;Lokal;9;8\n"
    assert counts(stored(series=series, text=month)) == (2, 0, 0, 0)
    other = AggregateSeriesFactory(central=central)
    assert counts(stored(series=other, text=month)) == (2, 0, 0, 0)


def test_only_two_hundred_refused_rows_are_kept_and_all_are_counted(series):
    rows = "".join(f"2025-10-{1 + n % 28:02},116117,1,{n + 2},,,\n" for n in range(250))
    report = stored(series=series, text=HEADER + rows)
    assert (report.rejected, len(report.refused), report.received) == (250, 200, 250)


def test_a_file_of_calls_is_refused_and_not_kept(series):
    report = received(series=series, text="id,arrived_at,wait_seconds\na,2025-10-01T08:00:00Z,1\n")
    assert (report.state, report.error_code) == (ReportState.FAILED, "calls_not_aggregates")
    assert not report.path.exists()
    with pytest.raises(operations.WrongState):
        operations.store(report=report, at=MADE_AT)


def test_a_report_is_decided_about_once(series):
    report = received(series=series, text=FIRST)
    operations.cancel(report=report, at=MADE_AT)
    with pytest.raises(operations.WrongState):
        operations.store(report=report, at=MADE_AT)
    assert not AggregatePeriod.objects.exists()
    assert not report.path.exists()


def test_a_report_whose_file_is_gone_says_so(series):
    report = received(series=series, text=FIRST)
    report.path.unlink()
    with pytest.raises(Unreadable) as error:
        operations.store(report=report, at=MADE_AT)
    assert error.value.code == "file_missing"
    assert AggregateReport.objects.get().state == ReportState.CHECKED


def test_a_series_is_named_once_a_central_and_has_a_real_zone(series, central):
    given = {"central": central, "name": "x", "origin": "y", "at": MADE_AT}
    with pytest.raises(operations.SeriesError) as error:
        operations.add_series(slug="hdo", **given)
    assert error.value.field == "slug"
    with pytest.raises(operations.SeriesError) as error:
        operations.add_series(slug="new", zone="Europe/Alver", **given)
    assert error.value.field == "zone"


def period(series, *, line="116117", day=1, **counted):
    starts_at = datetime(2025, 10, day, tzinfo=UTC)
    return AggregatePeriod.objects.create(
        series=series,
        line_class=line,
        report=AggregateReportFactory(series=series),
        **{
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(days=1),
            "offered": 10,
            "answered": 8,
        }
        | counted,
    )


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"answered": 11}, "aggregate_answered_within_offered"),
        ({"abandoned": 3}, "aggregate_parts_within_offered"),
        ({"ends_at": datetime(2025, 10, 1, tzinfo=UTC)}, "aggregate_ends_after_start"),
    ],
)
def test_the_database_refuses_counts_that_cannot_be_true(series, wrong, name):
    with pytest.raises(IntegrityError, match=name):
        period(series, **wrong)


@pytest.mark.parametrize("line", [None, "116117", "lokal8", "professional", "other"])
def test_the_database_refuses_periods_that_overlap(series, line):
    noon = datetime(2025, 10, 1, 12, tzinfo=UTC)
    period(series, line=line)
    period(series, line=line, day=2)
    with pytest.raises(IntegrityError, match="do_not_overlap"), transaction.atomic():
        period(series, line=line, starts_at=noon)
    with pytest.raises(IntegrityError, match=r"overlap|counted_once"):
        period(series, line=line)


@pytest.mark.parametrize("bands", [{20: 9}, {20: 7, 120: 6}])
def test_the_database_refuses_bands_that_cannot_be_true(series, bands):
    found = period(series)
    made = [AggregateBand(period=found, within_seconds=s, answered=a) for s, a in bands.items()]
    with pytest.raises(IntegrityError, match="aggregate_bands_fit"):
        AggregateBand.objects.bulk_create(made)


def test_the_database_refuses_to_change_a_band_beyond_the_others(series):
    found = period(series)
    for seconds in (20, 120):
        AggregateBand.objects.create(period=found, within_seconds=seconds, answered=5)
    with pytest.raises(IntegrityError, match="aggregate_bands_fit"):
        AggregateBand.objects.filter(within_seconds=20).update(answered=6)


def test_the_database_refuses_to_take_answered_calls_from_under_a_band(series):
    found = period(series)
    AggregateBand.objects.create(period=found, within_seconds=120, answered=8)
    with pytest.raises(IntegrityError, match="aggregate_bands_fit"):
        AggregatePeriod.objects.filter(pk=found.pk).update(answered=7)
