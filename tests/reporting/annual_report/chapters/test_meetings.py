"""The chapter on meetings and decisions; what a bilateral meeting was about is never in it."""

from datetime import UTC, date, datetime

import pytest

from municipalities.decisions.queries import summary_of
from municipalities.meetings.agenda.models import Outcome
from municipalities.meetings.follow_up.models import FollowUpState
from municipalities.meetings.forums.queries import forums_of
from municipalities.meetings.meeting.models import MeetingState
from municipalities.models import Participant
from reporting.annual_report.chapters.meetings import CHAPTER
from tests.factories import decisions, hearings, meetings, obligations
from tests.factories.cooperations import joined
from tests.factories.report_parts import everything, facts_of, frozen, pages, rows

AT = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
CANCELLED = {
    "state": MeetingState.CANCELLED,
    "cancelled_at": meetings.AT,
    "cancel_reason": "Uver",
}


def moment(month, *, year=2025):
    return datetime(year, month, 4, 8, 0, tzinfo=UTC)


def held(*, forum, starts_at=meetings.BEGINS_AT):
    """A meeting with approved minutes."""
    found = meetings.called(forum=forum, starts_at=starts_at)
    meetings.approved(meeting=found)
    return found


def test_meetings_are_counted_as_on_the_page_of_the_forums(cooperation, leader):
    forum = meetings.forum(cooperation=cooperation, meetings_a_year=3)
    held(forum=forum, starts_at=moment(2))
    held(forum=forum, starts_at=moment(5))
    held(forum=forum, starts_at=moment(5, year=2024))
    meetings.called(forum=forum, starts_at=moment(9))
    meetings.planned(forum=forum, starts_at=moment(11), **CANCELLED)
    figures = frozen(CHAPTER, cooperation)
    (found,) = figures["chapters"]["meetings"]["forums"]["forums"]
    (room,) = forums_of(cooperation=cooperation, user=leader, now=AT, year=2025)
    assert found["held"] == [room.held, 1] == [3, 1]
    assert (found["waiting"], found["cancelled"]) == (1, 1)
    assert CHAPTER.suggestions(figures)[0] == (
        "Kommunedirektørmøtet: 3 meetings held in 2025, at least 3 a year is agreed."
    )


def test_a_forum_that_began_in_the_year_says_so(cooperation):
    held(forum=meetings.forum(cooperation=cooperation), starts_at=moment(5, year=2024))
    new = {"name": "Driftsmøtet", "starts_date": date(2025, 9, 1)}
    meetings.forum(cooperation=cooperation, kind="officers", **new)
    told = rows(pages(CHAPTER, frozen(CHAPTER, cooperation))["forums"].tables[0])
    (name,) = (each for each in told if each.startswith("Driftsmøtet"))
    assert "(from" in name
    assert told[name][:2] == ["0", "–"], "there was no such forum in 2024"


def test_a_bilateral_meeting_is_told_as_held_and_no_more(cooperation, partner):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meeting = held(forum=forum)
    other = meetings.called(forum=forum, starts_at=moment(9), title="Løynd tittel")
    meetings.item(meeting=other, title="Løynd sak")
    meetings.follow_up(forum=forum, text="Løynd oppgåve")
    held(forum=forum, starts_at=moment(3, year=2024))
    figures = frozen(CHAPTER, cooperation)
    assert set(figures["chapters"]["meetings"]) == {"read", "bilateral"}
    assert figures["chapters"]["meetings"]["bilateral"] == {
        "partners": [{"name": "Fedje", "is_held": True, "joined": None, "left": None}]
    }
    told = everything(CHAPTER, figures) + str(figures)
    assert "Løynd" not in told
    assert meeting.forum.name not in told


def test_evidence_shows_a_bilateral_meeting_too(cooperation, partner):
    due = obligations.due(cooperation=cooperation, code="bilateral-meeting", scope="each_partner")
    assert facts_of(CHAPTER, cooperation, "bilateral")["partners"][0]["is_held"] is False
    obligations.operations.hand_in_for(due=due, title="Løynd", on=date(2025, 5, 5), by=None, at=AT)
    figures = frozen(CHAPTER, cooperation)
    assert figures["chapters"]["meetings"]["bilateral"]["partners"][0]["is_held"] is True
    assert "Løynd" not in str(figures)


def test_who_joined_or_left_in_the_year_is_told_with_the_day(cooperation, partner):
    meetings.bilateral(cooperation=cooperation, partner=partner)
    held(forum=meetings.forum(cooperation=cooperation))
    newcomer = joined(cooperation)
    Participant.objects.filter(municipality=newcomer).update(joined_date=date(2025, 8, 1))
    Participant.objects.filter(municipality=partner).update(left_date=date(2025, 7, 1))
    obligations.obligation(cooperation=cooperation, code="bilateral-meeting", scope="each_partner")
    found = facts_of(CHAPTER, cooperation, "bilateral")["partners"]
    days = {each["name"]: (each["joined"], each["left"]) for each in found}
    assert days == {"Fedje": (None, "2025-07-01"), newcomer.name: ("2025-08-01", None)}
    told = rows(pages(CHAPTER, frozen(CHAPTER, cooperation))["bilateral"].tables[0])
    assert told["Fedje"][0].startswith("Not registered as held (left")


