"""The first page of meetings answers when we meet, what is missing and what waits."""

from datetime import UTC, date, datetime

import pytest

from municipalities.access.rules import Role
from municipalities.meetings.agenda.models import Outcome
from municipalities.meetings.forums.models import ForumKind
from municipalities.meetings.hub import queries
from municipalities.meetings.meeting.models import Answer
from municipalities.meetings.minutes.models import MinutesState
from tests.conftest import NOW, person
from tests.factories import meetings
from tests.factories.cooperations import joined

pytestmark = pytest.mark.usefixtures("clock")
HUB = "/meetings/nordhordland/"
COMING = datetime(2025, 12, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def forum(cooperation):
    return meetings.forum(
        cooperation=cooperation, meetings_a_year=3, topics=["Economy", "Professional status"]
    )


@pytest.fixture
def held(forum):
    """A meeting of October with approved minutes, in which the economy was treated."""
    meeting = meetings.called(forum=forum)
    meetings.item(meeting=meeting, topic="Economy", outcome=Outcome.TREATED)
    meetings.approved(meeting=meeting)
    return meeting


def page(browser):
    return browser.get(HUB).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def card(browser, label):
    return next(each for each in browser.get(HUB).context["cards"] if each["label"] == label)


@pytest.mark.parametrize("reader", ["leader", "partner_director"])
def test_an_empty_page_says_what_to_do_next(reader, cooperation, as_person, request):
    shown = page(as_person(request.getfixturevalue(reader)))
    assert "Set up the forums that the agreement names" in shown
    assert "None is planned." in shown
    assert "/meetings/nordhordland/forums/" in shown


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (Answer.NONE, "You have not answered whether you come."),
        (Answer.COMING, "You have answered: is coming."),
        (None, ""),
    ],
)
def test_the_next_meeting_and_whether_it_is_answered(
    answer, note, forum, held, as_person, partner_director
):
    meetings.called(forum=forum, starts_at=datetime(2026, 2, 1, 8, 0, tzinfo=UTC))
    coming = meetings.called(forum=forum, starts_at=COMING)
    if answer:
        meetings.invitee(meeting=coming, user=partner_director, answer=answer)
    told = card(as_person(partner_director), "Next meeting")
    assert "9 December 2025" in told["value"].replace("\N{NO-BREAK SPACE}", " ")
    assert (told["detail"], told["note"]) == ("Kommunedirektørmøtet, at 09:00", note)
    assert told["url"] == f"/meetings/nordhordland/meeting/{coming.pk}/"


def test_the_year_of_each_forum_and_the_bilateral_meetings_that_are_missing(
    forum, held, cooperation, partner, as_person, leader
):
    meetings.bilateral(cooperation=cooperation, partner=partner)
    third = joined(cooperation)
    met = meetings.bilateral(cooperation=cooperation, partner=third)
    meetings.approved(meeting=meetings.called(forum=met))
    browser = as_person(leader)

    rows = {row.cells[0]: row.cells[2] for row in browser.get(HUB).context["table"].rows}

    assert rows["Kommunedirektørmøtet"] == "1 of 3"
    assert "No yearly meeting is held in 2025 with Fedje." in page(browser)


def test_the_minimum_topics_of_the_chief_executives(forum, held, as_person, leader, cooperation):
    meetings.forum(cooperation=cooperation, kind=ForumKind.OTHER, name="Anna", topics=["HMS"])
    browser = as_person(leader)
    told = {each.topic: each.status for each in browser.get(HUB).context["coverage"]}
    assert told == {"Economy": "covered", "Professional status": "missing"}


def test_open_follow_ups_begin_with_those_that_are_late(forum, as_person, leader):
    for number in range(1, 7):
        meetings.follow_up(
            forum=forum, text=f"Nr {number}", deadline_date=date(2025, 10 + number % 3, 9)
        )
    browser = as_person(leader)
    rows = browser.get(HUB).context["open"].rows
    assert [row.cells[0] for row in rows] == ["Nr 3", "Nr 6", "Nr 1", "Nr 4", "Nr 2"]
    assert [row.cells[4] for row in rows] == ["late"] * 4 + ["open"]
    told = card(browser, "Follow-ups that are open")
    assert (told["value"], told["state_text"]) == ("6", "4 are late")


@pytest.mark.parametrize(
    ("state", "seen_by_leader", "seen_by_partner"),
    [
        (None, "not begun", "not begun"),
        (MinutesState.DRAFT, "draft", None),
        (MinutesState.HEARING, "remarks until 1 December 2025", "remarks until 1 December 2025"),
        (MinutesState.APPROVED, "approved", "approved"),
        (MinutesState.SENT, None, None),
    ],
)
def test_minutes_that_wait_as_far_as_the_reader_may_know(
    state, seen_by_leader, seen_by_partner, forum, as_person, leader, partner_director
):
    meeting = meetings.called(forum=forum)
    meetings.called(forum=forum, starts_at=COMING)
    if state in (MinutesState.DRAFT, MinutesState.HEARING):
        until = {"hearing_opened_at": NOW, "hearing_until_date": date(2025, 12, 1)}
        meetings.drafted(meeting=meeting, state=state, **until)
    elif state:
        minutes = meetings.approved(meeting=meeting)
        minutes.state = state
        minutes.save()
    for user, seen in ((leader, seen_by_leader), (partner_director, seen_by_partner)):
        rows = as_person(user).get(HUB).context["unfinished"].rows
        assert [row.cells[2].replace("\N{NO-BREAK SPACE}", " ") for row in rows] == (
            [seen] if seen else []
        )


def test_what_is_between_the_host_and_one_is_not_on_anothers_page(
    cooperation, partner, partner_director, as_person
):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.called(forum=forum)
    meetings.called(forum=forum, starts_at=COMING)
    meetings.follow_up(forum=forum, user=partner_director)
    for user, seen in ((partner_director, True), (other, False)):
        assert (forum.name in page(as_person(user))) is seen


def test_a_full_page_takes_few_queries(
    forum, held, cooperation, partner, leader, as_person, django_assert_max_num_queries
):
    coming = meetings.called(forum=forum, starts_at=COMING)
    meetings.invitee(meeting=coming, user=leader)
    for number in range(4):
        other = meetings.forum(cooperation=cooperation, name=f"Forum {number}")
        meetings.called(forum=other)
        meetings.follow_up(forum=other, user=leader)
    with django_assert_max_num_queries(12):
        queries.meetings_now(cooperation=cooperation, user=leader, now=NOW)
    browser = as_person(leader)
    with django_assert_max_num_queries(16):
        browser.get(HUB)


def test_the_own_cooperations_page_is_found_and_an_outsider_has_none(
    cooperation, as_person, leader, outsider
):
    assert as_person(leader).get("/meetings/")["Location"] == HUB
    assert as_person(outsider).get("/meetings/").status_code == 404
    assert as_person(outsider).get(HUB).status_code == 404


def test_a_meeting_that_is_over_is_held_before_its_minutes_are_approved(
    forum, cooperation, partner, as_person, leader
):
    bilateral = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.called(forum=bilateral)
    meetings.called(forum=forum, starts_at=COMING)
    browser = as_person(leader)

    rows = {row.cells[0]: row.cells[2] for row in browser.get(HUB).context["table"].rows}

    assert rows["Kommunedirektørmøtet"] == "0 of 3"
    assert "No yearly meeting is held" not in page(browser)
