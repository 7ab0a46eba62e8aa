"""What waits for a person: on a page of its own, and on the overview without costing it queries."""

from datetime import date

from django.urls import reverse

from tests.factories.decisions import decided
from tests.factories.municipalities import CooperationFactory
from tests.factories.obligations import due


def test_what_waits_stands_in_order_with_its_day(cooperation, partner_director, as_person, clock):
    decided(cooperation=cooperation, title="Later", receipt_by=date(2025, 11, 20))
    decided(cooperation=cooperation, title="Late", receipt_by=date(2025, 11, 5))
    page = as_person(partner_director).get(reverse("todo"))
    assert [row.state for row in page.context["rows"]] == ["late", "soon"]
    assert page.text.index("Late") < page.text.index("Later")
    assert "by 5 November 2025" in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_day_that_the_sentence_tells_is_not_told_twice(cooperation, leader, as_person, clock):
    due(cooperation=cooperation, due_days=["11-15"])
    rows = as_person(leader).get(reverse("todo")).context["rows"]
    (row,) = (each for each in rows if "Drill" in each.text)
    assert "15 November 2025" in row.text.replace("\N{NO-BREAK SPACE}", " ")
    assert row.due == ""


def test_the_overview_asks_for_it_by_itself(cooperation, leader, as_person, clock):
    due(cooperation=cooperation)
    browser = as_person(leader)
    assert reverse("todo") in browser.get("/").text
    part = browser.get(reverse("todo"), headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Drill" in part.text


def test_another_cooperation_is_not_found(cooperation, leader, as_person):
    other = CooperationFactory()
    answer = as_person(leader).get(reverse("todo"), {"cooperation": other.slug})
    assert answer.status_code == 404
