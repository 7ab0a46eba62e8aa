"""The invitation, read back by another parser than the one that wrote it."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject

from municipalities.meetings.meeting import invitation, operations
from municipalities.meetings.meeting.models import Answer, LetterKind, Meeting, MeetingLetter
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("clock")


def read(written):
    calendar = vobject.readOne(written.decode())
    return calendar, calendar.vevent


def test_a_call_says_when_where_and_who_in_letters_of_our_own(called, rita):
    calendar, event = read(invitation.request_to(rita, stamped_at=NOW))

    assert (calendar.version.value, calendar.method.value) == ("2.0", "REQUEST")
    assert event.dtstart.value == datetime(2025, 12, 9, 8, tzinfo=UTC)
    assert event.dtend.value == datetime(2025, 12, 9, 10, tzinfo=UTC)
    assert event.dtstamp.value == NOW
    assert event.summary.value == "Kommunedirektørmøtet"
    assert event.location.value == "Møterommet på Øya"
    assert called.message in event.description.value
    assert (event.uid.value, event.sequence.value) == (called.calendar_uid, "0")
    assert event.status.value == "CONFIRMED"


def test_lines_are_folded_at_75_octets_and_end_as_calendars_want_it(called, rita):
    written = invitation.request_to(rita, stamped_at=NOW)

    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert any(line.startswith(b" ") for line in lines)


@pytest.mark.parametrize(
    ("answer", "partstat"),
    [
        (Answer.NONE, "NEEDS-ACTION"),
        (Answer.COMING, "ACCEPTED"),
        (Answer.MAYBE, "TENTATIVE"),
        (Answer.NOT_COMING, "DECLINED"),
    ],
)
def test_the_one_who_is_called_is_asked_for_an_answer(answer, partstat, called, rita, secretary):
    rita.answer = answer
    _, event = read(invitation.request_to(rita, stamped_at=NOW))

    assert event.attendee.value.lower() == "mailto:rita@region.example"
    asked = {name: values[0] for name, values in event.attendee.params.items()}
    assert asked == {
        "CN": "Rita Ekstern",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": partstat,
        "RSVP": "TRUE",
    }
    assert event.organizer.value.lower() == f"mailto:{secretary.email}"


def test_without_a_secretary_the_installation_is_the_organizer(called, rita, settings):
    settings.DEFAULT_FROM_EMAIL = "Legevakta på Øya <post@legevakt.example>"
    called.invitees.filter(duty="secretary").delete()
    _, event = read(invitation.request_to(rita, stamped_at=NOW))
    assert event.organizer.value.lower() == "mailto:post@legevakt.example"
    assert event.organizer.params["CN"] == ["Legevakta på Øya"]


def test_a_change_and_a_cancellation_reach_the_same_event_with_a_higher_number(called, rita):
    later = called.starts_at + timedelta(hours=1)
    moved = operations.change(meeting=called, starts_at=later, at=NOW)
    rita.refresh_from_db()
    _, changed = read(invitation.request_to(rita, stamped_at=NOW))
    operations.cancel(meeting=moved, reason="Sjukdom", by=None, at=NOW)
    rita.refresh_from_db()
    calendar, cancelled = read(invitation.cancel_to(rita, stamped_at=NOW))

    assert changed.dtstart.value == later
    assert (calendar.method.value, cancelled.status.value) == ("CANCEL", "CANCELLED")
    assert [(each.uid.value, each.sequence.value) for each in (changed, cancelled)] == [
        (called.calendar_uid, "1"),
        (called.calendar_uid, "2"),
    ]


def test_who_is_called_again_gets_an_event_newer_than_its_cancellation(called, rita):
    MeetingLetter.objects.update(sent_at=NOW)
    operations.answer(invitee=rita, answer=Answer.COMING, at=NOW)
    operations.uninvite(invitee=rita, at=NOW)
    MeetingLetter.objects.update(sent_at=NOW)

    operations.invite(meeting=called, duty="guest", email=rita.email, name=rita.name, at=NOW)

    rita.refresh_from_db()
    letters = rita.letters.order_by("pk").values_list("kind", "sequence")
    assert list(letters) == [
        (LetterKind.CALL, 0),
        (LetterKind.CANCEL, 1),
        (LetterKind.UPDATE, 2),
    ]
    assert Meeting.objects.get().sequence == 2
    assert (rita.uncalled_at, rita.answer) == (None, Answer.NONE)


def test_the_file_for_ones_own_calendar_names_nobody_who_is_called(called):
    calendar, event = read(invitation.published(called, stamped_at=NOW))
    assert calendar.method.value == "PUBLISH"
    assert not hasattr(event, "attendee")
    assert hasattr(event, "organizer")  # RFC 5546 3.2.1 demands one
