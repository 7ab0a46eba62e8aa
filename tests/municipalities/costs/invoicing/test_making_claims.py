"""Claims of what is approved: once, without gaps, and never of the host itself."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.costs.accounts.models import Budget
from municipalities.costs.instalments import operations as instalments
from municipalities.costs.instalments.errors import CannotPlan
from municipalities.costs.instalments.models import Instalment
from municipalities.costs.invoicing.checking import checked
from municipalities.costs.invoicing.errors import CannotClaim
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.invoicing.ubl import document
from municipalities.costs.invoicing.writing import id_of, written
from tests.factories import billing, costs

QUARTER = {"Selbu": 387_189, "Meråker": 277_612, "Tydal": 173_073}
RESTS = {"Selbu": 172_084, "Meråker": 123_383, "Tydal": 76_921}


@pytest.fixture
def year(db):
    """The year of the reference, with a plan in force and whom to invoice."""
    found = costs.settled_year()
    billing.billed(found.pool.cooperation)
    return found


def amounts(claims) -> dict:
    return {claim.municipality.name: claim.amount for claim in claims}


def test_an_instalment_is_claimed_of_all_but_the_host(year):
    made = billing.claims_of_instalment(year)

    assert amounts(made) == QUARTER
    assert [id_of(claim) for claim in made] == ["LV-0001", "LV-0002", "LV-0003"]


def test_a_settlement_is_claimed_with_what_is_left(year):
    settlement = costs.approved_settlement(pool_year=year)

    assert amounts(billing.claims_of_settlement(settlement)) == RESTS


def test_claiming_again_makes_nothing_new(year):
    billing.claims_of_instalment(year)

    assert billing.claims_of_instalment(year) == []
    assert Claim.objects.count() == 3


def test_numbers_run_on_through_instalments_and_settlements_whatever_the_series(year):
    billing.claims_of_instalment(year)
    BillingDetails.objects.exclude(series="").update(series="AV")
    billing.claims_of_settlement(costs.approved_settlement(pool_year=year))

    ids = [id_of(claim) for claim in Claim.objects.order_by("number")]
    assert ids == ["LV-0001", "LV-0002", "LV-0003", "AV-0004", "AV-0005", "AV-0006"]


def test_what_is_claimed_is_not_claimed_again_by_later_plans(year):
    billing.claims_of_instalment(year)
    for number, amount in ((2, 12_000_000), (3, 13_000_000)):
        replaced_plan(year, number=number, amount=amount)

    kept = Instalment.objects.filter(line__plan__state="approved", number=1)
    claimed = {each.line.municipality.name: each.amount for each in kept if each.amount}
    assert {name: claimed[name] for name in QUARTER} == QUARTER
    assert billing.claims_of_instalment(year) == []
    assert len(billing.claims_of_instalment(year, number=2)) == 3


def replaced_plan(year, *, number, amount):
    """Another plan in force, after a revised budget."""
    budget = Budget.objects.create(pool_year=year, number=number, created_at=costs.AT)
    budget.lines.create(function="290", art="010", amount=amount)
    budget.state, budget.adopted_date = "adopted", date(2025, 6, number)
    budget.save()
    draft = instalments.prepare(pool_year=year, by=None, at=costs.AT)
    return instalments.approve(plan=draft, by=None, at=costs.AT)


def test_a_series_is_needed_first(year):
    BillingDetails.objects.update(series="")

    with pytest.raises(CannotClaim, match="no_series"):
        billing.claims_of_instalment(year)


def test_only_what_is_approved_is_claimed(year):
    sent = costs.sent_settlement(pool_year=year)

    with pytest.raises(CannotClaim, match="not_approved"):
        billing.claims_of_settlement(sent)
    with pytest.raises(CannotClaim, match="not_approved"):
        billing.claims_of_instalment(year, number=5)


def test_a_correction_gives_back_by_a_credit_note_that_names_what_it_corrects(year):
    first = costs.approved_settlement(pool_year=year)
    claimed = {each.municipality_id: id_of(each) for each in billing.claims_of_settlement(first)}
    costs.accounts(pool=year.pool, year=2026)  # another year changes nothing here
    corrected_accounts(year)
    later = costs.approved_settlement(pool_year=year, corrects=first, reason="Feil faktura")
    made = billing.claims_of_settlement(later)

    assert made
    for each in written(made, cooperation=year.pool.cooperation):
        assert each.document.is_credit
        assert each.document.corrects == claimed[each.claim.municipality_id]
        assert b"<cbc:CreditNoteTypeCode>381" in checked(document(each.document))


def corrected_accounts(year):
    """Accounts that are 100 000 kr lower; the year is opened and closed again."""
    year.closed_at = None
    year.save()
    lines = {"010": 12_245_678, "700": -1_234_567, "750": -10_000_000}
    costs.accounts(pool=year.pool, year=year.year, lines=lines)
    year.closed_at = costs.AT
    year.save()


def test_the_electronic_invoices_of_the_reference_break_no_rule_and_sum(year):
    made = billing.claims_of_settlement(costs.approved_settlement(pool_year=year))
    documents = [each.document for each in written(made, cooperation=year.pool.cooperation)]

    assert all(checked(document(each)) for each in documents)
    assert sum(each.total for each in documents) == 1_111_111 - 738_723


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("claim_is_not_nought", {"amount": 0}),
        ("claim_rests_on_what_is_approved", {"amount": 5}),
        ("claim_is_due_after_issue", {"due_date": date(2024, 1, 1)}),
        ("claim_has_its_number", {"number": 1}),
        ("claim_is_numbered_in_a_series", {"series": "lv-1"}),
        ("claim_is_numbered_in_a_series", {"number": 0}),
        ("claim_rests_on_what_is_approved", {"instalment": None}),
        ("instalment_is_claimed_once", {}),
    ],
)
def test_the_database_itself_refuses(year, rule, changes):
    claim, *_ = billing.claims_of_instalment(year)
    if rule != "instalment_is_claimed_once":
        claim.instalment = Instalment.objects.get(line=claim.instalment.line, number=2)
        claim.amount = claim.instalment.amount
    claim.pk, claim.number = None, 9
    for name, value in changes.items():
        setattr(claim, name, value)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Claim.objects.bulk_create([claim])
    assert refused_rule(error.value) in (rule, NOUGHT_FIRST.get(rule))


# A trigger is asked before a check: what is nought is also not what is approved.
NOUGHT_FIRST = {"claim_is_not_nought": "claim_rests_on_what_is_approved"}


def test_a_claim_is_never_changed(year):
    billing.claims_of_instalment(year)

    with pytest.raises(IntegrityError, match="claims_stay"), transaction.atomic():
        Claim.objects.update(due_date=date(2030, 1, 1))
    with pytest.raises(IntegrityError, match="claims_stay"), transaction.atomic():
        Claim.objects.filter(number=1).delete()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_claim_once_without_a_gap():
    year = costs.settled_year()
    billing.billed(year.pool.cooperation)
    gate = threading.Barrier(4)

    def run(number):
        try:
            gate.wait()
            billing.claims_of_instalment(year, number=number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in (1, 1, 2, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = Claim.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_a_draft_made_before_an_instalment_was_claimed_is_made_anew(year):
    draft = costs.revised_draft(year, amount=12_000_000)
    billing.claims_of_instalment(year, number=2)

    with pytest.raises(CannotPlan, match="claimed_since"):
        instalments.approve(plan=draft, by=None, at=costs.AT)

    anew = instalments.prepare(pool_year=year, by=None, at=costs.AT)
    instalments.approve(plan=anew, by=None, at=costs.AT)
    for number in (1, 3, 4):
        billing.claims_of_instalment(year, number=number)
    shares = anew.lines.exclude(municipality__name="Stjørdal")
    assert claimed_in_all() == sum(shares.values_list("amount", flat=True))


def claimed_in_all():
    return sum(Claim.objects.values_list("amount", flat=True))


def test_a_year_that_is_settled_gets_no_other_instalments(year):
    draft = costs.revised_draft(year, amount=12_000_000)
    costs.approved_settlement(pool_year=year)

    with pytest.raises(CannotPlan, match="year_is_settled"):
        instalments.approve(plan=draft, by=None, at=costs.AT)
    with pytest.raises(CannotPlan, match="year_is_settled"):
        instalments.prepare(pool_year=year, by=None, at=costs.AT)


def test_what_one_was_claimed_that_shares_no_more_is_given_back(year):
    billing.claims_of_instalment(year)
    year.pool.members.filter(municipality__name="Tydal").update(left_date=date(2024, 12, 31))
    costs.revised_plan(year, amount=10_000_000)
    for number in (2, 3, 4):
        billing.claims_of_instalment(year, number=number)
    tydal = Claim.objects.filter(municipality__name="Tydal")

    assert sum(tydal.values_list("amount", flat=True)) == 0
    line = costs.settlement(pool_year=year).lines.get(municipality__name="Selbu")
    assert line.a_konto == sum(
        Claim.objects.filter(municipality__name="Selbu").values_list("amount", flat=True)
    )


def test_a_plan_after_the_pool_is_changed_keeps_its_instalments_and_ore(year):
    year.pool.unit = "ore"
    year.pool.save()
    costs.revised_plan(year, amount=10_000_003)
    billing.claims_of_instalment(year, number=4)
    year.pool.unit, year.pool.instalments_a_year = "krone", 3
    year.pool.save()

    plan = costs.revised_plan(year, amount=11_000_000)

    rows = Instalment.objects.filter(line__plan=plan, line__municipality__name="Tydal")
    assert rows.count() == 4
    assert sum(rows.values_list("amount", flat=True)) == rows[0].line.amount
