"""Professional status: what is frozen of the phones, and that it is told the same for ever."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils.translation import override

from callstats.briefing.queries import facts, months_of
from callstats.briefing.topic import TOPIC
from legevakt.lib.periods import Period
from municipalities.queries import Asked
from reporting.dashboard.queries import central_figures
from tests.factories.months import month_of_calls, published
from tests.factories.municipalities import CentralFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2025, 11, 10)
AUGUST, SEPTEMBER, OCTOBER = (Period.month(2025, month) for month in (8, 9, 10))


def asked(cooperation, *, since=date(2025, 9, 5), until=date(2025, 11, 11)) -> Asked:
    return Asked(cooperation=cooperation, partner=None, since=since, until=until)


@pytest.fixture
def months(central, leader, host_director):
    """September is published above the target; October is open and below it."""
    row = month_of_calls(central, SEPTEMBER, within=90, late=5, unanswered=5)
    published(row, checked_by=leader, by=host_director)
    month_of_calls(central, OCTOBER, within=60, late=25, unanswered=15)


@pytest.fixture
def told(cooperation, months):
    return json.loads(json.dumps(facts(asked(cooperation))))


def shown(told, *, language="en"):
    """Every word and figure of the page, as one text."""
    with override(language):
        page = TOPIC.page(told)
        tables = [*(chart.table for chart in page.charts), *page.tables]
        return json.dumps(
            [
                page.lead,
                [(each.label, each.value, each.detail, each.state) for each in page.figures],
                [(each.caption, each.headings, each.shown) for each in tables],
                page.notes,
                page.link_label,
            ],
            ensure_ascii=False,
            default=str,
        )


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2025, 9, 5), date(2025, 11, 11), ["2025-09", "2025-10"]),
        (date(2025, 11, 3), date(2025, 11, 11), ["2025-10"]),
        (date(2025, 1, 1), date(2026, 1, 1), [f"2025-{n:02d}" for n in range(1, 13)]),
    ],
    ids=["since the last meeting", "none has ended since", "a year"],
)
def test_the_months_are_whole_and_at_least_one(since, until, expected):
    assert [f"{each.starts_on:%Y-%m}" for each in months_of(since=since, until=until)] == expected


def test_the_sum_is_of_counts_and_never_a_mean_of_shares(told):
    central = told["centrals"][0]

    assert (central["sum"]["numerator"], central["sum"]["denominator"]) == (150, 200)
    assert "75.0%" in shown(told)
    assert "15 more calls" not in shown(told)
    assert "10 more calls in time would have met the target" in shown(told)


def test_each_month_is_what_the_overview_says(told, central):
    overview = central_figures(central=central, today=TODAY)

    by_month = {str(each.period.starts_on): each for each in overview.months}
    for month in told["centrals"][0]["months"]:
        level = by_month[month["month"]].level
        assert (month["numerator"], month["denominator"]) == (level.numerator, level.denominator)
        assert month["hours_with_feed"] == level.hours_with_feed
        assert month["life"] == by_month[month["month"]].life


def test_published_and_open_months_say_so(told):
    rows = TOPIC.page(told).charts[0].table.shown

    assert [row[-1] for row in rows] == ["published", "open", "–"]


def test_a_month_without_data_has_no_figure_and_lowers_the_completeness(cooperation, central):
    month_of_calls(central, OCTOBER, within=60, late=25, unanswered=15)

    found = facts(asked(cooperation))

    september, october = found["centrals"][0]["months"]
    assert september == {"month": "2025-09-01", "is_published": False, "state": "no_data"}
    whole = SEPTEMBER.hours() + october["hours_in_period"]
    assert found["centrals"][0]["sum"]["hours_in_period"] == whole
    row = TOPIC.page(found).tables[0].shown[0]
    assert row[1:5] == ["No data", "–", "–", "–"]
    assert "provisional" in shown(found)


def test_where_nobody_called_there_is_no_share(cooperation, central):
    month_of_calls(central, SEPTEMBER)
    month_of_calls(central, OCTOBER)

    found = facts(asked(cooperation))

    page = TOPIC.page(found)
    assert page.figures[0].value == "–"
    assert page.figures[0].state == "No calls"
    assert page.tables[0].shown[0][1:3] == ["No calls", "0 of 0"]
    assert "%" not in page.lead


def test_what_is_not_computed_yet_is_waited_for(cooperation, central):
    row = month_of_calls(central, OCTOBER, within=10)
    row.delete()

    found = facts(asked(cooperation, since=date(2025, 10, 5)))

    assert found["centrals"][0]["months"][0]["state"] == "waiting"
    assert "Not computed yet" in shown(found)


def test_few_calls_are_not_judged(cooperation, central):
    month_of_calls(central, OCTOBER, within=8, unanswered=3)

    page = TOPIC.page(facts(asked(cooperation, since=date(2025, 10, 5))))

    assert (page.figures[0].state, page.figures[0].color) == ("Too few calls to judge", "neutral")


def test_below_the_target_it_says_when_calls_were_lacking(told, central):
    lacking = told["centrals"][0]["lacking"]
    page = TOPIC.page(told)

    assert lacking["calls"] == 10
    assert page.tables[-1].rows[0].cells[0]
    assert page.url.endswith(f"/{central.slug}/2025-09--2025-10/")


def test_at_the_target_there_is_nothing_to_explain(cooperation, central):
    month_of_calls(central, OCTOBER, within=80, late=20)

    found = facts(asked(cooperation, since=date(2025, 10, 5)))

    assert found["centrals"][0]["lacking"] is None
    assert TOPIC.page(found).figures[0].color == "success"


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_frozen_facts_tell_the_same_and_ask_the_database_nothing(
    cooperation, months, language, django_assert_num_queries
):
    taken = facts(asked(cooperation))
    frozen = json.loads(json.dumps(taken))

    with django_assert_num_queries(0):
        assert shown(frozen, language=language) == shown(taken, language=language)


def test_facts_of_an_older_shape_still_tell(told):
    old = json.loads(json.dumps(told))
    del old["limit_seconds"]
    central = old["centrals"][0]
    del central["sum"]["is_provisional"], central["lacking"]["days"]
    for month in central["months"]:
        del month["life"], month["revision"], month["is_provisional"]
    for each in central["lacking"]["hours"]:
        del each["numerator"], each["denominator"]

    rows = TOPIC.page(old).charts[0].table.shown

    assert [row[-1] for row in rows] == ["published", "may still change", "–"]
    assert "75.0%" in shown(old)


def test_another_cooperation_and_its_centrals_are_not_told_of(told, cooperation):
    other = CentralFactory(slug="elsewhere")

    found = facts(asked(other.cooperation))

    assert [each["slug"] for each in found["centrals"]] == ["elsewhere"]
    assert "elsewhere" not in json.dumps(told)


def test_the_queries_are_few(cooperation, months, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        facts(asked(cooperation))
