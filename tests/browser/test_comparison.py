"""The comparison in a browser: looked at, asked by axe, and a difference explained by keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callstats.periods import operations
from legevakt.lib.periods import Period, local_day, rolling_months
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.aggregates import AggregateSeriesFactory, stored
from tests.factories.municipalities import CentralFactory, PublicNumberFactory
from tests.factories.reporting import calls_in_year

pytestmark = [pytest.mark.browser]


def computed(central, period):
    """Every month of the period with its calls, stored."""
    source = None
    for month in period.months():
        first = month.starts_on
        source = calls_in_year(
            central=central, year=first.year, months=(first.month,), source=source
        )
        operations.compute(central=central, period=month, at=month.ends_at)


# Every name of the legend ends within the chart; on a phone they stand under each other.
LEGEND_IS_WHOLE = """isNarrow => {
  const chart = document.querySelector('[data-chart] svg').getBoundingClientRect();
  const names = [...document.querySelectorAll('[data-chart] .role-legend-label text')];
  const boxes = names.map(name => name.getBoundingClientRect());
  const isList = new Set(boxes.map(box => Math.round(box.y))).size === boxes.length;
  return boxes.length === 2 && isList === isNarrow && boxes.every(box => box.right <= chart.right);
}"""


@pytest.fixture
def last_twelve():
    """Up to the month before the one it is in Oslo, as the page itself reckons."""
    return rolling_months(12, before=local_day(timezone.now()))


@pytest.fixture
def two_centrals(central, cooperation, last_twelve):
    """One with twelve months and the year 2023, one that lacks the last three months."""
    computed(central, Period.year(2023))
    computed(central, last_twelve)
    other = CentralFactory(cooperation=cooperation, slug="askvoll", name="Askvoll og Fjaler")
    PublicNumberFactory(central=other)
    computed(other, Period(last_twelve.starts_on, last_twelve.months()[-3].starts_on))
    return central


@pytest.fixture
def series(two_centrals, last_twelve):
    """The same as our calls in one month, one call off in another, and far off in the rest."""
    series = AggregateSeriesFactory(central=two_centrals, slug="hdo", name="HDO månadsrapport")
    rows = ["Måned;Tilbudt;Besvart;Innen 2 min"]
    for number, month in enumerate(last_twelve.months()):
        days, more = month.days, {0: 0, 1: 1}.get(number, 9)
        rows.append(
            f"{month.starts_on:%Y-%m};{4 * days + more};{3 * days + more};{2 * days + more}"
        )
    stored(series=series, text="\n".join(rows) + "\n", at=last_twelve.ends_at)
    return series


@pytest.mark.django_db(transaction=True)
def test_a_difference_is_found_and_explained(live_server, page, look, leader, series, last_twelve):
    leader.set_password(PASSWORD)
    leader.language = "en"
    leader.save()

    page.goto(f"{live_server.url}/telephony/comparison/")
    log_in(page, leader)
    expect(page.get_by_role("heading", name="Comparison of centrals")).to_be_visible()
    look("comparison-centrals")

    page.get_by_role("link", name=series.central.name).first.click()
    expect(page.locator("[data-chart] svg")).to_be_visible()
    look("comparison-nation")
    for width, is_narrow in ((360, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(LEGEND_IS_WHOLE, arg=is_narrow)

    page.get_by_role("link", name="Compare month by month with the figures of others").click()
    expect(page.locator("main")).to_contain_text("12 rows compared: 1 agree")
    look("comparison-reconciliation")

    page.get_by_role("link").filter(
        has_text=f"{last_twelve.months()[-1].starts_on:%B %Y}"
    ).first.click()
    page.get_by_role("button", name="Save the explanation").click()
    look("comparison-month-errors")
    page.get_by_label("Why the figures differ").fill("HDO counts our test calls as well.")
    page.get_by_label("Why the figures differ").press("Enter")
    expect(page.locator("main")).to_contain_text("1 is explained")
    expect(page.locator("main")).to_contain_text("HDO counts our test calls as well.")
    look("comparison-explained")


@pytest.mark.django_db(transaction=True)
def test_without_a_series_the_page_says_how_to_go_on(live_server, page, look, leader, central):
    leader.set_password(PASSWORD)
    leader.language = "nn"
    leader.save()
    page.goto(f"{live_server.url}/telephony/comparison/{central.slug}/reconciliation/")
    log_in(page, leader)
    look("comparison-no-series")
    expect(page.locator("main .app-empty a")).to_have_attribute(
        "href", "/telephony/aggregates/new/"
    )
