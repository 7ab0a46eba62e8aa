"""Claims and a municipality's statement in a browser, looked at and asked by axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from municipalities.access.rules import Role
from municipalities.costs.invoicing.models import BillingDetails
from tests.browser.test_main_job import PASSWORD, log_in
from tests.conftest import person
from tests.factories import billing, costs

pytestmark = [pytest.mark.browser]


@pytest.fixture
def year():
    """The year of the reference, settled; one instalment and the settlement are claimed."""
    found = costs.settled_year()
    cooperation = found.pool.cooperation
    billing.billed(cooperation)
    billing.claims_of_instalment(found)
    billing.claims_of_settlement(costs.approved_settlement(pool_year=found))
    BillingDetails.objects.filter(municipality__name="Selbu").update(reference="")
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_a_controller_claims_and_reads_a_statement(live_server, page, look, year, language):
    cooperation = year.pool.cooperation
    user = person(cooperation=cooperation, municipality=cooperation.host, role=Role.CONTROLLER)
    user.email = "controller@vaernes.example"
    user.set_password(PASSWORD)
    user.language = language
    user.save()

    page.goto(live_server.url + reverse("claims", args=[cooperation.slug]))
    log_in(page, user)
    expect(page.locator("main")).to_contain_text("LV-0001")
    look(f"claims-{language}")

    page.locator(f"a[href='{reverse('billing', args=[cooperation.slug])}']").first.click()
    expect(page.locator("main")).to_contain_text("920290922")
    look(f"billing-{language}")
    page.locator("main table a").first.click()
    expect(page.locator("input[name=series]")).to_be_visible()
    look(f"billing-host-{language}")

    new = reverse("claims_new", args=[cooperation.slug, year.pool.slug, 2025, "instalment-2"])
    page.goto(live_server.url + new)
    look(f"claims-new-{language}")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("LV-0009")

    page.goto(live_server.url + reverse("statement", args=[cooperation.slug, "5033", 2025]))
    expect(page.locator("main")).to_contain_text("LV-0002")
    page.locator("main summary").first.click()
    look(f"statement-{language}")
