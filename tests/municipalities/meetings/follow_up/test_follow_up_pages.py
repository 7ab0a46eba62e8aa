"""The pages of what meetings have asked somebody to do."""

from datetime import date

import fastexcel
import pytest
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from tests.conftest import NOW, person
from tests.factories import meetings
from tests.factories.cooperations import joined

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/meetings/nordhordland/follow-ups/"


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


@pytest.fixture
def found(forum, partner_director, partner):
    return meetings.follow_up(
        forum=forum, user=partner_director, municipality=partner, deadline_date=date(2025, 11, 3)
    )


@pytest.fixture
def others(forum, cooperation):
    """One that is not late, of another forum; one that is done; one that is given up."""
    elsewhere = meetings.forum(cooperation=cooperation, name="Fagforumet")
    closed = {"closed_date": date(2025, 11, 1)}
    return [
        meetings.follow_up(forum=elsewhere, text="Skaffe lokale"),
        meetings.follow_up(forum=forum, text="Lyse ut", state=FollowUpState.DONE, **closed),
        meetings.follow_up(forum=forum, text="Flytte", state=FollowUpState.DROPPED, **closed),
    ]


def address(found, step=""):
    return f"{LIST}{found.pk}/{step}"


def shown(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def agreed(**changes):
    told = {"text": "Lage plan", "responsible": "vaktleiaren", "deadline_date": "2026-01-15"}
    return told | changes


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({}, {"Leggje fram plan for bemanning", "Skaffe lokale"}),
        ({"state": "late"}, {"Leggje fram plan for bemanning"}),
        ({"state": "done"}, {"Lyse ut"}),
        ({"state": "dropped"}, {"Flytte"}),
        (
            {"state": "all", "forum": "forum"},
            {"Leggje fram plan for bemanning", "Lyse ut", "Flytte"},
        ),
        ({"state": "all", "municipality": "partner"}, {"Leggje fram plan for bemanning"}),
        ({"state": "all", "user": "partner_director"}, {"Leggje fram plan for bemanning"}),
    ],
)
def test_the_list_is_filtered_and_a_file_has_the_same_rows(
    asked, texts, found, others, as_person, leader, request
):
    asked = {
        name: value if name == "state" else request.getfixturevalue(value).pk
        for name, value in asked.items()
    }
    browser = as_person(leader)

    table = browser.get(LIST, asked).context["table"]
    files = {name: browser.get(LIST, asked | {"format": name}) for name in ("csv", "xlsx")}

    assert {row.cells[0] for row in table.rows} == texts
    lines = files["csv"].content.decode("utf-8-sig").splitlines()
    assert {line.partition(";")[0] for line in lines[1:]} == texts
    sheet = fastexcel.read_excel(files["xlsx"].content).load_sheet(0).to_polars()
    assert set(sheet["What is to be done"]) == texts


def test_what_is_late_says_so_and_what_it_comes_from(as_person, leader, forum, partner_director):
    meeting = meetings.called(forum=forum)
    item = meetings.item(meeting=meeting, case_year=2025, case_number=7)
    meetings.follow_up(
        forum=forum, user=partner_director, item=item, deadline_date=date(2025, 11, 3)
    )
    (row,) = as_person(leader).get(LIST).context["table"].rows
    assert row.cells[4] == "late"
    assert row.cells[5].replace("\N{NO-BREAK SPACE}", " ") == (
        "Kommunedirektørmøtet, Sak 7/25, 28 October 2025"
    )


def test_an_empty_list_says_where_follow_ups_come_from(as_person, leader, cooperation):
    page = shown(as_person(leader).get(LIST))
    assert "Follow-ups are agreed in the minutes of a meeting." in page


@pytest.mark.parametrize(("asked", "status"), [("format=pdf", 404), ("forum=0", 422)])
def test_what_there_is_not_is_no_list(asked, status, as_person, leader, found):
    assert as_person(leader).get(f"{LIST}?{asked}").status_code == status


def test_a_long_list_takes_no_more_queries(
    as_person, leader, found, partner_director, forum, django_assert_max_num_queries
):
    for number in range(20):
        item = meetings.item(meeting=meetings.planned(forum=forum))
        meetings.follow_up(forum=forum, item=item, user=partner_director, text=f"Nr {number}")
    browser = as_person(leader)
    with django_assert_max_num_queries(10):
        assert len(browser.get(LIST).context["table"].rows) == 21


def test_who_is_responsible_reports_back_in_a_meeting(found, forum, as_person, partner_director):
    meeting = meetings.called(forum=forum)
    browser = as_person(partner_director)

    answer = browser.post(
        address(found, "report/"),
        {"text": "Planen er lagt fram.", "meeting": meeting.pk, "is_done": "on"},
        follow=True,
    )

    page = shown(answer)
    assert "Planen er lagt fram." in page
    assert "reported back in the meeting 28 October 2025" in page
    assert f"/meetings/nordhordland/meeting/{meeting.pk}/" in page
    found.refresh_from_db()
    assert (found.state, found.closed_date) == (FollowUpState.DONE, NOW.date())


