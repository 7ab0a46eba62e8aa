"""Rules and notes in a browser: proposed by one, approved by another, looked at by axe."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.exclusions.models import Exclusion
from callstats.periods import operations as indicators
from legevakt.lib.periods import Period
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.annotations import note
from tests.factories.callstats import SourceFactory, call, stored
from tests.factories.exclusions import STARTS_AT, approved, proposed

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def calls(central):
    """Forty calls around the hour of the tests; the month is computed."""
    source = SourceFactory(slug="pbx", central=central)
    rows = [
        call(
            f"c{number}",
            arrived_at=STARTS_AT + timedelta(minutes=5 * number - 100),
            queue="lv_direkte" if number % 5 == 0 else "lv_116117",
            outcome="abandoned" if number % 4 == 0 else "answered",
            wait_seconds=10 * number,
        )
        for number in range(40)
    ]
    stored(source=source, rows=rows)
    indicators.compute(central=central, period=Period.month(2025, 10), at=timezone.now())


@pytest.fixture
def open_as(live_server, page):
    """`open_as(person, path)` shows the page to that person."""

    def open_as(person, path):
        page.context.clear_cookies()
        person.set_password(PASSWORD)
        person.language = "en"
        person.save()
        page.goto(live_server.url)
        log_in(page, person)
        expect(page.locator("main")).to_be_visible()
        page.goto(live_server.url + path)
        return page

    return open_as


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("calls")
def test_test_calls_are_left_out_by_two_persons(central, leader, host_director, open_as, look):
    page = open_as(leader, "/telephony/exclusions/nordhordland/")
    look("exclusions-empty")
    page.get_by_role("link", name="Propose a rule").click()
    page.get_by_role("button", name="Propose the rule").click()
    look("exclusion-errors")

    page.get_by_label("What it is about").select_option("test_calls")
    page.get_by_label("Name", exact=True).fill("Test of the new queue")
    page.get_by_label("Reason").fill("The vendor rang to try out the new queue.")
    page.get_by_label("From").fill("2025-10-26T02:30")
    page.get_by_label("To", exact=True).fill("2025-10-26T04:00")
    page.get_by_role("button", name="Propose the rule").click()
    expect(page.locator("main")).to_contain_text("this time came twice")
    look("exclusion-doubled-hour")

    page.get_by_label("From").fill("2025-10-24T14:00")
    page.get_by_label("To", exact=True).fill("2025-10-24T15:00")
    page.get_by_role("button", name="Propose the rule").press("Enter")
    expect(page.locator("main")).to_contain_text("another person must approve it")
    look("exclusion-proposed")
    rule = Exclusion.objects.get()

    page = open_as(host_director, f"/telephony/exclusions/nordhordland/{rule.pk}/")
    look("exclusion-to-decide")
    page.get_by_role("button", name="Approve the rule").press("Enter")
    expect(page.locator("main")).to_contain_text("The rule is approved")
    look("exclusion-approved")
    page.get_by_role("link", name="Withdraw the rule").click()
    page.get_by_role("button", name="Withdraw the rule").click()
    look("exclusion-withdraw-errors")
    page.get_by_label("Why it is withdrawn").fill("The calls were real after all.")
    page.get_by_role("button", name="Withdraw the rule").press("Enter")
    expect(page.locator("main")).to_contain_text("The rule is withdrawn")
    expect(page.locator("main")).to_contain_text("The calls were real after all.")
    look("exclusion-withdrawn")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("calls")
def test_the_rules_of_a_central_are_listed(central, leader, host_director, open_as, look):
    approved(central=central, by=leader, approver=host_director)
    proposed(
        central=central,
        by=leader,
        name="Overflow was tried out",
        starts_at=STARTS_AT + timedelta(hours=1),
        line=central.numbers.get(line_class="lokal8"),
    )
    open_as(host_director, "/telephony/exclusions/nordhordland/")
    look("exclusions")


@pytest.mark.django_db(transaction=True)
def test_a_note_is_written_and_taken_away(central, leader, open_as, look):
    page = open_as(leader, "/telephony/notes/nordhordland/")
    look("notes-empty")
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("What kind of event").select_option("outage")
    page.get_by_label("First day").fill("2025-10-24")
    page.get_by_label("What happened").fill("Ring 56 34 90 00")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("main")).to_contain_text("no person may be recognised")
    look("note-errors")

    page.get_by_label("What happened").fill("The power was out in a storm.")
    page.get_by_role("button", name="Save the note").press("Enter")
    expect(page.locator("main")).to_contain_text("The note is written")
    note(central=central, by=leader, starts_on=date(2025, 9, 1), ends_on=date(2025, 10, 1))
    page.reload()
    look("notes")
    page.get_by_role("link", name="Take away").first.click()
    look("note-remove")
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator("main")).to_contain_text("The note is taken away")
    expect(page.locator("main")).to_contain_text("Taken away by")
    look("notes-removed")
