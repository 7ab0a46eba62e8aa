"""Keys tried on a year's figures: the vectors on the page, saved, shared, and refused in words."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.costs.keys.models import UsageFigure
from municipalities.costs.simulator.models import SavedSimulation
from tests.factories import costs
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
ASKED = {"pool": "legevakt", "year": "2025", "amount": "10 000 000", "population_date": "0"}


@pytest.fixture
def pool():
    made = costs.pool()
    costs.adopted_key(pool=made)
    return made


@pytest.fixture
def director(client, pool):
    member = MembershipFactory(
        cooperation=pool.cooperation,
        municipality=costs.municipality("Tydal"),
        role=Role.PARTNER_DIRECTOR,
    )
    client.force_login(member.user)
    return client


def address(pool, **asked):
    url = reverse("simulator", args=[pool.cooperation.slug])
    return url, {**ASKED, **asked}


def table(response, name):
    return {row.cells[0]: row.cells[1:] for row in response.context[name].rows}


def test_the_vectors_of_the_reference_stand_side_by_side(director, pool):
    url, asked = address(pool, equal_a="50", population_a="50")

    response = director.get(url, asked)

    assert table(response, "kroner")["Tydal"][1:3] == (466_324, 1_370_180)
    assert table(response, "glance")["Tydal"][:6] == (
        240_361,
        466_324,
        692_289,
        918_252,
        1_144_216,
        1_370_180,
    )
    assert table(response, "kroner")["All"][1] == 10_000_000


def test_the_first_look_needs_no_question(director, pool):
    costs.budget(pool=pool, year=2025)

    response = director.get(reverse("simulator", args=[pool.cooperation.slug]))

    assert response.context["found"].amount == 10_000_000


def test_without_budget_and_accounts_it_is_ten_million(director, pool):
    url, asked = address(pool, amount="")

    assert director.get(url, asked).context["found"].amount == 10_000_000


def test_today_counts_what_its_own_key_counts(director, pool):
    """A key of usage over three years is not tried on the one year that the form asks for."""
    costs.adopted_key(
        pool=pool,
        parts={"usage": 100},
        valid_from=date(2025, 1, 1),
        usage_measure="consultations",
        usage_years=3,
    )
    for number in costs.NUMBERS.values():
        for year in (2022, 2023, 2024):
            UsageFigure.objects.create(
                cooperation=pool.cooperation,
                municipality=costs.Municipality.objects.get(number=number),
                measure="consultations",
                year=year,
                count=year - 2021 if number == "5033" else 2,
                source="journal",
                received_at=costs.AT,
            )
    url, asked = address(pool, amount="8 000", equal_a="100")

    response = director.get(url, asked)

    assert table(response, "kroner")["Tydal"][1:3] == (2_000, 2_000)


def test_parts_that_miss_100_are_told(director, pool):
    url, asked = address(pool, equal_a="50", population_a="49,5")

    response = director.get(url, asked)

    assert response.status_code == 422
    assert "99,5" in response.content.decode()


def test_what_cannot_be_shared_is_told(director, pool):
    url, asked = address(pool, usage_a="100", usage_measure="calls")

    response = director.get(url, asked)

    assert "has no figure for usage" in response.content.decode()


def test_it_is_downloaded_as_it_is_shown(director, pool):
    url, asked = address(pool, equal_a="50", population_a="50", format="csv")

    assert "1370180" in director.get(url, asked).content.decode("utf-8-sig")


def test_a_saved_simulation_is_opened_by_others_of_the_cooperation(director, client, pool):
    _url, asked = address(pool, equal_a="50", population_a="50")
    save = reverse("simulation_save", args=[pool.cooperation.slug], query=asked)

    response = director.post(save, {"name": "50/50"})

    saved = SavedSimulation.objects.get()
    assert str(saved.token) in response.url
    other = MembershipFactory(cooperation=pool.cooperation, role=Role.CONTROLLER)
    client.force_login(other.user)
    assert "equal_a=50" in client.get(response.url).url


def test_an_outsider_and_one_who_is_no_party_to_a_bilateral_pool_see_nothing(client, pool):
    daytime = costs.pool(cooperation=pool.cooperation, slug="dagtid", is_bilateral=True)
    saved = SavedSimulation.objects.create(pool=daytime, name="x", asked={}, saved_at=costs.AT)
    partner = MembershipFactory(
        cooperation=pool.cooperation,
        municipality=costs.municipality("Tydal"),
        role=Role.PARTNER_DIRECTOR,
    )
    outsider = MembershipFactory(municipality=MunicipalityFactory(), role=Role.AUDITOR)
    link = reverse("simulation", args=[pool.cooperation.slug, saved.token])

    for person in (partner, outsider):
        client.force_login(person.user)
        assert client.get(link).status_code == 404
    client.force_login(partner.user)
    url, asked = address(pool)
    assert client.get(url, asked | {"pool": "dagtid"}).status_code == 422


def test_it_takes_few_queries(director, pool, django_assert_max_num_queries):
    url, asked = address(pool, equal_a="50", population_a="50")

    with django_assert_max_num_queries(24):
        director.get(url, asked)
