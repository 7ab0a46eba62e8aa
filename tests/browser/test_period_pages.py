"""Months and years in a browser: checked, published and revised by hand, asked by axe."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.annotations.models import Annotation
from callstats.models import IndicatorPeriod
from callstats.periods.names import name_of
from legevakt.lib.periods import Period, last_complete_month, local_day
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.callstats import SourceFactory
from tests.factories.months import fed, hour_of_calls, month_of_calls, published

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def months(central, leader, host_director):
    """The last month open, the one before it provisional and published, and a replaced system."""
    last = last_complete_month(local_day(timezone.now()))
    before = last_complete_month(last.starts_on)
    old = SourceFactory(slug="old", name="The old exchange", central=central)
    fed(old, period=before, hours=300)
    row = month_of_calls(central, before, within=400, late=80, unanswered=60, hours=500)
    published(row, checked_by=leader, by=host_director, reason="The exchange was replaced.")
    month_of_calls(central, last, within=2811, late=400, unanswered=191)
    new = SourceFactory(slug="new", name="The new exchange", central=central)
    middle = last.starts_on + timedelta(days=45)
    fed(new, period=Period(middle, middle + timedelta(days=2)), hours=24)
    Annotation.objects.create(
        central=central,
        kind="series_break",
        starts_on=last.starts_on,
        ends_on=last.ends_on,
        text="A new menu stands before the queue",
        created_at=timezone.now(),
    )
    return last, before


@pytest.fixture
def browser_of(live_server, page):
    """`browser_of(person)` is the page, with the person logged in instead of who was before."""

    def browser_of(person):
        person.set_password(PASSWORD)
        person.language = "en"
        person.save()
        page.context.clear_cookies()
        page.goto(live_server.url)
        log_in(page, person)
        expect(page.get_by_role("link", name="Overview").first).to_be_visible()
        return page

    return browser_of


@pytest.mark.django_db(transaction=True)
def test_a_month_is_checked_published_and_revised_by_hand(
    live_server, central, months, leader, host_director, browser_of, look
):
    last, before = months
    root = f"{live_server.url}/telephony/periods"
    page = browser_of(leader)
    look("periods-overview")
    page.goto(f"{root}/")
    look("periods")
    page.get_by_role("link", name=central.name).first.click()
    look("periods-of-central")

    page.get_by_role("link", name="Look at it and check it").click()
    look("period-open")
    hour_of_calls(central, period=last, outcome="abandoned", waits_ms=[9_000], municipality="4631")
    page.get_by_role("button", name="The figures are right").click()
    expect(page.locator("main")).to_contain_text("The figures have changed since you opened")
    look("period-changed")
    page.get_by_role("button", name="The figures are right").press("Enter")
    expect(page.locator("body")).to_contain_text("It is checked.")

    page = browser_of(host_director)
    expect(page.locator("main")).to_contain_text("waits for you to publish it")
    page.get_by_role("link", name="See the figures").click()
    page.get_by_role("link", name="Publish the figures").click()
    look("period-publish")
    page.get_by_role("button", name="Publish the figures").click()
    expect(page.locator("body")).to_contain_text("It is published, and its figures are frozen.")
    look("period-published")

    page.goto(f"{root}/{central.slug}/{name_of(before)}/")
    look("period-provisional")
    page.get_by_role("link", name="Open a revision").click()
    page.get_by_role("button", name="Open the revision").click()
    look("period-revise-errors")
    page.get_by_label("Why it is revised").fill("The old exchange's log was found.")
    page.get_by_role("button", name="Open the revision").click()
    hour_of_calls(
        central, period=before, outcome="answered", waits_ms=[9_000] * 40, municipality="4631"
    )
    month_of_calls(central, before)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{before.starts_on:%Y}")
    look("period-revision")
    page.goto(f"{root}/{central.slug}/{name_of(before)}/")
    look("period-counts-meanwhile")
    page.goto(f"{root}/{central.slug}/")
    look("periods-under-revision")
    assert IndicatorPeriod.objects.filter(revision=2).count() == 1
