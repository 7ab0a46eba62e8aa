"""The two prepared topics: facts that survive JSON, pages in each language, nothing hidden."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.meetings.topics.prepared import Asked, code_for
from municipalities.quality.absence import briefing as health
from municipalities.quality.deviations import briefing as deviations
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025
TOPICS = [deviations.TOPIC, health.TOPIC]
SHARES = ("total", "certified", "self_certified", "short", "long")


@pytest.fixture
def asked(cooperation):
    return Asked(
        cooperation=cooperation, partner=None, since=date(2025, 7, 20), until=date(2025, 11, 11)
    )


@pytest.fixture
def figures(cooperation):
    month = quality.month(cooperation=cooperation, count=4)
    quality.counted(month=month, count=3, state="closed", severity=None)
    quality.counted(
        month=month, count=2, category=quality.category(cooperation=cooperation, name="Utstyr")
    )
    quality.month(cooperation=cooperation, month_date=date(2025, 10, 1))
    quality.absence(cooperation=cooperation)
    quality.absence(cooperation=cooperation, unit="Legane", employees=3, agreed_days=151)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda each: each.code)
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


def test_what_is_hidden_is_no_fact(asked, figures):
    told = [each["shown"] for each in health.TOPIC.facts(asked)["quarters"] if each["shown"]]

    hidden = [unit for shown in told for unit in shown["units"] if unit["hidden"]]
    assert {each["unit"] for each in hidden} == {"Legane", "Legevakta"}
    assert {unit[name] for unit in hidden for name in SHARES} == {None}


def test_a_meeting_to_come_calls_no_month_or_quarter_missing_before_it_is_over(
    cooperation, figures
):
    asked = Asked(
        cooperation=cooperation, partner=None, since=date(2025, 10, 1), until=date(2026, 2, 1)
    )

    months = [each["month"] for each in deviations.TOPIC.facts(asked)["months"]]
    quarters = [(q["year"], q["quarter"]) for q in health.TOPIC.facts(asked)["quarters"]]

    assert (months[-1], quarters[-1]) == ("2025-10-01", (2025, 3))


def test_health_tells_hse_deviations_too_and_a_missing_month_is_not_nought(asked, figures):
    page = health.TOPIC.page(health.TOPIC.facts(asked))

    rows = {row.cells[0]: row.cells[1] for table in page.tables[1:] for row in table.rows}
    assert rows["September 2025"] == 7
    assert rows["October 2025"] == 0
    assert rows["August 2025"] == "not reported"


def test_facts_that_were_frozen_without_hse_deviations_still_make_a_page(asked, figures):
    facts = health.TOPIC.facts(asked)
    facts.pop("hse", None)

    assert len(health.TOPIC.page(facts).tables) == 1


def test_both_are_live_pages_that_cover_their_minimum_topic(
    cooperation, figures, as_person, partner_director
):
    assert code_for("Deviations") == "deviations"
    assert code_for("Health, environment, safety and sickness absence") == "health-and-safety"
    for topic in TOPICS:
        url = reverse("topic", args=[cooperation.slug, topic.code])
        assert as_person(partner_director).get(url).status_code == 200


def test_severities_stand_in_the_order_of_the_list_and_months_of_two_years_have_theirs(
    asked, cooperation
):
    month = quality.month(cooperation=cooperation)
    for position, name in enumerate(("Låg", "Middels", "Høg"), 1):
        entry = quality.severity(cooperation=cooperation, name=name)
        entry.position = position
        entry.save()
        quality.counted(month=month, severity=entry)

    page = deviations.TOPIC.page(json.loads(json.dumps(deviations.TOPIC.facts(asked))))

    by_category, by_severity = page.tables
    assert by_severity.headings[1:4] == ("Låg", "Middels", "Høg")
    assert by_category.rows[0].cells[0] == "November 2024"
