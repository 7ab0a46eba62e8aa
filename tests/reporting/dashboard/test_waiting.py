"""What waits for the reader of the overview: months to check, months to publish."""

import pytest
from django.urls import reverse
from django.utils import timezone

from callstats.periods import operations
from callstats.periods.models import IndicatorPeriod

pytestmark = pytest.mark.usefixtures("clock")


def tasks_of(person, as_person):
    return [task.text for task in as_person(person).get(reverse("dashboard")).context["waiting"]]


def check(row, by):
    operations.check(period=row, seen=operations.fingerprint(row), by=by, at=timezone.now())


def test_the_leader_is_shown_the_months_to_check_and_the_director_those_to_publish(
    month_of_calls, leader, host_director, auditor, as_person, central
):
    month_of_calls(2025, 10, within=1)
    month_of_calls(2025, 11, within=1, hours=10)
    name = central.name
    assert tasks_of(leader, as_person) == [f"{name}: October 2025 waits for you to check it."]
    assert tasks_of(host_director, as_person) == []

    check(IndicatorPeriod.objects.get(starts_on="2025-10-01"), leader)

    assert tasks_of(leader, as_person) == []
    assert tasks_of(host_director, as_person) == [
        f"{name}: October 2025 is checked, and waits for you to publish it."
    ]
    assert tasks_of(auditor, as_person) == []


def test_many_months_are_one_sentence_that_leads_to_the_list(
    month_of_calls, leader, host_director, as_person, central
):
    for month in (8, 9, 10):
        month_of_calls(2025, month, within=1)
    (task,) = as_person(leader).get(reverse("dashboard")).context["waiting"]
    assert task.text.endswith("October 2025 and 2 earlier months wait for you to check them.")
    assert task.url == reverse("central_periods", args=[central.slug])
    for row in IndicatorPeriod.objects.all():
        check(row, leader)
    (said,) = tasks_of(host_director, as_person)
    assert said.endswith("October 2025 and 2 earlier months wait for you to publish them.")


def test_a_month_without_any_data_is_not_waited_for(month_of_calls, leader, as_person):
    month_of_calls(2025, 10, hours=0)
    assert tasks_of(leader, as_person) == []


def test_a_revision_is_checked_on_its_own_page(
    month_of_calls, leader, host_director, as_person, central
):
    month_of_calls(2025, 10, within=1)
    row = IndicatorPeriod.objects.get()
    check(row, leader)
    operations.publish(period=row, by=host_director, at=timezone.now())
    assert tasks_of(host_director, as_person) == []
    operations.open_revision(period=row, reason="Late", by=leader, at=timezone.now())
    (task,) = as_person(leader).get(reverse("dashboard")).context["waiting"]
    assert task.url == reverse("period", args=[central.slug, "2025-10"]) + "?revision=2"


def test_the_overview_and_the_figure_say_in_which_state_the_month_is(
    month_of_calls, auditor, as_person, central
):
    month_of_calls(2025, 10, within=1, hours=700)
    browser = as_person(auditor)
    path = reverse("period", args=[central.slug, "2025-10"])
    for page in (reverse("dashboard"), reverse("figure", args=[central.slug, "2025-10"])):
        said = browser.get(page).content.decode()
        assert path in said
        assert "provisional" in said


def test_a_month_that_is_not_stored_has_no_state(month_of_calls, auditor, as_person, central):
    month_of_calls(2025, 10, within=1, is_computed=False)
    answer = as_person(auditor).get(reverse("figure", args=[central.slug, "2025-10"]))
    assert answer.context["life"] is None
