"""Why below the target, in a browser: looked at, asked by axe, with and without figures."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from callstats.annotations.models import Annotation
from callstats.models import CallHour, FeedHour
from callstats.periods import operations
from legevakt.lib.periods import OSLO, Period
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.callstats import SourceFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = [pytest.mark.broker, pytest.mark.browser]

APRIL = Period.month(2025, 4)
COMPUTED_AT = datetime(2025, 5, 2, 8, 0, tzinfo=UTC)
MUNICIPALITIES = {"4631": "Alver", "4632": "Austrheim", "4633": "Fedje", "4634": "Masfjorden"}


@pytest.fixture
def april_with_easter(central):
    """Calls of every hour, weak on Saturdays around noon and in Easter, and a month before it."""
    source = SourceFactory(central=central)
    for number, name in MUNICIPALITIES.items():
        MunicipalityFactory(number=number, name=name)
    for month in (Period.month(2025, 3), APRIL):
        months_calls(source, month, chance=random.Random(month.starts_on.month))
        operations.compute(central=central, period=month, at=COMPUTED_AT)
    Annotation.objects.create(
        central=central,
        kind="outage",
        starts_on=date(2025, 4, 12),
        ends_on=date(2025, 4, 13),
        text="The lines to the central were down from 10 to 12",
        created_at=COMPUTED_AT,
    )


def months_calls(source, month, *, chance):
    lines = list(source.central.numbers.order_by("pk"))
    hours = [month.starts_at + timedelta(hours=n) for n in range(month.hours())]
    FeedHour.objects.bulk_create(FeedHour(source=source, hour_at=hour) for hour in hours)
    CallHour.objects.bulk_create(
        calls for hour in hours for calls in hours_calls(source.central, lines, hour, chance=chance)
    )


def hours_calls(central, lines, hour, *, chance):
    local = hour.astimezone(OSLO)
    is_saturday_noon = local.isoweekday() == 6 and 10 <= local.hour < 14
    is_easter = local.month == 4 and 17 <= local.day <= 21
    late = 0.5 if is_saturday_noon or is_easter else 0.16
    waits = [
        300_000 if chance.random() < late else 30_000
        for _ in range(chance.randrange(1, 8 if 8 <= local.hour < 22 else 3))
    ]
    yield CallHour(
        central=central,
        line=chance.choice(lines),
        hour_at=hour,
        outcome="answered",
        municipality=chance.choices(["", *MUNICIPALITIES], weights=[9, 60, 20, 0.3, 9])[0],
        calls=len(waits),
        ambiguous_calls=0,
        waits_ms=sorted(waits),
        talk_seconds=0,
    )


@pytest.mark.django_db(transaction=True)
def test_a_director_reads_why_april_was_below(
    live_server, page, look, partner_director, april_with_easter
):
    partner_director.set_password(PASSWORD)
    partner_director.language = "en"
    partner_director.save()
    page.goto(live_server.url)
    log_in(page, partner_director)

    page.goto(f"{live_server.url}/figure/nordhordland/2025-04/")
    page.get_by_role("link", name="Why below 80%?").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Why below 80%: April 2025")
    expect(page.locator("main")).to_contain_text("Saturdays 10–")
    expect(page.locator('[data-chart="drawn"]')).to_be_visible()
    page.get_by_text("Show the figures as a table").click()
    expect(page.locator("#blocks-title")).to_be_visible()
    look("why-below")

    with page.expect_download() as started:
        page.locator('a[href*="table=days&format=xlsx"]').click()
    assert started.value.suggested_filename == "nordhordland-2025-04-days.xlsx"

    page.get_by_role("link", name="March 2025").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Where calls waited too long: March 2025"
    )
    look("why-met")

    page.goto(f"{live_server.url}/telephony/why/nordhordland/2025/")
    look("why-year")
    page.goto(f"{live_server.url}/telephony/why/nordhordland/2024-02/")
    expect(page.locator("main")).to_contain_text("No call log covers the period.")
    look("why-nothing")
    page.goto(f"{live_server.url}/figure/nordhordland/2025-04/")
    look("figure-below")
