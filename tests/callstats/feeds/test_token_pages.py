"""Tokens on their pages: shown once, renewed, revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from callstats.feeds.models import Source, SourceToken
from tests.conftest import NOW
from tests.factories.callstats import SourceFactory, TokenFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


def fields(**other) -> dict:
    return {
        "name": "Puzzel",
        "scopes": ["calls:write"],
        "networks": "192.0.2.17\n2001:db8::/32",
        "expires_on": "2026-11-10",
    } | other


def address(name: str, *arguments) -> str:
    return reverse(f"source_{name}", args=["pbx", *arguments])


def secret_of(answer) -> str:
    return answer.context["key"]


@pytest.mark.usefixtures("source")
def test_a_new_token_is_shown_once_and_kept_nowhere(browser, caplog):
    answer = browser.post(address("token_new"), fields())
    key = secret_of(answer)
    token = SourceToken.objects.get_from_key(key)
    assert (token.scopes, token.networks) == (
        ["calls:write"],
        ["192.0.2.17/32", "2001:db8::/32"],
    )
    assert token.expiry_date == datetime(2026, 11, 9, 23, tzinfo=UTC)
    assert key in answer.text
    assert "no-store" in answer["Cache-Control"]

    secret = key.partition(".")[2]
    assert secret not in browser.get(address("tokens")).text
    assert secret not in caplog.text
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize(
    ("profile", "path"),
    [("canonical", "/api/v1/call-imports"), ("asterisk-queue-log", "/api/v1/call-events")],
)
def test_the_address_is_the_one_that_the_system_sends_to(browser, source, profile, path):
    Source.objects.filter(pk=source.pk).update(profile=profile)
    answer = browser.post(address("token_new"), fields())
    assert f"POST http://testserver{path}\n" in answer.text
    assert reverse("api_reference") in answer.text


@pytest.mark.usefixtures("source")
def test_the_form_proposes_a_year_and_every_right(browser):
    page = browser.get(address("token_new"))
    assert 'value="2026-11-10"' in page.text
    assert page.text.count("checked") == 3
    assert "no-store" in page["Cache-Control"]


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "required"),
        ({"scopes": []}, "required"),
        ({"scopes": ["agreements:read"]}, "Select a valid choice"),
        ({"networks": "everywhere"}, "no address and no network"),
        ({"networks": "192.0.2.0/33"}, "no address and no network"),
        ({"expires_on": "2025-11-10"}, "The day has been"),
        ({"expires_on": "soon"}, "valid date"),
    ],
)
def test_a_wrong_token_is_told_and_not_made(browser, wrong, words):
    answer = browser.post(address("token_new"), fields(**wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert not SourceToken.objects.exists()


def test_every_right_is_told_in_words(browser, source):
    TokenFactory(source=source)
    page = browser.get(address("tokens")).text
    for words in ("send calls", "read what became of what it sent", "read the central"):
        assert words in page, words


def test_the_list_tells_all_but_the_secret(browser, source, used):
    token = TokenFactory(
        source=source,
        name="Puzzel",
        scopes=["calls:write"],
        networks=["192.0.2.0/24"],
        expiry_date=NOW + timedelta(days=30),
    )
    used(token, NOW - timedelta(hours=1))
    page = browser.get(address("tokens")).text
    for words in (token.prefix, "send calls", "192.0.2.0/24", "10 Nov 2025, 12:00", "valid"):
        assert words in page, words
    assert token.hashed_key not in page
    assert token.key not in page


@pytest.mark.usefixtures("source")
def test_an_empty_list_says_what_a_token_is_for(browser):
    page = browser.get(address("tokens")).text
    assert "There is no token" in page
    assert address("token_new") in page


def test_the_list_asks_as_much_for_many_as_for_one(browser, source, django_assert_max_num_queries):
    TokenFactory(source=source)
    with django_assert_max_num_queries(12) as few:
        browser.get(address("tokens"))
    for _ in range(20):
        TokenFactory(source=source)
    with django_assert_max_num_queries(12) as many:
        browser.get(address("tokens"))
    assert len(many) == len(few)


def test_a_renewed_token_leaves_the_old_one_some_days(browser, source):
    old = TokenFactory(source=source)
    answer = browser.post(address("token_rotate", old.prefix), {"overlap_days": "3"})
    assert SourceToken.objects.get_from_key(secret_of(answer)).pk != old.pk
    assert "13 Nov 2025, 13:00" in answer.text
    assert SourceToken.objects.get(pk=old.pk).expiry_date == NOW + timedelta(days=3)


@pytest.mark.parametrize("days", ["-1", "91", ""])
def test_a_wrong_overlap_makes_no_token(browser, source, days):
    old = TokenFactory(source=source)
    answer = browser.post(address("token_rotate", old.prefix), {"overlap_days": days})
    assert answer.status_code == 422
    assert SourceToken.objects.count() == 1


def test_a_token_is_revoked_after_a_question(browser, source):
    token = TokenFactory(source=source, name="Puzzel")
    page = browser.get(address("token_revoke", token.prefix))
    assert "it cannot be undone" in page.text
    assert not SourceToken.objects.get().revoked
    browser.post(address("token_revoke", token.prefix))
    assert SourceToken.objects.get().revoked
    assert "revoked" in browser.get(address("tokens")).text


def test_what_is_taken_no_more_is_not_renewed_nor_revoked_again(browser, source):
    revoked = TokenFactory(source=source, revoked=True)
    expired = TokenFactory(source=source, expiry_date=NOW - timedelta(days=1))
    for token in (revoked, expired):
        for name in ("token_rotate", "token_revoke"):
            assert browser.post(address(name, token.prefix)).status_code == 404
            assert address(name, token.prefix) not in browser.get(address("tokens")).text


def test_the_token_of_another_source_is_not_found(browser, source):
    foreign = TokenFactory(source=SourceFactory(slug="foreign"))
    for name in ("token_rotate", "token_revoke"):
        assert browser.post(address(name, foreign.prefix)).status_code == 404
    assert not SourceToken.objects.get().revoked
