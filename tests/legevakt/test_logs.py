"""Nothing secret or personal in the log."""

import doctest
import json
import logging

import pytest
from django.conf import settings
from django.test import Client

from legevakt import logs


def line(record: logging.LogRecord) -> dict:
    """The line as the installation writes it."""
    configured = logging.config.DictConfigurator(settings.LOGGING)
    formatter = configured.configure_formatter(settings.LOGGING["formatters"]["json"])
    return json.loads(formatter.format(record))


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(logs).failed == 0


@pytest.mark.django_db
def test_the_key_of_a_password_reset_and_the_query_are_not_logged(caplog):
    Client().get("/account/password/reset/key/2-secret-key/?code=secret")

    assert "secret" not in caplog.text
    assert "/account/password/reset/key/" in caplog.text


def test_a_library_s_error_is_logged_with_its_traceback_and_without_the_address():
    try:
        raise ValueError("refused for kari@alver.example")
    except ValueError as error:
        told = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("smtplib", logging.ERROR, "", 1, "failed", None, told)

    written = line(record)

    assert "Traceback" in written["exception"]
    assert "kari" not in json.dumps(written)
    assert "‹address›" in written["exception"]


def test_ids_and_times_stay():
    event = {"request_id": "12345678", "event": "call 12345678"}

    assert logs.without_secrets(None, "", event) == {
        "request_id": "12345678",
        "event": "call ‹number›",
    }
