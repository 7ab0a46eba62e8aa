"""Pools, keys, budgets and accounts for the tests: those of Værnesregionen (cooperation.md 2.3)."""

from datetime import UTC, date, datetime
from decimal import Decimal

from municipalities.costs.accounts.models import (
    Accounts,
    AccountsLine,
    Budget,
    BudgetLine,
    BudgetState,
    Treatment,
)
from municipalities.costs.instalments import operations as instalments
from municipalities.costs.keys.models import AllocationKey, KeyAdoption, KeyPart, KeyState
from municipalities.costs.pools import operations as pools
from municipalities.costs.pools.models import Pool, PoolKind
from municipalities.costs.settlements import operations as settlements
from municipalities.costs.simulator.models import SavedSimulation
from municipalities.register.models import Municipality, Population
from tests.factories.municipalities import CooperationFactory

AT = datetime(2024, 11, 1, 9, 0, tzinfo=UTC)
STARTS = date(2024, 1, 1)
INHABITANTS = {"Stjørdal": 24717, "Selbu": 4216, "Meråker": 2454, "Tydal": 773}
NUMBERS = {"Stjørdal": "5035", "Selbu": "5032", "Meråker": "5034", "Tydal": "5033"}


def municipality(name: str) -> Municipality:
    """One of Værnesregionen, with its inhabitants on every 1 January from 2023 to 2026."""
    found, _ = Municipality.objects.get_or_create(
        number=NUMBERS[name],
        valid_from=date(2024, 1, 1),
        defaults={
            "name": name,
            "county_number": "50",
            "county": "Trøndelag",
            "written_form": "neutral",
        },
    )
    for year in range(2023, 2027):
        Population.objects.get_or_create(
            municipality=found,
            counted_date=date(year, 1, 1),
            defaults={
                "inhabitants": INHABITANTS[name],
                "source": "SSB 07459",
                "retrieved_date": date(year, 3, 1),
            },
        )
    return found


def vaernes(slug: str = "vaernes"):
    """The cooperation of the four, Stjørdal as host."""
    host, *partners = [municipality(name) for name in INHABITANTS]
    return CooperationFactory(slug=slug, name="Legevakt Værnes", host=host, partners=partners)


def pool(*, cooperation=None, slug="legevakt", **terms) -> Pool:
    """A pool from 2024 that all of the cooperation share."""
    cooperation = cooperation or vaernes()
    found = Pool.objects.filter(cooperation=cooperation, slug=slug).first()
    return found or pools.open_pool(
        cooperation=cooperation,
        slug=slug,
        name=terms.pop("name", "Legevakt"),
        kind=terms.pop("kind", PoolKind.LEGEVAKT),
        starts_date=terms.pop("starts_date", STARTS),
        **terms,
    )


def draft_key(
    *, pool: Pool, parts: dict | None = None, valid_from=STARTS, capital=None, **terms
) -> AllocationKey:
    """A draft: `parts` and `capital` map a kind to its percent; 10/90 unless told otherwise."""
    key = AllocationKey.objects.create(
        pool=pool,
        number=pool.keys.count() + 1,
        valid_from=valid_from,
        created_at=AT,
        **terms,
    )
    for kind, percent in (parts or {"equal": 10, "population": 90}).items():
        KeyPart.objects.create(key=key, kind=kind, percent=Decimal(percent))
    for kind, percent in (capital or {}).items():
        KeyPart.objects.create(key=key, kind=kind, percent=Decimal(percent), is_capital=True)
    return key


def sent_key(**terms) -> AllocationKey:
    """A key that waits for the councils."""
    key = draft_key(**terms)
    key.state, key.sent_at = KeyState.SENT, AT
    key.save()
    return key


def adopted_key(**terms) -> AllocationKey:
    """A key adopted by all who share the pool; the one before it ends that day."""
    key = sent_key(**terms)
    for member in key.pool.members.within(starts=key.valid_from, ends=date.max):
        KeyAdoption.objects.create(
            key=key,
            municipality=member.municipality,
            is_adopted=True,
            decided_date=date(2023, 11, 15),
            case_number="23/114",
            recorded_at=AT,
        )
    earlier = key.pool.keys.filter(state=KeyState.ADOPTED, valid_to__isnull=True)
    earlier.update(valid_to=key.valid_from)
    key.state, key.adopted_at = KeyState.ADOPTED, AT
    key.save()
    return key


