"""Accounts taken in, budgets adopted, years closed: and what the database refuses by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.costs.accounts import budgeting, operations, queries
from municipalities.costs.accounts.errors import CannotAccount
from municipalities.costs.accounts.files import AccountsFile, Line
from municipalities.costs.accounts.models import (
    Accounts,
    AccountsLine,
    AccountsMapping,
    ArtChoice,
    Budget,
    BudgetLine,
    Forecast,
)
from municipalities.costs.accounts.reports import report_of
from municipalities.costs.accounts.sending import hand_in_report
from municipalities.costs.pools.operations import year_of
from municipalities.obligations.models import Evidence
from tests.factories import costs
from tests.factories.obligations import established

pytestmark = pytest.mark.django_db
READY = datetime(2025, 5, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def pool_year():
    return year_of(pool=costs.pool(overspend_percent=Decimal(5)), year=2025)


def line(art="010", amount="100.00", row=2, treatment="wages", month=1, **more):
    return Line(
        row=row,
        function="290",
        art=art,
        amount=Decimal(amount),
        treatment=treatment,
        month=month,
        **more,
    )


def file(*lines):
    return AccountsFile(lines=lines or (line(),), rows_read=3, left_out={"of_others": 2})


def take_in(pool_year, *lines, up_to_month=4):
    return operations.import_accounts(
        pool_year=pool_year,
        read=file(*lines),
        up_to_month=up_to_month,
        file_name="t1.csv",
        by=None,
        at=costs.AT,
    )


def refused(run) -> str:
    with pytest.raises(CannotAccount) as caught:
        run()
    return caught.value.code


def test_the_same_file_again_changes_nothing(pool_year):
    first, is_new = take_in(pool_year)
    again, is_new_again = take_in(pool_year)

    assert (is_new, is_new_again, again) == (True, False, first)
    assert (first.number, first.rows_read, first.rows_left_out) == (1, 3, 2)
    assert AccountsLine.objects.count() == 1


def test_another_file_holds_and_the_earlier_one_stays(pool_year):
    first, _ = take_in(pool_year)
    second, _ = take_in(pool_year, line(amount="120.00"))

    assert queries.accounts_in_force(pool_year) == second
    assert first.lines.get().amount == 100
    assert operations.digest_of([line()]) != operations.digest_of([replace(line(), row=3)])


def test_accounts_do_not_go_back_in_time_nor_into_a_closed_year(pool_year):
    take_in(pool_year, up_to_month=12)
    assert refused(lambda: take_in(pool_year, up_to_month=8)) == "fewer_months"
    operations.close_year(pool_year=pool_year, by=None, at=costs.AT)
    assert refused(lambda: take_in(pool_year, up_to_month=12)) == "year_is_closed"


def test_a_year_is_closed_with_all_its_months_and_reopened_with_a_reason(pool_year):
    def close():
        return operations.close_year(pool_year=pool_year, by=None, at=costs.AT)

    take_in(pool_year)
    assert refused(close) == "no_whole_year"
    take_in(pool_year, up_to_month=12)
    assert close().closed_at == close().closed_at == costs.AT
    assert (
        refused(lambda: operations.reopen_year(pool_year=pool_year, why=" ", by=None))
        == "reopened_without_why"
    )

    operations.reopen_year(pool_year=pool_year, why="Feil periode", by=None)

    pool_year.refresh_from_db()
    assert not pool_year.is_closed
    last = pool_year.events.order_by("pgh_id").last()
    assert last.pgh_context.metadata["reason"] == "Feil periode"


def test_a_budget_is_drafted_written_adopted_and_revised(pool_year):
    draft = budgeting.draft_budget(pool_year=pool_year, by=None, at=costs.AT)
    assert refused(lambda: adopt(draft)) == "budget_is_empty"
    budgeting.write_line(budget=draft, function="290", art="010", amount=Decimal(900))
    budgeting.write_line(budget=draft, function="290", art="700", amount=Decimal(-100))
    assert refused(lambda: adopt(draft, date(2030, 1, 1))) == "adopted_later"
    adopt(draft)
    adopt(draft)
    assert queries.sums_of_budget(queries.budget_in_force(pool_year)).net == 800

    def revise(changes):
        return budgeting.draft_budget(pool_year=pool_year, by=None, at=costs.AT, changes=changes)

    assert refused(lambda: revise("")) == "revised_without_why"
    revised = revise("Høgare løn")
    assert revise("") == revised
    assert (revised.number, revised.lines.count()) == (2, 2)
    wages = revised.lines.get(art="010")
    budgeting.write_line(budget=revised, line=wages, function="290", art="010", amount=Decimal(950))
    assert queries.sums_of_budget(queries.budget_in_force(pool_year)).net == 800
    adopt(revised)
    assert queries.sums_of_budget(queries.budget_in_force(pool_year)).net == 850
    assert refused(lambda: budgeting.drop_budget(budget=revised)) == "budget_stays"


def adopt(budget, day=date(2024, 10, 20)):
    return budgeting.adopt_budget(budget=budget, adopted_date=day, case_number="24/88", at=costs.AT)


def test_a_draft_from_a_file_has_its_lines_and_alike_ones_together(pool_year):
    draft = budgeting.draft_budget(pool_year=pool_year, by=None, at=costs.AT)
    budgeting.write_line(budget=draft, function="290", art="110", amount=Decimal(1))
    budgeting.fill_budget(budget=draft, lines=[line(), line(row=3), line("700", "-50.00", row=4)])

    assert dict(draft.lines.values_list("art", "amount")) == {"010": 200, "700": -50}
    assert (
        refused(
            lambda: budgeting.write_line(budget=draft, function="290", art="777", amount=Decimal(1))
        )
        == "unknown_art"
    )


def test_the_cooperations_own_choice_goes_before_the_usual(pool_year):
    ArtChoice.objects.create(
        cooperation=pool_year.pool.cooperation, art="190", name="Leige", treatment="running"
    )
    budget = costs.budget(pool=pool_year.pool, year=2025, lines={"190": 500})
    assert queries.sums_of_budget(budget).running == 500


def test_the_report_compares_and_the_forecast_of_the_controller_holds(pool_year):
    costs.budget(pool=pool_year.pool, year=2025, lines={"010": 1200, "700": -300})
    take_in(
        pool_year, line(amount="500.00"), line("700", "-100.00", row=3, treatment="own_revenue")
    )
    report = report_of(pool_year=pool_year, up_to=4)
    assert (report.net.budget_so_far, report.net.accounts, report.net.deviation) == (300, 400, 100)
    assert (report.net.forecast, report.is_overspent) == (1000, True)

    def expect(amount, why):
        operations.write_forecast(
            pool_year=pool_year,
            up_to_month=4,
            amounts={"wages": (amount, why)},
            by=None,
            at=costs.AT,
        )

    assert refused(lambda: expect(Decimal(1200), " ")) == "forecast_without_why"
    expect(Decimal(1200), "Vikarar er slutt")
    report = report_of(pool_year=pool_year, up_to=4)
    assert (report.net.forecast, report.is_overspent) == (900, False)
    expect(None, "")
    assert not Forecast.objects.exists()


def test_later_accounts_with_months_tell_of_earlier_tertials_too(pool_year):
    take_in(pool_year, line(), line(amount="40.00", row=3, month=7), up_to_month=8)
    assert report_of(pool_year=pool_year, up_to=4).net.accounts == 100
    assert report_of(pool_year=pool_year, up_to=8).net.accounts == 140
    take_in(pool_year, replace(line(), month=None), up_to_month=8)
    assert report_of(pool_year=pool_year, up_to=4).accounts is None


def test_a_ready_report_shows_that_the_agreement_is_kept_once(pool_year):
    def hand_in():
        report = report_of(pool_year=pool_year, up_to=4)
        return hand_in_report(report=report, title="T1", path="/x", by=None, at=READY)

    assert refused(hand_in) == "nothing_to_report"
    costs.budget(pool=pool_year.pool, year=2025)
    take_in(pool_year)
    assert refused(hand_in) == "no_such_obligation"
    established(cooperation=pool_year.pool.cooperation)
    assert hand_in() == hand_in()
    assert Evidence.objects.get().due.obligation.code == "tertial-report-1"


def test_what_a_bilateral_pool_costs_is_not_handed_in_for_all_to_see(pool_year):
    established(cooperation=pool_year.pool.cooperation)
    pool_year.pool.is_bilateral = True
    pool_year.pool.save()
    costs.budget(pool=pool_year.pool, year=2025)
    take_in(pool_year)
    report = report_of(pool_year=pool_year, up_to=4)

    def hand_in():
        hand_in_report(report=report, title="T1", path="/x", by=None, at=READY)

    assert refused(hand_in) == "bilateral_report"
    assert not Evidence.objects.exists()


def rule_of(run) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        run()
    return refused_rule(caught.value)


def budget_of(pool_year, **told):
    return Budget(pool_year=pool_year, created_at=costs.AT, **{"number": 1} | told)


def accounts_of(pool_year, **told):
    given = {"number": 1, "up_to_month": 4, "rows_read": 1, "rows_left_out": 0}
    return Accounts(pool_year=pool_year, imported_at=costs.AT, **given | told)


def test_the_database_refuses_wrong_choices_mappings_and_forecasts(pool_year):
    cooperation = pool_year.pool.cooperation

    def choice(art):
        return ArtChoice(cooperation=cooperation, art=art, name="x", treatment="wages")

    def mapping():
        return AccountsMapping(cooperation=cooperation, name="Visma")

    def forecast(month=4):
        return Forecast(
            pool_year=pool_year, up_to_month=month, treatment="wages", amount=1, made_at=costs.AT
        )

    for model, rows, rule in (
        (ArtChoice, [choice("010"), choice("010")], "art_is_chosen_once"),
        (ArtChoice, [choice("1a0")], "art_has_3_digits"),
        (AccountsMapping, [mapping(), mapping()], "accounts_mapping_has_its_name"),
        (Forecast, [forecast(), forecast()], "forecast_is_made_once"),
        (Forecast, [forecast(13)], "forecast_is_after_a_month"),
    ):
        assert rule_of(lambda m=model, r=rows: m.objects.bulk_create(r)) == rule


def test_the_database_refuses_wrong_budgets_and_freezes_the_adopted(pool_year):
    def adopted(**told):
        return budget_of(pool_year, state="adopted", adopted_date=date(2024, 12, 1), **told)

    for rows, rule in (
        ([budget_of(pool_year), adopted()], "budget_has_its_number"),
        ([budget_of(pool_year), budget_of(pool_year, number=2)], "budget_under_way_is_one"),
        ([budget_of(pool_year, state="adopted")], "budget_adopted_has_its_day"),
        (
            [budget_of(pool_year, adopted_date=date(2024, 12, 1))],
            "budget_adopted_has_its_day",
        ),
    ):
        assert rule_of(lambda r=rows: Budget.objects.bulk_create(r)) == rule

    budget = costs.budget(pool=pool_year.pool, year=2025)
    lines, budgets = budget.lines.filter(art="010"), Budget.objects.filter(pk=budget.pk)
    for run, rule in (
        (lambda: budgets.update(case_number="x"), "adopted_budget_stays"),
        (lambda: lines.update(amount=1), "adopted_budget_lines_stay"),
        (lines.delete, "adopted_budget_lines_stay"),
        (
            lambda: BudgetLine.objects.create(budget=budget, function="290", art="110", amount=1),
            "adopted_budget_lines_stay",
        ),
    ):
        assert rule_of(run) == rule


def test_the_database_refuses_wrong_budget_lines(pool_year):
    draft = budgeting.draft_budget(pool_year=pool_year, by=None, at=costs.AT)

    def row(function="290"):
        return BudgetLine(budget=draft, function=function, art="010", amount=1)

    assert rule_of(lambda: BudgetLine.objects.bulk_create([row(), row()])) == (
        "budget_line_is_given_once"
    )
    assert rule_of(lambda: BudgetLine.objects.bulk_create([row("29")])) == (
        "budget_line_codes_have_3_digits"
    )


def test_the_database_keeps_accounts_as_they_were(pool_year):
    for rows, rule in (
        ([accounts_of(pool_year), accounts_of(pool_year)], "accounts_have_a_number"),
        ([accounts_of(pool_year, up_to_month=13)], "accounts_are_up_to_a_month"),
    ):
        assert rule_of(lambda r=rows: Accounts.objects.bulk_create(r)) == rule

    found, _ = take_in(pool_year, up_to_month=12)

    def row(**told):
        given = {"accounts": found, "row_number": 9, "function": "290", "art": "010"}
        return AccountsLine(treatment="wages", amount=1, **given | told)

    for run, rule in (
        (lambda: Accounts.objects.update(file_name="x"), "accounts_stay"),
        (lambda: found.lines.update(amount=1), "accounts_lines_stay"),
        (
            lambda: AccountsLine.objects.bulk_create([row(), row()]),
            "accounts_line_has_its_place",
        ),
        (lambda: row(month=13).save(), "accounts_line_is_of_a_month"),
    ):
        assert rule_of(run) == rule
    operations.close_year(pool_year=pool_year, by=None, at=costs.AT)
    late = accounts_of(pool_year, number=2)
    assert rule_of(late.save) == "closed_year_takes_no_accounts"
