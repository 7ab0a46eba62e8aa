"""The secretary writes a whole meeting by the keyboard alone, with and without a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from municipalities.meetings.agenda.models import ItemKind
from municipalities.meetings.follow_up.models import MeetingFollowUp
from municipalities.meetings.forums.models import Duty
from municipalities.meetings.minutes.models import Minutes
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories import meetings

pytestmark = [pytest.mark.broker, pytest.mark.browser]
MOST_TABS = 60


@pytest.fixture
def meeting(cooperation, host, partner, secretary, host_director, partner_director):
    """A meeting that is called, with three people and two items."""
    secretary.set_password(PASSWORD)
    secretary.save()
    meeting = meetings.called(forum=meetings.forum(cooperation=cooperation))
    for person, duty, municipality in (
        (host_director, Duty.CHAIR, host),
        (partner_director, Duty.MEMBER, partner),
        (secretary, Duty.SECRETARY, host),
    ):
        meetings.invitee(meeting=meeting, user=person, duty=duty, municipality=municipality)
    meetings.item(
        meeting=meeting,
        title="Bemanning om natta",
        proposal="Det blir to operatørar om natta.",
        case_year=2025,
        case_number=7,
    )
    meetings.item(
        meeting=meeting,
        title="Straumbrotet",
        kind=ItemKind.ORIENTATION,
        case_year=2025,
        case_number=8,
    )
    return meeting


def tab_to(page, target) -> None:
    """On by Tab from where the focus is."""
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{page.url}: Tab does not reach {target}")


def write(page, label, text, *, which=0) -> None:
    tab_to(page, page.get_by_label(label).nth(which))
    page.keyboard.type(text)


def press(page, name, key="Enter") -> None:
    tab_to(page, page.get_by_role("button", name=name).first)
    page.keyboard.press(key)


@pytest.mark.django_db(transaction=True)
def test_a_meeting_is_written_by_the_keyboard_alone(live_server, page, look, meeting, secretary):
    page.goto(live_server.url)
    log_in(page, secretary)
    expect(page.locator("main")).to_be_visible()
    address = [meeting.forum.cooperation.slug, meeting.pk]
    page.goto(live_server.url + reverse("minutes", args=address))
    press(page, "Begin the minutes")
    expect(page).to_have_url(live_server.url + reverse("minutes_write", args=address))
    look("minutes-write-empty")

    for person in meeting.invitees.select_related("user"):
        tab_to(page, page.get_by_label(f"{person} was present"))
        if person.duty != Duty.MEMBER:
            page.keyboard.press("Space")
        else:
            write(page, f"Who met instead of {person}", "Ole Vara")
    write(page, "Introduction", "Møtet vart sett klokka ni.")
    write(page, "What was said", "Fedje bad om døme.\nAlver viste til tala.")
    tab_to(page, page.get_by_label("Decided as proposed"))
    page.keyboard.press("Space")
    write(page, "Vote", "Samrøystes")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The minutes are saved.")).to_be_visible()
    tab_to(page, page.get_by_label("Outcome").nth(0))
    page.keyboard.type("treated")
    press(page, "Save and agree on a follow-up")

    write(page, "What is to be done", "Skaffe tal for natta")
    write(page, "Responsible, if nobody on the list", "Leiaren for legevakta")
    tab_to(page, page.get_by_label("Deadline"))
    page.keyboard.type("12012025")
    press(page, "Save")
    expect(page.get_by_text("It is put on the list")).to_be_visible()

    write(page, "What was said", "Det vart teke til orientering.", which=1)
    tab_to(page, page.get_by_label("Outcome").nth(1))
    page.keyboard.type("treated")
    look("minutes-write")
    press(page, "Save and read")
    expect(page.get_by_role("heading", name="Minutes: Kommunedirektørmøtet 1/2025")).to_be_visible()
    look("minutes-draft")

    case, orientation = meeting.items.order_by("position")
    assert case.discussion == "Fedje bad om døme.\nAlver viste til tala."
    assert case.decision == "Det blir to operatørar om natta."
    assert (case.vote, case.outcome, orientation.outcome) == ("Samrøystes", "treated", "treated")
    assert list(meeting.invitees.order_by("pk").values_list("is_present", "deputy")) == [
        (True, ""),
        (False, "Ole Vara"),
        (True, ""),
    ]
    assert MeetingFollowUp.objects.get().responsible == "Leiaren for legevakta"
    assert Minutes.objects.get().introduction == "Møtet vart sett klokka ni."
