"""The pages of the forums."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from municipalities.access.rules import Role
from municipalities.meetings.forums.models import Duty, Forum, ForumKind, ForumMember
from tests.conftest import person
from tests.factories import meetings
from tests.factories.cooperations import joined

FORUMS = "/meetings/nordhordland/forums/"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def browser(client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


def page(browser, path="", **options):
    return browser.get(FORUMS + path, **options).content.decode()


def new_forum(**changes):
    return {
        "kind": "other",
        "name": "Fagrådet",
        "meetings_a_year": "2",
        "notice_days": "14",
        "proposal_days": "21",
        "language": "nn",
        "starts_date": "2025-11-10",
        "topics": "Avvik\n\n Avvik \nBemanning",
    } | changes


def member(**changes):
    return {"duty": "member", "starts_date": "2025-11-10"} | changes


def test_an_empty_page_sets_up_the_forums_with_one_button(browser, host_director):
    assert "Set up the forums" in page(browser)

    answer = browser.post(FORUMS + "set-up/", follow=True)

    shown = answer.content.decode()
    assert "4 forums are set up. Look through their members." in shown
    assert "Set up the forums" not in shown


def test_who_may_not_manage_is_offered_nothing_to_press(client, partner_director, forum):
    client.force_login(partner_director)
    assert "New forum" not in page(client)
    assert client.post(FORUMS + "set-up/").status_code == 404
    assert client.get(f"{FORUMS}{forum.pk}/change/").status_code == 404


def test_the_list_says_how_far_the_year_is_and_who_is_missing(browser, cooperation, partner, forum):
    meetings.approved(meeting=meetings.called(forum=forum))
    meetings.bilateral(cooperation=cooperation, partner=partner)

    shown = page(browser)

    assert "1 of 1" in shown
    assert "No yearly meeting is held in 2025 with Fedje." in shown


def test_a_forum_shows_its_minimum_topics_of_the_year(browser, cooperation):
    forum = meetings.forum(cooperation=cooperation, topics=["Avvik"])
    shown = page(browser, f"{forum.pk}/")
    assert "The minimum agenda in 2025" in shown
    assert "Avvik" in shown


def test_a_participant_without_a_forum_is_named_and_gets_one(browser, forum):
    assert "No yearly meeting is set up with Fedje." in page(browser)

    browser.post(FORUMS + "set-up/")

    assert Forum.objects.filter(partner__name="Fedje").count() == 1
    assert "No yearly meeting is set up" not in page(browser)


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    browser, cooperation, django_assert_max_num_queries
):
    for number in range(8):
        meetings.planned(forum=meetings.forum(cooperation=cooperation, name=f"Forum {number}"))
    page(browser)

    with django_assert_max_num_queries(12):
        page(browser)


def test_a_bilateral_forum_is_seen_by_the_host_and_that_participant_alone(
    client, cooperation, partner, secretary, partner_director
):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    statuses = {}
    for who in (secretary, partner_director, other):
        client.force_login(who)
        statuses[who] = client.get(f"{FORUMS}{forum.pk}/").status_code
    assert statuses == {secretary: 200, partner_director: 200, other: 404}
    assert forum.name not in page(client)


def test_a_forum_is_set_up_and_changed(browser):
    browser.post(FORUMS + "new/", new_forum())
    made = Forum.objects.get()
    assert (made.name, made.topics) == ("Fagrådet", ["Avvik", "Bemanning"])

    browser.post(f"{FORUMS}{made.pk}/change/", new_forum(notice_days="10"))

    made.refresh_from_db()
    assert made.notice_days == 10
    assert "10 days" in page(browser, f"{made.pk}/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "bilateral"}, "names the participant"),
        ({"proposal_days": "3"}, "Items must be handed in before the call goes out"),
        ({"name": "Kommunedirektørmøtet"}, "Another forum has that name"),
        ({"topics": "x" * 161}, "A topic has at most 160 characters"),
    ],
)
def test_a_forum_that_cannot_be_is_refused_in_words(changes, words, browser, forum):
    answer = browser.post(FORUMS + "new/", new_forum(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Forum.objects.count() == 1


def test_a_second_forum_with_the_same_participant_is_refused(browser, cooperation, partner):
    meetings.bilateral(cooperation=cooperation, partner=partner)
    asked = new_forum(kind="bilateral", partner=str(partner.pk))
    answer = browser.post(FORUMS + "new/", asked)
    assert "There is a forum with that participant already" in answer.content.decode()


@pytest.mark.parametrize(
    ("on", "status", "ends"), [("2025-12-31", 302, date(2025, 12, 31)), ("2021-12-31", 422, None)]
)
def test_a_forum_ends_after_it_began(on, status, ends, browser, forum):
    answer = browser.post(f"{FORUMS}{forum.pk}/end/", {"ends_date": on, "reason": "Slått saman"})
    forum.refresh_from_db()
    assert (answer.status_code, forum.ends_date) == (status, ends)


def test_two_chairs_are_refused_in_words_and_nothing_is_lost(browser, forum, secretary):
    meetings.member(forum=forum, user=secretary, duty=Duty.CHAIR)
    asked = member(name="Rita Ekstern", email="rita@region.example", duty="chair")

    answer = browser.post(f"{FORUMS}{forum.pk}/members/new/", asked)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the present chair another duty first" in shown
    assert "rita@region.example" in shown
    assert forum.members.count() == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "Rita"}, "Choose a user, or write both"),
        ({"name": "Rita", "email": "rita@region.example"}, "with that e-mail address is a member"),
        ({"user": "secretary"}, "The person is a member already"),
    ],
)
def test_a_member_is_one_person_and_once(asked, words, browser, forum, secretary):
    meetings.member(forum=forum)
    meetings.member(forum=forum, user=secretary)
    if "user" in asked:
        asked = {"user": str(secretary.pk)}
    answer = browser.post(f"{FORUMS}{forum.pk}/members/new/", member(**asked))
    assert words in answer.content.decode()


def test_a_member_gets_another_duty_and_leaves(browser, forum):
    who = meetings.member(forum=forum)
    path = f"{FORUMS}{forum.pk}/members/{who.pk}/"

    browser.post(path, {"duty": "chair"})
    browser.post(path + "end/", {"ends_date": "2025-11-10"})

    who.refresh_from_db()
    assert (who.duty, who.ends_date) == (Duty.CHAIR, date(2025, 11, 10))
    assert "Rita Ekstern" not in page(browser, f"{forum.pk}/")


def test_only_people_of_the_two_can_be_members_of_a_bilateral_forum(
    browser, cooperation, partner, partner_director
):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    shown = page(browser, f"{forum.pk}/members/new/")
    assert str(partner_director) in shown
    assert str(other) not in shown


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": ForumKind.BILATERAL},
        {"proposal_days": 1},
        {"ends_date": date(2021, 1, 1)},
    ],
)
def test_the_database_itself_refuses_a_broken_forum(broken, forum):
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(**broken)


def test_the_database_itself_refuses_two_chairs_and_a_member_without_a_person(forum, secretary):
    meetings.member(forum=forum, duty=Duty.CHAIR)
    for broken in ({"user": secretary, "duty": Duty.CHAIR}, {"name": "", "email": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ForumMember.objects.bulk_create(
                [ForumMember(forum=forum, starts_date=date(2025, 1, 1), **broken)]
            )
