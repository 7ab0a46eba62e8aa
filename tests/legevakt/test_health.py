"""Health and counters."""

import pytest
from django.test import Client
from django.urls import reverse


def test_a_living_process_answers_without_database():
    assert Client().get(reverse("health_live")).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.broker
def test_the_installation_is_ready_when_database_cache_and_a_worker_answer(worker):
    answer = Client().get(reverse("health_ready"), headers={"Accept": "application/json"})

    assert answer.status_code == 200, answer.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.broker
def test_without_a_worker_it_is_not_ready():
    answer = Client().get(reverse("health_ready"), headers={"Accept": "application/json"})

    assert answer.status_code == 500


def test_counters_are_only_for_who_knows_the_token(db, settings):
    assert Client().get(reverse("metrics")).status_code == 404

    settings.METRICS_TOKEN = "counted"
    browser = Client()
    assert browser.get(reverse("metrics")).status_code == 404
    shown = browser.get(reverse("metrics"), headers={"Authorization": "Bearer counted"})
    assert b"django_http_requests" in shown.content
