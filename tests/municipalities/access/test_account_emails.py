"""The e-mails about an account: in the receiver's language, with every blank filled in."""

import pytest
from django.urls import reverse

from legevakt.lib.outbox import read_outbox
from tests.factories.municipalities import UserFactory


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("nn", "Legevakt: Vel nytt passord", "Hei frå Legevakt!"),
        ("nb", "Legevakt: Velg nytt passord", "Hei fra Legevakt!"),
        ("en", "Legevakt: Password Reset Email", "Hello from Legevakt!"),
    ],
)
def test_the_link_for_a_password_comes_in_the_language_of_the_person(
    db, client, language, subject, greeting
):
    person = UserFactory(language=language)

    client.post(reverse("account_reset_password"), {"email": person.email})

    (mail,) = read_outbox()
    assert mail.subject == subject
    assert mail.text.startswith(greeting)
    assert "/account/password/reset/key/" in mail.text


def test_nobody_is_written_to_at_an_address_without_an_account(db, client):
    client.post(reverse("account_reset_password"), {"email": "nobody@elsewhere.example"})

    assert read_outbox() == []
