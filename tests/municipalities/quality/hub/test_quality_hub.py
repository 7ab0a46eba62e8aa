"""The first page of quality: the answer in cards, curves with gaps, and few queries."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.hub import cards as hub_cards
from municipalities.quality.hub import presenters
from municipalities.quality.hub.queries import quality_now
from tests.factories import quality

TODAY = date(2025, 11, 10)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def page(cooperation, as_person):
    def shown(user):
        answer = as_person(user).get(reverse("quality", args=[cooperation.slug]))
        return " ".join(answer.content.decode().split())

    return shown


@pytest.fixture
def reported(cooperation, host_director):
    """Two months of deviations, a quarter of absence and complaints, a review, supervision."""
    quality.month(cooperation=cooperation, month_date=date(2025, 8, 1), count=10)
    quality.month(cooperation=cooperation, month_date=date(2025, 10, 1), count=7)
    quality.absence(cooperation=cooperation, quarter=3)
    for kind in ("service", "rights", "duty", "compensation"):
        quality.complaints(cooperation=cooperation, kind=kind, received=2)
    quality.supervision(cooperation=cooperation)
    quality.begun_review(cooperation=cooperation, measure="Ny rutine")
    quality.note(cooperation=cooperation, text="Nytt avvikssystem")


def now(cooperation, user):
    return quality_now(cooperation=cooperation, user=user, today=TODAY)


def test_the_cards_answer(cooperation, leader, reported):
    cards = presenters.cards(now(cooperation, leader), slug=cooperation.slug)

    assert [each.get("value") for each in cards] == ["7", "7.0%", "8", "1", "1 of 21"]
    assert cards[0]["label"] == "Deviations in October 2025"
    assert cards[0]["detail"] == "Fewer than in the 1 other reported month (10.0)"
    assert (cards[4]["state"], cards[4]["state_text"]) == ("below", "1 measure is late")
    assert all(each["url"].startswith("/quality/nordhordland/") for each in cards)


def test_what_is_missing_in_a_curve_is_a_gap(cooperation, leader, reported):
    curves = presenters.curves(now(cooperation, leader), today=TODAY)
    deviations, absence, complaints = curves

    assert deviations.table.shown[-3:] == [
        ["August 2025", "10", "–"],
        ["September 2025", "not reported", "–"],
        ["October 2025", "7", "–"],
    ]
    counts = deviations.spec["datasets"]["months"]
    assert [each["count"] for each in counts][-3:] == [10, None, 7]
    assert deviations.spec["datasets"]["notes"] == [{"month": "2025-03-01", "numbers": "(1)"}]
    assert deviations.notes[0].number == "(1)"
    assert [each[1:] for each in absence.table.shown[2:]] == [
        ["7.0", "not reported"],
        ["–", "not reported"],
    ]
    assert ["Quarter 2, 2025", "8"] in complaints.table.shown
    assert ["Quarter 3, 2025", "not reported"] in complaints.table.shown


def test_absence_of_few_people_is_hidden(cooperation, leader):
    quality.absence(cooperation=cooperation, quarter=3, employees=4)

    card = presenters.cards(now(cooperation, leader), slug=cooperation.slug)[1]

    assert "value" not in card
    assert card["state_text"] == "hidden"


def test_the_page_shows_charts_with_tables_and_notes(page, auditor, reported):
    shown = page(auditor)

    assert shown.count("data-chart ") == shown.count("app-chart__numbers") == 3
    assert "Nytt avvikssystem" in shown


def test_an_empty_page_says_what_to_do_next(page, leader, partner_director):
    assert "Report deviations" in page(leader)
    for_others = page(partner_director)
    assert "Nothing is reported yet" in for_others
    assert "Report deviations" not in for_others


def test_the_page_takes_at_most_sixteen_queries(
    cooperation, auditor, as_person, reported, django_assert_max_num_queries
):
    browser = as_person(auditor)
    with django_assert_max_num_queries(16):
        browser.get(reverse("quality", args=[cooperation.slug]))


def test_the_hub_of_the_agreement_has_a_card(cooperation, leader, as_person, reported):
    answer = as_person(leader).get(reverse("cooperation", args=[cooperation.slug]))
    shown = " ".join(answer.content.decode().split())

    assert hub_cards.quality in hub_cards.CARDS
    assert "1 of 21" in shown
    assert reverse("quality", args=[cooperation.slug]) in shown
