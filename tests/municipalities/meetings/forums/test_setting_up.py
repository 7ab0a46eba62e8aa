"""The forums of the agreement principles, made with one button."""

from datetime import date

import pytest

from municipalities.access.rules import Role
from municipalities.meetings.forums import operations
from municipalities.meetings.forums.models import Duty, Forum, ForumKind
from municipalities.meetings.forums.queries import members_on, minimum_topics, without_forum
from tests.conftest import NOW, person
from tests.factories import meetings
from tests.factories.cooperations import joined
from tests.factories.obligations import established

TODAY = NOW.date()


@pytest.fixture
def everybody(host_director, partner_director, secretary, leader, medical_officer):
    return host_director, partner_director, secretary, leader, medical_officer


def set_up(cooperation):
    return operations.set_up(cooperation=cooperation, at=NOW)


def test_the_forums_of_the_principles_are_made_with_what_they_are_evidence_for(cooperation):
    set_up(cooperation)

    found = Forum.objects.order_by("kind").values_list("kind", "obligation_code", "meetings_a_year")
    assert list(found) == [
        ("bilateral", "bilateral-meeting", 1),
        ("directors", "director-meetings", 3),
        ("officers", "officers-forum", 1),
        ("regional", "mayors-orientation", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (ForumKind.DIRECTORS, {Role.PARTNER_DIRECTOR, Role.LEADER}),
        (ForumKind.OFFICERS, {Role.MEDICAL_OFFICER, Role.LEADER}),
        (ForumKind.BILATERAL, {Role.PARTNER_DIRECTOR, Role.LEADER}),
    ],
)
def test_the_hosts_director_has_the_chair_and_members_are_by_role(
    kind, members, cooperation, everybody
):
    set_up(cooperation)

    duties = {
        each.user.email.partition("@")[0]: each.duty
        for each in members_on(forum=Forum.objects.get(kind=kind), day=TODAY)
    }
    assert duties == {"host_director": Duty.CHAIR, "secretary": Duty.SECRETARY} | {
        role.value: Duty.MEMBER for role in members
    }


def test_a_bilateral_forum_has_nobody_of_a_third_participant(cooperation, everybody):
    third = joined(cooperation)
    theirs = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)

    set_up(cooperation)

    with_fedje = Forum.objects.get(partner__number="4633")
    assert theirs not in {each.user for each in members_on(forum=with_fedje, day=TODAY)}


def test_twice_makes_only_what_is_missing(cooperation, everybody):
    first = set_up(cooperation)
    third = joined(cooperation)
    missing = without_forum(cooperation=cooperation, day=TODAY)

    second = set_up(cooperation)

    assert (len(first), missing) == (4, [third])
    assert [each.partner for each in second] == [third]
    assert without_forum(cooperation=cooperation, day=TODAY) == []


def test_a_forum_that_has_the_name_already_is_let_be(cooperation):
    set_up(cooperation)
    Forum.objects.filter(kind=ForumKind.REGIONAL).update(kind=ForumKind.OTHER)

    assert set_up(cooperation) == []


def test_the_minimum_agenda_is_the_obligations_of_the_day_else_the_forums_own(cooperation):
    forum = meetings.forum(
        cooperation=cooperation, obligation_code="director-meetings", topics=["Own topic"]
    )
    established(cooperation=cooperation)

    assert minimum_topics(forum=forum, day=date(2024, 12, 31)) == ("Own topic",)
    assert len(minimum_topics(forum=forum, day=date(2025, 1, 1))) == 6


def test_who_has_left_is_no_member_from_the_day(cooperation, secretary):
    forum = meetings.forum(cooperation=cooperation)
    who = meetings.member(forum=forum, user=secretary)
    operations.end_member(member=who, on=date(2025, 11, 1))

    assert members_on(forum=forum, day=date(2025, 10, 31)) == [who]
    assert members_on(forum=forum, day=date(2025, 11, 1)) == []
