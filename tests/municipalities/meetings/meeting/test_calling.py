"""The letters of a call, to a real mail server that does not know everybody."""

import threading
from email import message_from_bytes
from email.policy import default

import pytest
import vobject
from django.core import mail as outbox
from django.db import connection

from legevakt.lib.mail import MailRefused, MailUnknown
from municipalities.meetings.meeting import letters, operations, tasks
from municipalities.meetings.meeting.models import LetterFailure, LetterKind, MeetingLetter
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("clock")
RITA = "rita@region.example"


def parsed(mailbox):
    """What came, by who got it."""
    return {
        each.rcpt_tos[0]: message_from_bytes(each.content, policy=default)
        for each in mailbox.received
    }


def sent():
    """Who got a letter, by the outbox of the tests, since last asked."""
    found = sorted(message.to[0] for message in outbox.outbox)
    outbox.outbox.clear()
    return found


def failures():
    rows = MeetingLetter.objects.exclude(failure="").select_related("invitee__user")
    return [(str(each.invitee), each.kind, each.failure) for each in rows]


@pytest.fixture
def known(called, host_director, secretary, partner_director):
    """Those of the meeting that have a mailbox."""
    return sorted(each.email for each in (host_director, secretary, partner_director))


def test_one_address_is_refused_and_all_others_get_their_call(called, known, mailbox):
    mailbox.unknown = {RITA}

    for _beat in range(2):
        tasks.send_letters()

    assert sorted(parsed(mailbox)) == known
    assert len(mailbox.received) == len(known)
    assert failures() == [("Rita Ekstern", LetterKind.CALL, LetterFailure.REFUSED)]


def test_the_call_is_both_a_way_to_read_the_mail_and_a_file(called, known, mailbox):
    tasks.send_letters()

    message = parsed(mailbox)[RITA]
    (alternative,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    (file,) = message.iter_attachments()
    assert alternative.get_content_disposition() is None
    assert alternative["Content-Type"].params["method"] == "REQUEST"
    assert alternative["Content-Type"].params["charset"].lower() == "utf-8"
    assert (file.get_filename(), file.get_content_type()) == ("invite.ics", "application/ics")
    texts = alternative.get_content(), file.get_content().decode()
    assert {vobject.readOne(each).vevent.uid.value for each in texts} == {called.calendar_uid}
    assert {vobject.readOne(each).vevent.location.value for each in texts} == {called.place}


def test_the_mail_lists_the_agenda_and_says_how_to_answer(called, known, host_director):
    tasks.send_letters()
    bodies = {message.to[0]: message.body for message in outbox.outbox}
    assert f"/meetings/nordhordland/meeting/{called.pk}/" in bodies[host_director.email]
    for item in called.items.all():
        assert item.title in bodies[host_director.email]
    assert f"/meeting/{called.pk}/" not in bodies[RITA]


def test_a_corrected_address_gets_the_call_and_the_failure_is_gone(called, known, mailbox, rita):
    mailbox.unknown = {RITA}
    tasks.send_letters()

    operations.correct_address(invitee=rita, email="rita@regionradet.example", at=NOW)
    tasks.send_letters()

    assert mailbox.received[-1].rcpt_tos == ["rita@regionradet.example"]
    assert failures() == []


def test_a_call_that_never_arrived_is_not_sent_after_the_change_of_it(called, known, mailbox, rita):
    mailbox.unknown = {RITA}
    tasks.send_letters()
    operations.change(meeting=called, place="Knarvik", at=NOW)
    tasks.send_letters()
    mailbox.received.clear()
    mailbox.unknown = set()

    operations.send_failed_again(invitee=rita, at=NOW)
    tasks.send_letters()

    (only,) = mailbox.received
    assert "Knarvik" in message_from_bytes(only.content, policy=default).get_body().get_content()


def test_who_never_got_the_call_is_told_of_no_cancellation(called, known, mailbox):
    mailbox.unknown = {RITA}
    tasks.send_letters()
    mailbox.received.clear()
    mailbox.unknown = set()

    operations.cancel(meeting=called, reason="Sjukdom", by=None, at=NOW)
    tasks.send_letters()

    assert sorted(parsed(mailbox)) == known
    assert failures() == []


def test_a_change_is_told_once_and_what_is_not_in_calendars_is_not(called, known):
    tasks.send_letters()
    sent()
    operations.change(meeting=called, place=called.place, language="nb", at=NOW)
    tasks.send_letters()
    assert sent() == []

    operations.change(meeting=called, place="Knarvik", at=NOW)
    tasks.send_letters()
    assert sent() == sorted([*known, RITA])


def test_who_is_called_no_more_gets_the_cancellation_alone(called, known, rita):
    tasks.send_letters()
    sent()

    operations.uninvite(invitee=rita, at=NOW)
    tasks.send_letters()

    assert sent() == [RITA]


def test_a_server_that_is_away_is_tried_again_and_nothing_is_marked(called, monkeypatch):
    def away(**_):
        raise MailRefused(permanent=False, code=None)

    with monkeypatch.context() as patch:
        patch.setattr("legevakt.lib.mail.send", away)
        tasks.send_letters()
    assert failures() == []
    assert sent() == []

    tasks.send_letters()
    assert len(sent()) == 4


def test_a_lost_connection_is_told_and_not_tried_by_itself(called, monkeypatch):
    def lost(**_):
        raise MailUnknown("lost")

    with monkeypatch.context() as patch:
        patch.setattr("legevakt.lib.mail.send", lost)
        tasks.send_letters()
    tasks.send_letters()

    assert {failure for _, _, failure in failures()} == {LetterFailure.UNKNOWN}
    assert sent() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter(called):
    (letter, *_others) = letters.unsent(kinds=letters.OF_CALENDAR, at=NOW)
    is_sending, may_end = threading.Event(), threading.Event()
    written = []

    def write(row):
        written.append(row.pk)
        is_sending.set()
        assert may_end.wait(10)

    def first():
        letters.send_claimed(letter, write)
        connection.close()

    worker = threading.Thread(target=first)
    worker.start()
    assert is_sending.wait(10)
    letters.send_claimed(letter, write)  # returns at once: the other holds the row
    may_end.set()
    worker.join(10)
    letters.send_claimed(letter, write)  # it is sent

    assert written == [letter]
