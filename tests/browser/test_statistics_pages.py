"""The pages of statistics in a browser: looked at, asked by axe, their filters used."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.models import Annotation, CallHour, FeedHour
from callstats.periods import operations
from legevakt.lib.periods import rolling_months
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.callstats import SourceFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = [pytest.mark.broker, pytest.mark.browser]
CHART = "[data-chart='drawn'] svg"
PAGES = ["trend", "hour-of-week", "waits", "abandonment", "municipalities"]


@pytest.fixture
def year(central, leader):
    """Twelve months of a small central, one of them without data, and two things that happened."""
    for number, name in {"4632": "Austrheim", "4635": "Gulen"}.items():
        MunicipalityFactory(number=number, name=name)
    source, period = SourceFactory(slug="pbx", central=central), rolling(12)
    empty = period.months()[4]
    dice, hours, feed = random.Random(117), [], []
    line = central.numbers.order_by("pk").first()
    for n in range(period.hours()):
        at = period.starts_at + timedelta(hours=n)
        if empty.starts_at <= at < empty.ends_at:
            continue
        feed.append(FeedHour(source=source, hour_at=at))
        if at.hour in (2, 3):
            continue
        slow = 140 if at.weekday() >= 5 and 8 <= at.hour <= 12 else 60
        for place, often in {
            "4631": 0.6,
            "4633": 0.02,
            "4632": 0.15,
            "4635": 0.0004,
            "": 0.1,
        }.items():
            if dice.random() < often:
                waits = sorted(int(1000 * dice.expovariate(1 / slow)) for _ in range(3))
                outcome = "abandoned" if dice.random() < 0.15 else "answered"
                hours.append(
                    CallHour(
                        central=central,
                        line=line,
                        hour_at=at,
                        outcome=outcome,
                        municipality=place,
                        calls=3,
                        ambiguous_calls=0,
                        waits_ms=waits,
                        talk_seconds=300,
                    )
                )
    FeedHour.objects.bulk_create(feed)
    CallHour.objects.bulk_create(hours)
    for month in period.months():
        operations.compute(central=central, period=month, at=timezone.now())
    note(central, "outage", period.months()[2].starts_on, "The lines were down", by=leader)
    note(central, "epidemic", period.months()[9].starts_on, "Influenza", by=leader, days=40)
    return period


def rolling(months):
    return rolling_months(months, before=timezone.localdate())


def note(central, kind, starts_on: date, text, *, by, days=2):
    Annotation.objects.create(
        central=central,
        kind=kind,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days),
        text=text,
        created_at=timezone.now(),
        created_by=by,
    )


@pytest.fixture
def reader(live_server, page, leader):
    leader.set_password(PASSWORD)
    leader.language = "en"
    leader.save()
    page.goto(live_server.url)
    log_in(page, leader)
    expect(page.get_by_role("link", name="Telephony").first).to_be_visible()
    return page


@pytest.mark.django_db(transaction=True)
def test_a_reader_goes_from_the_overview_to_each_page(live_server, year, central, reader, look):
    reader.goto(live_server.url)
    reader.get_by_role("link", name="All about the telephones of").click()
    look("statistics")

    for name in PAGES:
        reader.goto(f"{live_server.url}/statistics/{central.slug}/{name}/")
        expect(reader.locator(CHART)).to_be_visible()
        look(f"statistics-{name}")
        reader.get_by_text("Show the figures as a table").click()
        expect(reader.get_by_role("table")).to_be_visible()
    look("statistics-table")


@pytest.mark.django_db(transaction=True)
def test_filters_lead_to_an_address_that_lasts(live_server, year, central, reader, look):
    months = year.months()
    first, last = (f"{months[place].starts_on:%Y-%m}" for place in (2, 3))
    reader.goto(f"{live_server.url}/statistics/{central.slug}/trend/")
    reader.get_by_label("Per", exact=True).select_option("day")
    reader.get_by_label("First month").fill(first)
    reader.get_by_label("Last month").fill(last)
    reader.get_by_role("button", name="Show").press("Enter")

    expect(reader.locator(CHART)).to_be_visible()
    assert f"from={first}" in reader.url
    assert "by=day" in reader.url
    expect(reader.get_by_role("heading", name="What happened")).to_be_visible()
    look("statistics-by-day")

    with reader.expect_download() as download:
        reader.get_by_role("link", name="Download the table (XLSX)").click()
    assert download.value.suggested_filename == f"{central.slug}-trend-{first}-{last}.xlsx"

    reader.get_by_label("Per", exact=True).select_option("rolling")
    reader.get_by_label("Indicator").select_option("lvs-median-v1")
    reader.get_by_role("button", name="Show").click()
    expect(reader.get_by_role("heading", name="Correct this before you go on")).to_be_visible()
    look("statistics-error")
