"""What the demonstration costs: three pools, their keys, last year settled and this year under way.

Every amount is invented. Inhabitants after 2024 are carried forward, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from legevakt.lib.money import Unit, rounded
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts import budgeting
from municipalities.costs.accounts import operations as accounts
from municipalities.costs.accounts.files import AccountsFile, Line
from municipalities.costs.accounts.queries import treatments_of
from municipalities.costs.instalments import operations as instalments
from municipalities.costs.instalments.models import Instalment
from municipalities.costs.invoicing.batches import Batch, Kind
from municipalities.costs.invoicing.models import BillingDetails
from municipalities.costs.invoicing.operations import make_claims
from municipalities.costs.keys import operations as keys
from municipalities.costs.keys.models import AllocationKey, PartKind
from municipalities.costs.keys.operations import PartTerms, deciding
from municipalities.costs.pools import operations as pools
from municipalities.costs.pools.models import Pool, PoolKind, PoolYear
from municipalities.costs.settlements import operations as settlements
from municipalities.costs.settlements.models import SettlementKind
from municipalities.register.figures import Figure
from municipalities.register.models import Municipality
from municipalities.register.operations import load_population

CONTROLLER, DIRECTOR = "controller@alver.example", "kommunedirektor@alver.example"
STARTS = date(2024, 1, 1)
CARRIED = "Demonstrasjon, basert på SSB 1.1.2024"  # both written forms
# Kroner a year by art; revenue is negative.
LEGEVAKT = {
    "010": 13_400_000,
    "020": 1_150_000,
    "090": 1_900_000,
    "099": 2_320_000,
    "110": 640_000,
    "190": 1_480_000,
    "271": 2_250_000,
    "600": -1_700_000,
    "700": -4_900_000,
}
LVS = {
    "010": 7_900_000,
    "020": 620_000,
    "090": 1_080_000,
    "099": 1_340_000,
    "130": 410_000,
    "150": 180_000,
    "190": 520_000,
}
DAYTIME = {"010": 2_100_000, "099": 296_000, "110": 95_000, "700": -610_000}
BY_POOL: Mapping[str, Mapping[str, int]] = {"legevakt": LEGEVAKT, "lvs": LVS, "dagtid": DAYTIME}
GROWTH = Decimal("1.034")
ORG_NUMBERS = {
    "4631": "920290922",
    "4632": "948350823",
    "4633": "944041036",
    "4634": "945627913",
    "4629": "964969302",
    "4635": "938497524",
    "4630": "864338712",
    "4636": "964967458",
}


def write(*, founded: Cooperation, at: datetime) -> None:
    """Pools, keys, inhabitants, and the years; each through its own operation."""
    today = local_day(at)
    _carry_inhabitants_forward(founded, today=today)
    _give_billing_details(founded)
    found = _open_pools(founded)
    for pool in found:
        _adopt_first_key(pool, at=at)
        _write_year(pool, year=today.year - 1, up_to_month=12, at=at)
        _write_year(pool, year=today.year, up_to_month=max(today.month - 1, 1), at=at)
    legevakt, lvs, _daytime = found
    _settle(lvs.years.get(year=today.year - 1), at=at, is_approved=True)
    _settle(legevakt.years.get(year=today.year - 1), at=at, is_approved=False)
    _send_next_key(legevakt, today=today, at=at)


def person(email: str) -> User:
    return User.objects.get(email=email)


def _carry_inhabitants_forward(founded: Cooperation, *, today: date) -> None:
    """From the last count, 1 per cent up or down a year, so that shares move a little."""
    taking_part = Municipality.objects.filter(participations__cooperation=founded)
    counted = {each: each.populations.latest("counted_date") for each in taking_part}
    figures = [
        Figure(
            region=municipality.name,
            number=municipality.number,
            counted_date=date(year, 1, 1),
            inhabitants=_moved(last.inhabitants, years=year - last.counted_date.year, of=place),
        )
        for place, (municipality, last) in enumerate(counted.items())
        for year in range(last.counted_date.year + 1, today.year + 1)
    ]
    load_population(figures=figures, source=CARRIED, retrieved_date=today)


def _moved(count: int, *, years: int, of: int) -> int:
    return round(count * (1 + (of % 3 - 1) * years / 100))


def _give_billing_details(founded: Cooperation) -> None:
    """Organisation numbers as Enhetsregisteret has them; references are invented."""
    for municipality in Municipality.objects.filter(participations__cooperation=founded):
        is_host = municipality == founded.host
        BillingDetails.objects.create(
            cooperation=founded,
            municipality=municipality,
            org_number=ORG_NUMBERS[municipality.number],
            reference="" if is_host else f"LV-{municipality.number}",
            series="LV" if is_host else "",
            exemption_reason="Ikkje omfatta av meirverdiavgiftslova" if is_host else "",
            posting="3420" if is_host else "",
        )


def _open_pools(founded: Cooperation) -> list[Pool]:
    legevakt = pools.open_pool(
        cooperation=founded,
        slug="legevakt",
        name="Legevakt kveld, natt og helg",
        kind=PoolKind.LEGEVAKT,
        starts_date=STARTS,
        overspend_percent=Decimal(5),
    )
    lvs = pools.open_pool(
        cooperation=founded,
        slug="lvs",
        name="Legevaktsentralen",
        kind=PoolKind.CENTRAL,
        starts_date=STARTS,
    )
    daytime = pools.open_pool(
        cooperation=founded,
        slug="dagtid",
        name="Daglegevakt for Alver og Austrheim",
        kind=PoolKind.DAYTIME,
        is_bilateral=True,
        instalments_a_year=2,
        starts_date=STARTS,
    )
    austrheim = Municipality.objects.get(number="4632", valid_to=None)
    pools.add_member(pool=daytime, municipality=austrheim, joined_date=STARTS)
    return [legevakt, lvs, daytime]


EQUAL_PERCENT = {"legevakt": 20, "lvs": 10, "dagtid": 50}


def _adopt_first_key(pool: Pool, *, at: datetime) -> None:
    key = _key(pool, equal=EQUAL_PERCENT[pool.slug], valid_from=STARTS, at=at)
    for place, municipality in enumerate(deciding(key), 1):
        keys.record_adoption(
            key=key,
            municipality=municipality,
            is_adopted=True,
            decided_date=date(2023, 11, 10 + place),
            case_number=f"PS {100 + place}/23",
            by=person(CONTROLLER),
            at=at,
        )


def _key(pool: Pool, *, equal: int, valid_from: date, at: datetime) -> AllocationKey:
    """A key of so many per cent equally and the rest by inhabitants, sent to the councils."""
    draft = keys.draft(pool=pool, valid_from=valid_from, by=person(CONTROLLER), at=at)
    parts = [
        PartTerms(kind=PartKind.EQUAL, percent=Decimal(equal)),
        PartTerms(kind=PartKind.POPULATION, percent=Decimal(100 - equal)),
    ]
    keys.write(key=draft, parts=parts, terms={"overhead_nok": Decimal(120_000)})
    return keys.send(key=draft, at=at)


def _send_next_key(pool: Pool, *, today: date, at: datetime) -> None:
    """A key with more shared equally, which three councils have adopted so far."""
    key = _key(pool, equal=40, valid_from=date(today.year + 1, 1, 1), at=at)
    for place, municipality in enumerate(deciding(key)[:3], 1):
        keys.record_adoption(
            key=key,
            municipality=municipality,
            is_adopted=True,
            decided_date=today - timedelta(days=7 * place),
            case_number=f"PS {60 + place}/{today:%y}",
            by=person(CONTROLLER),
            at=at,
        )


def _write_year(pool: Pool, *, year: int, up_to_month: int, at: datetime) -> None:
    """Budget, instalments, what is paid of them, and the accounts so far."""
    pool_year = pools.year_of(pool=pool, year=year)
    _adopt_budget(pool_year, at=at)
    draft = instalments.prepare(pool_year=pool_year, by=person(CONTROLLER), at=at)
    plan = instalments.approve(plan=draft, by=person(DIRECTOR), at=at)
    found = Instalment.objects.filter(line__plan=plan)
    due = dict(found.values_list("number", "due_date"))
    for number, due_date in sorted(due.items()):
        if due_date <= local_day(at):
            make_claims(
                pool_year=pool_year,
                batch=Batch(Kind.INSTALMENT, number),
                issue_date=due_date - timedelta(days=14),
                due_date=due_date,
                by=person(CONTROLLER),
                at=at,
            )
            instalments.record_all_paid(
                plan=plan, number=number, paid_date=due_date, by=person(CONTROLLER), at=at
            )
    accounts.import_accounts(
        pool_year=pool_year,
        read=_read(pool_year, up_to_month=up_to_month),
        up_to_month=up_to_month,
        file_name=f"rekneskap-{year}.csv",
        by=person(CONTROLLER),
        at=at,
    )


def _adopt_budget(pool_year: PoolYear, *, at: datetime) -> None:
    year = pool_year.year
    draft = budgeting.draft_budget(pool_year=pool_year, by=person(CONTROLLER), at=at)
    for art, amount in BY_POOL[pool_year.pool.slug].items():
        budgeting.write_line(budget=draft, function="290", art=art, amount=_in_year(amount, year))
    budgeting.adopt_budget(
        budget=draft, adopted_date=date(year - 1, 12, 12), case_number=f"KS 98/{year - 1}", at=at
    )


def _in_year(amount: int, year: int) -> Decimal:
    """The amount of 2025, grown to the year, in whole kroner."""
    return rounded(amount * GROWTH ** (year - 2025), Unit.KRONE)


def _read(pool_year: PoolYear, *, up_to_month: int) -> AccountsFile:
    """A line for each art and month, a little beside the budget; and what the partners paid."""
    treatments = treatments_of(pool_year.pool.cooperation_id)
    lines = []
    for place, (art, amount) in enumerate(BY_POOL[pool_year.pool.slug].items()):
        yearly = _in_year(amount, pool_year.year) * (100 + (place * 7) % 11 - 1) / 100
        for month in range(1, up_to_month + 1):
            lines.append((art, month, rounded(yearly / 12, Unit.ORE)))
    paid: dict[int, Decimal] = {}
    for payment in pool_year.payments.all():
        month = payment.paid_date.month
        paid[month] = paid.get(month, Decimal(0)) - payment.amount
    lines += [("750", month, amount) for month, amount in paid.items() if month <= up_to_month]
    made = tuple(
        Line(
            row=place,
            function="290",
            art=art,
            amount=amount,
            treatment=treatments[art],
            unit={"legevakt": "3420", "lvs": "3421"}.get(pool_year.pool.slug, "3425"),
            month=month,
        )
        for place, (art, month, amount) in enumerate(lines, 2)
    )
    return AccountsFile(lines=made, rows_read=len(made), left_out={})


def _settle(pool_year: PoolYear, *, at: datetime, is_approved: bool) -> None:
    """The closed year settled and sent; Austrheim has verified it."""
    accounts.close_year(pool_year=pool_year, by=person(CONTROLLER), at=at)
    draft = settlements.prepare(
        pool_year=pool_year, kind=SettlementKind.FINAL, by=person(CONTROLLER), at=at
    )
    sent = settlements.send(
        settlement=draft, comments_until=local_day(at) + timedelta(days=14), at=at
    )
    settlements.comment(
        settlement=sent,
        municipality=Municipality.objects.get(number="4632", valid_to=None),
        is_accepted=True,
        text="",
        by=person("kommunedirektor@austrheim.example"),
        at=at,
    )
    if is_approved:
        settlements.approve(settlement=sent, by=person(DIRECTOR), at=at)
