"""The pages of deviations: who sees and types what, and what each refusal says."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.quality.deviations import operations
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationMonth,
    DeviationSeverity,
)
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025
HUSTADVIKA = (4, 2, 8, 68, 36, 42, 77, 65, 65, 84)


@pytest.fixture
def address(cooperation):
    def of(name, *more):
        return reverse(name, args=[cooperation.slug, *more])

    return of


@pytest.fixture
def hustadvika(cooperation):
    for month, count in enumerate(HUSTADVIKA, 3):
        quality.month(cooperation=cooperation, month_date=date(2020, month, 1), count=count)


def uploaded(text):
    return {"file": SimpleUploadedFile("avvik.csv", text.encode())}


def test_the_year_shows_missing_months_as_not_reported_and_what_the_sum_rests_on(
    hustadvika, cooperation, as_person, partner_director, address, django_assert_max_num_queries
):
    quality.note(cooperation=cooperation, starts_date=date(2020, 3, 1))
    browser = as_person(partner_director)

    with django_assert_max_num_queries(17):
        page = browser.get(address("deviations"), {"year": 2020})

    assert "451 deviations. 10 of 12 months are reported." in page.text
    assert "Sum of 10 of 12 months" in page.text
    assert "Nytt avvikssystem" in page.text
    data = page.context["chart"]["datasets"]["months"]
    assert [each["count"] for each in data] == [None, None, *HUSTADVIKA]
    january = page.context["tables"]["category"].rows[0]
    assert january.cells == ("January", "not reported", "not reported")
    assert "Import a file" not in page.text


@pytest.mark.parametrize("table", ["category", "severity", "state"])
def test_the_tables_are_downloaded_as_they_are_shown(hustadvika, as_person, leader, address, table):
    query = {"year": 2020, "table": table, "format": "csv"}

    text = as_person(leader).get(address("deviations"), query).content.decode()

    assert "January;not reported;" in text
    assert "Sum of 10 of 12 months;451;" in text
    assert (
        as_person(leader).get(address("deviations"), query | {"format": "exe"}).status_code == 404
    )


def test_the_state_table_tells_open_closed_and_median_days(cooperation, as_person, leader, address):
    month = quality.month(cooperation=cooperation, median_days="12.5")
    quality.counted(month=month, state="closed", count=5)
    quality.counted(month=month, state="measures", count=2)

    page = as_person(leader).get(address("deviations"))

    row = page.context["tables"]["state"].rows[8]
    assert [str(each) for each in row.cells] == ["September", "0", "0", "2", "5", "2", "7", "12.5"]


def test_an_empty_year_says_what_to_do_next(as_person, leader, auditor, address):
    assert "Set up the categories" in as_person(leader).get(address("deviations")).text
    assert (
        "The leader of the legevakt reports" in as_person(auditor).get(address("deviations")).text
    )
    assert as_person(leader).get(address("deviations"), {"year": "1999"}).status_code == 404


def test_the_lists_are_filled_changed_and_kept_in_order(as_person, leader, address):
    browser = as_person(leader)

    assert "Fill in the usual ones" in browser.get(address("deviation_lists")).text
    browser.post(address("deviation_lists_fill"))
    first = DeviationCategory.objects.order_by("position").first()
    change = {"name": "HMS og arbeidsmiljø", "position": 3, "reason": "Nytt namn"}
    browser.post(address("deviation_entry", "categories", first.pk), change)

    first.refresh_from_db()
    assert (first.name, first.position) == ("HMS og arbeidsmiljø", 3)
    assert "HMS og arbeidsmiljø" in browser.get(address("deviation_lists")).text
    assert browser.get(address("deviation_entry_new", "others")).status_code == 404


@pytest.mark.parametrize("kind", ["categories", "severities"])
def test_a_name_twice_and_a_used_entry_are_refused_in_words(
    cooperation, as_person, leader, address, kind
):
    quality.month(cooperation=cooperation, count=1)
    model = {"categories": DeviationCategory, "severities": DeviationSeverity}[kind]
    entry = model.objects.get()
    browser = as_person(leader)

    twice = browser.post(address("deviation_entry_new", kind), {"name": entry.name})
    used = browser.post(address("deviation_entry_remove", kind, entry.pk), {"reason": "Ut"})

    assert twice.status_code == used.status_code == 422
    assert "The list has that name already" in twice.text
    assert "Say instead from when it is not used" in used.text


def test_a_month_is_typed_changed_with_a_reason_and_removed(
    cooperation, as_person, leader, address
):
    kind = quality.category(cooperation=cooperation).pk
    browser, url = as_person(leader), address("deviation_month", 2025, 9)

    browser.post(url, {f"n-{kind}-0-new": "4", "median_days": "3.5"})
    without = browser.post(url, {f"n-{kind}-0-new": "5"})
    browser.post(url, {f"n-{kind}-0-new": "5", "reason": "Ei kom til"})

    month = DeviationMonth.objects.get()
    assert without.status_code == 422
    assert operations.counts_of(month) == {(kind, None, "new"): 5}
    assert month.reported_by == leader
    history = browser.get(address("history", "deviationmonth", month.pk))
    assert "Ei kom til" in history.text
    browser.post(address("deviation_month_remove", 2025, 9), {"reason": "Feil månad"})
    assert not DeviationMonth.objects.exists()


def test_nought_is_said_by_a_button_and_not_by_empty_cells(cooperation, as_person, leader, address):
    kind = quality.category(cooperation=cooperation).pk
    browser, url = as_person(leader), address("deviation_month", 2025, 9)

    empty = browser.post(url, {})
    both = browser.post(url, {f"n-{kind}-0-new": "4", "none": "1"})
    below = browser.post(url, {f"n-{kind}-0-new": "-4"})
    stored_before = DeviationMonth.objects.exists()
    browser.post(url, {"none": "1"})

    assert "If there were none" in empty.text
    assert "Empty them" in both.text
    assert below.status_code == 422
    assert not stored_before
    assert DeviationMonth.objects.get().counts.count() == 0


@pytest.mark.parametrize("month", [(2025, 11), (2025, 13), (1990, 1)])
def test_a_month_that_is_not_over_has_no_page(as_person, leader, address, month):
    assert as_person(leader).get(address("deviation_month", *month)).status_code == 404


def test_a_file_is_looked_at_then_stored_and_again_it_says_unchanged(
    cooperation, as_person, leader, address
):
    quality.category(cooperation=cooperation)
    text = "Måned;Kategori;Status;Antall\n2025-08;HMS;Lukket;4\n2025-09;HMS;Ny;0\n"
    browser = as_person(leader)

    preview = browser.post(address("deviation_import"), uploaded(text))
    assert not DeviationMonth.objects.exists()
    payload = {"rows": preview.context["payload"]}
    done = browser.post(address("deviation_import_store"), payload, follow=True)
    again = browser.post(address("deviation_import"), uploaded(text))

    assert "2 months are stored." in done.text
    assert "nothing has changed" in again.text
    assert "Store the figures" not in again.text
    counts = {each.month_date.month: each.counts.count() for each in DeviationMonth.objects.all()}
    assert counts == {8: 1, 9: 0}


def test_a_preview_of_another_or_too_old_is_not_stored(
    as_person, leader, secretary, cooperation, address
):
    quality.category(cooperation=cooperation)
    text = "Måned;Kategori;Status;Antall\n2025-08;HMS;Lukket;4\n"
    preview = as_person(leader).post(address("deviation_import"), uploaded(text))

    payload = {"rows": preview.context["payload"]}
    done = as_person(secretary).post(address("deviation_import_store"), payload, follow=True)

    assert "The preview is too old" in done.text
    assert not DeviationMonth.objects.exists()


def test_a_refused_file_shows_its_cells_and_stores_nothing(cooperation, as_person, leader, address):
    quality.category(cooperation=cooperation)
    bad = "Måned;Kategori;Status;Antall\n2025-08;HMS;Lukket;fire\n"
    text = "Måned;Kategori;Status;Antall;Hending\n2025-08;HMS;Ny;1;Ola Nordmann fall\n"
    browser = as_person(leader)

    cells = browser.post(address("deviation_import"), uploaded(bad))
    named = browser.post(address("deviation_import"), uploaded(text))

    assert cells.status_code == named.status_code == 422
    assert cells.context["faults"] == [["2", "Antall", "text", "Write a whole number, 0 or more."]]
    assert "not of the figures: Hending" in named.text
    assert "Ola Nordmann" not in named.text


def test_unknown_categories_are_offered_to_be_added(as_person, leader, address):
    text = "Måned;Kategori;Status;Antall\n2025-08;Bemanning;Lukket;4\n"
    browser = as_person(leader)

    first = browser.post(address("deviation_import"), uploaded(text))
    preview = browser.post(address("deviation_import"), uploaded(text) | {"is_added": "on"})
    browser.post(address("deviation_import_store"), {"rows": preview.context["payload"]})

    assert "The lists lack: Bemanning" in first.text
    assert "These are added to the lists: Bemanning" in preview.text
    assert DeviationCategory.objects.get().name == "Bemanning"


def test_the_chart_breaks_its_line_where_a_month_is_missing(hustadvika, as_person, leader, address):
    spec = as_person(leader).get(address("deviations"), {"year": 2020}).context["chart"]
    lines = [each for each in spec["layer"] if each["mark"]["type"] == "line"]

    assert [each["mark"]["invalid"] for each in lines] == ["break-paths-show-path-domains"]
    assert json.dumps(spec["datasets"]["months"][0]) == '{"month": "2020-01-01", "count": null}'
