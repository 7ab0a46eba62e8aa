"""The pages: a series is made, a report is uploaded, looked at and stored; bands stay apart."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from callstats.aggregates.models import AggregatePeriod, AggregateReport, AggregateSeries
from callstats.calls.models import FeedHour
from callstats.sources.aggregate_table import MAX_BYTES
from legevakt.lib.periods import Period
from tests.factories import callstats
from tests.factories.aggregates import AggregateSeriesFactory, received, stored
from tests.factories.annotations import note

REPORT = (
    "Måned;Linje;Tilbudt;Besvart;Tapt;Innen 20 s;Innen 2 min;Svarprosent\n"
    "2025-09;;1000;900;50;400;800;90\n2025-10;;200;180;;90;130;90\n2025-10;kø;1;1;1;1;1;1\n"
)


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


def upload(browser, series, data, name="report.csv"):
    url = reverse("aggregate_upload", args=[series.pk])
    return browser.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_the_whole_way_from_a_new_series_to_its_levels(browser, central, leader, clock):
    page = browser.get(reverse("aggregates"))
    assert "No series of counts yet" in page.text
    fields = {
        "central": central.pk,
        "name": "HDO",
        "slug": "hdo",
        "origin": "HDO månadsrapport",
        "zone": "Europe/Oslo",
    }
    page = browser.post(reverse("aggregate_series_new"), fields, follow=True)
    series = AggregateSeries.objects.get()
    assert page.redirect_chain == [(reverse("aggregate_series", args=[series.pk]), 302)]
    assert series.created_by == leader
    assert "No counts yet" in page.text

    page = upload(browser, series, REPORT.encode())
    report = AggregateReport.objects.get()
    assert "Nothing is stored yet" in page.text
    assert "Columns of percentages are not read" in page.text
    assert "77.5 (930 of 1,200)" in page.text
    assert not AggregatePeriod.objects.exists()

    store = reverse("aggregate_report_store", args=[report.pk])
    page = browser.post(store, follow=True)
    assert "Store the counts" not in page.text
    assert "This value is not" not in page.text
    assert AggregatePeriod.objects.count() == 2
    assert browser.post(store).status_code == 302

    page = browser.get(reverse("aggregate_series", args=[series.pk]))
    assert "Answered within 20 s (%)" in page.text
    assert "Answered within 120 s (%)" in page.text
    assert "65.0 (130 of 200)" in page.text
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in page.text


def test_a_band_that_is_not_two_minutes_is_never_shown_as_it(browser, series):
    stored(series=series, text="Måned;Tilbudt;Besvart;Innen 20 s\n2025-10;200;180;90\n")
    page = browser.get(reverse("aggregate_series", args=[series.pk])).text
    assert "within 120 s" not in page
    assert "From our calls" not in page
    assert "cannot be converted to it" in page


def whole_month_of_calls(central):
    source = callstats.SourceFactory(slug="pbx", central=central)
    rows = [callstats.call("a"), callstats.call("b", wait_seconds=300)]
    callstats.stored(source=source, rows=rows)
    october = Period.month(2025, 10)
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=october.starts_at + timedelta(hours=n))
        for n in range(october.hours())
    )
    return source


def test_the_calls_stand_beside_the_same_band_with_the_difference(browser, series, central):
    stored(series=series, text=REPORT)
    source = whole_month_of_calls(central)
    url = reverse("aggregate_series", args=[series.pk])
    page = browser.get(url)
    (table,) = page.context["tables"]
    assert table.columns[-2:] == [
        "From our calls: within 120 s (%)",
        "Difference (percentage points)",
    ]
    assert [row[-2:] for row in table.rows] == [["50.0 (1 of 2)", "15.0"], ["–", "–"]]

    FeedHour.objects.filter(source=source).order_by("hour_at").first().delete()
    (table,) = browser.get(url).context["tables"]
    assert table.rows[0][-2:] == ["50.0 (1 of 2)", "–"]


def test_the_chart_has_each_band_as_its_own_line(browser, series):
    stored(series=series, text=REPORT)
    (table,) = browser.get(reverse("aggregate_series", args=[series.pk])).context["tables"]
    told = [(row["month"], row["band"], row["share"]) for row in table.chart["datasets"]["levels"]]
    assert told == [
        ("2025-09-01", "within 20 s", 0.4),
        ("2025-10-01", "within 20 s", 0.45),
        ("2025-09-01", "within 120 s", 0.8),
        ("2025-10-01", "within 120 s", 0.65),
    ]


def test_the_chart_draws_no_line_over_a_month_that_nobody_told_of(browser, series):
    stored(series=series, text="Måned;Tilbudt;Besvart;Innen 20 s\n2025-07;10;9;5\n2025-09;10;9;8\n")

    (table,) = browser.get(reverse("aggregate_series", args=[series.pk])).context["tables"]

    told = [(row["month"], row["share"]) for row in table.chart["datasets"]["levels"]]
    assert told == [("2025-07-01", 0.5), ("2025-08-01", None), ("2025-09-01", 0.8)]


def test_a_series_is_deleted_with_its_counts_after_a_reason(
    browser, series, central, django_capture_on_commit_callbacks
):
    stored(series=series, text=REPORT)
    waiting = received(series=series, text=REPORT.replace("2025-09", "2025-08"))
    other = AggregateSeriesFactory(central=central, slug="other")
    stored(series=other, text=REPORT)
    url = reverse("aggregate_series_delete", args=[series.pk])
    assert url in browser.get(reverse("aggregate_series", args=[series.pk])).text
    assert "2 reports go." in browser.get(url).text

    assert browser.post(url).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post(url, {"reason": "made twice"}, follow=True)

    assert "is deleted" in page.text
    assert list(AggregateSeries.objects.all()) == [other]
    assert set(AggregatePeriod.objects.values_list("series", flat=True)) == {other.pk}
    kept = apps.get_model("callstats", "AggregatePeriodEvent").objects
    assert kept.filter(pgh_context__metadata__reason="made twice").count() == 2
    assert not waiting.path.exists()


@pytest.mark.parametrize("person", ["controller", "outsider"])
def test_who_may_not_set_up_series_deletes_none(person, request, as_person, series):
    url = reverse("aggregate_series_delete", args=[series.pk])

    answer = as_person(request.getfixturevalue(person)).post(url, {"reason": "x"})

    assert answer.status_code == 404
    assert AggregateSeries.objects.exists()


def test_each_line_has_a_table_of_its_own(browser, series):
    text = "Måned;Linje;Tilbudt;Besvart\n2025-10;;300;200\n2025-10;116 117;200;150\n"
    stored(series=series, text=text)
    tables = browser.get(reverse("aggregate_series", args=[series.pk])).context["tables"]
    assert [(table.title, table.rows[0][2]) for table in tables] == [
        ("Lines not told apart", "300"),
        ("116 117", "200"),
    ]
    assert [table.chart for table in tables] == [{}, {}]


def test_a_month_of_days_links_to_its_days(browser, series):
    stored(series=series, text="Dato;Tilbudt;Besvart\n1.10.2025;5;4\n2.10.2025;6;5\n")
    url = reverse("aggregate_days", args=[series.pk, "2025-10"])
    assert url in browser.get(reverse("aggregate_series", args=[series.pk])).text
    (table,) = browser.get(url).context["tables"]
    assert [row[1:4] for row in table.rows] == [["24 of 24", "5", "4"], ["24 of 24", "6", "5"]]
    empty = browser.get(reverse("aggregate_days", args=[series.pk, "2025-01"]))
    assert "No counts of this month" in empty.text
    for month in ("2025-13", "october", "2025"):
        assert browser.get(reverse("aggregate_days", args=[series.pk, month])).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id,arrived_at\na,2025-10-01T08:00:00Z\n", "log of single calls"),
        (b"M\xe5ned;Besvart;Andel innen 20 sek\n2025-10;90;80\n", "shares cannot be summed"),
        (b"Dato;Besvart\n1.10.2025;5\n", "lacks these columns: offered"),
        (b"\x00\x01\x02 nothing", "no text file"),
    ],
)
def test_what_is_no_report_is_told_in_words(browser, series, data, words):
    page = upload(browser, series, data)
    assert page.status_code == 200
    assert words in page.text
    assert "Store the counts" not in page.text


def test_an_empty_or_too_large_file_is_refused_in_the_form(browser, series):
    assert upload(browser, series, b"").status_code == 422
    page = upload(browser, series, b"x" * (MAX_BYTES + 1))
    assert page.status_code == 422
    assert "at most" in page.text
    assert not AggregateReport.objects.exists()


def test_a_report_can_be_turned_down(browser, series):
    report = received(series=series, text=REPORT)
    page = browser.post(reverse("aggregate_report_cancel", args=[report.pk]), follow=True)
    assert "Cancelled. Nothing is stored." in page.text
    assert not AggregatePeriod.objects.exists()


def test_a_report_whose_file_is_gone_asks_for_it_again(browser, series):
    report = received(series=series, text=REPORT)
    report.path.unlink()
    page = browser.post(reverse("aggregate_report_store", args=[report.pk]), follow=True)
    assert "Upload it again" in page.text


def test_a_series_of_the_same_short_name_is_refused_with_its_reason(browser, series, central):
    fields = {"central": central.pk, "name": "x", "slug": "hdo", "origin": "y", "zone": "Oslo"}
    page = browser.post(reverse("aggregate_series_new"), fields)
    assert page.status_code == 422
    assert "a series of this short name already" in page.text
    page = browser.post(reverse("aggregate_series_new"), fields | {"slug": "new"})
    assert page.status_code == 422
    assert "Write it as Europe/Oslo" in page.text


def test_who_only_looks_gets_neither_upload_nor_setup(auditor, as_person, series):
    report = received(series=series, text=REPORT)
    browser = as_person(auditor)
    page = browser.get(reverse("aggregate_series", args=[series.pk]))
    assert page.status_code == 200
    assert "Upload a report" not in page.text
    assert "Store the counts" not in browser.get(reverse("aggregate_report", args=[report.pk])).text
    assert browser.get(reverse("aggregate_upload", args=[series.pk])).status_code == 404
    assert browser.post(reverse("aggregate_report_store", args=[report.pk])).status_code == 404
    assert browser.get(reverse("aggregate_series_new")).status_code == 404


def test_a_form_without_its_token_is_refused(leader, series):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(leader)
    file = SimpleUploadedFile("report.csv", REPORT.encode())
    answer = browser.post(reverse("aggregate_upload", args=[series.pk]), {"file": file})
    assert answer.status_code == 403


def test_what_happened_in_the_time_of_the_series_is_listed(browser, series):
    stored(series=series, text="Måned;Linje;Tilbudt;Besvart;Innen 2 min\n2025-10;;9;8;4\n")
    url = reverse("aggregate_series", args=[series.pk])
    note(central=series.central, starts_on=date(2025, 11, 1))
    assert "What happened in the period" not in browser.get(url).text

    note(central=series.central)

    assert "24 October 2025: The power was out in a storm." in browser.get(url).text


def test_the_series_page_asks_as_often_for_many_months_as_for_one(
    browser, series, django_assert_max_num_queries
):
    rows = "".join(f"{year}-{month:02};;9;8;4\n" for year in (2023, 2024) for month in range(1, 13))
    stored(series=series, text="Måned;Linje;Tilbudt;Besvart;Innen 2 min\n" + rows)
    with django_assert_max_num_queries(20):
        browser.get(reverse("aggregate_series", args=[series.pk]))
