"""The settlement of the reference (cooperation.md 2.3), its freezing and its correction."""

import json
import threading
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from municipalities.costs.settlements import operations, rules
from municipalities.costs.settlements.errors import CannotSettle
from municipalities.costs.settlements.models import FundEntry, Settlement, SettlementLine
from tests.factories import costs
from tests.factories.municipalities import UserFactory

pytestmark = pytest.mark.django_db
RESTS = {"Stjørdal": 738_723, "Selbu": 172_084, "Meråker": 123_383, "Tydal": 76_921}


def rests(settlement) -> dict:
    lines = settlement.lines.select_related("municipality")
    return {line.municipality.name: line.rest for line in lines}


def test_the_settlement_of_the_reference():
    found = costs.settlement()

    assert (found.net, found.rounding) == (11_111_111, 0)
    assert rests(found) == RESTS
    assert found.function_290 == 0
    assert rules.is_in_order(found.function_290)


def test_settle_prints_it_and_stores_nothing():
    costs.settled_year()
    written = StringIO()

    call_command("settle", "--pool", "legevakt", "--year", "2025", "--json", stdout=written)

    answer = json.loads(written.getvalue())
    assert {line["name"]: line["rest"] for line in answer["lines"]} == RESTS
    assert (answer["state"], answer["net"], answer["rest"]) == ("computed", 11_111_111, 1_111_111)
    assert not Settlement.objects.exists()


def test_settle_tells_what_is_missing():
    costs.pool()

    for arguments in (["--pool", "other"], ["--pool", "legevakt"]):
        with pytest.raises(CommandError, match=r"Known: legevakt|no budget"):
            call_command("settle", *arguments, "--year", "2025")


def test_preparing_again_makes_one_draft():
    year = costs.settled_year()

    costs.settlement(pool_year=year)
    costs.settlement(pool_year=year)

    assert Settlement.objects.count() == 1


def test_an_open_year_is_not_settled_finally():
    year = costs.settled_year()
    year.closed_at = None
    year.save()

    with pytest.raises(CannotSettle, match="year_is_open"):
        costs.settlement(pool_year=year)
    assert costs.settlement(pool_year=year, kind="preliminary").net == 11_111_111


def test_approving_twice_changes_nothing():
    found = costs.approved_settlement()

    again = operations.approve(settlement=found, by=None, at=costs.AT)

    assert again.approved_at == found.approved_at


def test_whoever_prepared_it_cannot_approve_it():
    by = UserFactory()
    found = costs.sent_settlement(by=by)

    with pytest.raises(CannotSettle, match="approved_by_who_prepared"):
        operations.approve(settlement=found, by=by, at=costs.AT)


def test_newer_accounts_must_be_settled_anew():
    year = costs.settled_year()
    year.closed_at = None
    year.save()
    found = costs.sent_settlement(pool_year=year, kind="preliminary")
    costs.accounts(pool=year.pool, year=2025)

    with pytest.raises(CannotSettle, match="accounts_have_changed"):
        operations.approve(settlement=found, by=None, at=costs.AT)


def corrected(year, lines):
    """The year reopened with other accounts, closed, and settled by a correction."""
    original = year.settlements.get(state="approved")
    year.closed_at = None
    year.save()
    costs.accounts(pool=year.pool, year=2025, lines=lines)
    year.closed_at = costs.AT
    year.save()
    return costs.approved_settlement(pool_year=year, corrects=original, reason="feil i lønn")


def test_a_correction_and_its_original_equal_a_fresh_settlement():
    lines = {"010": Decimal("13000000.49"), "700": -1_111_222, "750": -11_111_111}
    year = costs.settled_year()
    original = rests(costs.approved_settlement(pool_year=year))

    correction = rests(corrected(year, lines))

    fresh_year = costs.settled_year(cooperation=costs.vaernes("fresh"))
    fresh_year.closed_at = None
    fresh_year.save()
    costs.accounts(pool=fresh_year.pool, year=2025, lines=lines)
    fresh = rests(costs.settlement(pool_year=fresh_year, kind="preliminary"))
    assert {name: original[name] + correction[name] for name in fresh} == fresh


