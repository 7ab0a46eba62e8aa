"""The pages of telephone systems in a browser: looked at, asked by axe, worked by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.calls.models import FeedHour
from callstats.feeds import operations as feeds
from callstats.feeds.models import Source, SourceToken
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.callstats import CallImportFactory, SourceFactory, TokenFactory

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def silent_source(central):
    """Heard from until an hour and a half ago, with holes before that."""
    now = timezone.now()
    source = SourceFactory(
        slug="pbx", name="The exchange", central=central, silent_after_minutes=60
    )
    seen_at = now - timedelta(minutes=90)
    for age in range(3):
        CallImportFactory(
            source=source,
            file_name=f"queue_log.{age}",
            created_at=seen_at - timedelta(days=age),
            state="completed_with_errors" if age else "completed",
            received=100,
            created=100 - age,
            rejected=age,
            last_at=seen_at - timedelta(days=age),
        )
    begin = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=12)
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=begin + timedelta(hours=n))
        for n in range(12 * 24 - 1)
        if n % 50 > 3
    )
    TokenFactory(source=source, name="Exchange", networks=["192.0.2.0/24"])
    feeds.watch(source=source, at=now)
    return source


@pytest.fixture
def browser_of(live_server, page):
    """`browser_of(person)` is a page on which the person is logged in."""

    def browser_of(person):
        person.set_password(PASSWORD)
        person.language = "en"
        person.save()
        page.goto(live_server.url)
        log_in(page, person)
        expect(page.get_by_role("link", name="Telephony").first).to_be_visible()
        return page

    return browser_of


@pytest.mark.django_db(transaction=True)
def test_a_leader_sets_up_a_system_with_a_token(live_server, central, leader, browser_of, look):
    page = browser_of(leader)
    page.goto(f"{live_server.url}/telephony/sources/")
    look("sources-empty")

    page.get_by_role("link", name="New telephone system").first.click()
    look("source-new")
    page.get_by_label("Name", exact=True).fill("Puzzel at the central")
    page.get_by_label("How its files are read").select_option("puzzel-call-events")
    page.get_by_role("button", name="Set it up").click()

    look("source-queues")
    page.get_by_label("Queue 1", exact=True).fill("legevakt")
    page.get_by_label("Number that queue 1 serves").select_option("116117:116117")
    page.get_by_role("button", name="Save the queues").press("Enter")
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    look("source-fresh")

    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("Only from these addresses").fill("here")
    page.get_by_role("button", name="Make the token").click()
    look("source-token-errors")
    page.get_by_label("Name", exact=True).fill("Puzzel")
    page.get_by_label("Only from these addresses").fill("192.0.2.0/24")
    page.get_by_role("button", name="Make the token").click()
    look("source-token-shown")
    key = page.locator(".feed-token code").inner_text()
    assert SourceToken.objects.get_from_key(key).source.slug == "puzzel-at-the-central"

    page.get_by_role("link", name="I have copied it").click()
    look("source-tokens")
    assert key not in page.content()
    page.get_by_role("link", name="Revoke").click()
    look("source-token-revoke")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.locator("main")).to_contain_text("revoked")


@pytest.mark.django_db(transaction=True)
def test_a_silent_system_is_seen_and_a_sandbox_made(
    live_server, silent_source, leader, browser_of, look
):
    page = browser_of(leader)
    page.goto(f"{live_server.url}/telephony/")
    expect(page.locator("main")).to_contain_text("The exchange is silent")
    page.get_by_role("link", name="See the telephone system").click()
    look("source")
    page.goto(f"{live_server.url}/telephony/sources/")
    look("sources")
    page.goto(f"{live_server.url}/telephony/profiles/")
    look("profiles")
    page.goto(f"{live_server.url}/telephony/sources/pbx/settings/")
    look("source-settings")
    token = silent_source.tokens.get()
    page.goto(f"{live_server.url}/telephony/sources/pbx/tokens/{token.prefix}/renew/")
    look("source-token-renew")
    page.goto(f"{live_server.url}/telephony/sources/pbx/")
    page.get_by_role("button", name="Make a sandbox").press("Enter")
    expect(page.locator("main")).to_contain_text("This is a sandbox")
    look("source-sandbox")
    assert Source.objects.get(slug="pbx-sandbox").central.is_sandbox
