"""Mail sent through `mail.send` into a folder, and read back for the page that shows it."""

from datetime import UTC, datetime

import pytest

from legevakt.lib import mail, outbox


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def send(subject="Årsrapport"):
    mail.send(
        to="direktor@kommune.example",
        subject=subject,
        text="Hei på Øya.\n",
        html="<p>Hei</p>",
        message_id="<1@legevakt.example>",
        language="nn",
        attachments=[("årsrapport.pdf", b"%PDF", "application/pdf")],
    )


def test_a_sent_message_can_be_read_in_the_outbox(folder, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 7, 30, tzinfo=UTC), tick=False)

    send()

    (message,) = outbox.read_outbox()
    assert message.sent_at == datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
    assert message.to == "direktor@kommune.example"
    assert message.subject == "Årsrapport"
    assert message.text.strip() == "Hei på Øya."
    assert message.attachments == ("årsrapport.pdf",)
    assert (folder / message.name).is_file()


def test_the_newest_message_is_first(folder, time_machine):
    for minute in (1, 2, 3):
        time_machine.move_to(datetime(2026, 3, 1, 7, minute, tzinfo=UTC), tick=False)
        send(subject=f"Nummer {minute}")

    assert [m.subject for m in outbox.read_outbox()] == ["Nummer 3", "Nummer 2", "Nummer 1"]


def test_only_the_owner_may_read_the_outbox(folder):
    send()

    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_outbox_that_was_never_used_is_empty(folder):
    assert outbox.read_outbox() == []


def test_a_file_that_is_not_finished_is_not_shown(folder):
    send()
    (folder / "20260301T073000000000Z-a.part").write_bytes(b"")

    assert len(outbox.read_outbox()) == 1
