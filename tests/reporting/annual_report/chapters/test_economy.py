"""The economy of the year as the report tells it: the same amounts as the rooms of the economy.

Værnesregionen (cooperation.md section 2.3): 20/80, a budget of 10 000 000 kr, 11 111 111 kr net.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from legevakt.lib.charts import render_svg
from legevakt.lib.translation_checks import FOREIGN
from municipalities.costs.accounts.reports import report_of
from municipalities.costs.keys.models import AllocationKey
from municipalities.costs.pools import operations as pools
from municipalities.costs.settlements import presenters
from municipalities.costs.settlements.queries import lines_of
from municipalities.costs.tables import in_kroner
from reporting.annual_report.chapters import CHAPTERS, ReportYear
from tests.factories import billing, costs
from tests.factories.reporting import AFTER_THE_YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CHAPTER = CHAPTERS["economy"]


@pytest.fixture
def year(db):
    return costs.settled_year()


@pytest.fixture
def settled(year):
    costs.approved_settlement(pool_year=year)
    return year


def facts_of(cooperation, *, year=2025):
    return CHAPTER.facts(ReportYear(cooperation=cooperation, year=year, at=AFTER_THE_YEAR))


def sections(cooperation, *, year=2025):
    frozen = json.loads(json.dumps(facts_of(cooperation, year=year)))
    with override("en"):
        return CHAPTER.sections({"chapters": {"economy": frozen}})


def suggestions(cooperation):
    with override("en"):
        return CHAPTER.suggestions({"chapters": {"economy": facts_of(cooperation)}})


def cells(table):
    return [row.cells for row in table.rows]


def test_what_the_year_cost_is_what_the_page_of_the_accounts_says(settled):
    whole, pool = sections(settled.pool.cooperation)

    assert whole.page.lead == (
        "The net costs of 2025 were 11,111,111 kr, 1,111,111 kr (11.1%) above the budget."
    )
    assert cells(pool.page.tables[0]) == [
        ("Wages", "11,000,000", "12,345,678", "1,345,678", "12.2%"),
        ("Running costs", "0", "0", "0", "–"),
        ("Rent and capital costs", "0", "0", "0", "–"),
        ("Own revenue", "−1,000,000", "−1,234,567", "−234,567", "−23.5%"),
        ("Net", "10,000,000", "11,111,111", "1,111,111", "11.1%"),
    ]
    report = report_of(pool_year=settled, up_to=12)
    (told,) = facts_of(settled.pool.cooperation)["pools"]
    assert Decimal(told["years"][0]["figures"]["net"]["deviation"]) == report.net.deviation


def test_what_each_pays_is_what_the_page_of_the_settlement_says(settled):
    pool = sections(settled.pool.cooperation)[1]
    table = pool.page.tables[2]

    assert table.caption == "Share, a-konto and settlement of 2025, kroner"
    assert cells(table) == [
        ("Selbu", "15.49%", "1,720,840", "1,548,756", "172,084", "408"),
        ("Tydal", "6.92%", "769,210", "692,289", "76,921", "995"),
        ("Meråker", "11.10%", "1,233,831", "1,110,448", "123,383", "503"),
        ("Stjørdal", "66.49%", "7,387,230", "6,648,507", "738,723", "299"),
        ("All", "100%", "11,111,111", "10,000,000", "1,111,111", "345"),
    ]
    settlement = settled.settlements.get()
    with override("en"):
        page = presenters.lines_table(settlement, lines_of(settlement))
    shown = [(row[0], row[2], *row[3:6]) for row in in_kroner(page.rows)[:-1]]
    assert shown == [row[:5] for row in cells(table)[:-1]]


def test_the_way_from_the_costs_to_what_is_shared_adds_up(settled):
    table = sections(settled.pool.cooperation)[1].page.tables[1]

    assert cells(table) == [
        ("Gross costs", "12,345,678"),
        ("Own revenue", "−1,234,567"),
        ("To be shared", "11,111,111"),
    ]


def test_the_key_is_told_in_a_sentence(settled):
    assert sections(settled.pool.cooperation)[1].page.lead == (
        "Allocation key: 20% shared equally and 80% by inhabitants on 1 January 2025."
        " The final settlement is approved."
    )


def test_a_key_tells_capital_overhead_and_bounds(db):
    pool = costs.pool()
    costs.adopted_key(
        pool=pool,
        capital={"equal": 100},
        overhead_nok=50_000,
        overhead_percent_of_wages=Decimal("2.5"),
        floor_unit="nok",
        floor_value=100_000,
        cap_unit="percent",
        cap_value=70,
    )
    costs.budget(pool=pool, year=2025)

    assert AllocationKey.objects.get().number == 1
    assert sections(pool.cooperation)[1].page.lead == (
        "Allocation key: 10% shared equally and 90% by inhabitants on 1 January 2025."
        " Of rent and capital costs: 100% shared equally."
        " The host is paid 50,000 kr a year for administration."
        " The host is paid 2.5% of wages for administration."
        " No municipality pays less than 100,000 kr a year."
        " No municipality pays more than 70% of the amount."
        " There is no settlement of the year yet."
    )


def test_shares_are_drawn_the_largest_first_with_their_table(settled):
    page = sections(settled.pool.cooperation)[0].page
    (chart,) = page.charts

    assert [(each.value, each.state) for each in page.figures] == [
        ("11,111,111 kr", "1,111,111 kr above the budget"),
        ("345", ""),
    ]
    assert [bar["name"] for bar in chart.spec["datasets"]["shares"]] == [
        "Stjørdal",
        "Selbu",
        "Meråker",
        "Tydal",
    ]
    assert chart.summary == "Stjørdal pays most: 66.5% of 11,111,111 kr."
    assert cells(chart.table)[-1] == ("All", "11,111,111", "100%", "345")
    drawn = render_svg(
        chart.spec, data=chart.spec["datasets"], language="en", title="t", description="d"
    )
    assert "66.5%" in drawn


def test_two_pools_are_told_apart_and_together(settled):
    cooperation = settled.pool.cooperation
    central = costs.pool(cooperation=cooperation, slug="sentral", name="Legevaktsentral")
    costs.adopted_key(pool=central, parts={"equal": 100})
    costs.plan(pool=central, year=2025)

    whole, first, second = sections(cooperation)

    assert (first.title, second.title) == ("Legevakt", "Legevaktsentral")
    assert whole.page.lead == (
        "The budget of 2025 is 20,000,000 kr net. Not all accounts of the year are stored."
    )
    assert cells(whole.page.tables[0]) == [
        (
            "Legevakt",
            "10,000,000",
            "11,111,111",
            "1,111,111",
            "11.1%",
            "The final settlement is approved.",
        ),
        ("Legevaktsentral", "10,000,000", "–", "–", "–", "There is no settlement of the year yet."),
        ("All", "20,000,000", "–", "–", "–", ""),
    ]
    assert cells(whole.page.charts[0].table)[1] == (
        "Tydal",
        "769,210",
        "2,500,000",
        "3,269,210",
        "15.49%",
        "4,229",
    )
    assert whole.page.notes == ("Legevaktsentral: the amounts are shares of the budget of 2025.",)


def test_only_a_budget_is_told_as_a_budget(db):
    pool = costs.pool()
    costs.budget(pool=pool, year=2025)

    whole, own = sections(pool.cooperation)

    assert whole.page.lead == ("The budget of 2025 is 10,000,000 kr net. No accounts are stored.")
    assert whole.page.charts == ()
    assert own.page.lead == "There is no settlement of the year yet."
    assert cells(own.page.tables[0])[-1] == ("Net", "10,000,000")
    assert suggestions(pool.cooperation) == (
        "The settlement of Legevakt for 2025 is not made yet.",
    )


def test_accounts_of_some_months_are_not_the_year(db):
    pool = costs.pool()
    costs.budget(pool=pool, year=2025)
    costs.accounts(pool=pool, year=2025, up_to_month=6)

    whole, own = sections(pool.cooperation)

    forecast = report_of(pool_year=pool.years.get(year=2025), up_to=6).net.forecast
    assert forecast == 16_111_111
    assert whole.page.lead == (
        "The accounts of 2025 are of 6 months only: 11,111,111 kr net."
        " The year is expected to end at 16,111,111 kr."
    )
    assert whole.page.figures == ()
    assert cells(own.page.tables[0])[-1] == (
        "Net",
        "10,000,000",
        "5,000,000",
        "11,111,111",
        "6,111,111",
        "122.2%",
        "16,111,111",
    )
    assert "The accounts of the year are not closed." in own.page.notes


def test_accounts_without_a_budget_have_no_deviation(db):
    pool = costs.pool()
    costs.accounts(pool=pool, year=2025)

    whole, own = sections(pool.cooperation)

    assert whole.page.lead == "The net costs of 2025 were 11,111,111 kr. No budget is stored."
    assert own.page.tables[0].headings == ("Of", "Accounts")


def test_who_joined_within_the_year_is_told_with_its_days_and_no_price(db):
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 20, "population": 80})
    member = pool.members.get(municipality__name="Tydal")
    member.joined_date = date(2025, 7, 1)
    member.save()
    costs.approved_settlement(pool_year=_closed(pool))

    whole, own = sections(pool.cooperation)

    tydal = next(row for row in cells(own.page.tables[2]) if row[0] == "Tydal")
    assert tydal[-1] == "–"
    assert cells(whole.page.charts[0].table)[-1][-1] == "–"
    assert "Tydal shares the costs of 1 July 2025 to 31 December 2025." in own.page.notes


def test_who_left_within_the_year_is_told_with_its_days(db):
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 100})
    member = pool.members.get(municipality__name="Tydal")
    member.left_date = date(2025, 7, 1)
    member.save()
    costs.approved_settlement(pool_year=_closed(pool))

    own = sections(pool.cooperation)[1]

    assert "Tydal shares the costs of 1 January 2025 to 30 June 2025." in own.page.notes
    assert cells(own.page.tables[2])[1][:3] == ("Tydal", "12.50%", "1,388,889")


def _closed(pool):
    costs.plan(pool=pool, year=2025)
    costs.accounts(pool=pool, year=2025)
    found = pools.year_of(pool=pool, year=2025)
    found.closed_at = costs.AT
    found.save()
    return found


def test_the_years_before_stand_beside(settled):
    costs.approved_settlement(pool_year=costs.settled_year(year=2024))

    tables = sections(settled.pool.cooperation)[1].page.tables

    assert cells(tables[3]) == [
        (year, "10,000,000", "11,111,111", "1,111,111", "11.1%", "11,111,111")
        for year in ("2025", "2024")
    ]
    assert tables[4].headings == ("Municipality", "2025", "2024")
    assert cells(tables[4])[-1] == ("All", "11,111,111", "11,111,111")


def test_a_year_of_which_only_earlier_ones_are_known_says_so(settled):
    whole, own = sections(settled.pool.cooperation, year=2026)

    assert whole.page.lead == "Neither budget nor accounts of 2026 are stored."
    assert cells(own.page.tables[0])[0][0] == "2025"


def test_amounts_are_told_to_the_ore_and_sum_exactly(db):
    pool = costs.pool(unit="ore")
    costs.adopted_key(pool=pool, parts={"equal": 100})
    costs.plan(pool=pool, year=2025)
    costs.accounts(pool=pool, year=2025, lines={"010": Decimal("1000000.10"), "750": -10_000_000})
    year = pools.year_of(pool=pool, year=2025)
    year.closed_at = costs.AT
    year.save()
    costs.approved_settlement(pool_year=year)

    whole, own = sections(pool.cooperation)

    assert [row[2] for row in cells(own.page.tables[2])] == [
        "250,000.03",
        "250,000.03",
        "250,000.02",
        "250,000.02",
        "1,000,000.10",
    ]
    assert cells(whole.page.charts[0].table)[-1][1] == "1,000,000.10"
    assert {cell[-3:-2] for row in cells(own.page.tables[2]) for cell in row[2:5:2]} == {"."}


def test_shares_that_miss_the_whole_by_rounding_are_said_to_be_rounded(db):
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 100})
    pool.members.filter(municipality__name="Tydal").delete()
    costs.plan(pool=pool, year=2025)

    own = sections(pool.cooperation)[1]

    assert [row[1] for row in cells(own.page.tables[1])] == ["33.33%"] * 3 + ["100%"]
    assert own.page.notes[-1] == (
        "The shares are rounded to two decimals. The amounts sum exactly."
    )


def test_what_is_invoiced_and_what_is_left_of_it(year):
    billing.billed(year.pool.cooperation)
    for number in range(1, 5):
        billing.claims_of_instalment(year, number)
    settlement = costs.approved_settlement(pool_year=year)

    def table():
        return sections(year.pool.cooperation)[1].page.tables[3]

    assert table().caption == "Invoiced of 2025, kroner"
    assert cells(table()) == [
        ("Selbu", "1,720,840", "1,548,756", "172,084"),
        ("Tydal", "769,210", "692,289", "76,921"),
        ("Meråker", "1,233,831", "1,110,448", "123,383"),
        ("All", "3,723,881", "3,351,493", "372,388"),
    ]
    billing.claims_of_settlement(settlement)
    assert [row[3] for row in cells(table())] == ["0"] * 4
    assert sections(year.pool.cooperation)[1].page.notes[-1] == (
        "Stjørdal is the host: its own share is posted and not invoiced."
    )


def test_nothing_claimed_is_not_known_and_no_nought(settled):
    page = sections(settled.pool.cooperation)[1].page

    assert all("Invoiced" not in table.caption for table in page.tables)
    assert page.notes[-1] == ("No claims of 2025 are made, so that what is invoiced is not known.")


def test_a_preliminary_settlement_is_told_as_one(db):
    pool = costs.pool()
    costs.adopted_key(pool=pool, parts={"equal": 100})
    costs.plan(pool=pool, year=2025)
    costs.accounts(pool=pool, year=2025)
    costs.approved_settlement(pool_year=pools.year_of(pool=pool, year=2025), kind="preliminary")

    whole, own = sections(pool.cooperation)
    assert own.page.lead.endswith(
        "A preliminary settlement is approved. There is no final one yet."
    )
    assert [each.label for each in whole.page.figures] == ["Net costs of 2025"]
    assert whole.page.notes == (
        "Legevakt: the settlement of 2025 is not final. The amounts may change.",
    )
    assert suggestions(pool.cooperation)[-1] == (
        "The settlement of Legevakt for 2025 is not final yet."
    )


def test_what_was_approved_stays_when_the_accounts_change(settled):
    before = facts_of(settled.pool.cooperation)["pools"][0]["years"][0]
    settled.closed_at = None
    settled.save()
    costs.accounts(pool=settled.pool, year=2025, lines={"010": 20_000_000, "750": -10_000_000})
    after = facts_of(settled.pool.cooperation)["pools"][0]["years"][0]

    assert after["figures"]["net"]["accounts"] == "20000000.00"
    assert after["municipalities"] == before["municipalities"]
    assert after["settlement"] == before["settlement"]


def test_a_settlement_that_is_sent_may_change_and_a_draft_is_not_told(year):
    draft = costs.settlement(pool_year=year)
    assert facts_of(year.pool.cooperation)["pools"][0]["years"][0]["settlement"] is None

    draft.delete()
    costs.sent_settlement(pool_year=year)
    lead = sections(year.pool.cooperation)[1].page.lead
    assert lead.endswith("The final settlement is sent for comment, and may still change.")


def test_a_pool_of_two_is_not_told(settled):
    cooperation = settled.pool.cooperation
    own = costs.pool(cooperation=cooperation, slug="dagtid", name="Dagtid", is_bilateral=True)
    costs.budget(pool=own, year=2025)

    assert "Dagtid" not in json.dumps(facts_of(cooperation))


def test_nothing_known_is_no_chapter(cooperation):
    assert facts_of(cooperation) == {}
    assert CHAPTER.sections({"chapters": {}}) == ()
    assert CHAPTER.suggestions({}) == ()


def test_sentences_are_suggested(settled):
    assert suggestions(settled.pool.cooperation) == (
        "In 2025 Legevakt cost 1,111,111 kr more than budgeted.",
        "The own revenue of Legevakt was 234,567 kr above the budget.",
        "By the final settlement of Legevakt 1,111,111 kr is left to pay.",
    )


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_frozen_facts_tell_the_same_and_ask_the_database_nothing(
    settled, language, django_assert_num_queries
):
    taken = {"chapters": {"economy": facts_of(settled.pool.cooperation)}}

    with override(language), django_assert_num_queries(0):
        told = CHAPTER.sections(json.loads(json.dumps(taken)))
        assert told == CHAPTER.sections(taken)
        assert CHAPTER.suggestions(taken)
        words = {word.strip(".,:()") for word in str(told).lower().split()}
        assert not words & set(FOREIGN[language].split())


def test_the_queries_are_a_fixed_number_for_each_year_of_a_pool(
    settled, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        facts_of(settled.pool.cooperation)
