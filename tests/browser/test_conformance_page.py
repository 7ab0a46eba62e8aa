"""The conformance page in a browser: looked at, asked by axe, started over."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_job import PASSWORD, log_in
from tests.callstats.conformance.conftest import QUEUES, Line
from tests.callstats.conformance.vendors import WRONG, right
from tests.factories.callstats import SourceFactory, TokenFactory
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_a_leader_sees_what_is_wrong_and_then_that_all_is_right(
    live_server, page, look, central, leader
):
    sandbox = CentralFactory(slug="try", cooperation=central.cooperation, is_sandbox=True)
    source = SourceFactory(slug="vendor", name="The vendor", central=sandbox, queues=QUEUES)
    line = Line(TokenFactory(source=source).key)
    line.sends(WRONG["local time as UTC"][0])
    leader.set_password(PASSWORD)
    leader.language = "en"
    leader.save()
    page.goto(live_server.url)
    log_in(page, leader)

    page.goto(f"{live_server.url}/telephony/sources/vendor/conformance/")
    expect(page.get_by_text("does not conform yet")).to_be_visible()
    page.get_by_text("3. 26 October 2025").click()
    expect(page.get_by_text("2025-10-26 02:30:00.000, fold 1").first).to_be_visible()
    look("conformance-wrong")

    page.get_by_role("button", name="start over").click()
    expect(page.get_by_text("Send the scenario again")).to_be_visible()
    line.sends(right())
    page.reload()
    expect(page.get_by_text("conforms, ")).to_be_visible()
    look("conformance-right")
