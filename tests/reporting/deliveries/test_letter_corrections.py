"""A letter that was wrong: the next edition says why, and goes to those who receive it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from legevakt.lib.periods import Period
from reporting.deliveries import operations as deliveries
from reporting.deliveries.models import Dispatch
from reporting.letters.operations import CannotBeCorrected, CorrectionNeedsReason
from tests.factories.reporting import AFTER_THE_YEAR, schedule
from tests.factories.reporting import letter as made_letter

NOW = AFTER_THE_YEAR + timedelta(days=3)
YEAR = Period.year(2025)


@pytest.fixture
def letter(cooperation, central):
    return made_letter(cooperation=cooperation, kind="orientation", period=YEAR)


@pytest.fixture
def changed(letter, monkeypatch):
    """What is told today is not what the letter told."""
    monkeypatch.setattr("reporting.letters.queries.figures_of", lambda **_: {"topics": {}})


def corrected(letter, by, reason="The wages were wrong."):
    return deliveries.correct_letter(letter=letter, reason=reason, at=NOW, by=by)


def test_the_next_edition_is_sent_at_once(letter, cooperation, secretary, host_director, changed):
    schedule(cooperation, kind="orientation")
    made, (waiting,) = corrected(letter, secretary)
    assert (made.edition, made.correction_reason) == (2, "The wages were wrong.")
    assert waiting.recipient == host_director
    assert Dispatch.objects.get().edition == 2


def test_without_a_schedule_it_is_only_made(letter, secretary, changed):
    made, waiting = corrected(letter, secretary)
    assert (made.edition, waiting) == (2, [])


def test_it_needs_a_reason(letter, secretary, changed):
    with pytest.raises(CorrectionNeedsReason):
        corrected(letter, secretary, reason="  ")


def test_only_the_latest_is_corrected(letter, secretary, changed):
    corrected(letter, secretary)
    with pytest.raises(CannotBeCorrected):
        corrected(letter, secretary)


def test_the_same_figures_are_no_correction(letter, secretary):
    with pytest.raises(CannotBeCorrected):
        corrected(letter, secretary)


def test_the_page_asks_and_then_shows_the_new_edition(letter, secretary, as_person, changed):
    browser, url = as_person(secretary), reverse("letter_correct", args=[letter.pk])
    assert url in browser.get(reverse("letter", args=[letter.pk])).content.decode()
    assert browser.post(url, {"reason": ""}).status_code == 422
    told = browser.post(url, {"reason": "The wages were wrong."}, follow=True).content.decode()
    assert "Edition 2. What is corrected, and why: The wages were wrong." in told
    told = browser.post(url, {"reason": "Once more."}, follow=True).content.decode()
    assert "only the latest one" in told


@pytest.mark.parametrize("person", ["auditor", "partner_director", "outsider"])
def test_who_may_not_send_corrects_nothing(person, request, letter, as_person):
    browser = as_person(request.getfixturevalue(person))
    url = reverse("letter_correct", args=[letter.pk])
    assert browser.get(url).status_code == browser.post(url).status_code == 404
