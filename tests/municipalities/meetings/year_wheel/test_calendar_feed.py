"""A person's own calendar, read back by another parser than the one that wrote it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.test import Client

from municipalities.access.models import Membership
from municipalities.access.operations import revoke
from municipalities.access.rules import Role
from municipalities.meetings.year_wheel import operations
from municipalities.meetings.year_wheel.models import CalendarFeed
from tests.conftest import NOW, person
from tests.factories import meetings, obligations
from tests.factories.cooperations import joined

pytestmark = pytest.mark.usefixtures("clock")


def fetched(token):
    """As a calendar program does it: without a login."""
    return Client().get(f"/calendar/{token}.ics")


def events(token):
    calendar = vobject.readOne(fetched(token).content.decode())
    return {each.uid.value: each for each in calendar.contents.get("vevent", [])}


def titles(token):
    return {each.summary.value for each in events(token).values()}


@pytest.fixture
def token_of():
    return lambda user: operations.new_address(user=user, at=NOW)


def test_meetings_stand_with_their_time_and_deadlines_fill_their_day(
    cooperation, secretary, token_of
):
    meeting = meetings.called(forum=meetings.forum(cooperation=cooperation))
    due = obligations.due(cooperation=cooperation)
    token = token_of(secretary)

    found = events(token)
    held, day = found[meeting.calendar_uid], found[f"due-{due.pk}-{cooperation.pk}@legevakt"]

    assert held.dtstart.value == datetime(2025, 10, 28, 8, tzinfo=UTC)
    assert held.status.value == "CONFIRMED"
    assert (day.dtstart.value, day.dtend.value) == (date(2025, 11, 30), date(2025, 12, 1))
    assert day.url.value.endswith(f"/agreement/nordhordland/obligations/due/{due.pk}/")
    calendar = vobject.readOne(fetched(token).content.decode())
    assert calendar.method.value == "PUBLISH"


def test_a_meeting_not_yet_called_is_tentative_and_a_cancelled_one_is_called_off(
    cooperation, secretary, token_of
):
    forum = meetings.forum(cooperation=cooperation)
    planned = meetings.planned(forum=forum)
    off = meetings.planned(
        forum=forum, state="cancelled", cancelled_at=NOW, cancel_reason="Sjukdom"
    )

    found = events(token_of(secretary))

    assert found[planned.calendar_uid].status.value == "TENTATIVE"
    assert found[off.calendar_uid].status.value == "CANCELLED"


def test_uids_stay_from_one_reading_to_the_next(cooperation, secretary, token_of, clock, event):
    obligations.established(cooperation=cooperation)
    token = token_of(secretary)
    before = set(events(token))

    clock.shift(timedelta(days=1))

    assert before
    assert set(events(token)) == before


def test_the_years_fixed_days_are_for_who_is_responsible(
    secretary, leader, partner_director, event, token_of
):
    assert "Vernerunde" in titles(token_of(leader))
    assert "Vernerunde" not in titles(token_of(secretary))
    assert "Vernerunde" not in titles(token_of(partner_director))

    operations.change_event(event=event, responsible="")

    assert "Vernerunde" in titles(token_of(partner_director))


def test_own_follow_ups_that_are_open_are_in_it(cooperation, secretary, leader, token_of):
    forum = meetings.forum(cooperation=cooperation)
    meetings.follow_up(forum=forum, user=leader)
    done = {"state": "done", "closed_date": date(2025, 11, 1), "text": "Gjort"}
    meetings.follow_up(forum=forum, user=leader, **done)

    assert "Follow up: Leggje fram plan for bemanning" in titles(token_of(leader))
    assert "Follow up: Gjort" not in titles(token_of(leader))
    assert not any("Leggje fram" in title for title in titles(token_of(secretary)))


def test_nothing_is_shown_that_the_person_may_not_see_any_more(
    cooperation, partner, partner_director, token_of
):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.called(forum=forum)
    meetings.follow_up(forum=forum, user=partner_director)
    token = token_of(partner_director)
    assert forum.name in titles(token)

    revoke(membership=Membership.objects.get(user=partner_director))

    assert events(token) == {}


def test_a_bilateral_meeting_of_others_is_not_in_it(cooperation, partner, token_of):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.called(forum=forum)
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)

    assert forum.name not in titles(token_of(other))


def test_a_wrong_renewed_or_removed_address_and_one_of_who_has_left_is_not_found(
    secretary, token_of
):
    first = token_of(secretary)
    second = token_of(secretary)
    assert [fetched(each).status_code for each in ("x" * 43, first, second)] == [404, 404, 200]

    secretary.is_active = False
    secretary.save()
    assert fetched(second).status_code == 404

    secretary.is_active = True
    secretary.save()
    operations.take_address_away(user=secretary)
    assert fetched(second).status_code == 404


def test_only_a_digest_is_stored_and_the_answer_is_private(secretary, token_of):
    token = token_of(secretary)
    answer = fetched(token)

    assert token not in CalendarFeed.objects.get().digest
    assert "private" in answer["Cache-Control"]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_that_it_is_read_is_noted_at_most_once_an_hour(secretary, token_of, clock):
    token = token_of(secretary)
    noted = []
    for minutes in (0, 59, 2):
        clock.shift(timedelta(minutes=minutes))
        fetched(token)
        noted.append(CalendarFeed.objects.get().read_at)

    assert noted == [NOW, NOW, NOW + timedelta(minutes=61)]


def test_it_is_in_the_language_of_the_person(secretary, leader, token_of, event, cooperation):
    meetings.follow_up(forum=meetings.forum(cooperation=cooperation), user=secretary)
    secretary.language = "nn"
    secretary.save()

    assert "Følg opp: Leggje fram plan for bemanning" in titles(token_of(secretary))


def test_the_address_is_shown_once(as_person, secretary):
    browser = as_person(secretary)
    assert "You have no address." in browser.get("/calendar/").content.decode()

    made = browser.post("/calendar/new/")

    assert "/calendar/" in made.content.decode()
    assert ".ics" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert ".ics" not in browser.get("/calendar/").content.decode()


def test_an_address_is_taken_away_on_its_page(as_person, secretary, token_of):
    token = token_of(secretary)

    shown = as_person(secretary).post("/calendar/remove/", follow=True).content.decode()

    assert "The address is taken away." in shown
    assert fetched(token).status_code == 404


def test_the_feed_takes_as_many_queries_with_much_in_it(
    cooperation, secretary, token_of, django_assert_max_num_queries
):
    obligations.established(cooperation=cooperation)
    forum = meetings.forum(cooperation=cooperation)
    for number in range(5):
        meetings.called(forum=forum)
        meetings.follow_up(forum=forum, user=secretary, text=f"Sak {number}")
    token = token_of(secretary)
    fetched(token)

    with django_assert_max_num_queries(16):
        fetched(token)