def test_a_report_is_of_no_other_forums_meeting(found, as_person, leader, cooperation, partner):
    elsewhere = meetings.called(forum=meetings.bilateral(cooperation=cooperation, partner=partner))
    asked = {"text": "Planen er lagt fram.", "meeting": elsewhere.pk}
    answer = as_person(leader).post(address(found, "report/"), asked)
    assert answer.status_code == 422
    assert "Planen er lagt fram." in shown(answer)
    assert not found.reports.exists()


@pytest.mark.parametrize(
    ("reader", "step", "status"),
    [
        ("medical_officer", "", 200),
        ("medical_officer", "report/", 404),
        ("partner_director", "change/", 404),
        ("partner_director", "give-up/", 404),
        ("secretary", "report/", 200),
        ("secretary", "change/", 200),
    ],
)
def test_on_others_only_those_who_keep_the_meetings_report(
    reader, step, status, found, as_person, request
):
    browser = as_person(request.getfixturevalue(reader))
    assert browser.get(address(found, step)).status_code == status


def test_a_deadline_is_moved_with_a_reason(found, as_person, secretary, leader):
    browser = as_person(secretary)
    asked = agreed(user=leader.pk, responsible="", deadline_date="2026-01-15")
    refused = browser.post(address(found, "change/"), asked)
    assert refused.status_code == 422

    browser.post(address(found, "change/"), asked | {"reason": "Budsjettet kom seint"})

    found.refresh_from_db()
    assert (found.user, found.deadline_date) == (leader, date(2026, 1, 15))
    history = browser.get(reverse("history", args=["nordhordland", "meetingfollowup", found.pk]))
    assert "Budsjettet kom seint" in shown(history)


def test_it_is_given_up_and_opened_again(found, as_person, leader):
    browser = as_person(leader)
    page = shown(browser.post(address(found, "give-up/"), {"reason": "Utgått"}, follow=True))
    assert "given up" in page
    assert "Report back" not in page

    refused = browser.post(address(found, "change/"), agreed(reason="Likevel"))
    assert "The follow-up is closed. Open it again first." in shown(refused)

    page = shown(browser.post(address(found, "reopen/"), follow=True))
    assert "The follow-up is open again." in page
    assert "Report back" in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"responsible": ""}, "Choose a user, or write who is responsible"),
        ({"user": "leader"}, "Choose a user, or write who is responsible"),
        ({"deadline_date": ""}, "This field is required"),
    ],
)
def test_what_is_agreed_outside_a_meeting_has_one_who_does_it_by_a_day(
    asked, words, forum, as_person, leader
):
    if "user" in asked:
        asked = {"user": leader.pk}
    browser = as_person(leader)
    form = f"/meetings/nordhordland/forums/{forum.pk}/follow-up/"
    refused = browser.post(form, agreed(**asked))
    assert refused.status_code == 422
    assert words in shown(refused)
    assert "Lage plan" in shown(refused)

    browser.post(form, agreed())

    assert MeetingFollowUp.objects.get().responsible_name == "vaktleiaren"


@pytest.mark.parametrize(("reader", "may"), [("leader", True), ("partner_director", False)])
def test_the_forums_page_and_its_list_lead_to_a_new_one(
    reader, may, forum, found, as_person, request
):
    browser = as_person(request.getfixturevalue(reader))
    new = f"/meetings/nordhordland/forums/{forum.pk}/follow-up/"
    page = shown(browser.get(f"/meetings/nordhordland/forums/{forum.pk}/"))
    assert found.text in page
    assert (new in page) is may
    assert (new in shown(browser.get(LIST, {"forum": forum.pk}))) is may
    assert new not in shown(browser.get(LIST))


def test_the_meeting_shows_what_it_asked_for(forum, as_person, leader):
    meeting = meetings.called(forum=forum)
    path = f"/meetings/nordhordland/meeting/{meeting.pk}/"
    assert "To be followed up" not in shown(as_person(leader).get(path))
    found = meetings.follow_up(forum=forum, item=meetings.item(meeting=meeting))
    page = shown(as_person(leader).get(path))
    assert "To be followed up" in page
    assert address(found) in page


def test_one_of_a_bilateral_meeting_is_not_there_for_a_third(
    cooperation, partner, partner_director, as_person
):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    found = meetings.follow_up(forum=forum, user=partner_director)
    history = reverse("history", args=["nordhordland", "meetingfollowup", found.pk])
    for path in (address(found), history):
        assert as_person(partner_director).get(path).status_code == 200
        assert as_person(other).get(path).status_code == 404
    assert forum.name not in shown(as_person(other).get(LIST))
