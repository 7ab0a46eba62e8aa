"""The chapter on goals and measures: what is still to be done, and next year's known days."""

from datetime import UTC, date, datetime

import pytest

from municipalities.meetings.follow_up.models import FollowUpState
from municipalities.meetings.forums.models import ForumKind
from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.year_wheel.models import EventCategory, YearEvent
from municipalities.obligations import operations
from municipalities.quality.review.queries import open_measures_of
from reporting.annual_report.chapters.goals import CHAPTER
from tests.factories import meetings, obligations, quality
from tests.factories.report_parts import everything, facts_of, frozen, pages, rows

NEXT = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
CANCELLED = {
    "state": MeetingState.CANCELLED,
    "cancelled_at": meetings.AT,
    "cancel_reason": "Uver",
}


def event(cooperation, **fields):
    told = {
        "title": "Opplæringsdag",
        "category": EventCategory.QUALITY,
        "days": ["05-12"],
        "starts_year": 2024,
    }
    return YearEvent.objects.create(cooperation=cooperation, **told | fields)


def test_open_measures_are_those_of_the_room(cooperation, host_director):
    quality.signed_review(cooperation=cooperation, by=host_director, year=2024, measure="Gammalt")
    quality.begun_review(cooperation=cooperation, measure="Lage plan", responsible="Kari")
    found = facts_of(CHAPTER, cooperation, "measures")
    room = open_measures_of(cooperation=cooperation, today=date(2025, 12, 31))
    assert [each["text"] for each in found["measures"]] == [each.measure for each in room]
    assert [each["text"] for each in found["measures"]] == ["Lage plan"]
    assert "Kari" not in str(found)


def test_follow_ups_of_a_bilateral_meeting_are_not_told(cooperation, partner):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.follow_up(forum=forum, text="Løyndom")
    assert frozen(CHAPTER, cooperation)["chapters"] == {}
    meetings.follow_up(forum=meetings.forum(cooperation=cooperation), text="Felles sak")
    told = everything(CHAPTER, frozen(CHAPTER, cooperation))
    assert "Felles sak" in told
    assert "Løyndom" not in told


def test_follow_ups_that_are_done_or_agreed_later_are_not_told(cooperation):
    forum = meetings.forum(cooperation=cooperation)
    closed = {"state": FollowUpState.DONE, "closed_date": date(2025, 12, 1)}
    meetings.follow_up(forum=forum, text="Gjort", **closed)
    meeting = meetings.called(forum=forum, starts_at=datetime(2026, 1, 8, 8, 0, tzinfo=UTC))
    meetings.follow_up(forum=forum, item=meetings.item(meeting=meeting), text="Ny")
    assert facts_of(CHAPTER, cooperation, "measures") is None


def test_a_follow_up_is_of_its_meeting_s_year_whenever_it_was_written(cooperation):
    forum = meetings.forum(cooperation=cooperation)
    item = meetings.item(meeting=meetings.called(forum=forum))
    meetings.follow_up(forum=forum, item=item, created_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC))
    figures = frozen(CHAPTER, cooperation)
    (row,) = rows(pages(CHAPTER, figures)["measures"].tables[1]).values()
    assert row[0] == "Kommunedirektørmøtet"
    assert row[1].endswith(", late")
    assert CHAPTER.suggestions(figures) == (
        "1 follow-up that the forums agreed is still to be done.",
    )


def test_next_year_s_days_stand_in_order(cooperation):
    forum = meetings.forum(cooperation=cooperation)
    meetings.planned(forum=forum, starts_at=NEXT)
    meetings.planned(forum=forum, starts_at=datetime(2026, 9, 9, 8, 0, tzinfo=UTC))
    obligations.obligation(cooperation=cooperation, year=2026)
    event(cooperation)
    figures = frozen(CHAPTER, cooperation)
    found = figures["chapters"]["goals"]["dates"]["days"]
    assert [(each["day"], each["source"]) for each in found] == [
        ("2026-03-04", "meeting"),
        ("2026-05-12", "event"),
        ("2026-09-09", "meeting"),
        ("2026-11-30", "due"),
    ]
    (sentence,) = CHAPTER.suggestions(figures)
    assert sentence.count("2026") == 3


def test_days_of_what_will_not_be_are_not_told(cooperation, partner):
    forum = meetings.forum(cooperation=cooperation)
    meetings.planned(forum=forum, starts_at=NEXT, **CANCELLED)
    bilateral = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.planned(forum=bilateral, starts_at=NEXT)
    operations.waive(due=obligations.due(cooperation=cooperation, year=2026), reason="Pandemi")
    event(cooperation, ends_year=2025)
    assert frozen(CHAPTER, cooperation)["chapters"] == {}


def test_what_is_due_with_each_participant_is_one_day(cooperation, partner):
    fields = {"scope": "each_partner", "title": "Årleg samtale"}
    obligations.obligation(cooperation=cooperation, year=2026, **fields)
    (found,) = facts_of(CHAPTER, cooperation, "dates")["days"]
    assert (found["day"], found["title"]) == ("2026-11-30", "Årleg samtale")


def test_only_the_chief_executives_meetings_are_in_the_sentence(cooperation):
    officers = meetings.forum(cooperation=cooperation, kind=ForumKind.OFFICERS, name="Fagforum")
    meetings.planned(forum=officers, starts_at=NEXT)
    figures = frozen(CHAPTER, cooperation)
    assert CHAPTER.suggestions(figures) == ()
    assert "Fagforum" in everything(CHAPTER, figures)


def something_of_all(cooperation):
    quality.begun_review(cooperation=cooperation, measure="Lage plan")
    forum = meetings.forum(cooperation=cooperation)
    meetings.follow_up(forum=forum)
    meetings.planned(forum=forum, starts_at=NEXT)


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_from_the_facts_alone(cooperation, django_assert_num_queries, language):
    something_of_all(cooperation)
    figures = frozen(CHAPTER, cooperation)
    with django_assert_num_queries(0):
        told = everything(CHAPTER, figures, language=language)
    assert "Lage plan" in told
    assert set(pages(CHAPTER, figures)) == {"measures", "dates"}


def test_facts_take_five_queries(cooperation, django_assert_num_queries):
    something_of_all(cooperation)
    with django_assert_num_queries(5):
        frozen(CHAPTER, cooperation)


def test_nothing_is_told_where_nothing_is_known(cooperation):
    assert frozen(CHAPTER, cooperation)["chapters"] == {}
    assert CHAPTER.sections({"year": 2025}) == CHAPTER.suggestions({"year": 2025}) == ()
