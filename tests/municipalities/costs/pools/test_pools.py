"""Pools: who shares them, when, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.costs.pools.models import AreaPopulation, Pool, PoolMember, PoolYear
from tests.factories import costs
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


@pytest.fixture
def pool():
    return costs.pool()


@pytest.fixture
def controller(client, pool):
    client.force_login(MembershipFactory(cooperation=pool.cooperation, role=Role.CONTROLLER).user)
    return client


def url(name, pool, *arguments):
    return reverse(name, args=[pool.cooperation.slug, pool.slug, *arguments])


def test_a_new_pool_is_shared_by_all_that_take_part(controller, pool):
    told = {
        "name": "LVS",
        "slug": "lvs",
        "kind": "lvs",
        "unit": "krone",
        "proration": "months",
        "instalments_a_year": "4",
        "deviation_rule": "settled",
        "starts_date": "2025-01-01",
    }

    controller.post(reverse("pool_new", args=[pool.cooperation.slug]), told)

    made = Pool.objects.get(slug="lvs")
    assert made.members.count() == 4
    assert (
        "name"
        in controller.post(reverse("pool_new", args=[pool.cooperation.slug]), {**told, "name": ""})
        .context["form"]
        .errors
    )


def test_a_bilateral_pool_begins_with_the_host_alone(pool):
    daytime = costs.pool(cooperation=pool.cooperation, slug="dagtid", is_bilateral=True)

    assert [m.municipality for m in daytime.members.all()] == [pool.cooperation.host]


def test_the_days_of_a_member_are_changed(controller, pool):
    member = pool.members.get(municipality__name="Tydal")
    told = {"joined_date": "2024-01-01", "left_date": "2025-07-01", "area": ""}

    answer = controller.post(url("pool_member", pool, member.pk), told)

    assert answer.status_code == 302, answer.context["form"].errors
    member.refresh_from_db()
    assert member.left_date == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("joined", "left", "words"),
    [("2025-01-01", "2024-01-01", "leave before it joins"), ("2024-06-01", "", "shares the pool")],
)
def test_impossible_days_are_refused_in_words(controller, pool, joined, left, words):
    tydal = costs.municipality("Tydal")
    told = {"municipality": tydal.pk, "joined_date": joined, "left_date": left}

    response = controller.post(url("pool_member_new", pool), told)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_inhabitants_of_a_part_are_given(controller, pool):
    member = pool.members.get(municipality__name="Selbu")
    told = {"counted_date": "2025-01-01", "inhabitants": "120", "source": "Selbu kommune"}

    assert controller.post(url("area_population", pool, member.pk), told).status_code == 302
    refused = controller.post(url("area_population", pool, member.pk), told)

    assert AreaPopulation.objects.get().inhabitants == 120
    assert refused.status_code == 422


def test_a_year_is_begun_once(controller, pool):
    for _ in range(2):
        controller.post(url("pool_year_begin", pool), {"year": "2025"})

    assert PoolYear.objects.count() == 1
    assert controller.post(url("pool_year_begin", pool), {"year": "0"}).status_code == 404


def overlapping(pool):
    PoolMember.objects.bulk_create(
        [PoolMember(pool=pool, municipality=costs.municipality("Tydal"), joined_date=DAY)]
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (overlapping, "pool_member_shares_once_at_a_time"),
        (
            lambda pool: pool.members.update(left_date=date(2023, 1, 1)),
            "pool_member_leaves_after_joining",
        ),
        (lambda pool: PoolYear.objects.create(pool=pool, year=2020), "pool_year_is_within"),
        (lambda pool: PoolYear.objects.create(pool=pool, year=1), "pool_year_is_"),
        (
            lambda pool: Pool.objects.filter(pk=pool.pk).update(ends_date=date(2020, 1, 1)),
            "pool_ends_after_start",
        ),
        (
            lambda pool: Pool.objects.filter(pk=pool.pk).update(overspend_percent=-1),
            "pool_overspend_is_not_negative",
        ),
    ],
)
def test_the_database_refuses(pool, change, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change(pool)


def test_whom_one_carries_over_has_left_before(controller, pool):
    selbu, tydal = (pool.members.get(municipality__name=name) for name in ("Selbu", "Tydal"))
    for member in (selbu, tydal):
        member.left_date = date(2026, 1, 1)
        member.save()
    told = {"joined_date": "2024-01-01", "left_date": "2026-01-01", "predecessors": [tydal.pk]}

    answer = controller.post(url("pool_member", pool, selbu.pk), told)

    assert "Tydal" in str(answer.context["form"].errors["predecessors"])
    assert not selbu.predecessors.exists()


def test_whom_another_carries_over_stays_out(controller, pool):
    selbu, tydal = (pool.members.get(municipality__name=name) for name in ("Selbu", "Tydal"))
    pool.members.filter(pk=tydal.pk).update(left_date=date(2025, 1, 1))
    pool.members.filter(pk=selbu.pk).update(joined_date=date(2025, 1, 1))
    selbu.predecessors.add(tydal)

    answer = controller.post(url("pool_member", pool, tydal.pk), {"joined_date": "2024-01-01"})

    assert "Tydal" in str(answer.context["form"].errors["left_date"])


def test_a_year_outside_the_pool_is_not_begun(controller, pool):
    assert controller.post(url("pool_year_begin", pool), {"year": "2023"}).status_code == 404
    assert not pool.years.exists()
