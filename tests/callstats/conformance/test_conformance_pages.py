"""The page and the API of the kit: who sees what."""

import csv
import io

import pytest
from django.urls import reverse

from callstats.calls.models import Call
from tests.callstats.conformance.conftest import REPORT, SCENARIO
from tests.callstats.conformance.vendors import WRONG, right
from tests.factories.callstats import CallImportFactory, SourceFactory, TokenFactory

pytestmark = pytest.mark.usefixtures("clock")


def page(client, source, name="conformance", method="get"):
    url = reverse(name, args=[source.slug])
    return getattr(client, method)(url, headers={"Accept-Language": "en"})


def test_a_feed_that_is_right_gets_its_badge_with_the_day(line, source, leader, as_person):
    line.sends(right())
    shown = page(as_person(leader), source).text
    assert "conforms, 10 Nov 2025" in shown
    assert "dst-autumn-2" in shown


def test_a_feed_that_is_wrong_is_told_why(line, source, leader, as_person):
    line.sends(WRONG["the doubled hour's second half always"][0])
    shown = page(as_person(leader), source).text
    assert "does not conform yet" in shown
    assert "the doubled hour was resolved to its second half" in shown


def test_one_mistake_that_makes_many_reasons_is_told_in_few(line, source, leader, as_person):
    line.sends(WRONG["local time as UTC"][0])
    shown = page(as_person(leader), source).text
    assert "And 15 more like these." in shown
    assert shown.count("was sent as if it were UTC") == 6 + 4 + 3 + 2


def test_the_page_asks_the_same_few_queries_however_much_came(
    line, source, leader, as_person, django_assert_max_num_queries
):
    client = as_person(leader)
    line.sends(right())
    with django_assert_max_num_queries(30):
        page(client, source)


def test_before_anything_came_the_queues_without_a_number_are_named(
    line, source, leader, as_person
):
    hint = "These queues of the scenario have no number: second."
    client = as_person(leader)
    assert hint not in page(client, source).text
    source.queue_lines.filter(queue="second").delete()
    assert hint in page(client, source).text
    line.sends(right())
    assert hint not in page(client, source).text


def test_the_leader_starts_over(line, source, leader, as_person):
    line.sends(right())
    answer = page(as_person(leader), source, "conformance_start_over", "post")
    assert answer.status_code == 302
    assert not Call.objects.exists()


def test_an_import_under_way_is_told(source, leader, as_person):
    CallImportFactory(source=source)
    client = as_person(leader)
    answer = client.post(reverse("conformance_start_over", args=[source.slug]), follow=True)
    assert "An import is still running" in answer.text


def test_who_only_sees_imports_has_no_button_and_may_not_start_over(
    line, source, auditor, as_person
):
    line.sends(right())
    client = as_person(auditor)
    assert "start over" not in page(client, source).text
    assert page(client, source, "conformance_start_over", "post").status_code == 404
    assert Call.objects.exists()


def test_a_source_that_counts_is_not_tried(central, leader, as_person):
    source = SourceFactory(slug="real", central=central)
    client = as_person(leader)
    assert "Only a sandbox source can be tried" in page(client, source).text
    assert page(client, source, "conformance_start_over", "post").status_code == 404


def test_an_outsider_finds_nothing(source, outsider, as_person):
    for name in ("conformance", "conformance_scenario_json", "conformance_scenario_csv"):
        assert page(as_person(outsider), source, name).status_code == 404


def test_the_scenario_is_the_same_in_each_form(line, source, leader, as_person):
    client = as_person(leader)
    by_api = line.get(SCENARIO).json()
    assert page(client, source, "conformance_scenario_json").json() == by_api
    rows = list(csv.DictReader(io.StringIO(page(client, source, "conformance_scenario_csv").text)))
    told = [call for delivery in by_api["deliveries"] for call in delivery["calls"]]
    assert [row["id"] for row in rows] == [call["id"] for call in told]
    assert [row["arrived_utc"] for row in rows] == [call["arrived"]["utc"] for call in told]


def test_only_the_token_of_a_sandbox_gets_a_report(line, central):
    real = TokenFactory(source=SourceFactory(slug="real", central=central))
    answer = line.get(REPORT, Authorization=f"Bearer {real.key}")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_sandbox")
    assert line.get(SCENARIO, Authorization=f"Bearer {real.key}").status_code == 200


def test_a_token_that_may_only_write_sees_neither(line, source):
    token = TokenFactory(source=source, scopes=["calls:write"])
    for url in (SCENARIO, REPORT):
        assert line.get(url, Authorization=f"Bearer {token.key}").status_code == 403
