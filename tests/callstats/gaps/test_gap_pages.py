"""The page that explains a gap: what it says, to whom, its files, and what it costs."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html import unescape

import fastexcel
import pytest
from django.template.loader import get_template
from django.urls import reverse

from callstats.gaps.tables import TABLES
from legevakt.lib.periods import Period
from tests.factories.annotations import note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGE = "/telephony/why/nordhordland/2025-10/"


def text_of(answer) -> str:
    assert answer.status_code == 200
    visible = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(visible).split())


def sheet_of(content: bytes) -> list[list[str | float]]:
    """The cells of the only sheet; numbers as numbers."""
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    return [[plain(cell or "") for cell in row] for row in sheet.to_polars().rows()]


def plain(cell: str) -> str | float:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell


@pytest.fixture
def page(partner_director, as_person):
    """`page()` is the text of October 2025 as the partner's director reads it."""
    browser = as_person(partner_director)
    return lambda url=PAGE: text_of(browser.get(url))


def test_the_answer_is_in_calls_and_hours(october, page):
    text = page()

    assert "Why below 80%: October 2025" in text
    assert "10 more calls in time would have met the target of 80%." in text
    assert "Saturdays 10–12 alone lacked 18 calls." in text
    assert "150 of 200 calls were answered within two minutes" in text
    assert "Below the target of 80%" in text
    assert "Data for 745 of 745 hours" in text


def test_the_tables_tell_every_part_and_the_whole(october, page):
    text = page()

    assert "Saturdays 10–12 17.2 30 59 50.8" in text
    assert "All other hours of the week −7.2 120 141 85.1" in text
    assert "Monday −8.6 119 138 86.2" in text
    assert "Saturdays (not holidays) 18.6 31 62 50.0" in text
    assert "116 117 10.0 150 200 75.0" in text
    assert "Municipalities with few calls, together 10.0 150 200 75.0" in text
    assert text.count("All calls 10.0 150 200 75.0") == 5
    assert "October 2025 10.0 150 200 75.0 below 745 745" in text
    assert "September 2025 – – – no data – 0 720" in text
    assert "Saturdays 15" not in text


def test_the_chart_has_the_largest_blocks(october, partner_director, as_person):
    content = as_person(partner_director).get(PAGE).content.decode()

    spec = json.loads(re.search(r'(?s)<script id="blocks-spec"[^>]*>(.*?)</script>', content)[1])
    assert spec["datasets"] == {"blocks": [{"block": "Saturdays 10–12", "lacking": 17.2}]}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_downloaded_as_it_stands_on_the_screen(
    october, partner_director, as_person, table
):
    browser = as_person(partner_director)
    on_screen = text_of(browser.get(PAGE))

    answer = browser.get(PAGE, {"table": table, "format": "csv"})
    sheet = browser.get(PAGE, {"table": table, "format": "xlsx"})

    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) > 2
    for line in lines:
        told = re.sub(r"-(?=\d)", "−", " ".join(line))
        assert re.sub(r"(\d),(\d)", r"\1.\2", told) in on_screen
    assert sheet_of(sheet.content) == [[plain(cell) for cell in line] for line in lines]
    assert answer["Content-Disposition"] == (
        f'attachment; filename="nordhordland-2025-10-{table}.csv"'
    )
    assert sheet["Content-Disposition"].endswith('.xlsx"')


@pytest.mark.parametrize(
    "query",
    [
        {"format": "csv"},
        {"table": "hours", "format": "pdf"},
        {"table": "calls", "format": "csv"},
        {"table": "hours", "format": ""},
    ],
)
def test_a_file_that_there_is_not_is_not_found(october, partner_director, as_person, query):
    assert as_person(partner_director).get(PAGE, query).status_code == 404


def test_without_a_period_it_is_the_last_complete_month(october, page):
    assert page("/telephony/why/nordhordland/") == page()


@pytest.mark.parametrize(
    "address",
    [
        "nordhordland/2025-13",
        "nordhordland/1999",
        "nordhordland/9999-01",
        "nordhordland/0000-00",
        "nordhordland/october",
        "nordhordland/2025-10-01",
        "nordhordland/2025-10--2025-09",
        "nordhordland/%00",
        "nowhere/2025-10",
    ],
)
def test_an_address_of_nothing_is_not_found(october, partner_director, as_person, address):
    assert as_person(partner_director).get(f"/telephony/why/{address}/").status_code == 404