def test_a_final_settlement_claims_only_what_the_preliminary_did_not():
    year = costs.settled_year()
    costs.approved_settlement(pool_year=year, kind="preliminary")

    final = costs.settlement(pool_year=year)

    assert set(rests(final).values()) == {Decimal(0)}
    assert {line.settled_before for line in final.lines.all()} == {*map(Decimal, RESTS.values())}


def test_a_surplus_goes_to_the_fund_and_a_deficit_is_first_met_from_it():
    year = costs.settled_year(deviation_rule="fund")
    year.closed_at = None
    year.save()
    costs.accounts(pool=year.pool, year=2025, lines={"010": 9_500_000})
    surplus = costs.approved_settlement(pool_year=year, kind="preliminary")
    later = costs.plan(pool=year.pool, year=2026).pool_year
    costs.accounts(pool=year.pool, year=2026, lines={"010": 10_800_000})

    deficit = costs.approved_settlement(pool_year=later, kind="preliminary")

    assert (surplus.fund, sum(rests(surplus).values())) == (500_000, 0)
    assert (deficit.fund, sum(rests(deficit).values())) == (-500_000, 300_000)
    assert sum(FundEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda s: Settlement.objects.filter(pk=s.pk).update(net=1), "approved_settlement_stays"),
        (lambda s: s.delete(), "lines_stay"),
        (lambda s: SettlementLine.objects.filter(settlement=s).update(rest=0), "lines_stay"),
        (lambda s: SettlementLine.objects.filter(settlement=s).delete(), "lines_stay"),
        (
            lambda s: FundEntry.objects.create(
                pool=s.pool_year.pool, amount=-1, text="-", entered_date=date(2025, 1, 1)
            ),
            "fund_is_not_overdrawn",
        ),
    ],
)
def test_the_database_freezes_what_is_approved(change, rule):
    found = costs.approved_settlement()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change(found)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"net": 1, "gross": 1_234_568}, "settlement_adds_up"),
        ({"state": "draft", "net": 0}, "settlement_net_is_what_it_is_made_of"),
        ({"state": "draft", "net": 0, "gross": 1_234_567}, "settlement_shares_something"),
        ({"capital": -1}, "settlement_capital_is_part_of_net"),
    ],
)
def test_the_database_refuses_what_does_not_add_up(fields, rule):
    found = costs.settlement()
    fields = {"state": "approved", "approved_at": costs.AT, "sent_at": costs.AT, **fields}

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Settlement.objects.filter(pk=found.pk).update(**fields)


def test_the_database_refuses_a_final_settlement_of_an_open_year():
    found = costs.sent_settlement()
    found.pool_year.closed_at = None
    found.pool_year.save()

    with pytest.raises(IntegrityError, match="final_settlement_is_of_a_closed_year"):
        Settlement.objects.filter(pk=found.pk).update(state="approved", approved_at=costs.AT)


def test_a_comment_belongs_to_one_that_is_sent():
    found = costs.settlement()
    tydal = found.lines.get(municipality__name="Tydal").municipality
    said = {"municipality": tydal, "by": None, "at": costs.AT}

    with pytest.raises(CannotSettle, match="wrong_state"):
        operations.comment(settlement=found, is_accepted=True, text="", **said)
    sent = operations.send(settlement=found, comments_until=date(2025, 1, 1), at=costs.AT)
    with pytest.raises(CannotSettle, match="objection_says_nothing"):
        operations.comment(settlement=sent, is_accepted=False, text=" ", **said)

    operations.comment(settlement=sent, is_accepted=False, text="Feil folketal", **said)

    assert sent.comments.get().text == "Feil folketal"


