"""The two prepared topics: facts that survive JSON, pages in each language, nothing hidden."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.meetings.topics.prepared import Asked, code_for, prepared_topics
from municipalities.quality.absence import briefing as health
from municipalities.quality.deviations import briefing as deviations
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025


@pytest.fixture
def asked(cooperation):
    return Asked(
        cooperation=cooperation, partner=None, since=date(2025, 7, 20), until=date(2025, 11, 11)
    )


@pytest.fixture
def figures(cooperation):
    quality.month(cooperation=cooperation, month_date=date(2025, 7, 1), count=4)
    month = quality.month(cooperation=cooperation, median_days="6.5")
    quality.counted(month=month, count=3, state="closed", severity=None)
    quality.counted(
        month=month, count=2, category=quality.category(cooperation=cooperation, name="Utstyr")
    )
    quality.note(cooperation=cooperation, starts_date=date(2025, 9, 1))
    quality.absence(cooperation=cooperation)
    quality.absence(cooperation=cooperation, year=2024, certified_days=70, long_days=50)
    quality.absence(cooperation=cooperation, unit="Legane", employees=3, agreed_days=151)


@pytest.mark.parametrize("topic", [deviations.TOPIC, health.TOPIC], ids=lambda each: each.code)
@pytest.mark.parametrize("has_figures", [True, False])
def test_facts_survive_json_and_make_the_same_page(asked, topic, has_figures, request):
    if has_figures:
        request.getfixturevalue("figures")
    facts = topic.facts(asked)

    frozen = json.loads(json.dumps(facts))

    assert frozen == facts
    for language in ("nn", "nb"):
        with translation.override(language):
            assert topic.page(frozen) == topic.page(facts)
            assert topic.page(frozen).lead


def test_deviations_tell_what_they_rest_on_and_what_is_not_closed(asked, figures):
    page = deviations.TOPIC.page(deviations.TOPIC.facts(asked))

    assert page.lead == "9 deviations since the last meeting. 2 of 4 months are reported."
    assert [each.value for each in page.figures] == ["9", "6", "6.5"]
    rows = {table.caption: [row.cells for row in table.rows] for table in page.tables}
    assert rows["By month"][1] == ("August 2025", *["not reported"] * 3)
    assert rows["By category"] == [("HMS", 7), ("Utstyr", 2)]
    assert rows["By severity"] == [("Middels", 6), ("Severity not told", 3)]
    assert "Nytt avvikssystem" in page.notes[1]


def test_health_tells_the_quarter_the_year_before_and_hse_deviations(asked, cooperation, figures):
    cooperation.sickness_absence.filter(unit="Legane").delete()

    page = health.TOPIC.page(health.TOPIC.facts(asked))

    assert page.lead.startswith("Sickness absence was 7.0% in quarter 2, 2025.")
    assert "7 HSE deviations since the last meeting. 2 of 4 months" in page.lead
    assert page.figures[0].detail == "The year before: 5.0%"


def test_what_is_hidden_is_no_fact(asked, figures):
    facts = health.TOPIC.facts(asked)

    hidden = [each for each in facts["units"] if each["hidden"]]
    assert [each["unit"] for each in hidden] == ["Legane", "Legevakta"]
    for each in hidden:
        names = ("total", "certified", "self_certified", "short", "long")
        assert {each[name] for name in names} == {None}
    assert "hidden because the unit is small" in str(health.TOPIC.page(facts).tables)


def test_a_planned_meeting_asks_for_no_month_that_is_to_come(cooperation):
    asked = Asked(
        cooperation=cooperation, partner=None, since=date(2025, 10, 1), until=date(2026, 2, 1)
    )

    months = deviations.TOPIC.facts(asked)["months"]

    assert [each["month"] for each in months] == ["2025-10-01"]


def test_a_second_meeting_in_a_month_is_told_of_the_latest_that_is_over(cooperation):
    asked = Asked(
        cooperation=cooperation, partner=None, since=date(2025, 11, 3), until=date(2025, 11, 11)
    )

    assert [each["month"] for each in deviations.TOPIC.facts(asked)["months"]] == ["2025-10-01"]


def test_both_are_live_pages_that_cover_their_minimum_topic(
    cooperation, figures, as_person, partner_director
):
    assert code_for("Deviations") == "deviations"
    assert code_for("Health, environment, safety and sickness absence") == "health-and-safety"
    for code in ("deviations", "health-and-safety"):
        assert code in prepared_topics()
        page = as_person(partner_director).get(reverse("topic", args=[cooperation.slug, code]))
        assert page.status_code == 200
