"""What every page has, and what people see when something is wrong."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from legevakt import errors


def test_a_page_allows_no_inline_script_and_no_other_host(db):
    policy = Client().get(reverse("help"))["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_an_unknown_address_says_how_to_go_on(db):
    answer = Client().get("/no-such-page/")

    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_an_unknown_address_of_the_api_is_a_problem(db):
    answer = Client().get("/api/v1/no-such-address")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (lambda r: errors.bad_request(r, ValueError()), 400),
        (lambda r: errors.permission_denied(r, PermissionError()), 403),
        (lambda r: errors.not_found(r, Http404()), 404),
        (errors.csrf_failed, 403),
        (errors.server_error, 500),
    ],
)
def test_every_error_page_has_its_status_and_an_api_twin(db, handler, status):
    page = handler(RequestFactory().get("/somewhere/"))
    problem = handler(RequestFactory().get("/api/v1/somewhere"))

    assert page.status_code == problem.status_code == status
    assert b"<h1" in page.content
    assert problem["Content-Type"] == "application/problem+json"


def test_the_error_page_shows_without_a_database(django_db_blocker):
    with django_db_blocker.block():
        assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_a_form_that_is_too_old_is_told_so(db, leader):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(leader)

    assert browser.post(reverse("set_language")).status_code == 403


def test_who_is_not_logged_in_is_sent_to_the_login(db):
    answer = Client().get("/")

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_nobody_signs_up_alone(db):
    page = Client().get(reverse("account_signup"))

    assert 'name="password1"' not in page.text


@pytest.mark.parametrize(("language", "word"), [("nn", "Hjelp"), ("nb", "Hjelp"), ("en", "Help")])
def test_a_page_is_in_the_language_chosen(db, language, word):
    browser = Client()
    browser.post(reverse("set_language"), {"language": language, "next": reverse("help")})
    page = browser.get(reverse("help"))

    assert f'lang="{language}"' in page.text
    assert word in page.text


def test_the_language_choice_leads_to_no_other_host(db):
    answer = Client().post(
        reverse("set_language"), {"language": "nb", "next": "https://elsewhere.example/"}
    )

    assert answer.url == "/"
