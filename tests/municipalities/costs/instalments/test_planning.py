"""A-konto: instalments that sum exactly, approved by another, and replaced by a later plan."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib.money import Unit
from municipalities.costs.accounts.models import Budget
from municipalities.costs.instalments import operations, rules
from municipalities.costs.instalments.errors import CannotPlan
from municipalities.costs.instalments.models import Instalment, InstalmentPlan, PlanLine
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.pools.operations import year_of
from tests.factories import costs
from tests.factories.municipalities import UserFactory


@given(
    share=st.integers(0, 10**9),
    count=st.sampled_from([1, 2, 3, 4, 12]),
    claimed=st.integers(0, 10**9),
)
def test_instalments_sum_to_the_share_also_after_some_are_claimed(share, count, claimed):
    kept = {1: Decimal(claimed)} if count > 1 else {}

    amounts = rules.parted(share=Decimal(share), count=count, unit=Unit.KRONE, kept=kept)

    assert sum(amounts.values()) == share
    assert len(amounts) == count
    left = [amount for number, amount in amounts.items() if number not in kept]
    assert max(left) - min(left) <= 1


def amounts_of(plan, name) -> list:
    rows = Instalment.objects.filter(line__plan=plan, line__municipality__name=name)
    return list(rows.order_by("number").values_list("amount", flat=True))


def keyed_pool(**terms):
    pool = costs.pool(**terms)
    costs.adopted_key(pool=pool, parts={"equal": 20, "population": 80})
    return pool


@pytest.mark.django_db
def test_the_instalments_of_the_reference():
    plan = costs.plan(pool=keyed_pool(), year=2025)

    assert plan.amount == 10_000_000
    assert amounts_of(plan, "Stjørdal") == [1_662_127] * 3 + [1_662_126]


@pytest.mark.django_db
def test_by_tertial_the_first_is_the_larger():
    plan = costs.plan(pool=keyed_pool(instalments_a_year=3), year=2025)

    assert amounts_of(plan, "Meråker") == [370_150, 370_149, 370_149]


@pytest.mark.django_db
def test_without_a_budget_there_is_no_plan():
    pool_year = year_of(pool=keyed_pool(), year=2025)

    with pytest.raises(CannotPlan, match="no_budget"):
        operations.prepare(pool_year=pool_year, by=None, at=costs.AT)


@pytest.mark.django_db
def test_a_plan_is_approved_by_another():
    by = UserFactory()
    pool = keyed_pool()
    costs.budget(pool=pool, year=2025)
    draft = operations.prepare(pool_year=year_of(pool=pool, year=2025), by=by, at=costs.AT)

    with pytest.raises(CannotPlan, match="approved_by_who_prepared"):
        operations.approve(plan=draft, by=by, at=costs.AT)


@pytest.mark.django_db
def test_a_later_plan_keeps_what_is_claimed_and_replaces_the_rest():
    plan = costs.plan(pool=keyed_pool(), year=2025)
    first = Instalment.objects.get(line__plan=plan, line__municipality__name="Tydal", number=1)
    Claim.objects.create(
        cooperation=plan.pool_year.pool.cooperation,
        pool_year=plan.pool_year,
        municipality=first.line.municipality,
        number=1,
        instalment=first,
        issue_date=date(2025, 1, 1),
        due_date=first.due_date,
        amount=first.amount,
        made_at=costs.AT,
    )
    revised = Budget.objects.create(pool_year=plan.pool_year, number=2, created_at=costs.AT)
    revised.lines.create(function="290", art="010", amount=12_000_000)
    revised.state, revised.adopted_date = "adopted", date(2025, 6, 1)
    revised.save()

    draft = operations.prepare(pool_year=plan.pool_year, by=None, at=costs.AT)
    operations.approve(plan=draft, by=None, at=costs.AT)

    plan.refresh_from_db()
    tydal = amounts_of(draft, "Tydal")
    assert plan.state == "replaced"
    assert tydal[0] == first.amount
    assert sum(tydal) == draft.lines.get(municipality__name="Tydal").amount
    assert draft.amount == 12_000_000


@pytest.mark.django_db
def test_a_payment_is_recorded_once():
    plan = costs.plan(pool=keyed_pool(), year=2025)
    tydal = plan.lines.get(municipality__name="Tydal").municipality
    paid = {
        "pool_year": plan.pool_year,
        "municipality": tydal,
        "paid_date": date(2025, 1, 15),
        "reference": "K-1",
        "by": None,
        "at": costs.AT,
    }

    first = operations.record_payment(amount=Decimal(100), **paid)

    assert operations.record_payment(amount=Decimal(100), **paid) == first
    with pytest.raises(CannotPlan, match="paid_with_another_amount"):
        operations.record_payment(amount=Decimal(101), **paid)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda p: Instalment.objects.filter(line__plan=p).update(amount=1), "instalments_stay"),
        (lambda p: PlanLine.objects.filter(plan=p).update(amount=1), "plan_lines_stay"),
        (lambda p: InstalmentPlan.objects.filter(pk=p.pk).update(amount=1), "plan_"),
        (lambda p: Instalment.objects.filter(line__plan=p).delete(), "instalments_stay"),
    ],
)
def test_the_database_freezes_an_approved_plan(change, rule):
    plan = costs.plan(pool=keyed_pool(), year=2025)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change(plan)


@pytest.mark.django_db
def test_the_database_refuses_a_plan_whose_instalments_miss_the_share():
    pool = keyed_pool()
    costs.budget(pool=pool, year=2025)
    draft = operations.prepare(pool_year=year_of(pool=pool, year=2025), by=None, at=costs.AT)
    Instalment.objects.filter(line__plan=draft, number=1).update(amount=1)

    with pytest.raises(IntegrityError, match="plan_adds_up"):
        operations.approve(plan=draft, by=None, at=costs.AT)
