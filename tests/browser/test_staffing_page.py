"""The operators that are needed, in a browser: looked at, asked by axe, and what if."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.calls.models import CallHour
from callstats.calls.operations import note_feed
from callstats.staffing.queries import last_weeks
from legevakt.lib.periods import OSLO, local_day
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.callstats import SourceFactory

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def busy_central(central):
    """Four weeks with few calls at night, many in the evening, most in the weekend."""
    period = last_weeks(weeks=4, before=local_day(timezone.now()))
    line = central.numbers.order_by("pk").first()
    rows = []
    for number in range(period.hours()):
        hour_at = period.starts_at + timedelta(hours=number)
        calls = calls_at(hour_at.astimezone(OSLO))
        rows.append(of_hour(central, line, hour_at, "answered", [20_000] * calls, talk=260 * calls))
        rows.append(of_hour(central, line, hour_at, "abandoned", [60_000] * (calls // 8)))
    CallHour.objects.bulk_create(rows)
    source = SourceFactory(slug="pbx", central=central)
    note_feed(
        source_id=source.pk,
        first_at=period.starts_at,
        last_at=period.ends_at - timedelta(hours=1),
    )
    return central


def calls_at(local):
    """Calls of the local hour."""
    weekend = 14 if local.isoweekday() > 5 else 0
    if local.hour < 8:
        return 3
    return weekend + (24 if local.hour >= 16 else 12)


def of_hour(central, line, hour_at, outcome, waits_ms, *, talk=0):
    return CallHour(
        central=central,
        line=line,
        hour_at=hour_at,
        outcome=outcome,
        calls=len(waits_ms),
        ambiguous_calls=0,
        waits_ms=waits_ms,
        talk_seconds=talk,
    )


def number(page, label):
    """The number beside the slider."""
    return page.get_by_role("spinbutton", name=label)


@pytest.mark.django_db(transaction=True)
def test_a_partner_asks_what_if(live_server, busy_central, partner_director, page, look):
    partner_director.set_password(PASSWORD)
    partner_director.language = "en"
    partner_director.save()
    page.goto(live_server.url)
    log_in(page, partner_director)
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    page.goto(f"{live_server.url}/telephony/staffing/?weeks=4")
    expect(page).to_have_url(f"{live_server.url}/telephony/staffing/{busy_central.slug}/")
    page.get_by_label("Calls of").select_option("4")
    page.get_by_role("button", name="Compute").press("Enter")
    expect(page.locator("main")).to_contain_text("Busiest: Saturday 16–17, 42.0 calls an hour")
    expect(page.locator('[data-chart="drawn"]')).to_be_visible()
    look("staffing")
    page.set_viewport_size({"width": 360, "height": 900})
    options = page.get_by_role("region", name="One operator fewer, the needed, and one more")
    hint = page.get_by_text("Scroll sideways to see the whole table").and_(page.locator(":visible"))
    expect(hint.first).to_be_visible()
    expect(options).to_have_attribute("data-more-after", "")
    options.evaluate("table => table.scrollTo(table.scrollWidth, 0)")
    expect(options).not_to_have_attribute("data-more-after", "")
    expect(options).to_have_attribute("data-more-before", "")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(hint).to_have_count(0)

    number(page, "Change in the number of calls (%)").fill("50")
    number(page, "Mean patience of the callers (seconds)").fill("60")
    page.get_by_label("Look closer at day").select_option("6")
    page.get_by_role("button", name="Compute").press("Enter")
    expect(page.locator("main")).to_contain_text("63.0 calls an hour")
    expect(page.locator("main")).to_contain_text("1 min 0 s, as filled in")

    number(page, "Answered in time (%)").fill("100")
    number(page, "Answered in time (%)").blur()
    expect(page.get_by_role("heading", name="Correct this before you go on")).to_be_visible()
    look("staffing-errors")

    page.get_by_role("link", name="Back to the measured").click()
    page.get_by_text("Show the figures as a table").click()
    look("staffing-numbers")


@pytest.mark.django_db(transaction=True)
def test_a_slider_is_moved_by_keys_and_the_page_computes_at_once(
    live_server, busy_central, partner_director, page
):
    partner_director.set_password(PASSWORD)
    partner_director.language = "en"
    partner_director.save()
    page.goto(live_server.url)
    log_in(page, partner_director)
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    page.goto(f"{live_server.url}/telephony/staffing/{busy_central.slug}/?weeks=4")
    calls = page.get_by_role("slider", name="Change in the number of calls (%)")
    patience = page.get_by_role("slider", name="Mean patience of the callers (seconds)")
    expect(patience).to_have_attribute("aria-valuetext", "as estimated")

    for _step in range(10):
        calls.press("ArrowRight")

    expect(page.locator("#staffing-answer")).to_contain_text("63.0 calls an hour")
    expect(page.locator("#staffing-summary")).to_contain_text("63.0 calls an hour")
    expect(page.locator("#announcer")).to_contain_text("63.0 calls an hour")
    expect(page.locator('[data-chart="drawn"]')).to_be_visible()
    expect(calls).to_be_focused()
    expect(calls).to_have_attribute("aria-valuetext", "50%")
    expect(number(page, "Change in the number of calls (%)")).to_have_value("50")
    assert "calls_percent=50" in page.url

    patience.press("Home")
    expect(page.locator("#staffing-plan")).to_contain_text("10 s, as filled in")
    number(page, "Mean patience of the callers (seconds)").fill("90")
    expect(patience).to_have_attribute("aria-valuetext", "1 min 30 s")
    number(page, "Mean patience of the callers (seconds)").fill("")
    number(page, "Mean patience of the callers (seconds)").blur()
    expect(page.locator("#staffing-plan")).to_contain_text("estimated from")


@pytest.mark.django_db(transaction=True)
def test_without_script_the_numbers_are_filled_in_and_sent(
    live_server, busy_central, partner_director, chromium, client
):
    client.force_login(partner_director)
    cookie = client.cookies["sessionid"]
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/telephony/staffing/{busy_central.slug}/?weeks=4")

    page.locator("[name=calls_percent]").fill("50")
    page.locator("[name=after_call_seconds]").fill("90")
    page.locator("form.staffing-form button").click()

    assert "calls_percent=50" in page.url
    expect(page.locator("#staffing-answer")).to_contain_text("63")
    expect(page.locator("[data-slider]:has([name=after_call_seconds]) output")).to_have_text(
        "1 min 30 s"
    )
    assert page.locator("input[type=range]:visible").count() == 0
    context.close()


@pytest.mark.django_db(transaction=True)
def test_an_empty_central_says_what_to_do(live_server, central, partner_director, page, look):
    partner_director.set_password(PASSWORD)
    partner_director.language = "en"
    partner_director.save()
    page.goto(live_server.url)
    log_in(page, partner_director)
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    page.goto(f"{live_server.url}/telephony/staffing/")
    expect(page.locator("main")).to_contain_text("No call log covers these weeks")
    look("staffing-empty")
