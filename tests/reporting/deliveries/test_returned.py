"""Mails that came back, as Postfix, Exchange and Yahoo write them."""

import io
import json
import mailbox
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from reporting.deliveries import operations as deliveries
from reporting.deliveries import returned
from reporting.deliveries.models import Declined, Delivery, DeliveryState
from reporting.deliveries.operations import Taken
from tests.factories.reporting import AFTER_THE_YEAR

NOW = AFTER_THE_YEAR + timedelta(days=40)
ID = "<f00d@legevakt.example>"

BOUNCE = """\
From: MAILER-DAEMON@relay.example
To: legevakt@legevakt.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4X1

Final-Recipient: rfc822; director@alver.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

--b
Content-Type: {original}

Message-ID: {message_id}
Subject: Annual report 2025
To: director@alver.example

--b--
"""

COMPLAINT = """\
From: feedback@mail.example
To: legevakt@legevakt.example
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type="feedback-report"; boundary="b"

--b
Content-Type: text/plain

This is a report of abuse.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {message_id}
From: legevakt@legevakt.example
Subject: Annual report 2025

The report.

--b--
"""


def bounce(message_id=ID, action="failed", status="5.1.1", original="text/rfc822-headers"):
    told = {"message_id": message_id, "action": action, "status": status, "original": original}
    return BOUNCE.format(**told).encode()


def complaint(message_id=ID):
    return COMPLAINT.format(message_id=message_id).encode()


@pytest.fixture
def sent(plan, report):
    """The one delivery, which the mail server took."""
    deliveries.release(schedule=plan, report=report, at=NOW)
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=NOW)
    return Delivery.objects.get()


def taken(content, delivery):
    outcome = deliveries.take_returned(content=content, at=NOW + timedelta(hours=1))
    delivery.refresh_from_db()
    return outcome


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_is_noted_with_its_code(sent, original):
    assert taken(bounce(sent.message_id, original=original), sent) == Taken.NOTED
    assert (sent.state, sent.error_code) == (DeliveryState.RETURNED, "status_5.1.1")
    assert (sent.sent_at, sent.returned_at) == (NOW, NOW + timedelta(hours=1))


def test_a_bounce_that_comes_twice_changes_nothing(sent):
    taken(bounce(sent.message_id), sent)
    assert taken(bounce(sent.message_id), sent) == Taken.KNOWN


def test_a_mail_that_is_only_delayed_is_not_returned(sent):
    assert taken(bounce(sent.message_id, action="delayed", status="4.4.1"), sent) == Taken.KNOWN
    assert sent.state == DeliveryState.SENT


def test_what_was_unknown_is_sent_when_the_relay_says_so(sent):
    Delivery.objects.update(state=DeliveryState.UNKNOWN, sent_at=None)
    assert taken(bounce(sent.message_id, action="relayed", status="2.0.0"), sent) == Taken.NOTED
    assert (sent.state, sent.sent_at is None) == (DeliveryState.SENT, False)


def test_what_was_unknown_and_came_back_is_returned(sent):
    Delivery.objects.update(state=DeliveryState.UNKNOWN, sent_at=None)
    assert taken(bounce(sent.message_id), sent) == Taken.NOTED
    assert sent.state == DeliveryState.RETURNED


def test_what_comes_back_before_its_worker_has_noted_it_is_not_lost(sent):
    Delivery.objects.update(state=DeliveryState.SENDING, sent_at=None)
    assert taken(bounce(sent.message_id), sent) == Taken.NOTED
    assert sent.state == DeliveryState.RETURNED


def test_what_failed_does_not_come_back(sent):
    Delivery.objects.update(state=DeliveryState.FAILED, sent_at=None)
    assert taken(bounce(sent.message_id), sent) == Taken.KNOWN
    assert sent.state == DeliveryState.FAILED


def test_a_complaint_is_noted_and_what_is_owed_is_not_declined(sent):
    assert taken(complaint(sent.message_id), sent) == Taken.NOTED
    assert sent.state == DeliveryState.COMPLAINED
    assert not Declined.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Out of office\n\nBack on Monday.",
        bounce(message_id="<somebody@elsewhere.example>"),
        bounce().replace(b"Message-ID", b"X-Nothing"),
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b--",
        bounce().replace(b"us-ascii", b"x-no-such-charset").replace(ID.encode(), b"<\xff@\xfe>"),
    ],
)
def test_anything_else_is_for_a_person_to_look_at(sent, content):
    assert taken(content, sent) == Taken.UNKNOWN
    assert sent.state == DeliveryState.SENT


@given(st.binary(max_size=400), st.integers(0, len(bounce())))
def test_no_mail_makes_it_fail(junk, place):
    whole = bounce()
    for content in (junk, whole[:place] + junk, whole[:place] + junk + whole[place:]):
        found = returned.read(content)
        assert found is None or found.message_id


def test_the_command_takes_files_and_says_what_it_did(sent, tmp_path, capsys):
    paths = [tmp_path / name for name in ("bounce.eml", "holiday.eml")]
    for path, content in zip(paths, (bounce(sent.message_id), b"Subject: hi\n\n"), strict=True):
        path.write_bytes(content)
    call_command("take_returned_mail", *map(str, paths), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {"noted": 1, "known": 0, "unknown": 1, "look_at": ["holiday.eml"]}


def test_the_command_empties_a_maildir_and_flags_what_is_unknown(sent, tmp_path, capsys):
    box = mailbox.Maildir(tmp_path / "box")
    box.add(bounce(sent.message_id))
    box.add(b"Subject: hi\n\n")
    for _ in range(2):
        call_command("take_returned_mail", maildir=tmp_path / "box")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 noted, 0 known, 1 unknown"
    assert "look at" in told[1]
    assert told[2] == "0 noted, 0 known, 0 unknown"
    flags = sorted(message.get_flags() for message in mailbox.Maildir(tmp_path / "box"))
    assert flags == ["F", "S"]
    assert sent.email not in "".join(told)


def test_what_is_piped_in_and_unknown_is_kept(sent, settings, monkeypatch, capsys):
    content = b"Subject: hi\n\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    call_command("take_returned_mail")
    (kept,) = (settings.LEGEVAKT_HOME / "returned-mail").iterdir()
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o077 == 0
    assert str(kept) in capsys.readouterr().out


@pytest.mark.parametrize("given", [{"maildir": "none"}, {"files": ["none.eml"]}])
def test_what_is_not_there_is_said(db, tmp_path, given):
    files = [str(tmp_path / name) for name in given.pop("files", ())]
    given = {name: tmp_path / value for name, value in given.items()}
    with pytest.raises(CommandError):
        call_command("take_returned_mail", *files, **given)