def test_one_that_was_given_up_stays():
    found = operations.drop(settlement=costs.sent_settlement(), why="feil nøkkel", by=None)

    assert found.state == "dropped"
    assert costs.settlement(pool_year=found.pool_year).number == 2


def in_turn(year, *amounts):
    """The year settled after each of the accounts in turn: preliminary, then its corrections."""
    year.closed_at = None
    year.save()
    found = None
    for amount in amounts:
        costs.accounts(pool=year.pool, year=year.year, lines={"010": amount})
        found = costs.approved_settlement(
            pool_year=year, kind="preliminary", corrects=found, reason="nye tal" if found else ""
        )
    return found


@pytest.mark.parametrize(
    ("amounts", "fund", "rest"),
    [
        ((9_500_000, 9_800_000), 200_000, 0),
        ((9_500_000, 9_500_000), 500_000, 0),
        ((9_500_000, 10_300_000, 10_100_000), 0, 100_000),
    ],
)
def test_a_correction_moves_only_what_the_fund_lacks(amounts, fund, rest):
    year = costs.settled_year(deviation_rule="fund")

    in_turn(year, *amounts)

    claimed = SettlementLine.objects.filter(settlement__state="approved")
    assert sum(FundEntry.objects.values_list("amount", flat=True)) == fund
    assert sum(claimed.values_list("rest", flat=True)) == rest


def test_a_deficit_that_the_fund_has_met_is_not_claimed_by_a_correction():
    year = costs.settled_year(deviation_rule="fund")
    in_turn(year, 9_500_000)
    later = costs.plan(pool=year.pool, year=2026).pool_year

    in_turn(later, 10_800_000, 10_800_000)

    lines = SettlementLine.objects.filter(settlement__pool_year=later)
    assert sum(lines.values_list("rest", flat=True)) == 300_000
    assert sum(FundEntry.objects.values_list("amount", flat=True)) == 0


def test_what_later_years_have_used_of_the_fund_is_paid_by_a_year_that_is_corrected():
    year = costs.settled_year(deviation_rule="fund")
    first = in_turn(year, 9_500_000)
    in_turn(costs.plan(pool=year.pool, year=2026).pool_year, 10_800_000)
    costs.accounts(pool=year.pool, year=2025, lines={"010": 9_900_000})

    found = costs.approved_settlement(
        pool_year=year, kind="preliminary", corrects=first, reason="nye tal"
    )

    assert (found.fund, sum(rests(found).values())) == (500_000, 400_000)
    assert sum(FundEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"},
        {"gross": 1_234_568, "net": 1},
        {"own_revenue": 0, "rounding": -1_234_567},
        {"terms": {}},
        {"prepared_by": 1},
    ],
)
def test_the_database_freezes_what_is_sent(changes):
    found = costs.sent_settlement()

    with pytest.raises(IntegrityError, match="settlement_that_is_sent_stays"):
        Settlement.objects.filter(pk=found.pk).update(**changes)


def test_a_settlement_deducts_the_a_konto_that_holds_when_it_is_approved():
    year = costs.settled_year()
    found = costs.sent_settlement(pool_year=year, kind="preliminary")
    costs.revised_plan(year, amount=12_000_000)

    with pytest.raises(CannotSettle, match="a_konto_has_changed"):
        operations.approve(settlement=found, by=None, at=costs.AT)


@pytest.mark.django_db(transaction=True)
def test_preparing_while_another_sends_takes_nothing_of_what_is_sent():
    found = costs.settlement()
    refused = []

    def run():
        try:
            costs.settlement(pool_year=found.pool_year)
        except CannotSettle as error:
            refused.append(error.code)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        operations.send(settlement=found, comments_until=date(2025, 3, 1), at=costs.AT)
        other.start()
        other.join(timeout=2)
    other.join()

    assert refused == ["under_way"]
    assert found.lines.count() == 4
