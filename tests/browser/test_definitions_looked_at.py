"""The pages of the definitions in a browser: looked at wide and narrow, and asked by axe."""

import pytest
from django.urls import reverse

from tests.browser.test_main_job import PASSWORD, log_in

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.mark.django_db(transaction=True)
def test_the_definitions_are_read_wide_and_narrow(live_server, page, leader, look):
    leader.set_password(PASSWORD)
    leader.language = "en"
    leader.save()
    page.goto(live_server.url)
    log_in(page, leader)
    page.goto(live_server.url + reverse("definitions"))
    look("definitions")
    for definition in ("lvs-2min-caller-v1", "lvs-abandonment-bands-v1"):
        page.goto(live_server.url + reverse("definition", args=[definition]))
        look(definition)
