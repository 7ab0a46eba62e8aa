"""A key from draft to adopted through its pages; who may do what with it; usage."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.costs.keys.models import AllocationKey, KeyState, UsageFigure
from municipalities.costs.keys.queries import waiting_for
from tests.factories import costs
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return costs.pool()


@pytest.fixture
def person(client, pool):
    """`person(Role.CONTROLLER)`: a client in which somebody with the role is logged in."""

    def of(role, municipality=None):
        found = MembershipFactory(
            cooperation=pool.cooperation,
            role=role,
            municipality=municipality or pool.cooperation.host,
        )
        client.force_login(found.user)
        return client

    return of


def url(name, pool, *arguments):
    return reverse(name, args=[pool.cooperation.slug, pool.slug, *arguments])


TERMS = {
    "valid_from": "2026-01-01",
    "percent_equal": "10",
    "percent_population": "90",
    "population_date": "0",
    "usage_years": "1",
}


def test_a_key_goes_from_draft_to_adopted(person, pool):
    controller = person(Role.CONTROLLER)
    controller.post(url("key_new", pool), {"valid_from": "2026-01-01"})
    controller.post(url("key_write", pool, 1), TERMS)
    controller.post(url("key_send", pool, 1))
    for number in costs.NUMBERS.values():
        answer = {
            "decision": "adopted",
            "decided_date": "2025-06-01",
            "case_number": f"PS {number}/25",
        }
        assert controller.post(url("key_adoption", pool, 1, number), answer).status_code == 302

    key = pool.keys.get()
    page = controller.get(url("key", pool, 1)).content.decode()
    assert key.state == KeyState.ADOPTED
    assert "PS 5033/25" in page
    assert "773 of 32" in page


def test_the_parts_must_sum_to_100_before_it_is_sent(person, pool):
    costs.draft_key(pool=pool, parts={"equal": 10, "population": 85})

    response = person(Role.CONTROLLER).post(url("key_send", pool, 1))

    assert response.status_code == 422
    assert "sum to 95" in response.content.decode()


def test_a_new_version_begins_with_the_terms_that_hold(person, pool):
    costs.adopted_key(pool=pool, parts={"equal": 20, "fixed": 80}, overhead_nok=50_000)
    part = pool.keys.get().parts.get(kind="fixed")
    assert part.percent == 80

    person(Role.CONTROLLER).post(url("key_new", pool), {"valid_from": "2026-01-01"})

    made = pool.keys.get(number=2)
    assert (made.overhead_nok, made.parts.count()) == (50_000, 2)
    assert "is under way already" in (
        person(Role.CONTROLLER)
        .post(url("key_new", pool), {"valid_from": "2027-01-01"})
        .content.decode()
    )


def test_the_earlier_key_ends_when_the_next_is_adopted():
    pool = costs.pool()
    first = costs.adopted_key(pool=pool)

    costs.adopted_key(pool=pool, valid_from=date(2026, 1, 1))

    first.refresh_from_db()
    assert first.valid_to == date(2026, 1, 1)


def test_a_partner_answers_for_its_own_municipality_alone(person, pool):
    costs.sent_key(pool=pool)
    tydal = person(Role.PARTNER_DIRECTOR, costs.municipality("Tydal"))
    answer = {"decision": "rejected", "decided_date": "2025-06-01", "case_number": "1"}

    assert tydal.get(url("key_adoption", pool, 1, "5032")).status_code == 404
    assert tydal.post(url("key_adoption", pool, 1, "5033"), answer).status_code == 302
    assert pool.keys.get().state == KeyState.SENT


def test_what_waits_for_a_council_is_told_until_it_has_decided(pool):
    key = costs.sent_key(pool=pool)
    tydal = costs.municipality("Tydal")
    director = MembershipFactory(
        cooperation=pool.cooperation, role=Role.PARTNER_DIRECTOR, municipality=tydal
    ).user
    asked = {"cooperation": pool.cooperation, "user": director, "today": date(2025, 1, 1)}
    assert len(waiting_for(**asked)) == 1

    key.adoptions.create(
        municipality=tydal,
        is_adopted=False,
        decided_date=date(2025, 1, 1),
        case_number="1",
        recorded_at=costs.AT,
    )

    assert not waiting_for(**asked)


def test_a_key_waits_only_for_councils_that_decide_it(pool):
    tydal = costs.municipality("Tydal")
    director = MembershipFactory(
        cooperation=pool.cooperation, role=Role.PARTNER_DIRECTOR, municipality=tydal
    ).user
    pool.members.filter(municipality=tydal).update(left_date=date(2025, 1, 1))
    costs.sent_key(pool=pool, valid_from=date(2025, 1, 1))

    today = date(2024, 12, 1)
    assert not waiting_for(cooperation=pool.cooperation, user=director, today=today)


@pytest.mark.parametrize("sent", [False, True])
def test_a_draft_is_seen_by_those_who_write_it(person, pool, sent):
    (costs.sent_key if sent else costs.draft_key)(pool=pool)

    found = person(Role.PARTNER_DIRECTOR, costs.municipality("Tydal"))

    assert found.get(url("key", pool, 1)).status_code == (200 if sent else 404)
    assert person(Role.CONTROLLER).get(url("key", pool, 1)).status_code == 200


def test_a_bilateral_pool_is_seen_by_its_own_and_the_host(person, pool):
    daytime = costs.pool(cooperation=pool.cooperation, slug="dagtid", is_bilateral=True)
    selbu = costs.municipality("Selbu")
    daytime.members.create(municipality=selbu, joined_date=costs.STARTS)

    for municipality, status in ((selbu, 200), (costs.municipality("Tydal"), 404)):
        client = person(Role.PARTNER_DIRECTOR, municipality)
        assert client.get(url("keys", daytime)).status_code == status
    assert person(Role.AUDITOR).get(url("keys", daytime)).status_code == 200
    outsider = MembershipFactory(municipality=MunicipalityFactory(), role=Role.AUDITOR)
    client.force_login(outsider.user)
    assert client.get(url("keys", pool)).status_code == 404


def test_a_dropped_key_says_why(person, pool):
    costs.sent_key(pool=pool)

    person(Role.CONTROLLER).post(url("key_drop", pool, 1), {"reason": "to kommunar sa nei"})

    assert AllocationKey.objects.get().state == KeyState.DROPPED


def test_usage_is_given_for_each_municipality_and_downloaded(person, pool):
    controller = person(Role.CONTROLLER)
    slug = pool.cooperation.slug
    given = {"measure": "consultations", "year": "2024", "source": "journal", "count_5033": "0"}

    controller.post(reverse("usage_write", args=[slug]), {**given, "count_5035": "812"})

    assert dict(UsageFigure.objects.values_list("municipality__name", "count")) == {
        "Tydal": 0,
        "Stjørdal": 812,
    }
    asked = {"measure": "consultations", "format": "csv"}
    assert "812" in controller.get(reverse("usage", args=[slug]), asked).content.decode()


def test_the_list_of_keys_takes_as_many_queries_for_many(
    person, pool, django_assert_max_num_queries
):
    for year in range(2024, 2030):
        costs.adopted_key(pool=pool, valid_from=date(year, 1, 1))
    client = person(Role.AUDITOR)

    with django_assert_max_num_queries(14):
        client.get(url("keys", pool))


@pytest.mark.parametrize("year", ["9999", "0000", "²025", "-1"])
def test_a_year_that_cannot_be_reckoned_with_shows_another(person, pool, year):
    costs.adopted_key(pool=pool)

    answer = person(Role.CONTROLLER).get(url("key", pool, 1), {"year": year})

    assert answer.status_code == 200
    assert answer.context["year"] <= 2200
