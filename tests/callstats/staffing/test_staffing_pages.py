"""The page: who sees it, what it says, what if, and what it cannot say."""

import csv
import doctest
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from callstats.calls.models import CallHour
from callstats.staffing import tables, words
from legevakt.lib.periods import Period
from tests.callstats.staffing.conftest import FRIDAY_14
from tests.factories.annotations import note
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

pytestmark = pytest.mark.usefixtures("clock")

# It is Monday 10 November 2025: the four whole weeks before it.
FOUR_WEEKS = Period(date(2025, 10, 13), date(2025, 11, 10))
TOO_MUCH = "9" * 5000


@pytest.fixture
def busy(central, calls, feed):
    """Fridays at 14: 19 answered calls of 180 s, at 15 two. Four hung up after 240 s."""
    feed(FOUR_WEEKS)
    for week in range(4):
        at = FRIDAY_14 - timedelta(days=7) + timedelta(weeks=week)
        at += timedelta(hours=1) if week > 1 else timedelta()  # summer time has ended
        calls(19, at=at, talk_seconds=180, wait_seconds=0)
        calls(1, at=at, outcome="abandoned", wait_seconds=240)
        calls(2, at=at + timedelta(hours=1), talk_seconds=180, wait_seconds=0)
    return central


@pytest.fixture
def browser(partner_director, as_person):
    return as_person(partner_director)


def page_of(browser, central, **asked):
    return browser.get(reverse("staffing", args=[central.slug]), {"weeks": 4} | asked)


def rows_of(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_worked_examples_hold():
    assert doctest.testmod(words).failed == doctest.testmod(tables).failed == 0


def test_a_partner_reads_what_the_hours_need(browser, busy):
    answer = page_of(browser, busy)

    plan = answer.context["plan"]
    assert "A planning aid, no advice on safe staffing" in answer.text
    assert "Busiest: Friday 14–15, 20.0 calls an hour. 3 operators are needed there" in answer.text
    assert "for 80% within 120 seconds" in answer.text
    assert plan.heat[14].cells[4].text == "3 (3)"
    assert plan.heat[15].cells[4].text == "1 (1)"
    assert (plan.heat[14].cells[4].shade, plan.heat[15].cells[4].shade) == (5, 1)
    assert ("Mean patience", "4 min 0 s, estimated from 4 callers who hung up") in plan.facts
    assert ("Mean talk time, measured", "3 min 0 s") in plan.facts
    assert ("Calls", "88") in plan.facts
    assert ("Hours with data", "673 of 673") in plan.facts


def test_one_fewer_and_one_more_are_told_for_each_days_busiest(browser, busy):
    table = page_of(browser, busy).context["plan"].options

    told = [[str(cell) for cell in row.cells] for row in table.rows]
    assert told == [
        ["Friday", "14–15", "one fewer", "20.00", "2", "67.4", "33.7"],
        ["Friday", "14–15", "needed", "20.00", "3", "87.9", "82.4"],
        ["Friday", "14–15", "one more", "20.00", "4", "96.4", "96.0"],
    ]


def test_a_chosen_day_and_hour_is_looked_at_closer(browser, busy):
    told = page_of(browser, busy, weekday=5, hour=15).context["plan"].options.rows
    assert [row.cells[:3] for row in told] == [
        ("Friday", "15–16", "needed"),
        ("Friday", "15–16", "one more"),
    ]
    told = page_of(browser, busy, hour=3).context["plan"].options.rows
    assert len(told) == 14
    assert {row.cells[-1] for row in told} == {"–"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"calls_percent": 100}, "5 (5)"),
        ({"talk_seconds": 480}, "5 (6)"),
        ({"talk_percent": -90, "after_call_seconds": 0}, "1 (1)"),
        ({"target_percent": 95}, "4 (4)"),
        ({"patience_seconds": 20, "target_percent": 95}, "5 (4)"),
        ({"models": "a"}, "3"),
        ({"models": "c"}, "3"),
    ],
)
def test_what_if(browser, busy, asked, text):
    plan = page_of(browser, busy, **asked).context["plan"]
    assert plan.heat[14].cells[4].text == text


def test_each_number_says_what_it_means_beside_its_slider(browser, busy):
    page = page_of(browser, busy, talk_seconds="", patience_seconds=95, calls_percent=-40).text
    told = re.findall(r"<output[^>]*>(.*?)</output>", page)
    assert told == ["−40%", "as measured", "0%", "2 min 0 s", "1 min 35 s", "80%"]
    assert page.count('type="range"') == page.count('type="number"') == 6