def test_a_period_of_the_future_has_no_data(october, page):
    text = page("/telephony/why/nordhordland/9998/")

    assert "The target of 80%: 9998" in text
    assert "No call log covers the period." in text


def test_who_may_not_see_the_central_finds_nothing(october, outsider, as_person, client):
    assert as_person(outsider).get(PAGE).status_code == 404
    assert as_person(outsider).get(PAGE, {"table": "hours", "format": "csv"}).status_code == 404
    assert client.get(PAGE).status_code == 302


def test_a_target_that_was_met_has_calls_to_spare_and_weak_hours(called, computed, page):
    called(date(2025, 10, 4), 10, within=6, late=6)
    called(date(2025, 10, 6), 9, within=60, late=6)
    computed(Period.month(2025, 10))

    text = page()

    assert "Where calls waited too long: October 2025" in text
    assert "The target of 80% was met, with 3 calls to spare." in text
    assert "Saturdays 10–11 alone lacked 4 calls." in text
    assert "Meets the target of 80%" in text


def test_a_target_met_to_the_call_has_nothing_to_spare(called, computed, page):
    called(date(2025, 10, 6), 9, within=40, late=10)
    computed(Period.month(2025, 10))

    text = page()

    assert "The target of 80% was met, with no call to spare." in text
    assert "Every hour of the week that had calls met the target." in text


def test_few_calls_are_not_judged(called, computed, page):
    called(date(2025, 10, 6), 9, within=8, late=3)
    computed(Period.month(2025, 10))

    text = page()

    assert "Too few calls to judge by the target of 80%: with 11 calls" in text
    assert "between 43% and 90%" in text
    assert "1 more call in time would have met the target of 80%." in text
    assert "October 2025 0.8 8 11 72.7 too few calls to judge" in text
    assert "72.7% Too few calls to judge" in text


def test_one_call_is_told_without_its_hour(called, computed, page):
    called(date(2025, 10, 6), 9, unanswered=1)
    computed(Period.month(2025, 10))

    text = page()

    assert "1 more call in time would have met the target of 80%." in text
    assert "No hours of the week can be pointed out: there are too few calls in each." in text
    assert "Mondays" not in text


def test_nobody_called(computed, page):
    computed(Period.month(2025, 10))

    text = page()

    assert "Nobody called in the period, as far as the log tells." in text
    assert "How October 2025 is counted" in text
    assert "All calls" not in text


def test_figures_that_are_being_computed(feed, page):
    feed(Period.month(2025, 10))

    text = page()

    assert "The call log is here; the figures are being computed." in text
    assert "Open this page again in some minutes." in text


def test_no_call_log_tells_each_what_to_do(central, leader, page, as_person):
    assert "The head of the legevakt brings in the call log" in page()

    answer = as_person(leader).get(PAGE)

    assert "Bring in the call log of the period" in text_of(answer)
    assert f'href="{reverse("imports")}"' in answer.content.decode()


def test_a_year_names_the_months_that_are_not_in_it(october, feed, page):
    feed(Period.month(2025, 9))

    text = page("/telephony/why/nordhordland/2025/")

    assert "Why below 80%: 2025" in text
    assert "Months that are not part of this" in text
    assert "No data: January 2025, February 2025" in text
    assert "Not computed yet: September 2025." in text
    assert "Month by month, the last two years" in text


def test_a_span_of_months_has_its_own_page(october, page):
    assert "Why below 80%: November 2024 to October 2025" in page(
        "/telephony/why/nordhordland/2024-11--2025-10/"
    )


def test_what_happened_is_listed(october, central, page):
    assert "No outage, epidemic or other event is noted for the period." in page()
    note(central=central, starts_on=date(2025, 10, 4), text="Fibre cut")
    note(
        central=central,
        kind="epidemic",
        starts_on=date(2025, 10, 4),
        ends_on=date(2025, 10, 7),
        text="Influenza <b>",
    )

    text = page()

    assert "Outage , 4 October 2025: Fibre cut" in text
    assert "Epidemic , 4 October 2025 to 6 October 2025: Influenza <b>" in text
    assert "is noted for the period" not in text


