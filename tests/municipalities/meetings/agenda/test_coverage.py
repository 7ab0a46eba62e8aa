"""How the minimum agenda of a year stands."""

from datetime import date, timedelta

import pytest

from municipalities.meetings.agenda.queries import coverage_of
from municipalities.meetings.meeting import operations as meeting_operations
from tests.conftest import NOW
from tests.factories import meetings
from tests.factories.obligations import obligation
from tests.municipalities.meetings.agenda.conftest import IN_DECEMBER, plan

TODAY = NOW.date()


def standing(forum, *, year=2025, today=TODAY):
    found = coverage_of(forum=forum, year=year, today=today)
    return {each.topic: each.status.value for each in found}


def held(forum, outcome, *, days=30):
    """A meeting that treated or postponed the professional status."""
    meeting = meetings.called(forum=forum, starts_at=NOW - timedelta(days=days))
    meetings.item(meeting=meeting, topic="Professional status", outcome=outcome)
    return meeting


def test_a_topic_without_a_meeting_is_missing(forum):
    assert standing(forum) == {"Professional status": "missing", "Deviations": "missing"}


def test_a_topic_is_planned_by_a_meeting_to_come_and_missing_when_that_is_cancelled(forum):
    meeting = plan(forum)
    assert standing(forum)["Deviations"] == "planned"

    meeting_operations.cancel(meeting=meeting, reason="Sjukdom", by=None, at=NOW)

    assert standing(forum)["Deviations"] == "missing"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("treated", "covered"), ("postponed", "postponed"), ("withdrawn", "missing")],
)
def test_a_topic_stands_as_the_minutes_say(outcome, expected, forum):
    held(forum, outcome)
    assert standing(forum) == {"Professional status": expected, "Deviations": "missing"}


def test_what_was_postponed_is_covered_later_and_shows_both_meetings(forum):
    made = [held(forum, "postponed", days=60), held(forum, "treated", days=30)]
    found = coverage_of(forum=forum, year=2025, today=TODAY)[0]
    assert (found.status.value, list(found.meetings)) == ("covered", made)


def test_a_year_has_its_own_meetings(forum):
    held(forum, "treated", days=330)
    assert standing(forum, year=2024)["Professional status"] == "covered"
    assert standing(forum)["Professional status"] == "missing"


def test_the_topics_are_those_of_the_agreement_in_the_year(cooperation, forum):
    forum.obligation_code = "council-meetings"
    forum.save()
    obligation(
        cooperation=cooperation,
        code="council-meetings",
        topics=["Deviations", "Internal control"],
        starts_date=date(2026, 1, 1),
    )
    assert list(standing(forum)) == ["Professional status", "Deviations"]
    assert list(standing(forum, year=2026)) == ["Deviations", "Internal control"]


def test_coverage_asks_three_times_however_many_meetings(forum, django_assert_max_num_queries):
    for days in range(5):
        meetings.approved(meeting=held(forum, "postponed", days=30 + days))
    plan(forum, IN_DECEMBER)
    with django_assert_max_num_queries(3):
        assert standing(forum)["Professional status"] == "planned"