def test_a_number_that_is_none_leaves_its_slider_where_it_stands(browser, busy):
    answer = page_of(browser, busy, patience_seconds="long")
    assert answer.status_code == 422
    assert re.findall(r"<output[^>]*>(.*?)</output>", answer.text)[4] == "as estimated"


def test_a_patience_that_is_filled_in_is_said_to_be(browser, busy):
    answer = page_of(browser, busy, patience_seconds=90)

    assert ("Mean patience", "1 min 30 s, as filled in") in answer.context["plan"].facts
    assert "The patience is uncertain" not in answer.text


def test_a_patience_of_many_hours_is_bounded_and_said_to_be_longer(browser, busy):
    hour = CallHour.objects.filter(outcome="abandoned").first()
    CallHour.objects.filter(pk=hour.pk).update(waits_ms=[2_000_000_000])

    plan = page_of(browser, busy).context["plan"]

    told = "longer than 120 min 0 s, estimated from 4 callers who hung up"
    assert ("Mean patience", told) in plan.facts
    assert page_of(browser, busy, patience_seconds=7200).context["plan"].heat == plan.heat


def test_few_who_hung_up_leave_the_patience_uncertain(browser, busy, calls):
    assert "The patience is uncertain" in page_of(browser, busy).text
    calls(46, outcome="abandoned", wait_seconds=240)
    assert "The patience is uncertain" not in page_of(browser, busy).text


def test_where_nobody_hung_up_only_erlang_c_is_shown(browser, busy):
    CallHour.objects.filter(outcome="abandoned").delete()

    answer = page_of(browser, busy, models="a")

    plan = answer.context["plan"]
    assert "Only Erlang C is shown" in answer.text
    assert "By Erlang C, where nobody hangs up." in answer.text
    assert plan.heat[14].cells[4].text == "3"
    assert {row["model"] for row in plan.chart["datasets"]["operators"]} == {"Erlang C"}


def test_the_chart_is_a_line_a_model_from_monday_to_sunday(browser, busy):
    rows = page_of(browser, busy).context["plan"].chart["datasets"]["operators"]
    assert [row["at"] for row in rows if row["model"] == "Erlang A"] == list(range(169))
    assert {row["at"]: row["operators"] for row in rows}[4 * 24 + 14] == 3


def test_an_hour_without_data_has_a_dash_and_a_gap(browser, busy, source):
    source.feed_hours.filter(hour_at__hour=7).delete()  # in Oslo, as Django's lookup takes it

    plan = page_of(browser, busy).context["plan"]

    assert {(cell.text, cell.shade) for cell in plan.heat[7].cells} == {("–", 0)}
    gaps = {row["at"] for row in plan.chart["datasets"]["operators"] if row["operators"] is None}
    assert gaps == {24 * day + 7 for day in range(7)}
    assert len(plan.week.rows) == 161


@pytest.mark.parametrize(
    ("name", "key"), [("staffing_week", "week"), ("staffing_options", "options")]
)
def test_a_download_says_what_the_screen_says(browser, busy, name, key):
    asked = {"weeks": 4, "calls_percent": 10}
    table = getattr(page_of(browser, busy, **asked).context["plan"], key)

    answer = browser.get(reverse(name, args=[busy.slug]), asked)

    assert (
        answer["Content-Disposition"] == f'attachment; filename="nordhordland-staffing-{key}.csv"'
    )
    shown = [[str(cell) for cell in row.cells] for row in table.rows]
    assert rows_of(answer) == [
        list(table.headings),
        *[[*row[:2], *(cell.replace(".", ",") for cell in row[2:])] for row in shown],
    ]
    assert len(table.rows) == (168 if key == "week" else 3)


def test_a_download_of_what_cannot_be_computed_leads_to_the_page(browser, busy):
    answer = browser.get(reverse("staffing_week", args=[busy.slug]), {"weeks": "x"})
    assert answer.url == reverse("staffing", args=[busy.slug]) + "?weeks=x"