def test_who_may_write_a_note_is_led_to_one_with_its_days_where_there_is_none(
    october, central, leader, partner_director, as_person
):
    new = reverse("annotation_new", args=[central.slug])
    url = f"{new}?starts_on=2025-10-01&amp;last_day=2025-10-31"

    assert f'href="{url}"' in as_person(leader).get(PAGE).content.decode()
    assert new not in as_person(partner_director).get(PAGE).content.decode()
    form = as_person(leader).get(url.replace("&amp;", "&")).content.decode()
    assert 'value="2025-10-01"' in form
    assert 'value="2025-10-31"' in form
    note(central=central)
    assert new not in as_person(leader).get(PAGE).content.decode()


def test_a_row_that_did_better_has_a_real_minus_on_the_page_and_a_number_in_the_file(
    october, partner_director, as_person
):
    browser = as_person(partner_director)

    assert "<td>−8.6</td>" in browser.get(PAGE).content.decode()
    assert "-8,6;119;138" in browser.get(PAGE, {"table": "weekdays", "format": "csv"}).text


def test_the_figure_and_the_overview_lead_to_it(october, partner_director, as_person):
    browser = as_person(partner_director)

    for url in ("/", "/figure/nordhordland/2025-10/"):
        answer = browser.get(url)
        assert f'href="{PAGE}"' in answer.content.decode()
        assert "Why below 80%?" in text_of(answer)
    rolling = "/telephony/why/nordhordland/2024-11--2025-10/"
    assert f'href="{rolling}"' in browser.get("/").content.decode()


def test_where_the_target_is_met_only_the_figure_leads_to_it(
    called, computed, partner_director, as_person
):
    called(date(2025, 10, 6), 9, within=40)
    computed(Period.month(2025, 10))
    browser = as_person(partner_director)

    assert f'href="{PAGE}"' not in browser.get("/").content.decode()
    assert "Why below" not in text_of(browser.get("/"))
    assert f'href="{PAGE}"' in browser.get("/figure/nordhordland/2025-10/").content.decode()


@pytest.mark.parametrize("url", [PAGE, "/telephony/why/nordhordland/2025/"])
def test_few_questions_to_the_database_and_none_while_drawing(
    october, called, computed, partner_director, as_person, django_assert_max_num_queries, url
):
    for month in (7, 8, 9):
        called(date(2025, month, 6), 9, within=9, late=9, municipality="4631")
        computed(Period.month(2025, month))
    browser = as_person(partner_director)
    browser.get(url)

    with django_assert_max_num_queries(15):
        answer = browser.get(url)
    values = {key: value for layer in answer.context for key, value in layer.flatten().items()}

    with django_assert_max_num_queries(0):
        page = get_template("callstats/gaps/why.html").render(values)

    assert "All calls" in page


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("table", [name for name in TABLES if name != "periods"])
def test_no_file_tells_a_number_of_one_to_four(
    central, called, computed, partner_director, as_person, table, file_format
):
    """A Sunday, 17 May, a number and a municipality of few calls, or of few that were late."""
    local = central.numbers.get(line_class="lokal8")
    called(date(2025, 5, 3), 10, within=30, late=30, municipality="4631")
    called(date(2025, 5, 5), 9, within=90, late=12, municipality="4631")
    called(date(2025, 5, 6), 9, within=40, late=2, municipality="4633")
    called(date(2025, 5, 4), 3, within=1, late=2, municipality="4634", line=local)
    called(date(2025, 5, 17), 3, late=4, municipality="4635")
    computed(Period.month(2025, 5))

    answer = as_person(partner_director).get(
        "/telephony/why/nordhordland/2025-05/", {"table": table, "format": file_format}
    )

    if file_format == "csv":
        text = answer.content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    else:
        lines = sheet_of(answer.content)
    counts = [int(cell) for line in lines[1:] for cell in line[2:4]]
    assert max(counts) == 211
    assert not [count for count in counts if 0 < count < 5]
    late = [int(line[3]) - int(line[2]) for line in lines[1:]]
    assert not [count for count in late if 0 < count < 5]
