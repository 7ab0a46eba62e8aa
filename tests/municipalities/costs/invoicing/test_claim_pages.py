"""What can be claimed, what is claimed, its files, and faults with where they are mended."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from lxml import etree

from municipalities.access.rules import Role
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.pools.models import PoolMember
from tests.conftest import person
from tests.factories import billing, costs

THOUSANDS = re.compile(r"(?<=\d)[,\xa0](?=\d{3})")
AMOUNT = "//*[local-name()='PayableAmount']"


@pytest.fixture
def year(db):
    found = costs.settled_year()
    billing.billed(found.pool.cooperation)
    return found


@pytest.fixture
def cooperation(year):
    return year.pool.cooperation


@pytest.fixture
def people(cooperation):
    """By role: the host's controller, Tydal's director."""
    tydal = costs.municipality("Tydal")
    return {
        "controller": person(
            cooperation=cooperation, municipality=cooperation.host, role=Role.CONTROLLER
        ),
        "tydal": person(cooperation=cooperation, municipality=tydal, role=Role.PARTNER_DIRECTOR),
    }


@pytest.fixture
def controller(people, as_person):
    return as_person(people["controller"])


def page(browser, name, *arguments, **query):
    return browser.get(reverse(name, args=["vaernes", *arguments]), query)


def text(answer) -> str:
    """The page with thousands apart as here, whatever its language."""
    return THOUSANDS.sub(" ", answer.content.decode())


def test_what_is_approved_is_shown_with_the_step_to_claim_it(year, controller):
    told = text(page(controller, "claims"))

    assert reverse("claims_new", args=["vaernes", "legevakt", 2025, "instalment-4"]) in told
    assert "837 874" in told  # 387 189 + 277 612 + 173 073
    assert "Selbu, Tydal, Meråker" in told


def test_the_controller_claims_an_instalment(year, controller, clock):
    address = reverse("claims_new", args=["vaernes", "legevakt", 2025, "instalment-1"])
    asked = controller.get(address)
    assert "387 189" in text(asked)

    form = asked.context["form"]
    days = {name: str(form.initial[name]) for name in ("issue_date", "due_date")}
    answer = controller.post(address, days, follow=True)

    assert Claim.objects.count() == 3
    assert "LV-0001.xml" in text(answer)
    assert controller.get(address).status_code == 404  # nothing is left to claim of it


def test_a_day_due_before_the_issue_is_refused_in_words(year, controller):
    address = reverse("claims_new", args=["vaernes", "legevakt", 2025, "instalment-1"])

    answer = controller.post(address, {"issue_date": "2025-03-01", "due_date": "2025-02-01"})

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_without_a_series_the_page_says_where_to_write_it(year, controller):
    BillingDetails.objects.update(series="")
    address = reverse("claims_new", args=["vaernes", "legevakt", 2025, "instalment-1"])

    answer = controller.post(address, {"issue_date": "2025-01-01", "due_date": "2025-02-01"})

    assert answer.status_code == 422
    assert reverse("billing", args=["vaernes"]) in text(answer)
    assert not Claim.objects.exists()


def test_the_list_can_be_narrowed_to_a_batch(year, controller):
    billing.claims_of_instalment(year)
    billing.claims_of_instalment(year, number=2)

    shown = page(controller, "claims", batch="instalment-2").context["claims"]

    assert [claim.id for claim in shown] == ["LV-0004", "LV-0005", "LV-0006"]


def test_the_basis_has_a_row_for_each_claim_and_none_for_the_host(year, controller):
    billing.claims_of_instalment(year)

    answer = page(controller, "claims_file", "basis", format="csv", batch="instalment-1")
    _heading, *rows = answer.content.decode("utf-8-sig").splitlines()

    assert len(rows) == 3
    assert any("LV-0001;5032;Selbu kommune" in row and ";387189,00;" in row for row in rows)
    assert "Stjørdal" not in "".join(rows)
    assert ";750;290;3420;350;2025-02-03" in rows[0]


def test_the_own_part_of_the_host_is_shown_beside_and_never_imported(year, controller):
    billing.claims_of_instalment(year)

    assert "1 662 127" in text(page(controller, "claims"))
    answer = page(controller, "claims_file", "internal", format="csv")
    assert "1662127" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("table", ["basis", "sums", "internal"])
def test_each_table_comes_as_a_spreadsheet_too(year, controller, table):
    billing.claims_of_instalment(year)

    answer = page(controller, "claims_file", table, format="xlsx", year=2025)

    assert answer.content.startswith(b"PK")
    assert f"vaernes-{table}-2025.xlsx" in answer["Content-Disposition"]


def test_all_of_a_settlement_comes_as_a_zip_of_electronic_invoices(year, controller):
    billing.claims_of_instalment(year)
    billing.claims_of_settlement(costs.approved_settlement(pool_year=year))

    answer = page(controller, "claims_zip", batch="settlement-1")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        invoices = [etree.fromstring(archive.read(name)) for name in archive.namelist()]
        assert archive.namelist() == ["LV-0004.xml", "LV-0005.xml", "LV-0006.xml"]

    paid = sorted(float(invoice.xpath(AMOUNT)[0].text) for invoice in invoices)
    assert paid == [76_921, 123_383, 172_084]


def test_one_claim_comes_as_an_electronic_invoice(year, controller):
    billing.claims_of_instalment(year)

    answer = page(controller, "claim_xml", 1)

    assert answer["Content-Type"] == "application/xml"
    assert etree.fromstring(answer.content).xpath(AMOUNT)[0].text == "387189.00"
    assert page(controller, "claim_xml", 99).status_code == 404


@pytest.mark.parametrize(
    ("whose", "change"),
    [
        ("5032", {"reference": ""}),
        ("5032", {"org_number": "920290923"}),
        ("5035", {"exemption_reason": ""}),
        ("5035", {"vat_category": "E"}),
    ],
)
def test_a_fault_is_told_in_words_with_where_it_is_mended(year, controller, whose, change):
    billing.claims_of_instalment(year)
    BillingDetails.objects.filter(municipality__number=whose).update(**change)
    mended_at = reverse("billing_change", args=["vaernes", whose])

    for name, arguments in (
        ("claims_zip", []),
        ("claims_file", ["basis"]),
        ("claim_xml", [1]),
    ):
        answer = page(controller, name, *arguments)
        assert answer.status_code == 302, name
        told = text(controller.get(answer["Location"]))
        assert mended_at in told
        assert "ds-alert" in told


def test_billing_says_what_is_missing(year, controller):
    BillingDetails.objects.filter(municipality__number="5033").delete()
    BillingDetails.objects.filter(municipality__number="5035").update(account_number="")

    rows = {row["name"]: row for row in page(controller, "billing").context["rows"]}

    assert rows["Tydal"]["missing"]
    assert rows["Stjørdal"]["missing"]
    assert rows["Selbu"]["missing"] == ""
    assert next(iter(rows)) == "Stjørdal"


def test_an_organisation_number_is_proposed_and_its_check_digit_tested(
    as_person, cooperation, host, people
):
    alver = reverse("billing_change", args=["vaernes", "4631"])
    cooperation.participants.create(municipality=host, joined_date=costs.STARTS)
    browser = as_person(people["controller"])

    assert "920290922" in text(browser.get(alver))
    wrong = browser.post(alver, {"org_number": "920 290 923"})
    assert wrong.status_code == 422
    right = browser.post(alver, {"org_number": "938 801 363", "reference": "17"})
    assert right.status_code == 302
    assert BillingDetails.objects.get(municipality=host).org_number == "938801363"


def test_the_host_gives_its_account_and_what_the_accountant_decided(year, controller):
    address = reverse("billing_change", args=["vaernes", "5035"])
    told = {
        "org_number": "920290922",
        "account_number": "8601.11.17947",
        "series": "LV26",
        "vat_category": "E",
        "exemption_reason": "§ 3-2",
    }

    assert controller.post(address, told).status_code == 422  # E needs a registered host
    assert controller.post(address, told | {"is_vat_registered": "on"}).status_code == 302
    kept = BillingDetails.objects.get(municipality__number="5035")
    assert (kept.account_number, kept.series) == ("86011117947", "LV26")


def test_a_partner_reads_the_claims_and_fetches_no_files(year, as_person, people):
    billing.claims_of_instalment(year)
    browser = as_person(people["tydal"])

    answer = page(browser, "claims")

    assert len(answer.context["claims"]) == 3
    assert ".xml" not in text(answer)
    for name, arguments in (
        ("claims_zip", []),
        ("claims_file", ["basis"]),
        ("claim_xml", [1]),
        ("billing_change", ["5033"]),
        ("claims_new", ["legevakt", 2025, "instalment-2"]),
    ):
        assert page(browser, name, *arguments).status_code == 404, name


def test_claims_of_a_bilateral_pool_are_hidden_from_a_third(year, as_person, people):
    bilateral(year)

    assert len(page(as_person(people["controller"]), "claims").context["claims"]) == 1
    answer = page(as_person(people["tydal"]), "claims")
    assert answer.context["claims"] == []
    assert "Dagtid" not in text(answer)


def bilateral(year):
    """Stjørdal and Selbu share a pool of their own, and its first instalment is claimed."""
    pool = costs.pool(
        cooperation=year.pool.cooperation, slug="dagtid", name="Dagtid", is_bilateral=True
    )
    for name in ("Stjørdal", "Selbu"):
        PoolMember.objects.get_or_create(
            pool=pool,
            municipality=costs.municipality(name),
            defaults={"joined_date": costs.STARTS},
        )
    costs.adopted_key(pool=pool)
    return billing.claims_of_instalment(costs.plan(pool=pool, year=2025).pool_year)


def test_outsiders_find_nothing(year, as_person, outsider):
    billing.claims_of_instalment(year)
    browser = as_person(outsider)

    for name, arguments in (
        ("claims", []),
        ("billing", []),
        ("claims_zip", []),
        ("claim_xml", [1]),
    ):
        assert page(browser, name, *arguments).status_code == 404, name


def test_more_claims_take_no_more_queries(year, controller, django_assert_max_num_queries):
    billing.claims_of_instalment(year)
    for number in (2, 3, 4):
        billing.claims_of_instalment(year, number=number)

    with django_assert_max_num_queries(15):
        page(controller, "claims")
    with django_assert_max_num_queries(9):
        page(controller, "billing")