@pytest.mark.parametrize(
    ("name", "value", "words_of_error"),
    [
        ("weeks", "5", "Select a valid choice"),
        ("calls_percent", "many", "Enter a whole number"),
        ("calls_percent", "-91", "greater than or equal to -90"),
        ("calls_percent", "", "This field is required"),
        ("talk_seconds", "0", "greater than or equal to 1"),
        ("talk_percent", "1e9", "Enter a whole number"),
        ("after_call_seconds", "-1", "greater than or equal to 0"),
        ("patience_seconds", "4", "greater than or equal to 5"),
        ("patience_seconds", TOO_MUCH, "Enter a whole number"),
        ("target_percent", "100", "less than or equal to 99"),
        ("target_percent", "nan", "Enter a whole number"),
        ("models", "b", "Select a valid choice"),
        ("weekday", "8", "Select a valid choice"),
        ("hour", "\x00", "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(browser, busy, name, value, words_of_error):
    answer = page_of(browser, busy, **{name: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert words_of_error in answer.context["form"].errors[name][0]
    assert answer.context["plan"] is None


def test_talk_time_is_given_in_seconds_or_as_a_change(browser, busy):
    answer = page_of(browser, busy, talk_seconds=200, talk_percent=10)
    assert list(answer.context["form"].errors) == ["talk_percent"]


def test_the_farthest_that_can_be_asked_is_answered(browser, busy):
    answer = page_of(
        browser,
        busy,
        calls_percent=300,
        talk_seconds=3600,
        after_call_seconds=1800,
        patience_seconds=7200,
        target_percent=99,
    )
    assert answer.status_code == 200
    assert answer.context["plan"].heat[14].cells[4].text == "145 (145)"


def test_without_a_call_log_the_page_says_what_to_do(browser, central):
    page = page_of(browser, central).text
    assert "No call log covers these weeks" in page
    assert "import the call log" in page


def test_where_nobody_called_there_is_nothing_to_compute(browser, central, feed):
    feed(FOUR_WEEKS)
    assert "Nobody called in these weeks" in page_of(browser, central).text


def test_without_talk_times_one_is_asked_for(browser, central, feed, calls):
    feed(FOUR_WEEKS)
    calls(4)
    assert "The call log tells of no talk times" in page_of(browser, central).text
    answer = page_of(browser, central, talk_seconds=200)
    assert ("Mean talk time, measured", "–") in answer.context["plan"].facts


def test_an_outsider_finds_nothing(as_person, outsider, busy):
    browser = as_person(outsider)
    assert page_of(browser, busy).status_code == 404
    for name in ("staffing_week", "staffing_options"):
        assert browser.get(reverse(name, args=[busy.slug])).status_code == 404
    assert "You see no legevaktsentral yet" in browser.get(reverse("staffing_first")).text


def test_the_first_page_leads_to_the_first_central(browser, central):
    CentralFactory(slug="second", name="Å", cooperation=central.cooperation)
    answer = browser.get(reverse("staffing_first"))
    assert answer.url == reverse("staffing", args=[central.slug])


def test_several_centrals_can_be_chosen_among(browser, central):
    second = CentralFactory(slug="second", cooperation=central.cooperation)
    page = page_of(browser, central).text
    assert reverse("staffing", args=[second.slug]) in page


def test_the_page_asks_little_of_the_database(browser, busy, django_assert_max_num_queries):
    for number in range(5):
        other = CentralFactory(slug=f"other-{number}", cooperation=busy.cooperation)
        PublicNumberFactory(central=other)
    with django_assert_max_num_queries(7):
        page_of(browser, busy)


def test_what_happened_in_the_weeks_is_listed(browser, busy):
    assert "What happened in the period" not in page_of(browser, busy).text
    note(central=busy, starts_on=FOUR_WEEKS.starts_on)
    note(central=busy, starts_on=FOUR_WEEKS.ends_on, text="After the weeks.")

    page = page_of(browser, busy).text

    assert "What happened in the period" in page
    assert "The power was out in a storm." in page
    assert "After the weeks." not in page
    assert "The power was out" not in page_of(browser, busy, weeks="x").text


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_page_is_drawn_in_every_language(browser, busy, partner_director, language):
    partner_director.language = language
    partner_director.save()
    page = page_of(browser, busy).text
    assert f'<html lang="{language}"' in page
    assert "3 (3)" in page


@pytest.mark.parametrize("table", ["week", "options"])
def test_the_load_of_an_hour_of_few_calls_is_not_told(browser, busy, calls, table):
    """Three calls on Saturdays at 14; the eight on Fridays at 15 are hidden with them."""
    calls(3, at=FRIDAY_14 + timedelta(days=1), talk_seconds=180, wait_seconds=0)
    address = reverse(f"staffing_{table}", args=[busy.slug])

    answer = browser.get(address, {"weeks": 4, "format": "csv"})

    rows = {tuple(row[:2]): row for row in rows_of(answer)}
    saturday = rows["Saturday", "14–15"]
    assert "not shown" in saturday
    assert not [cell for cell in saturday if cell in ("0,75", "0,00")]
    assert "not shown" not in rows["Friday", "14–15"]
    page = page_of(browser, busy)
    assert "not shown: they are of fewer than 5 calls" in page.text
    if table == "week":
        assert "not shown" in rows["Friday", "15–16"]
