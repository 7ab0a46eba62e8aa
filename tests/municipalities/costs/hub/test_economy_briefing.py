"""Economy as a meeting is told of it: the same amounts as the rooms of the economy show."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from municipalities.access.rules import Role
from municipalities.costs.accounts.queries import (
    accounts_in_force,
    budget_in_force,
    sums_of_accounts,
    sums_of_budget,
)
from municipalities.costs.accounts.reports import report_of
from municipalities.costs.hub.briefing import TOPIC, facts
from municipalities.costs.instalments.operations import record_payment
from municipalities.costs.statements.queries import statement_of
from municipalities.meetings.topics.prepared import Asked
from tests.conftest import person
from tests.factories import costs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def year(db):
    return costs.settled_year()


def asked(cooperation, *, partner=None, until=date(2026, 1, 1)) -> Asked:
    return Asked(cooperation=cooperation, partner=partner, since=date(2025, 1, 1), until=until)


def frozen(cooperation, **more):
    return json.loads(json.dumps(facts(asked(cooperation, **more))))


def test_the_last_day_of_the_year_is_of_that_year(year):
    assert frozen(year.pool.cooperation)["year"] == 2025


def test_budget_accounts_and_forecast_are_those_of_the_rooms(year):
    pool = frozen(year.pool.cooperation)["pools"][0]

    amounts = [Decimal(pool[name]) for name in ("budget", "accounts", "forecast")]
    assert amounts == [
        sums_of_budget(budget_in_force(year)).net,
        sums_of_accounts(accounts_in_force(year)).net,
        report_of(pool_year=year, up_to=12).net.forecast,
    ]
    figure = TOPIC.page(frozen(year.pool.cooperation)).figures[0]
    assert figure.value == "11,111,111 kr"
    assert figure.state == "1,111,111 kr above the budget"


def test_a_draft_of_a_settlement_is_not_told_and_one_that_is_sent_is(year):
    draft = costs.settlement(pool_year=year)
    assert frozen(year.pool.cooperation)["pools"][0]["settlement"] is None

    draft.delete()
    costs.approved_settlement(pool_year=year)
    settlement = frozen(year.pool.cooperation)["pools"][0]["settlement"]
    assert settlement["state"] == "approved"
    assert Decimal(settlement["net"]) == 11_111_111


def test_with_a_partner_it_tells_what_that_one_pays_and_has_paid(year):
    costs.approved_settlement(pool_year=year)
    tydal = costs.municipality("Tydal")
    cooperation = year.pool.cooperation
    record_payment(
        pool_year=year,
        municipality=tydal,
        paid_date=date(2025, 3, 1),
        amount=Decimal(173_072),
        reference="1",
        by=None,
        at=costs.AT,
    )

    told = frozen(cooperation, partner=tydal)

    director = person(cooperation=cooperation, municipality=tydal, role=Role.PARTNER_DIRECTOR)
    statement = statement_of(
        cooperation=cooperation, municipality=tydal, year=2025, user=director
    ).pools[0]
    amounts = [Decimal(told["shares"][0][name]) for name in ("a_konto", "paid", "share", "rest")]
    assert amounts == [statement.a_konto, statement.paid, statement.amount, statement.rest]
    assert TOPIC.page(told).tables[1].rows[0].cells[2:] == (
        "692,289",
        "173,072",
        "769,210",
        "76,921",
    )


def test_without_a_partner_nobodys_share_is_told(year):
    assert frozen(year.pool.cooperation)["shares"] == []


def test_a_pool_of_two_is_not_told_to_all(year):
    cooperation = year.pool.cooperation
    own = costs.pool(cooperation=cooperation, slug="dagtid", name="Dagtid", is_bilateral=True)
    costs.budget(pool=own, year=2025)

    assert [each["name"] for each in frozen(cooperation)["pools"]] == ["Legevakt"]


def test_without_a_budget_it_says_so(cooperation):
    page = TOPIC.page(frozen(cooperation))

    assert page.lead == "No budget of 2025 is stored."
    assert page.figures == page.tables == ()


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_frozen_facts_tell_the_same_and_ask_the_database_nothing(
    year, language, django_assert_num_queries
):
    taken = facts(asked(year.pool.cooperation, partner=costs.municipality("Tydal")))

    with override(language), django_assert_num_queries(0):
        assert TOPIC.page(json.loads(json.dumps(taken))) == TOPIC.page(taken)


def test_facts_of_an_older_shape_still_tell(year):
    old = frozen(year.pool.cooperation, partner=costs.municipality("Tydal"))
    del old["shares"][0]["paid"], old["pools"][0]["is_overspent"]

    page = TOPIC.page(old)

    assert page.tables[1].rows[0].cells[2:4] == ("692,289", "–")
    assert page.figures[0].color == "warning"


def test_the_queries_are_few(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        facts(asked(year.pool.cooperation, partner=costs.municipality("Tydal")))
