"""Health and counters."""

import pytest
from django.test import Client
from django.urls import reverse

TOKEN = {"Authorization": "Bearer counted"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = "counted"


def test_a_living_process_answers_without_database():
    assert Client().get(reverse("health_live")).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.broker
def test_the_installation_is_ready_when_database_cache_and_a_worker_answer(worker):
    answer = Client().get(reverse("health_ready"), headers=TOKEN | {"Accept": "application/json"})

    assert answer.status_code == 200, answer.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.broker
def test_without_a_worker_it_is_not_ready():
    answer = Client().get(reverse("health_ready"), headers=TOKEN | {"Accept": "application/json"})

    assert answer.status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["metrics", "health_ready"])
def test_counters_and_readiness_are_only_for_who_knows_the_token(name, settings):
    assert Client().get(reverse(name)).status_code == 404
    wrong = Client().get(reverse(name), headers={"Authorization": "Bearer other"})
    assert wrong.status_code == 404

    settings.METRICS_TOKEN = ""
    empty = Client().get(reverse(name), headers={"Authorization": "Bearer "})
    assert empty.status_code == 404


def test_who_knows_the_token_sees_the_counters(db):
    assert b"django_http_requests" in Client().get(reverse("metrics"), headers=TOKEN).content
