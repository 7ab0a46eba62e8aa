"""The pages that say what the figures count."""

import pytest
from django.urls import reverse


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def browser(outsider, as_person):
    """Definitions are no secret: whoever is logged in may read them."""
    return as_person(outsider)


def test_login_is_asked_for(client, db):
    for path in (reverse("definitions"), reverse("definition", args=["lvs-2min-v1"])):
        assert client.get(path).status_code == 302


def test_every_definition_is_listed(browser):
    page = text_of(browser.get(reverse("definitions")))

    assert "Answered within two minutes" in page
    assert reverse("definition", args=["lvs-2min-v1"]) in page


def test_a_definition_shows_parameters_law_and_the_worked_example(browser):
    page = text_of(browser.get(reverse("definition", args=["lvs-2min-v1"])))

    assert "akuttmedisinforskriften § 13" in page
    assert "120 s, inclusive" in page
    assert "3 of 11 calls, 27.3 percent" in page
    assert "5 of 11, 45.5 percent" in page
    assert "120.5 seconds" in page


def test_an_unknown_definition_is_not_found(browser):
    assert browser.get(reverse("definition", args=["lvs-9min-v9"])).status_code == 404
