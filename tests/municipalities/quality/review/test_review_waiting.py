"""What of the reviews waits for whom, and what the topic and the summaries tell."""

import json
from datetime import date

import pytest

from municipalities.meetings.topics.prepared import Asked, code_for
from municipalities.quality.review import briefing, queries
from municipalities.queries import todos_of
from tests.factories import quality

TODAY = date(2025, 11, 10)


def waiting(cooperation, user, today=TODAY):
    found = queries.waiting_for(cooperation=cooperation, user=user, today=today)
    return [(each.text, each.due_date) for each in found]


def test_a_review_that_is_ready_waits_for_the_hosts_director(
    cooperation, host_director, partner_director, leader
):
    quality.judged_review(cooperation=cooperation)
    told = "The yearly review of 2025 is ready to be signed"

    assert waiting(cooperation, host_director) == [(told, None)]
    assert waiting(cooperation, leader) == waiting(cooperation, partner_director) == []


@pytest.mark.parametrize(("today", "count"), [(date(2025, 9, 30), 0), (date(2025, 10, 1), 1)])
def test_a_review_not_begun_waits_for_the_leader_from_1_october(
    cooperation, leader, auditor, today, count
):
    found = waiting(cooperation, leader, today)

    assert found == [("The yearly review of 2025 is not begun", date(2025, 10, 1))][:count]
    assert waiting(cooperation, auditor, today) == []


def test_a_late_measure_waits_for_the_leader(cooperation, leader):
    quality.begun_review(cooperation=cooperation, measure="Ny rutine")

    (found,) = waiting(cooperation, leader)

    assert found == ("The measure of the review 2025, § 6 a, is late: Leiaren", date(2025, 6, 1))
    assert waiting(cooperation, leader, date(2025, 6, 1)) == []


def test_a_council_not_told_waits_for_its_own_director(
    cooperation, host_director, partner_director, partner
):
    review = quality.signed_review(cooperation=cooperation, by=host_director)

    (found,) = waiting(cooperation, partner_director)
    assert found[0].startswith("Fedje: the council is to be told")
    assert [text[:5] for text, _due in waiting(cooperation, host_director)] == ["Alver"]
    quality.told_council(review=review, municipality=partner)
    assert waiting(cooperation, partner_director) == []


def test_it_takes_two_queries_and_is_among_the_todos(
    cooperation, host_director, django_assert_num_queries
):
    quality.judged_review(cooperation=cooperation)

    with django_assert_num_queries(2):
        assert len(waiting(cooperation, host_director)) == 1
    found = todos_of(cooperation=cooperation, user=host_director, today=TODAY)
    assert any("ready to be signed" in each.text for each in found)


def test_the_summary_takes_two_queries(cooperation, leader, django_assert_num_queries):
    quality.begun_review(cooperation=cooperation, measure="Ny rutine")

    with django_assert_num_queries(2):
        found = queries.summary_of(cooperation=cooperation, user=leader, today=TODAY)

    assert (found.judged, found.total, found.open_measures, found.late_measures) == (1, 21, 1, 1)


def asked(cooperation):
    return Asked(
        cooperation=cooperation, partner=None, since=date(2025, 1, 1), until=date(2025, 11, 11)
    )


def test_the_topic_covers_the_minimum_agenda():
    (topic,) = briefing.TOPIC.covers
    assert code_for(topic) == "internal-control"


def test_the_topic_tells_late_measures_first_and_goes_through_json(cooperation):
    review = quality.begun_review(cooperation=cooperation, measure="Ny rutine")
    review.points.filter(code="6b").update(
        status="improve", measure="Meir opplæring", deadline_date=date(2026, 3, 1)
    )
    quality.supervision(cooperation=cooperation)
    for kind in ("service", "rights", "duty", "compensation"):
        quality.complaints(cooperation=cooperation, kind=kind, received=2)

    facts = json.loads(json.dumps(briefing.facts(asked(cooperation))))
    page = briefing.page(facts)

    assert page.lead == "The review of 2025: 2 of 21 points are judged; under way."
    assert [each.value for each in page.figures] == ["2", "1", "8"]
    measures = next(each for each in page.tables if each.caption == "Open measures")
    assert [row.cells[1] for row in measures.rows] == ["Ny rutine", "Meir opplæring"]
    assert measures.rows[0].cells[3].endswith("late")


def test_the_topic_of_nothing_says_so(cooperation):
    page = briefing.page(briefing.facts(asked(cooperation)))

    assert page.lead == "No yearly review of the management system is begun."
    assert page.tables == ()
