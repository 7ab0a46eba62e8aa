"""A year's instalments and its settlement in a browser: looked at by axe, and answered."""

import pytest
from playwright.sync_api import expect

from municipalities.access.rules import Role
from municipalities.costs.settlements import operations
from municipalities.register.models import Municipality
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories import costs
from tests.factories.municipalities import MembershipFactory, UserFactory

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def sent():
    """The settlement of the reference, sent for comment; Selbu objects."""
    found = costs.sent_settlement()
    operations.comment(
        settlement=found,
        municipality=costs.municipality("Selbu"),
        is_accepted=False,
        text="Folketalet er feil.",
        by=None,
        at=costs.AT,
    )
    return found


def person(settlement, name, role):
    user = UserFactory(email=f"{role.value}@costs.example", password=PASSWORD)
    MembershipFactory(
        user=user,
        cooperation=settlement.pool_year.pool.cooperation,
        municipality=Municipality.objects.get(number=costs.NUMBERS[name]),
        role=role,
    )
    return user


@pytest.mark.django_db(transaction=True)
def test_a_partner_reads_its_line_and_answers(live_server, page, look, sent):
    page.goto(live_server.url)
    log_in(page, person(sent, "Tydal", Role.PARTNER_DIRECTOR))
    expect(page.locator("main")).to_be_visible()
    of_year = f"{live_server.url}/costs/vaernes/pools/legevakt/2025"
    page.goto(f"{of_year}/instalments/")
    look("costs-instalments")

    page.goto(f"{of_year}/settlements/1/")
    look("costs-settlement")
    page.goto(f"{of_year}/settlements/1/comments/5033")
    look("costs-settlement-comment")
    page.locator("input[value=accepted]").check()
    page.locator("form.app-form button[type=submit]").click()

    expect(page.locator("main")).to_contain_text("Tydal")
    assert sent.comments.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_director_sees_the_objection_before_approving(live_server, page, look, sent):
    page.goto(live_server.url)
    log_in(page, person(sent, "Stjørdal", Role.HOST_DIRECTOR))
    expect(page.locator("main")).to_be_visible()
    page.goto(f"{live_server.url}/costs/vaernes/pools/legevakt/2025/settlements/1/approve")
    look("costs-settlement-approve")

    expect(page.locator("main")).to_contain_text("Folketalet er feil.")