def test_topics_are_covered_by_an_agenda_or_by_evidence(cooperation):
    topics = ["Deviations", "Professional status", "Egen sak"]
    forum = meetings.forum(cooperation=cooperation, topics=topics)
    meeting = held_with(forum, topic="Deviations")
    own = {"code": "director-meetings", "topics": topics}
    due = obligations.due(cooperation=cooperation, **own)
    obligations.operations.hand_in_for(
        due=due, title="Møte", on=date(2025, 3, 3), topics=["Professional status"], by=None, at=AT
    )
    figures = frozen(CHAPTER, cooperation)
    found = {
        each["topic"]: (each["status"], each["days"])
        for each in figures["chapters"]["meetings"]["topics"]["topics"]
    }
    assert found == {
        "Deviations": ("covered", [meeting.starts_at.date().isoformat()]),
        "Professional status": ("covered", ["2025-03-03"]),
        "Egen sak": ("missing", []),
    }
    assert "Not registered as covered: Egen sak." in CHAPTER.suggestions(figures)


def held_with(forum, *, topic):
    """A meeting that dealt with the topic; its minutes are approved after that."""
    found = meetings.called(forum=forum)
    meetings.item(meeting=found, topic=topic, outcome=Outcome.TREATED)
    meetings.approved(meeting=found)
    return found


def test_decisions_are_counted_and_not_named(cooperation, partner, partner_director):
    first = decisions.decided(cooperation=cooperation, title="Løynd vedtak")
    decisions.decided(cooperation=cooperation, municipality=partner, title="Anna vedtak")
    decisions.operations.confirm(
        decision=first, municipalities=[partner], by=partner_director, at=AT
    )
    figures = frozen(CHAPTER, cooperation)
    found = figures["chapters"]["meetings"]["decisions"]
    room = summary_of(cooperation=cooperation, user=partner_director, today=date(2025, 12, 31))
    assert found["years"] == [{"year": 2025, "count": room.this_year}]
    assert (found["asked"], found["confirmed"], found["left"]) == (2, 1, 0)
    assert "vedtak" not in str(figures)
    assert [each["administrative"] for each in found["municipalities"]] == [1, 1]


def test_a_year_without_decisions_is_nought_once_there_is_a_register(cooperation):
    decisions.decided(cooperation=cooperation, decided_date=date(2024, 3, 1), title="Gammalt")
    found = facts_of(CHAPTER, cooperation, "decisions")
    assert found["years"] == [{"year": 2025, "count": 0}, {"year": 2024, "count": 1}]
    assert facts_of(CHAPTER, cooperation, "decisions", year=2023) is None


def test_hearings_are_told_without_what_was_answered(cooperation, host, partner, partner_director):
    hearing = hearings.opened(cooperation=cooperation, municipalities=[host, partner])
    hearings.answered(hearing, by=partner_director, text="Løynd svar")
    figures = frozen(CHAPTER, cooperation)
    assert "Løynd" not in str(figures)
    (row,) = rows(pages(CHAPTER, figures)["hearings"].tables[0]).values()
    assert row[1:] == ["1 of 2", "Open"]
    assert "The participants have given 1 of 2 answers in the hearings of 2025." in (
        CHAPTER.suggestions(figures)
    )


def test_follow_ups_are_counted_by_how_they_stand(cooperation):
    forum = meetings.forum(cooperation=cooperation)
    closed = {"state": FollowUpState.DONE, "closed_date": date(2025, 12, 1)}
    meetings.follow_up(forum=forum, **closed)
    meetings.follow_up(forum=forum)
    meetings.follow_up(forum=forum, deadline_date=date(2026, 6, 1))
    meetings.follow_up(forum=forum, created_at=moment(5, year=2024))
    assert facts_of(CHAPTER, cooperation, "follow-ups") == {
        "agreed": 3,
        "done": 1,
        "dropped": 0,
        "open": 2,
        "late": 1,
        "older_open": 1,
    }


def test_nothing_is_told_where_nothing_is_registered(cooperation):
    assert frozen(CHAPTER, cooperation)["chapters"] == {}
    assert CHAPTER.sections({"year": 2025}) == CHAPTER.suggestions({"year": 2025}) == ()


def something_of_all(cooperation, partner):
    obligations.established(cooperation=cooperation)
    own = {"obligation_code": "director-meetings"}
    held(forum=meetings.forum(cooperation=cooperation, **own))
    held(forum=meetings.bilateral(cooperation=cooperation, partner=partner))
    meetings.follow_up(forum=meetings.forum(cooperation=cooperation, name="Driftsmøtet"))
    decisions.decided(cooperation=cooperation)
    hearings.opened(cooperation=cooperation, municipalities=[partner])


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_from_the_facts_alone(cooperation, partner, django_assert_num_queries, language):
    something_of_all(cooperation, partner)
    figures = frozen(CHAPTER, cooperation)
    with django_assert_num_queries(0):
        assert "Driftsmøtet" in everything(CHAPTER, figures, language=language)
    assert len(pages(CHAPTER, figures)) == 6


def test_facts_take_a_bounded_number_of_queries(
    cooperation, partner, django_assert_max_num_queries
):
    something_of_all(cooperation, partner)
    with django_assert_max_num_queries(20):
        frozen(CHAPTER, cooperation)
