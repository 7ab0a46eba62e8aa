"""What a year is shared by, read from the database, kept as JSON and explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import translation

from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.errors import CannotAllocate, NoInhabitants, NoKey
from municipalities.costs.keys.basis import basis_of
from municipalities.costs.keys.explaining import explained
from municipalities.costs.keys.kept import kept_steps
from municipalities.costs.keys.models import AllocationKey, UsageFigure
from municipalities.costs.keys.told import WORDS, told
from municipalities.costs.pools import operations as pools
from municipalities.costs.pools.models import AreaPopulation, PoolMember
from municipalities.register.models import Population
from tests.factories import costs
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db
TEN_MILLION = Decimal(10_000_000)


def shared(pool, *, year=2025, amount=TEN_MILLION, keys=None):
    basis = basis_of(pool=pool, year=year, keys=keys)
    found = allocate(amount=amount, segments=basis.segments)
    return {line.name: line.amount for line in found.lines}, basis, found


def test_the_vector_of_the_reference_comes_out_of_the_database():
    pool = costs.pool()
    costs.adopted_key(pool=pool)

    amounts, _, _ = shared(pool)

    assert amounts == {
        "Stjørdal": 7_167_071,
        "Selbu": 1_429_851,
        "Meråker": 936_754,
        "Tydal": 466_324,
    }


def test_a_share_explains_itself_from_what_was_kept():
    pool = costs.pool()
    costs.adopted_key(pool=pool)
    _, basis, found = shared(pool)
    tydal = next(line for line in found.lines if line.name == "Tydal")

    with translation.override("en"):
        told_so = explained(
            code=tydal.code,
            amount=tydal.amount,
            share=tydal.share,
            steps=kept_steps(tydal),
            terms=basis.terms,
        )

    assert told_so.sentence.startswith("Tydal pays 466")
    assert "773 of 32" in told_so.sentence
    assert [row.amount[-3:] for row in told_so.rows] == [".00", ".63", ".63"]
    assert "Rounded" in told_so.rows[-1].what


def test_one_that_joins_on_1_july_pays_half_of_a_years_share():
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 100})
    pool.members.filter(municipality__name="Tydal").update(joined_date=date(2025, 7, 1))

    amounts, basis, _ = shared(pool, amount=Decimal(2400))

    assert amounts == {"Stjørdal": 700, "Selbu": 700, "Meråker": 700, "Tydal": 300}
    assert [segment["weight"] for segment in basis.terms["segments"]] == ["1/2", "1/2"]


def test_a_new_key_within_the_year_shares_only_its_part_of_it():
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 100})
    costs.adopted_key(pool=pool, parts={"host": 100}, valid_from=date(2025, 10, 1))

    amounts, _, _ = shared(pool, amount=Decimal(1600))

    assert amounts == {"Stjørdal": 700, "Selbu": 300, "Meråker": 300, "Tydal": 300}


def test_a_merged_municipality_carries_over_inhabitants_and_usage():
    pool = costs.pool()
    costs.adopted_key(
        pool=pool, parts={"population": 50, "usage": 50}, usage_measure="calls", usage_years=1
    )
    merged = MunicipalityFactory(number="5099", name="Selbu-Tydal", valid_from=date(2025, 1, 1))
    old = PoolMember.objects.filter(pool=pool, municipality__name__in=["Selbu", "Tydal"])
    for member in PoolMember.objects.filter(pool=pool):
        UsageFigure.objects.create(
            cooperation=pool.cooperation,
            municipality=member.municipality,
            measure="calls",
            year=2024,
            count=100,
            source="116 117",
            received_at=costs.AT,
        )
    new = pools.add_member(pool=pool, municipality=merged, joined_date=date(2025, 1, 1))
    new.predecessors.set(old)
    old.update(left_date=date(2025, 1, 1))

    _, basis, _ = shared(pool)

    kept = next(m for m in basis.terms["segments"][0]["members"] if m["code"] == "5099")
    assert kept["inhabitants"]["value"] == str(4216 + 773)
    assert kept["inhabitants"]["carried_from"] == ["Selbu", "Tydal"]
    assert kept["usage"]["value"] == "200"


def test_a_part_of_a_municipality_counts_only_its_own_inhabitants():
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"population": 100})
    part = pool.members.get(municipality__name="Selbu")
    part.area = "Flora"
    part.save()

    with pytest.raises(NoInhabitants):
        shared(pool)
    AreaPopulation.objects.create(
        member=part, counted_date=date(2025, 1, 1), inhabitants=100, source="Selbu kommune"
    )

    assert shared(pool, amount=Decimal(28_044))[0]["Selbu"] == 100


def test_without_figures_the_municipality_is_named():
    pool = costs.pool()
    costs.adopted_key(pool=pool)
    Population.objects.filter(municipality__name="Tydal").delete()

    with pytest.raises(NoInhabitants) as refused:
        shared(pool)

    with translation.override("en"):
        assert told(refused.value, pool=pool).startswith("Tydal has no inhabitants")


def test_a_year_without_a_key_is_refused():
    with pytest.raises(NoKey):
        basis_of(pool=costs.pool(), year=2025)


def test_a_draft_can_be_tried_on_any_year():
    pool = costs.pool()
    key = costs.draft_key(pool=pool, parts={"equal": 100}, valid_from=date(2027, 1, 1))

    assert shared(pool, keys=[key], amount=Decimal(4))[0]["Tydal"] == 1


def test_a_pool_that_starts_in_july_is_shared_for_its_half_year():
    pool = costs.pool(starts_date=date(2025, 7, 1))
    costs.adopted_key(pool=pool, valid_from=date(2025, 7, 1))

    assert [s["starts"] for s in shared(pool)[1].terms["segments"]] == ["2025-07-01"]


def test_the_basis_takes_few_queries(django_assert_max_num_queries):
    pool = costs.pool()
    costs.adopted_key(pool=pool)

    with django_assert_max_num_queries(12):
        basis_of(pool=pool, year=2025)


FACTS = {
    "total": Decimal("99.5000"),
    "member": "5033",
    "amount": Decimal(1),
    "floors": 2,
    "reach": 1,
    "starts": date(2025, 1, 1),
    "ends": date(2025, 2, 1),
}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_refusal_has_words(code):
    refused = CannotAllocate(**FACTS)
    refused.code = code

    with translation.override("en"):
        words = told(refused)

    assert words.endswith(".")
    assert "%(" not in words


def test_a_merger_within_the_three_years_carries_over_each_year_by_itself():
    pool = costs.pool()
    terms = {"usage_measure": "calls", "usage_years": 3}
    costs.adopted_key(pool=pool, parts={"usage": 100}, **terms)
    merged = MunicipalityFactory(number="5099", name="Selbu-Tydal", valid_from=date(2024, 1, 1))
    old = list(pool.members.filter(municipality__name__in=["Selbu", "Tydal"]))
    stayed = [m.municipality for m in pool.members.all() if m not in old]
    for year, counted in (
        (2022, [*stayed, *(m.municipality for m in old)]),
        (2023, [*stayed, *(m.municipality for m in old)]),
        (2024, [*stayed, merged]),
    ):
        for municipality in counted:
            UsageFigure.objects.create(
                cooperation=pool.cooperation,
                municipality=municipality,
                measure="calls",
                year=year,
                count=100,
                source="116 117",
                received_at=costs.AT,
            )
    new = pools.add_member(pool=pool, municipality=merged, joined_date=date(2025, 1, 1))
    new.predecessors.set(old)
    pool.members.filter(pk__in=[m.pk for m in old]).update(left_date=date(2025, 1, 1))

    _, basis, _ = shared(pool)

    kept = next(m for m in basis.terms["segments"][0]["members"] if m["code"] == "5099")
    assert kept["usage"]["value"] == "500/3"
    assert kept["usage"]["carried_from"] == ["Selbu", "Tydal"]


@pytest.mark.parametrize(
    ("state", "to"), [("sent", "draft"), ("adopted", "draft"), ("adopted", "sent")]
)
def test_the_database_lets_no_key_go_back(state, to):
    pool = costs.pool()
    key = costs.sent_key(pool=pool) if state == "sent" else costs.adopted_key(pool=pool)

    with pytest.raises(IntegrityError, match="key_never_goes_back"):
        AllocationKey.objects.filter(pk=key.pk).update(state=to)
