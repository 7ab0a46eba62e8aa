"""What one municipality pays of all pools: to its directors, and to everybody who may see."""

from decimal import Decimal

import fastexcel
import pytest
from django.urls import path, reverse

from legevakt import urls as our_urls
from municipalities.access.rules import Role
from municipalities.costs.instalments.operations import record_payment
from tests.conftest import person
from tests.factories import billing, costs
from tests.municipalities.costs.invoicing.test_claim_pages import bilateral, text

TYDAL, SELBU = "5033", "5032"


@pytest.fixture
def year(db):
    found = costs.settled_year()
    billing.billed(found.pool.cooperation)
    return found


@pytest.fixture
def of(year, as_person):
    """`of("Tydal")` is the browser of its director, `of("Stjørdal")` of the host's."""

    def browser(name):
        municipality = costs.municipality(name)
        is_host = municipality == year.pool.cooperation.host
        role = Role.HOST_DIRECTOR if is_host else Role.PARTNER_DIRECTOR
        user = person(cooperation=year.pool.cooperation, municipality=municipality, role=role)
        return as_person(user)

    return browser


def page(browser, number, year=2025, name="statement"):
    return browser.get(reverse(name, args=["vaernes", number, year]))


def sheet_of(answer) -> list[tuple]:
    return fastexcel.read_excel(answer.content).load_sheet(0).to_polars().rows()


def test_before_the_settlement_it_shows_the_a_konto_with_what_is_claimed(year, of):
    billing.claims_of_instalment(year)

    told = text(page(of("Tydal"), TYDAL))

    assert "692 289" in told
    assert "173 073" in told
    assert "LV-0003" in told or "LV-0002" in told
    assert "773" in told  # the inhabitants in the arithmetic


def test_the_settlement_of_the_reference_from_the_basis_to_the_rest(year, of):
    costs.approved_settlement(pool_year=year)

    told = text(page(of("Tydal"), TYDAL))

    for figure in ("11 111 111", "769 210", "692 289", "76 921"):
        assert figure in told


def test_a_draft_is_no_part_of_it_even_for_the_host(year, of):
    costs.settlement(pool_year=year)

    told = text(page(of("Stjørdal"), TYDAL))

    assert "769 210" not in told
    assert "692 289" in told


def test_the_year_before_is_set_beside_and_summed_over_pools(year, of):
    costs.approved_settlement(pool_year=year)
    costs.plan(pool=year.pool, year=2026)
    other = costs.pool(cooperation=year.pool.cooperation, slug="lvs", name="LVS")
    costs.adopted_key(pool=other, parts={"equal": 100})
    costs.plan(pool=other, year=2026)

    table = page(of("Tydal"), TYDAL, 2026).context["overview"]

    rows = {row.cells[0]: row.cells[2:] for row in table.rows}
    assert rows["Legevakt"] == (692_289, 769_210, -76_921)
    assert rows["LVS"] == (2_500_000, "–", "–")
    assert table.rows[-1].cells[2:] == (3_192_289, 769_210, 2_423_079)


def test_everybody_who_takes_part_sees_what_the_others_pay(year, of):
    assert "1 548 756" in text(page(of("Tydal"), SELBU))


def test_a_bilateral_pool_is_hidden_from_a_third_also_here(year, of):
    bilateral(year)

    assert "Dagtid" in text(page(of("Selbu"), SELBU))
    assert "Dagtid" in text(page(of("Stjørdal"), SELBU))
    assert "Dagtid" not in text(page(of("Tydal"), SELBU))
    book = page(of("Meråker"), SELBU, name="statement_xlsx")
    names = [row[0] for row in sheet_of(book)]
    assert "Legevakt" in names
    assert "Dagtid" not in names


def test_outsiders_and_strange_municipalities_are_not_found(year, of, as_person, outsider):
    tydal = of("Tydal")

    for name in ("statement", "statement_xlsx", "statement_pdf"):
        assert page(as_person(outsider), TYDAL, name=name).status_code == 404
        assert page(tydal, "0301", name=name).status_code == 404
    assert page(tydal, TYDAL, 1800).status_code == 404


def test_an_empty_year_says_what_to_do(year, of):
    answer = page(of("Tydal"), TYDAL, 2031)

    assert answer.context["overview"] is None
    assert reverse("costs", args=["vaernes"]) in text(answer)
    assert page(of("Selbu"), TYDAL, 2031, name="statement_pdf").status_code == 404


class WithSettlements:
    """Our addresses, with that of a settlement, which another room has."""

    app_name = None
    urlpatterns = [
        *our_urls.urlpatterns,
        path(
            "settled/<slug:cooperation>/<slug:pool>/<int:year>/<int:number>",
            lambda request: None,
            name="settlement",
        ),
    ]


def test_who_answers_for_it_is_led_to_verify_what_is_sent(year, of, settings):
    costs.sent_settlement(pool_year=year)
    settings.ROOT_URLCONF = WithSettlements
    address = "/settled/vaernes/legevakt/2025/1"

    assert address in text(page(of("Tydal"), TYDAL))
    assert address not in text(page(of("Selbu"), TYDAL))


def test_the_spreadsheet_has_the_same_figures(year, of):
    costs.approved_settlement(pool_year=year)
    record_payment(
        pool_year=year,
        municipality=costs.municipality("Tydal"),
        amount=Decimal("173073.50"),
        paid_date=costs.STARTS,
        reference="1",
        by=None,
        at=costs.AT,
    )

    answer = page(of("Tydal"), TYDAL, name="statement_xlsx")
    [row] = sheet_of(answer)

    assert row[2] == 11_111_111
    assert row[4:9] == (769_210, 692_289, 0, 76_921, 173_073.5)


def test_more_pools_take_no_more_queries(year, of, django_assert_max_num_queries):
    costs.approved_settlement(pool_year=year)
    for slug in ("lvs", "kad"):
        pool = costs.pool(cooperation=year.pool.cooperation, slug=slug, name=slug)
        costs.adopted_key(pool=pool)
        costs.plan(pool=pool, year=2025)
    browser = of("Tydal")

    with django_assert_max_num_queries(17):
        page(browser, TYDAL)
