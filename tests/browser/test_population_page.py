"""Folketal in a browser: the six years, and a file on its way in; looked at, and asked by axe."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from legevakt.lib.periods import local_day
from municipalities.costs.population.rules import first_days
from municipalities.register.models import FigureStatus, Population
from tests.browser.test_main_job import PASSWORD, log_in
from tests.factories.municipalities import CooperationFactory, MunicipalityFactory
from tests.factories.population import counted

pytestmark = [pytest.mark.broker, pytest.mark.browser]

NORDHORDLAND = {
    "4632": ("Austrheim", 2_900),
    "4633": ("Fedje", 510),
    "4634": ("Masfjorden", 1_620),
    "4635": ("Gulen", 2_250),
    "4629": ("Modalen", 390),
}


@pytest.fixture
def many(cooperation, host):
    """Six municipalities with six years, the last of them provisional and one missing."""
    partners = [
        MunicipalityFactory(number=number, name=name) for number, (name, _) in NORDHORDLAND.items()
    ]
    CooperationFactory(slug=cooperation.slug, host=host, partners=partners)
    cooperation.participants.update(joined_date=date(2018, 1, 1))
    days = first_days(local_day(timezone.now()))
    for at, day in enumerate(days):
        is_last = day == days[-1]
        status = FigureStatus.PROVISIONAL if is_last else FigureStatus.FINAL
        counted(host, day, 29_300 + 150 * at, status=status)
        for each in partners:
            if not (is_last and each.number == "4629"):
                begins = NORDHORDLAND[each.number][1]
                counted(each, day, begins + 5 * at, status=status)
    return cooperation


@pytest.mark.django_db(transaction=True)
def test_six_years_and_a_file_on_its_way_in(many, controller, live_server, page, look):
    controller.set_password(PASSWORD)
    controller.save()
    page.goto(live_server.url)
    log_in(page, controller)
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    page.goto(f"{live_server.url}/costs/{many.slug}/population/")
    expect(page.locator("[data-chart] svg")).to_be_visible()
    look("population")

    page.get_by_role("link", name="Upload figures").click()
    look("population-upload")

    *_, before, last = first_days(local_day(timezone.now()))
    text = (
        f"region;Personer {before.year};Personer {last.year}\n4631 Alver;30100;30200\n"
        "4629 Modalen;410;415\nK-Rest Uoppgitt;0;3\n"
    )
    page.set_input_files(
        "input[type=file]",
        {"name": "folketal.csv", "mimeType": "text/csv", "buffer": text.encode()},
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Final figures would be changed")).to_be_visible()
    look("population-preview")

    page.get_by_label("Why final figures are changed").fill("SSB har retta folketalet")
    page.get_by_role("button", name="Store the figures").click()
    expect(page.get_by_text("SSB har retta folketalet").first).to_be_visible()
    look("population-revised")
    assert Population.objects.get(municipality__number="4629", counted_date=last).inhabitants == 415