def budget(*, pool: Pool, year: int, lines: dict | None = None) -> Budget:
    """An adopted budget: art → amount on function 290; 10 000 000 net unless told otherwise."""
    found = Budget.objects.create(
        pool_year=pools.year_of(pool=pool, year=year), number=1, created_at=AT
    )
    for art, amount in (lines or {"010": 11_000_000, "700": -1_000_000}).items():
        BudgetLine.objects.create(budget=found, function="290", art=art, amount=amount)
    found.state, found.adopted_date = BudgetState.ADOPTED, date(year - 1, 12, 10)
    found.save()
    return found


TREATMENTS = {"010": "wages", "190": "capital", "700": "own_revenue", "750": "from_partners"}


def accounts(*, pool: Pool, year: int, lines: dict | None = None, up_to_month=12) -> Accounts:
    """Accounts: art → amount; gross 12 345 678 and own revenue 1 234 567 unless told otherwise."""
    pool_year = pools.year_of(pool=pool, year=year)
    found = Accounts.objects.create(
        pool_year=pool_year,
        number=pool_year.accounts.count() + 1,
        up_to_month=up_to_month,
        file_name="rekneskap.csv",
        digest="0" * 64,
        rows_read=2,
        rows_left_out=0,
        imported_at=AT,
    )
    given = lines or {"010": 12_345_678, "700": -1_234_567, "750": -10_000_000}
    AccountsLine.objects.bulk_create(
        AccountsLine(
            accounts=found,
            row_number=place,
            function="290",
            art=art,
            treatment=TREATMENTS.get(art, Treatment.RUNNING),
            amount=amount,
        )
        for place, (art, amount) in enumerate(given.items(), 1)
    )
    return found


def plan(*, pool: Pool, year: int, by=None, approver=None):
    """An approved plan of instalments, from the budget of the year."""
    if not pool.years.filter(year=year, budgets__isnull=False).exists():
        budget(pool=pool, year=year)
    draft = instalments.prepare(pool_year=pools.year_of(pool=pool, year=year), by=by, at=AT)
    return instalments.approve(plan=draft, by=approver, at=AT)


def revised_plan(pool_year, *, amount):
    """An approved plan after a revised budget of so much, which replaces the one before."""
    return instalments.approve(plan=revised_draft(pool_year, amount=amount), by=None, at=AT)


def revised_draft(pool_year, *, amount):
    """A draft of instalments after a revised budget of so much."""
    number = pool_year.budgets.count() + 1
    revised = Budget.objects.create(pool_year=pool_year, number=number, created_at=AT)
    BudgetLine.objects.create(budget=revised, function="290", art="010", amount=amount)
    revised.state, revised.adopted_date = BudgetState.ADOPTED, date(pool_year.year, 6, 1)
    revised.save()
    return instalments.prepare(pool_year=pool_year, by=None, at=AT)


def settled_year(*, year=2025, parts=None, **terms):
    """A pool's year with a key of 20/80, budget, approved plan and closed accounts."""
    found = pool(**terms)
    if not found.keys.exists():
        adopted_key(pool=found, parts=parts or {"equal": 20, "population": 80})
    plan(pool=found, year=year)
    accounts(pool=found, year=year)
    pool_year = pools.year_of(pool=found, year=year)
    pool_year.closed_at = AT
    pool_year.save()
    return pool_year


def settlement(*, pool_year=None, kind="final", by=None, **terms):
    """A draft of the year's settlement."""
    return settlements.prepare(
        pool_year=pool_year or settled_year(), kind=kind, by=by, at=AT, **terms
    )


def sent_settlement(**terms):
    """A settlement that the partners are asked to verify."""
    return settlements.send(settlement=settlement(**terms), comments_until=date(2025, 3, 1), at=AT)


def approved_settlement(*, approver=None, **terms):
    """A settlement that is frozen."""
    return settlements.approve(settlement=sent_settlement(**terms), by=approver, at=AT)


def simulation(*, pool: Pool) -> SavedSimulation:
    """A saved simulation of 50/50."""
    return SavedSimulation.objects.create(
        pool=pool, name="50/50", asked={"pool": pool.slug, "year": "2025"}, saved_at=AT
    )


def years_under_way(*, cooperation) -> Pool:
    """A pool whose 2025 is settled, 2026 sent for comment with a draft plan, 2027 drafted."""
    found = settled_year(cooperation=cooperation, parts={"equal": 100}).pool
    approved_settlement(pool_year=found.years.get(year=2025))
    budget(pool=found, year=2026)
    instalments.prepare(pool_year=found.years.get(year=2026), by=None, at=AT)
    for year in (2026, 2027):
        accounts(pool=found, year=year)
    sent_settlement(pool_year=found.years.get(year=2026), kind="preliminary")
    settlement(pool_year=found.years.get(year=2027), kind="preliminary")
    return found
