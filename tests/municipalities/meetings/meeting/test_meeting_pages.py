"""The pages of a meeting."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile

from municipalities.access.rules import Role
from municipalities.meetings.meeting import operations
from municipalities.meetings.meeting.models import (
    Invitee,
    Meeting,
    MeetingDocument,
    MeetingLetter,
    MeetingState,
)
from municipalities.meetings.meeting.queries import waiting_for
from tests.conftest import NOW, person
from tests.factories import meetings
from tests.factories.cooperations import joined
from tests.factories.documents import kept

pytestmark = pytest.mark.usefixtures("clock")
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def browser(client, secretary):
    client.force_login(secretary)
    return client


def path(meeting, step=""):
    return f"/meetings/nordhordland/meeting/{meeting.pk}/{step}"


def page(browser, meeting, step=""):
    return browser.get(path(meeting, step)).content.decode()


def press(browser, meeting, step, data=None):
    """Post, and the page that follows."""
    return browser.post(path(meeting, step), data or {}, follow=True).content.decode()


def asked(**changes):
    return {
        "day": "2025-12-09",
        "starts": "09:00",
        "ends": "11:00",
        "place": "Knarvik",
        "language": "nn",
    } | changes


def test_a_meeting_is_planned_in_local_time_with_its_agenda_begun(browser, forum):
    answer = browser.post(f"/meetings/nordhordland/forums/{forum.pk}/plan/", asked())

    made = Meeting.objects.get()
    assert answer["Location"] == path(made)
    assert made.starts_at == datetime(2025, 12, 9, 8, tzinfo=UTC)
    assert made.invitees.count() == 4
    assert made.items.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": "2026-03-29", "starts": "02:30", "ends": "04:00"}, "That time does not exist"),
        ({"day": "2026-10-25", "starts": "02:30", "ends": "04:00"}, "That time is there twice"),
        ({"ends": "08:00"}, "The meeting must end after it begins"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words_and_nothing_is_lost(
    changes, words, browser, forum
):
    answer = browser.post(f"/meetings/nordhordland/forums/{forum.pk}/plan/", asked(**changes))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert "Knarvik" in shown
    assert not Meeting.objects.exists()


def test_one_primary_action_by_state_and_a_late_call_is_told(browser, meeting, secretary, clock):
    shown = page(browser, meeting)
    assert "Close the agenda and call" in shown
    assert "The call is to go out by 25 November 2025." in shown
    clock.move_to(datetime(2025, 11, 26, 9, tzinfo=UTC))
    browser.force_login(secretary)
    assert "The call should have gone out by 25 November 2025." in page(browser, meeting)

    shown = press(browser, meeting, "call/")

    assert "The agenda is closed, and the call is being sent." in shown
    assert "Close the agenda and call" not in shown
    assert "Write minutes" in shown
    assert MeetingLetter.objects.filter(sent_at__isnull=False).count() == 4


def test_calling_too_late_is_refused_in_words(client, meeting, secretary, clock):
    clock.move_to(datetime(2025, 12, 9, 8, 30, tzinfo=UTC))
    client.force_login(secretary)
    assert "The meeting has begun, so it cannot be called." in press(client, meeting, "call/")


def test_a_meeting_is_changed_and_cancelled_with_a_reason(browser, called):
    browser.post(path(called, "change/"), asked(starts="10:00", ends="12:00"))
    assert "9 December 2025, 10:00–12:00" in page(browser, called)

    shown = press(browser, called, "cancel/", {"cancel_reason": "Sjukdom"})

    assert "The meeting is cancelled" in shown
    assert "Sjukdom" in shown
    assert Meeting.objects.get().state == MeetingState.CANCELLED
    refused = press(browser, called, "change/", asked())
    assert "The meeting is cancelled. Plan a new one." in refused


def test_who_is_called_answers_and_says_who_meets_instead(
    client, called, partner_director, medical_officer
):
    client.force_login(partner_director)
    assert "Do you come?" in page(client, called)
    shown = press(client, called, "answer/", {"answer": "not_coming", "deputy": "Ole Vara"})
    assert "Your answer is stored." in shown
    assert "Instead meets Ole Vara." in shown
    client.force_login(medical_officer)
    assert client.post(path(called, "answer/"), {"answer": "coming"}).status_code == 404


def test_an_answer_is_one_of_three(client, called, partner_director):
    client.force_login(partner_director)
    assert "Choose whether you come." in press(client, called, "answer/", {"answer": "none"})


def test_the_secretary_records_what_another_answers(browser, called, rita):
    press(browser, called, f"people/{rita.pk}/answer/", {"answer": "coming"})
    assert "1 of 4 comes; 3 have not answered." in page(browser, called)


def test_one_more_is_called_and_nobody_twice(browser, called):
    guest = {"name": "Ola", "email": "ola@region.example", "duty": "guest"}
    assert "One more is called." in press(browser, called, "people/new/", guest)
    assert "is called already" in press(browser, called, "people/new/", guest)
    chair = guest | {"email": "kari@region.example", "duty": "chair"}
    assert "The meeting has a chair already" in press(browser, called, "people/new/", chair)
    assert called.invitees.count() == 5


def test_a_bilateral_meeting_offers_nobody_of_a_third_participant(
    browser, cooperation, partner, partner_director
):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    shown = page(browser, meetings.planned(forum=forum), "people/new/")
    assert str(partner_director) in shown
    assert str(other) not in shown


def test_one_is_called_no_more(browser, called, rita):
    assert "Rita Ekstern is called no more." in press(browser, called, f"people/{rita.pk}/remove/")
    assert Invitee.objects.called().count() == 3


def test_a_letter_that_failed_stands_with_its_person_and_how_to_go_on(browser, called, rita):
    MeetingLetter.objects.update(failure="refused")

    shown = page(browser, called)

    assert "the address was refused" in shown
    assert "Correct the address, and it is sent again." in shown
    assert "The address is that of the login." in shown
    right = {"email": "rita@regionradet.example"}
    assert "is sent again" in press(browser, called, f"people/{rita.pk}/address/", right)
    rita.refresh_from_db()
    assert rita.email == "rita@regionradet.example"
    assert rita.letters.get().sent_at == NOW


def test_one_who_does_not_know_of_being_called_no_more_stays_in_sight(browser, called, rita):
    MeetingLetter.objects.update(sent_at=NOW)
    operations.uninvite(invitee=rita, at=NOW)
    rita.letters.filter(kind="cancel").update(failure="refused")

    shown = page(browser, called)

    assert "called no more" in shown
    assert "0 of 3 come; 3 have not answered." in shown
    assert "It is sent again to Rita Ekstern." in press(
        browser, called, f"people/{rita.pk}/send-again/"
    )


def test_an_address_of_a_login_is_not_corrected_here(browser, called, host_director):
    who = called.invitees.get(user=host_director)
    assert browser.get(path(called, f"people/{who.pk}/address/")).status_code == 404


def test_a_document_of_the_meeting_and_of_an_item_is_added_and_taken_away(browser, called):
    item = called.items.order_by("position").first()
    for belongs_to in ("", str(item.pk)):
        file = SimpleUploadedFile(f"plan{belongs_to}.pdf", PDF + belongs_to.encode())
        browser.post(path(called, "documents/new/"), {"document": file, "item": belongs_to})
    first, second = MeetingDocument.objects.order_by("pk")
    assert (first.item, second.item) == (None, item)
    assert f"plan{item.pk}.pdf" in page(browser, called)

    assert "The document is taken away." in press(browser, called, f"documents/{second.pk}/remove/")
    assert MeetingDocument.objects.get() == first


def test_after_the_approval_a_button_of_an_old_page_is_answered_in_words(
    browser, cooperation, called, rita
):
    document = meetings.with_document(meeting=called, document=kept(cooperation=cooperation))
    meetings.approved(meeting=called)
    words = "The minutes are approved, so nothing of the meeting can be changed."

    for step, data in (
        (f"documents/{document.pk}/remove/", {}),
        ("documents/new/", {"document": SimpleUploadedFile("plan.pdf", PDF)}),
        (f"people/{rita.pk}/remove/", {}),
        (f"people/{rita.pk}/address/", {"email": "ny@region.example"}),
        ("answer/", {"answer": "coming"}),
        ("change/", asked(place="Bergen")),
        ("cancel/", {"cancel_reason": "Sjukdom"}),
    ):
        assert words in press(browser, called, step, data), step
    assert MeetingDocument.objects.get() == document
    assert Meeting.objects.get().state == MeetingState.CALLED


def test_the_file_for_a_calendar_is_for_who_sees_the_meeting(client, called, outsider, auditor):
    client.force_login(outsider)
    assert client.get(path(called, "calendar.ics")).status_code == 404
    client.force_login(auditor)
    answer = client.get(path(called, "calendar.ics"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert vobject.readOne(answer.content.decode()).vevent.uid.value == called.calendar_uid


def test_a_bilateral_meeting_is_hidden_from_a_third_participant(client, cooperation, partner):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meeting = meetings.called(forum=forum, starts_at=NOW + timedelta(days=30))
    meetings.invitee(meeting=meeting, user=other)
    client.force_login(other)
    assert client.get(path(meeting)).status_code == 404
    assert client.post(path(meeting, "answer/"), {"answer": "coming"}).status_code == 404
    assert waiting_for(cooperation=cooperation, user=other, today=NOW.date()) == []


def test_who_takes_part_reads_and_changes_nothing(client, called, rita, partner_director):
    client.force_login(partner_director)
    shown = page(client, called)
    assert "Rita Ekstern" in shown
    for words in (
        "Call no more",
        "Change the meeting",
        "Work with the agenda",
        "Record the answer",
    ):
        assert words not in shown
    for step in (
        "change/",
        "cancel/",
        "people/new/",
        "documents/new/",
        f"people/{rita.pk}/answer/",
    ):
        assert client.get(path(called, step)).status_code == 404, step


def test_the_page_asks_the_database_as_often_for_many_as_for_few(
    browser, called, django_assert_max_num_queries
):
    for number in range(10):
        meetings.invitee(meeting=called, name=f"Gjest {number}", email=f"g{number}@region.example")
        meetings.item(meeting=called, title=f"Sak {number}", position=100 + number)
    page(browser, called)
    with django_assert_max_num_queries(20):
        page(browser, called)
