"""The pages of a year's budget, accounts and report, as a controller works through them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.costs.accounts.models import (
    Accounts,
    AccountsMapping,
    ArtChoice,
    Budget,
    BudgetState,
    Forecast,
)
from municipalities.costs.pools.operations import year_of
from tests.conftest import person
from tests.factories import costs
from tests.factories.municipalities import UserFactory

pytestmark = pytest.mark.django_db
SAMPLE = Path("tests/samples/accounts/rekneskap_t1.csv").read_bytes()


@pytest.fixture
def pool():
    found = costs.pool(overspend_percent=Decimal(3))
    year_of(pool=found, year=2025)
    return found


def browser_of(pool, name="Stjørdal", role=Role.CONTROLLER):
    browser = Client(headers={"accept-language": "en"})
    user = person(cooperation=pool.cooperation, municipality=costs.municipality(name), role=role)
    browser.force_login(user)
    browser.cookies["django_language"] = "en"
    return browser


@pytest.fixture
def controller(pool):
    return browser_of(pool)


def url(name, *more):
    return reverse(name, args=["vaernes", "legevakt", 2025, *more])


def upload(data=SAMPLE):
    return SimpleUploadedFile("rekneskap.csv", data)


@pytest.fixture
def mapping(pool, controller):
    """Made on the page, from the headings that the sample gives."""
    address = reverse("accounts_mapping_new", args=["vaernes"])
    page = controller.post(address, {"sample": upload(), "guess": "1"})
    guessed = {name: field.initial for name, field in page.context["form"].fields.items()}
    guessed = page.context["form"].initial | {name: v for name, v in guessed.items() if v}
    told = {"name": "Visma", "select_legevakt_unit": "3420"}
    answer = controller.post(address, guessed | told)
    assert answer.status_code == 302, answer.context["form"].errors
    return AccountsMapping.objects.get()


def looked_at(controller, mapping, *, month=4, data=SAMPLE):
    given = {"file": upload(data), "mapping": mapping.pk, "up_to_month": month}
    return controller.post(url("accounts_import"), given)


def test_a_mapping_is_guessed_saved_and_changed(controller, mapping):
    assert mapping.columns["amount"] == "Rekneskap"
    assert mapping.selection == {"legevakt": {"unit": ["3420"]}}
    page = controller.get(reverse("accounts_mapping", args=["vaernes", mapping.pk]))
    assert page.context["form"].initial["select_legevakt_unit"] == "3420"
    assert controller.get(reverse("accounts_mappings", args=["vaernes"])).status_code == 200


def test_a_file_is_looked_at_then_taken_in_and_again_changes_nothing(controller, mapping):
    page = looked_at(controller, mapping)
    assert page.status_code == 200
    assert not Accounts.objects.exists()

    payload = page.context["payload"]
    for _ in range(2):
        answer = controller.post(url("accounts_store"), {"rows": payload})
        assert answer["Location"] == url("cost_report")
    assert Accounts.objects.get().lines.count() == SAMPLE.count(b"\n3420")
    assert looked_at(controller, mapping).context["is_there"]
    assert controller.get(url("accounts")).status_code == 200


def test_a_file_with_an_unknown_art_names_row_and_art_and_stores_nothing(controller, mapping):
    wrong = SAMPLE.replace(b";290;040;", b";290;777;", 1)
    page = looked_at(controller, mapping, data=wrong)
    assert page.status_code == 422
    row, _field, art, _words = page.context["faults"][0]
    assert (row, art) == ("8", "777")
    assert not Accounts.objects.exists()


def test_a_forged_or_old_preview_stores_nothing(controller, mapping):
    answer = controller.post(url("accounts_store"), {"rows": "x"})
    assert answer["Location"] == url("accounts_import")
    assert not Accounts.objects.exists()


def test_a_budget_is_written_taken_from_a_file_and_adopted(controller, mapping):
    controller.post(url("budget_draft"))
    draft = Budget.objects.get()
    line = {"function": "290", "art": "010", "amount": "1 000 000,50", "text": ""}
    assert controller.post(url("budget_line_new"), line).status_code == 302
    twice = controller.post(url("budget_line_new"), line)
    assert twice.status_code == 422
    assert b"the same function" in twice.content
    kept = draft.lines.get()
    assert kept.amount == Decimal("1000000.50")
    controller.post(url("budget_line", kept.pk), line | {"amount": "2000"})
    assert draft.lines.get().amount == 2000
    controller.post(url("budget_line", kept.pk), {"remove": "1"})
    assert not draft.lines.exists()
    controller.post(url("budget_import"), {"file": upload(), "mapping": mapping.pk})
    assert draft.lines.count() == 13  # all of its arts but 750, for which nothing is budgeted
    assert controller.get(url("budget")).status_code == 200
    controller.post(url("budget_adopt"), {"adopted_date": "2024-12-10", "case_number": "24/9"})
    draft.refresh_from_db()
    assert (draft.state, draft.case_number) == (BudgetState.ADOPTED, "24/9")


def test_a_draft_is_the_hosts_until_it_is_adopted_and_can_be_thrown_away(pool, controller):
    controller.post(url("budget_draft"))
    assert (
        browser_of(pool, "Selbu", Role.PARTNER_DIRECTOR).get(url("budget")).context["draft"] is None
    )
    assert controller.get(url("budget")).context["draft"]
    controller.post(url("budget_drop"))
    assert not Budget.objects.exists()


def test_the_report_is_read_by_all_who_share_and_downloaded(pool, controller):
    costs.budget(pool=pool, year=2025, lines={"010": 1200, "700": -300})
    costs.accounts(pool=pool, year=2025, lines={"010": 500, "700": -100}, up_to_month=4)
    partner = browser_of(pool, "Selbu", Role.PARTNER_DIRECTOR)
    page = partner.get(url("cost_report"))

    assert page.status_code == 200
    assert page.context["report"].net.deviation == 100
    assert page.context["report"].is_overspent
    for table in ("report", "arts"):
        for file_format in ("csv", "xlsx"):
            query = {"up_to": 4, "table": table, "format": file_format}
            assert partner.get(url("cost_report"), query).status_code == 200
    text = partner.get(url("cost_report"), {"format": "csv"}).content.decode("utf-8-sig")
    assert re.search(r"900,00;300,00;400,00;100,00;33,3;1000,00;100,00", text)
    assert partner.get(url("cost_report"), {"format": "pdf"}).status_code == 404


def test_a_forecast_tells_why_and_own_revenue_is_written_without_a_minus(pool, controller):
    costs.budget(pool=pool, year=2025)
    costs.accounts(pool=pool, year=2025, up_to_month=4)
    address = url("forecast", 4)
    assert controller.get(address).status_code == 200
    assert controller.post(address, {"amount_wages": "5"}).status_code == 422
    given = {"amount_own_revenue": "900 000", "comment_own_revenue": "Mindre refusjon"}
    assert controller.post(address, given).status_code == 302
    assert Forecast.objects.get().amount == -900_000
    assert b"Mindre refusjon" in controller.get(url("cost_report")).content
    assert controller.get(url("forecast", 5)).status_code == 404


def test_a_year_is_closed_and_reopened(pool, controller):
    assert controller.post(url("year_close")).status_code == 422
    costs.accounts(pool=pool, year=2025)
    assert controller.post(url("year_close")).status_code == 302
    assert pool.years.get().is_closed
    assert controller.post(url("year_reopen"), {"reason": "Feil"}).status_code == 302
    assert not pool.years.get().is_closed


def test_an_art_is_chosen_changed_and_given_back(controller):
    new = {"art": "777", "name": "Vår eigen", "treatment": "running", "reason": "praksis"}
    assert controller.post(reverse("art_choice_new", args=["vaernes"]), new).status_code == 302
    assert controller.post(reverse("art_choice_new", args=["vaernes"]), new).status_code == 422
    one = reverse("art_choice", args=["vaernes", "777"])
    controller.post(one, new | {"treatment": "capital"})
    assert ArtChoice.objects.get().treatment == "capital"
    assert b"777" in controller.get(reverse("arts", args=["vaernes"])).content
    controller.post(one, {"remove": "1"})
    assert ArtChoice.objects.exists()
    controller.post(one, {"remove": "1", "reason": "feil"})
    assert not ArtChoice.objects.exists()
    assert controller.get(one).status_code == 404


def test_pages_take_the_same_queries_however_long(
    pool, controller, mapping, django_assert_max_num_queries
):
    costs.budget(pool=pool, year=2025)
    looked = looked_at(controller, mapping)
    controller.post(url("accounts_store"), {"rows": looked.context["payload"]})
    controller.post(url("budget_draft"), {"changes": "x"})
    for name, most in (("budget", 16), ("accounts", 13), ("cost_report", 20)):
        with django_assert_max_num_queries(most):
            assert controller.get(url(name)).status_code == 200


@pytest.mark.parametrize("name", ["budget", "accounts", "cost_report"])
def test_outsiders_and_those_beside_a_bilateral_pool_see_nothing(pool, name):
    outsider = Client()
    outsider.force_login(UserFactory())
    assert outsider.get(url(name)).status_code == 404
    partner = browser_of(pool, "Selbu", Role.PARTNER_DIRECTOR)
    assert partner.get(url(name)).status_code == 200
    assert partner.post(url("accounts_import")).status_code == 404
    bilateral = costs.pool(cooperation=pool.cooperation, slug="dag", is_bilateral=True)
    year_of(pool=bilateral, year=2025)
    assert partner.get(reverse(name, args=["vaernes", "dag", 2025])).status_code == 404
