"""The pages of cost sharing in a browser, wide and narrow, in both written forms of Norwegian."""

import pytest
from playwright.sync_api import expect

from municipalities.access.rules import Role
from tests.browser.test_main_job import PASSWORD, log_in
from tests.conftest import person
from tests.factories import costs

pytestmark = [pytest.mark.browser]

PAGES = {
    "economy": "",
    "pool": "pools/legevakt/",
    "keys": "pools/legevakt/keys/",
    "key": "pools/legevakt/keys/1/",
    "budget": "pools/legevakt/2025/budget/",
    "accounts": "pools/legevakt/2025/accounts/",
    "report": "pools/legevakt/2025/report/?up_to=12",
    "settlements": "pools/legevakt/2025/settlements/",
    "usage": "usage/",
    "population": "population/",
    "arts": "arts/",
    "mappings": "mappings/",
    "simulator": "simulator/",
}


@pytest.fixture
def year():
    """The year of the reference with its budget, instalments, accounts and settlement."""
    found = costs.settled_year()
    costs.approved_settlement(pool_year=found)
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_controller_looks_through_the_rooms(live_server, page, look, year, language):
    cooperation = year.pool.cooperation
    user = person(cooperation=cooperation, municipality=cooperation.host, role=Role.CONTROLLER)
    user.email = "controller@vaernes.example"
    user.set_password(PASSWORD)
    user.language = language
    user.save()
    page.goto(live_server.url)
    log_in(page, user)
    expect(page.locator("main")).to_be_visible()

    for name, path in PAGES.items() if language == "nn" else list(PAGES.items())[:4]:
        page.goto(f"{live_server.url}/costs/{cooperation.slug}/{path}")
        expect(page.locator("main h1")).to_be_visible()
        look(f"costs-{name}-{language}")
