"""Decisions since the last meeting, as a meeting is told of them and minutes freeze them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from municipalities.decisions.briefing import TOPIC, facts
from municipalities.decisions.models import Decision, Level
from municipalities.meetings.topics.prepared import Asked
from tests.factories import decisions, hearings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def asked(cooperation, *, since=date(2025, 11, 1), until=date(2025, 11, 11)) -> Asked:
    return Asked(cooperation=cooperation, partner=None, since=since, until=until)


def page_of(cooperation, **days):
    return TOPIC.page(json.loads(json.dumps(facts(asked(cooperation, **days)))))


def titles(cooperation, **days) -> list[str]:
    return [each["title"] for each in facts(asked(cooperation, **days))["decisions"]]


def test_decisions_of_all_municipalities_with_who_decided_when(cooperation, partner):
    decisions.decided(cooperation=cooperation, title="New rota")
    decisions.decided(
        cooperation=cooperation,
        municipality=partner,
        title="Budget 2026",
        level=Level.POLITICAL,
        body="Kommunestyret",
        decided_date=date(2025, 11, 6),
        at=datetime(2025, 11, 7, 9, 0, tzinfo=UTC),
    )

    page = page_of(cooperation)

    rows = [row.cells for row in page.tables[0].rows]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("New rota", "Alver", "Kommunedirektøren"),
        ("Budget 2026", "Fedje", "Kommunestyret"),
    ]
    assert "2 decisions" in page.lead


def test_those_who_have_not_confirmed_are_named(cooperation, partner):
    decisions.decided(cooperation=cooperation)

    page = page_of(cooperation)

    assert page.tables[0].rows[0].cells[-1] == "Fedje"
    assert page.figures[0].value == "1"


def test_one_decided_before_but_registered_since_has_been_seen_by_no_meeting(cooperation):
    late = {"decided_date": date(2025, 10, 20), "at": datetime(2025, 11, 3, 9, 0, tzinfo=UTC)}
    seen = {"decided_date": date(2025, 10, 20), "at": datetime(2025, 10, 21, 9, 0, tzinfo=UTC)}
    decisions.decided(cooperation=cooperation, title="Late", **late)
    decisions.decided(cooperation=cooperation, title="Seen", **seen)

    assert titles(cooperation) == ["Late"]
    assert titles(cooperation, since=date(2025, 10, 20)) == ["Late", "Seen"]


def test_exempt_ones_are_counted_and_not_told(cooperation):
    decisions.decided(
        cooperation=cooperation, title="Secret", is_exempt=True, exemption_basis="offl. § 13"
    )

    told = facts(asked(cooperation))

    assert told["exempt"] == 1
    assert "Secret" not in json.dumps(told)
    assert "1 of them is exempt" in TOPIC.page(told).notes[0]


def test_open_hearings_with_how_many_have_answered(cooperation, partner, partner_director):
    hearing = hearings.opened(cooperation=cooperation, municipalities=[partner])
    assert page_of(cooperation).tables[0].rows[0].cells[-1] == "0 of 1"

    hearings.answered(hearing, by=partner_director)
    assert page_of(cooperation).tables[0].rows[0].cells[-1] == "1 of 1"

    hearings.closed(hearing, by=partner_director)
    assert page_of(cooperation).tables == ()


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_frozen_facts_tell_the_same_and_ask_the_database_nothing(
    cooperation, language, django_assert_num_queries
):
    decisions.decided(cooperation=cooperation)
    taken = facts(asked(cooperation))

    with override(language), django_assert_num_queries(0):
        assert TOPIC.page(json.loads(json.dumps(taken))) == TOPIC.page(taken)


def test_facts_of_an_older_shape_still_tell(cooperation, partner):
    decisions.decided(cooperation=cooperation)
    hearings.opened(cooperation=cooperation, municipalities=[partner])
    old = facts(asked(cooperation))
    del old["decisions"][0]["missing_from"], old["hearings"][0]["asked"]

    page = TOPIC.page(old)

    assert page.tables[0].rows[0].cells[-1] == "1"
    assert page.tables[1].rows[0].cells[-1] == "–"


def test_the_queries_do_not_grow_with_the_decisions(cooperation, django_assert_num_queries):
    for n in range(3):
        decisions.decided(cooperation=cooperation, title=f"Decision {n}")
    assert Decision.objects.count() == 3

    with django_assert_num_queries(4):
        facts(asked(cooperation))
