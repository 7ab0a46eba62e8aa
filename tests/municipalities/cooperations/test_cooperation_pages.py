"""The pages on facts, participants and services, as the secretary and others meet them."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.cooperations.models import Participant
from tests.factories.cooperations import ServiceFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def browser(as_person, secretary):
    return as_person(secretary)


def page(name, *arguments):
    return reverse(name, args=["nordhordland", *arguments])


def test_the_facts_are_changed_with_a_reason(browser, cooperation):
    facts = {
        "name": "Nordhordland",
        "form": "board",
        "board_members_each": "2",
        "language": "nb",
        "is_co_located": "on",
        "leader_reports_to": "kommunedirektøren",
        "why": "sak 24/118",
    }

    answer = browser.post(page("cooperation_facts"), facts)

    cooperation.refresh_from_db()
    assert answer["Location"] == page("cooperation")
    assert (cooperation.board_members_each, cooperation.is_co_located) == (2, True)
    event = cooperation.events.select_related("pgh_context").latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == "sak 24/118"


def test_a_board_without_its_members_is_told_in_the_form(browser, cooperation):
    facts = {"name": "Nordhordland", "form": "board", "language": "nb", "why": "24/118"}

    answer = browser.post(page("cooperation_facts"), facts)

    assert answer.status_code == 422
    assert "Say how many members each participant has." in answer.text
    assert "At least two of each participant" in answer.text


def test_a_municipality_joins_leaves_and_is_listed(browser, cooperation):
    new = MunicipalityFactory(name="Masfjorden")
    joins = {"municipality": new.pk, "on": "2026-07-01", "area": "Hosteland", "why": "24/1"}
    browser.post(page("participant_new"), joins)
    participant = Participant.objects.get(municipality=new)
    browser.post(
        page("participant_end", participant.pk), {"on": "2027-01-01", "why": "its own legevakt"}
    )

    answer = browser.get(page("participants"))

    assert "Takes part later" in answer.text
    assert "Hosteland" in answer.text
    assert "31 December 2026" in answer.text
    assert "its own legevakt" in answer.text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"on": "2026-01-01"}, "takes part already in some of this time"),
        ({"on": "2022-01-01"}, "joins on this day already"),
    ],
)
def test_joining_twice_is_told_in_words(browser, cooperation, partner, told, words):
    answer = browser.post(page("participant_new"), {"municipality": partner.pk, "why": "x", **told})

    assert answer.status_code == 422
    assert words in answer.text


def test_joining_by_an_ended_number_is_told_in_words(browser, cooperation):
    ended = MunicipalityFactory(valid_to=date(2025, 1, 1))
    told = {"municipality": ended.pk, "on": "2026-01-01", "why": "x"}

    answer = browser.post(page("participant_new"), told)

    assert "The municipality number has ended by this day." in answer.text


def test_leaving_before_joining_and_the_host_leaving_are_told_in_words(
    browser, cooperation, host, partner
):
    told = {"on": "2022-01-01", "why": "x"}
    of = {p.municipality: p.pk for p in cooperation.participants.all()}

    too_early = browser.post(page("participant_end", of[partner]), told)
    by_host = browser.post(page("participant_end", of[host]), told)

    assert "It must leave after the day it joined." in too_early.text
    assert "The host municipality cannot leave its own cooperation." in by_host.text


def test_a_merger_a_division_and_a_correction_are_recorded(browser, cooperation, host, partner):
    new = MunicipalityFactory(name="Fedje og Alver", valid_from=date(2023, 1, 1))
    merger = {"of": [host.pk, partner.pk], "into": new.pk, "on": "2023-01-01", "why": "x"}
    browser.post(page("participants_merge"), merger)
    participant = cooperation.participants.get(municipality=new)
    into = [MunicipalityFactory(name=name) for name in ("East", "West")]
    division = {"first": into[0].pk, "second": into[1].pk, "on": "2024-01-01", "why": "y"}
    browser.post(page("participant_split", participant.pk), division)
    east = cooperation.participants.get(municipality=into[0])

    browser.post(
        page("participant_correct", east.pk), {"joined_date": "2024-07-01", "why": "later"}
    )

    cooperation.refresh_from_db()
    east.refresh_from_db()
    assert cooperation.host == into[0]
    assert east.joined_date == date(2024, 7, 1)


def test_the_participants_are_downloaded(browser, cooperation):
    answer = browser.get(page("participants"), {"format": "csv"})

    assert "Alver (host);4631;the whole;1 January 2022" in answer.content.decode()
    assert browser.get(page("participants"), {"format": "exe"}).status_code == 404


def test_a_bilateral_service_is_added_and_ended(browser, cooperation, partner):
    told = {
        "kind": "daytime",
        "legal_basis": "hol. § 3-2",
        "starts_date": "2026-01-01",
        "parties": [partner.pk],
        "why": "24/2",
    }
    browser.post(page("service_new"), told)
    service = cooperation.services.get()

    too_early = browser.post(page("service_end", service.pk), {"on": "2025-01-01", "why": "x"})
    browser.post(page("service_end", service.pk), {"on": "2027-01-01", "why": "x"})

    assert "The service must end after the day it began." in too_early.text
    answer = browser.get(page("services"))
    assert "Alver, Fedje" in answer.text
    assert "31 December 2026" in answer.text


def test_a_service_that_runs_already_is_told_in_words(browser, cooperation):
    ServiceFactory(cooperation=cooperation)

    answer = browser.post(
        page("service_new"), {"kind": "lvs", "starts_date": "2026-01-01", "why": "x"}
    )

    assert "The service runs already for all who take part." in answer.text


@pytest.mark.parametrize(("name", "most"), [("participants", 10), ("services", 11)])
def test_more_rows_take_no_more_queries(
    as_person, partner_director, cooperation, django_assert_max_num_queries, name, most
):
    for number in range(5):
        ServiceFactory(cooperation=cooperation, is_bilateral=True).parties.add(cooperation.host)
        Participant.objects.create(
            cooperation=cooperation,
            municipality=MunicipalityFactory(number=f"47{number:02}"),
            joined_date=date(2022, 1, 1),
        )
    browser = as_person(partner_director)

    with django_assert_max_num_queries(most):
        answer = browser.get(page(name))

    assert "Add a" not in answer.text
