"""The whole way in a browser: log in, upload, overview, report, approval, outbox."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.feeds.operations import add_source
from legevakt.lib.periods import last_complete_month
from reporting.deliveries import operations as deliveries
from tests.queue_logs import evening_on

PASSWORD = "a long enough password"
pytestmark = [pytest.mark.broker, pytest.mark.pdf, pytest.mark.browser]


@pytest.fixture
def installation_with_outbox(settings):
    """Mail goes to the outbox that a page shows, as in the demonstration."""
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"


@pytest.mark.django_db(transaction=True)
def test_the_main_job_in_a_browser(
    live_server,
    page,
    look,
    central,
    leader,
    host_director,
    partner_director,
    worker,
    installation_with_outbox,
    tmp_path,
):
    add_source(
        slug="pbx",
        central=central,
        profile="asterisk-queue-log",
        queues={"*": "116117"},
        at=timezone.now(),
    )
    for person in (leader, host_director):
        person.set_password(PASSWORD)
        person.language = "en"
        person.save()
    month, last_year = _month(), datetime.now(UTC).year - 1
    deliveries.set_schedule(
        cooperation=central.cooperation,
        kind="annual_report",
        months_after=3,
        day=1,
        local_time=datetime.min.time().replace(hour=8),
        roles=("host_director", "partner_director"),
        is_active=True,
        at=datetime.now(UTC),
    )

    page.goto(live_server.url)
    look("login")
    log_in(page, leader)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    look("overview-empty")

    upload(page, look, tmp_path / "this-month.log", evening_on(month + timedelta(days=4)))
    upload(
        page, look, tmp_path / "last-year.log", evening_on(datetime(last_year, 10, 24, tzinfo=UTC))
    )

    page.get_by_role("link", name="Overview").first.click()
    expect(page.locator("main")).to_contain_text("120 of 160")
    look("overview")

    page.get_by_role("link", name="Annual report").first.click()
    page.get_by_label("Year of the report").select_option(str(last_year))
    page.get_by_role("button", name="Prepare the report").click()
    expect(page.get_by_role("link", name=re.compile("nynorsk|bokmål", re.I))).to_have_count(
        2, timeout=60_000
    )
    look("report-draft")
    page.get_by_role("button", name="The report is checked").click()
    expect(page.locator("main")).to_contain_text("The report is checked")
    log_out(page)

    log_in(page, host_director)
    page.get_by_role("link", name="Annual report").first.click()
    page.get_by_role("link", name=str(last_year)).first.click()
    page.get_by_role("link", name="Approve the report").click()
    look("report-approve")
    page.get_by_role("button", name=re.compile("Approve the report")).click()
    expect(page.locator("main")).to_contain_text("approved")
    look("report-approved")
    page.get_by_role("button", name="Issue the report").click()
    expect(page.locator("main")).to_contain_text("The report is issued")

    page.get_by_role("link", name="Deliveries").first.click()
    page.get_by_role("button", name=re.compile("Send now: Annual report")).click()
    expect(page.locator("main")).to_contain_text(partner_director.email)
    expect(async_state(page)).to_have_count(2, timeout=30_000)
    look("deliveries")

    page.goto(f"{live_server.url}/deliveries/outbox/")
    expect(page.locator("main")).to_contain_text(partner_director.email)
    expect(page.locator("main")).to_contain_text(f"{last_year}")
    look("outbox")

    for language in ("nn", "nb"):
        host_director.language = language
        host_director.save()
        for name, path in PAGES.items():
            page.goto(live_server.url + path)
            look(f"{name}-{language}")


PAGES = {
    "overview": "/",
    "telephony": "/telephony/",
    "definitions": "/telephony/definitions/",
    "definition": "/telephony/definitions/lvs-2min-v1/",
    "reports": "/annual-report/",
    "deliveries": "/deliveries/",
    "letters": "/letters/",
    "schedule": "/deliveries/nordhordland/schedule/annual_report/",
    "schedule-new": "/deliveries/nordhordland/schedule/monthly_letter/",
    "administration": "/administration/",
    "help": "/help/",
    "accessibility": "/accessibility/",
    "second-factor": "/account/2fa/",
}


def log_in(page, person):
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def log_out(page):
    page.locator("details.app-menu--user summary").click()
    page.locator("details.app-menu--user").get_by_role("button", name="Log out").click()
    page.goto(page.url)


def upload(page, look, path, content):
    """Upload by the page, see the preview, confirm, and wait for the end."""
    path.write_text(content, encoding="utf-8")
    page.get_by_role("link", name="Telephony").first.click()
    page.get_by_role("link", name="Imports", exact=True).click()
    page.get_by_role("link", name="Import a call log").click()
    look("upload")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
    store = page.get_by_role("button", name="Store the calls")
    expect(store).to_be_visible(timeout=30_000)
    look("preview")
    store.click()
    expect(page.locator("main .ds-tag").first).to_have_text(re.compile("completed"), timeout=30_000)
    expect(page.locator("main")).to_contain_text("160")
    look("import-completed")


def async_state(page):
    """The deliveries that are sent, asked for anew until the worker has been there."""
    page.wait_for_timeout(1500)
    page.reload()
    return page.get_by_text(re.compile("^\\s*sent\\s*$", re.I))


def _month() -> datetime:
    first = last_complete_month(datetime.now(UTC).date()).starts_on
    return datetime(first.year, first.month, first.day, tzinfo=UTC)
