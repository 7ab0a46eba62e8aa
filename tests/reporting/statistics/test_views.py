"""The pages: who sees them, what they take, their files, their addresses and their errors."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from django.urls import reverse

from callstats.queries import all_definitions
from legevakt.lib.periods import Period

pytestmark = pytest.mark.usefixtures("clock")
NAMES = ["trend", "hour_of_week", "waits", "abandonment", "by_municipality"]
PERIOD = {"from": "2025-09", "to": "2025-10"}


def address(name):
    return reverse(name, args=["nordhordland"])


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def browser(october, partner_director, as_person):
    return as_person(partner_director)


@pytest.mark.parametrize("name", ["statistics", *NAMES])
def test_a_central_is_found_by_those_who_may_see_it_only(
    october, partner_director, outsider, as_person, name
):
    assert as_person(partner_director).get(address(name)).status_code == 200
    assert as_person(outsider).get(address(name)).status_code == 404
    assert as_person(outsider).get(address(name), {"format": "csv"}).status_code == 404
    assert as_person(partner_director).post(address(name)).status_code == 405


def test_the_first_page_leads_to_each(browser):
    page = browser.get(address("statistics")).content.decode()

    assert [name for name in NAMES if f'href="{address(name)}"' not in page] == []


def test_the_overview_leads_to_the_statistics(browser):
    page = browser.get("/").content.decode()

    assert f'href="{address("statistics")}"' in page
    assert f'href="{address("trend")}?by=month&amp;definition=lvs-2min-v1' in page


@pytest.mark.parametrize(("before", "name"), [("trend", "trend"), ("hour-of-week", "hour_of_week")])
def test_the_address_of_before_leads_on_for_good(browser, before, name):
    answer = browser.get(f"/{before}/nordhordland/?format=csv")

    assert answer.status_code == 301
    assert answer.url == f"{address(name)}?format=csv"
    assert browser.get(answer.url)["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("name", NAMES)
def test_the_last_twelve_complete_months_are_shown_where_nothing_is_asked_for(browser, name):
    form = browser.get(address(name)).context["form"]

    assert (form.filters["from"], form.filters["to"]) == ("2024-11", "2025-10")


@pytest.mark.parametrize("name", NAMES)
def test_the_lasting_address_has_every_filter_and_shows_the_same(browser, name):
    first = browser.get(address(name)).context["series"]

    again = browser.get(first.url).context
    assert again["series"].table == first.table
    assert set(again["form"].fields) == set(browser.get(first.url).wsgi_request.GET)


@pytest.mark.parametrize("name", NAMES)
def test_both_files_are_the_table_of_the_screen(browser, name):
    table = browser.get(address(name), PERIOD).context["series"].table

    csv = browser.get(address(name), PERIOD | {"format": "csv"})
    xlsx = browser.get(address(name), PERIOD | {"format": "xlsx"})

    written = csv.content.decode("utf-8-sig").splitlines()
    assert written[0] == ";".join(table.headings)
    expected = [
        ";".join(
            str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)
            for cell in row.cells
        )
        for row in table.rows
    ]
    assert [line.replace('"', "") for line in written[1:]] == expected
    sheet = pl.read_excel(
        io.BytesIO(xlsx.content),
        engine="calamine",
        has_header=False,
        read_options={"dtypes": "string"},
        raise_if_empty=False,
    )
    read = [[_same(cell) for cell in row] for row in sheet.rows()]
    assert read == [
        [_same(cell) for cell in row]
        for row in (table.headings, *(row.cells for row in table.rows))
    ]
    months = "2025-09-2025-10"
    file_name = f"nordhordland-{name.replace('_', '-')}-{months}"
    assert f'"{file_name}.csv"' in csv["Content-Disposition"]
    assert f'"{file_name}.xlsx"' in xlsx["Content-Disposition"]


def _same(cell):
    """Numbers as numbers: a sheet knows no difference between 80 and 80.0."""
    try:
        return float(cell)
    except ValueError:
        return str(cell)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_table_stands_on_the_page(browser, name):
    answer = browser.get(address(name), PERIOD)
    page = text_of(answer)

    table = answer.context["series"].table
    assert [heading for heading in table.headings if heading not in page] == []
    assert page.count("<tr>") == len(table.rows) + 1


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"from": "2025-13"}, "from", "Write year and month, for example 2025-10."),
        ({"from": "yesterday"}, "from", "Write year and month, for example 2025-10."),
        ({"to": "0001-01"}, "to", "Write year and month, for example 2025-10."),
        ({"to": "9999-12"}, "to", "Write year and month, for example 2025-10."),
        ({"to": "٢٠٢٥-10"}, "to", "Write year and month, for example 2025-10."),
        ({"from": ""}, "from", "This field is required."),
        ({"from": "2025-10", "to": "2025-09"}, "to", "The last month is before the first one."),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_period_that_is_none_is_told_at_its_field(browser, name, asked, field, words):
    for file_format in ({}, {"format": "csv"}):
        answer = browser.get(address(name), asked | file_format)

        assert answer.status_code == 422
        assert answer.context["form"].errors[field] == [words]
        assert words in answer.content.decode()


def test_more_than_sixty_months_by_day_are_refused_in_words(browser):
    asked = {"from": "2020-01", "to": "2025-01", "by": "day"}
    answer = browser.get(address("trend"), asked)

    assert answer.status_code == 422
    assert "By day at most 60 months can be shown" in text_of(answer)
    assert browser.get(address("trend"), asked | {"by": "month"}).status_code == 200
    assert browser.get(address("trend"), asked | {"to": "2024-12"}).status_code == 200
    assert browser.get(address("waits"), asked).status_code == 422


@pytest.mark.parametrize(
    ("name", "asked", "field"),
    [
        ("trend", {"definition": "nothing"}, "definition"),
        ("trend", {"by": "century"}, "by"),
        ("trend", {"by": "rolling", "definition": "lvs-p90-v1"}, "by"),
        ("hour_of_week", {"definition": "lvs-median-v1"}, "definition"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_field(browser, name, asked, field):
    answer = browser.get(address(name), asked)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize("definition", sorted(all_definitions()))
@pytest.mark.parametrize("by", ["day", "month"])
def test_every_indicator_is_shown(browser, definition, by):
    answer = browser.get(address("trend"), PERIOD | {"definition": definition, "by": by})

    assert answer.status_code == 200
    assert reverse("definition", args=[definition]) in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_what_happened_is_listed_under_every_figure_of_its_period(browser, outage, name, feed):
    feed(Period.month(2025, 9))
    page = text_of(browser.get(address(name)))

    assert "What happened in the period" in page
    assert "Outage</strong>, 6 October 2025 to 7 October 2025: The lines were down" in page
    before = text_of(browser.get(address(name), {"to": "2025-09"}))
    assert "The lines were down" not in before
    assert "What happened in the period" not in before


@pytest.mark.parametrize("name", NAMES)
def test_who_may_change_a_note_is_led_to_it_from_every_figure(
    browser, outage, leader, as_person, name
):
    change = reverse("annotation_change", args=["nordhordland", outage.pk])

    assert f'href="{change}"' in text_of(as_person(leader).get(address(name)))
    assert change not in text_of(browser.get(address(name)))


@pytest.mark.parametrize("name", NAMES)
def test_months_without_figures_say_so_and_lead_on(browser, name):
    page = text_of(browser.get(address(name), {"from": "2019-01", "to": "2019-02"}))

    assert "No figures for these months" in page
    assert f'href="{address("central_periods")}"' in page
    assert "<table" not in page


def test_a_central_without_any_data_has_its_pages(central, partner_director, as_person):
    browser = as_person(partner_director)
    for name in NAMES:
        page = text_of(browser.get(address(name)))
        assert "0.0%" not in page, name
        assert "100.0%" not in page, name


QUERIES = {
    "statistics": 6,
    "trend": 10,
    "hour_of_week": 8,
    "waits": 7,
    "abandonment": 7,
    "by_municipality": 8,
}


@pytest.mark.parametrize(("name", "most"), QUERIES.items())
def test_a_page_takes_few_queries_whatever_it_shows(
    browser, outage, calls, feed, compute, name, most, django_assert_max_num_queries
):
    for month in (7, 8, 9):
        feed(Period.month(2025, month))
        calls(datetime(2025, month, 6, 8, tzinfo=UTC), answered=[30] * 9, municipality="4633")
        compute(2025, month)
    browser.get(address(name))

    with django_assert_max_num_queries(most):
        browser.get(address(name))


def test_the_days_of_a_year_take_few_queries(browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        browser.get(address("trend"), {"by": "day"})
