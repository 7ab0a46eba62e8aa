"""What a reader's municipality owes this year: claimed so far, and what comes next."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.costs.hub.owed import Owed, owed_by, owed_of
from municipalities.costs.statements.queries import statement_of
from municipalities.register.models import Municipality
from tests.factories import billing, costs

DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
DUES = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), DAYS, st.decimals(0, 10**6, places=2)), max_size=12
)


def asked(vaernes, user, *, today=date(2025, 5, 1)):
    return owed_by(cooperation=vaernes.cooperation, user=user, today=today)


@pytest.mark.parametrize(
    ("today", "next_date"),
    [
        (date(2025, 1, 15), date(2025, 1, 15)),
        (date(2025, 1, 16), date(2025, 4, 15)),
        (date(2025, 12, 24), None),
    ],
)
def test_a_quarter_of_ten_millions_of_which_one_instalment_is_claimed(today, next_date, vaernes):
    billing.claimed_year(cooperation=vaernes.cooperation)
    assert asked(vaernes, vaernes.tydal, today=today) == [
        Owed(
            municipality=Municipality.objects.get(name="Tydal"),
            year=2025,
            amount=Decimal("2500000.00"),
            claimed=Decimal("625000.00"),
            next_date=next_date,
            next_amount=Decimal(625_000 if next_date else 0),
        )
    ]


def test_the_hosts_people_see_what_all_pay_together(vaernes, django_assert_max_num_queries):
    billing.claimed_year(cooperation=vaernes.cooperation)
    with django_assert_max_num_queries(4):
        (found,) = asked(vaernes, vaernes.director)
    assert (found.municipality, found.amount) == (None, Decimal(10_000_000))
    assert (found.next_date, found.next_amount) == (date(2025, 7, 15), Decimal(2_500_000))
    assert asked(vaernes, vaernes.auditor) == [found]


def test_it_is_the_statements_amount_also_when_a_revised_plan_replaces_the_first(vaernes):
    year = billing.claimed_year(cooperation=vaernes.cooperation)
    other = costs.pool(cooperation=vaernes.cooperation)
    costs.adopted_key(pool=other)
    costs.plan(pool=other, year=2025)
    costs.revised_plan(year, amount=12_000_000)
    (found,) = asked(vaernes, vaernes.tydal)
    statement = statement_of(
        cooperation=vaernes.cooperation,
        municipality=Municipality.objects.get(name="Tydal"),
        year=2025,
        user=vaernes.tydal,
    )
    assert found.amount == sum(each.plan.amount for each in statement.pools)
    assert found.claimed == Decimal(625_000)


def test_a_pool_between_two_is_not_in_the_amount_of_a_third(vaernes):
    pool = costs.pool(cooperation=vaernes.cooperation, is_bilateral=True)
    costs.adopted_key(pool=pool, parts={"equal": 100})
    costs.plan(pool=pool, year=2025)
    pool.members.filter(municipality__name="Tydal").update(left_date=date(2024, 12, 31))
    assert asked(vaernes, vaernes.selbu)


@pytest.mark.parametrize("year", [2024, 2026])
def test_without_a_plan_in_force_nothing_is_owed(year, vaernes):
    billing.claimed_year(cooperation=vaernes.cooperation)
    for user in (vaernes.tydal, vaernes.director):
        assert asked(vaernes, user, today=date(year, 6, 1)) == []


@given(dues=DUES, today=DAYS)
def test_what_all_owe_is_the_sum_of_what_each_owes(dues, today):
    dues = sorted(dues, key=lambda each: each[1])
    each = [
        owed_of(Municipality(pk=pk), dues=dues, claims=[], today=today)
        for pk in {pk for pk, _, _ in dues}
    ]
    whole = owed_of(None, dues=dues, claims=[], today=today)
    assert (whole.amount if whole else 0) == sum(one.amount for one in each)
    coming = [one.next_date for one in each if one.next_date]
    assert (whole.next_date if whole else None) == min(coming, default=None)
