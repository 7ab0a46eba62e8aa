"""The record by the API: what the pages show, to those who take part."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.decisions.models import Decision
from tests.factories.competence import OperatorFactory, QualificationFactory
from tests.factories.municipalities import CooperationFactory

LISTS = [
    *("api_participants", "api_services", "api_agreements", "api_obligations", "api_decisions"),
    *("api_hearings", "api_centrals", "api_duty_shares", "api_shifts"),
]


def decided(cooperation, *, number, title="Budget 2026"):
    return Decision.objects.create(
        cooperation=cooperation,
        municipality=cooperation.host,
        level="political",
        body="Kommunestyret",
        case_number=f"PS {number}/25",
        title=title,
        decided_date=date(2025, 10, 2),
        registered_at=timezone.now(),
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_for_those_who_take_part(name, cooperation, partner_director, as_person):
    elsewhere = CooperationFactory()
    browser = as_person(partner_director)
    assert browser.get(reverse(name, args=[cooperation.slug])).json()["next"] is None
    assert browser.get(reverse(name, args=[elsewhere.slug])).status_code == 404


def test_the_cooperation_and_its_participants(cooperation, central, auditor, as_person):
    CooperationFactory()
    browser = as_person(auditor)

    (told,) = browser.get(reverse("api_cooperations")).json()["items"]
    assert told["host"] == {"number": "4631", "name": "Alver"}
    assert told["form"] == "administrative"

    items = browser.get(reverse("api_participants", args=[cooperation.slug])).json()["items"]
    assert [each["municipality"]["name"] for each in items] == ["Alver", "Fedje"]
    assert items[0] | {"municipality": 0} == {
        "municipality": 0,
        "joined_date": "2022-01-01",
        "left_date": None,
        "area": "",
    }


def test_pages_follow_each_other_by_the_cursor(cooperation, leader, as_person):
    decisions = [decided(cooperation, number=number).pk for number in range(3)]
    browser, url = as_person(leader), reverse("api_decisions", args=[cooperation.slug])

    first = browser.get(url, {"limit": 2})
    body = first.json()
    second = browser.get(url, {"limit": 2, "cursor": body["next"]}).json()

    assert [each["id"] for each in body["items"] + second["items"]] == decisions
    assert second["next"] is None
    assert first["Link"].endswith('>; rel="next"')


def test_an_answer_that_is_as_before_is_not_sent_again(cooperation, leader, as_person):
    browser, url = as_person(leader), reverse("api_decisions", args=[cooperation.slug])
    tag = browser.get(url)["ETag"]
    assert browser.get(url, headers={"If-None-Match": tag}).status_code == 304
    decided(cooperation, number=1)
    assert browser.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_list_asks_as_little_however_long_it_is(
    cooperation, leader, as_person, django_assert_num_queries
):
    browser, url = as_person(leader), reverse("api_decisions", args=[cooperation.slug])
    for number in range(5):
        decided(cooperation, number=number)
    with django_assert_num_queries(6):
        browser.get(url)


def test_competence_is_told_in_counts_without_any_operator(
    cooperation, central, auditor, as_person, clock
):
    held = QualificationFactory(operator__central=central, operator__label="Secret")
    OperatorFactory(central=central, experienced_date=None)

    answer = as_person(auditor).get(reverse("api_competence", args=[cooperation.slug]))

    (told,) = answer.json()["items"]
    (requirement,) = told.pop("requirements")
    assert told == {
        "slug": central.slug,
        "operators": 2,
        "lacking": 1,
        "expiring": 0,
        "late_follow_ups": 2,
        "unpaired": 1,
    }
    assert (requirement["name"], requirement["lacking"]) == (held.requirement.name, 1)
    assert "Secret" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        *({"cursor": packed} for packed in ("cD1hYmM=", "", "%", "bz05OTk=", "cj0xJnA9MQ==x")),
        *({"limit": limit} for limit in ("0", "501", "many")),
        *({"year": year} for year in ("", "x", "9" * 5000, "2101")),
        {"yaer": "2025"},
    ],
)
def test_a_parameter_that_cannot_be_is_told_as_a_problem(query, cooperation, leader, as_person):
    answer = as_person(leader).get(reverse("api_obligations", args=[cooperation.slug]), query)
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")


def test_without_a_login_it_is_403_and_says_that_no_token_is_taken(client, db):
    answer = client.get(reverse("api_cooperations"), headers={"Authorization": "Bearer any.token"})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert "logged in" in answer.json()["detail"]
