"""The whole wizard in a browser, with a file as nasty as telephone systems make them."""

import re

import pytest
from playwright.sync_api import expect

from callstats.mappings.models import MappingDraft
from tests.browser.test_main_job import PASSWORD, log_in
from tests.callstats.mappings.conftest import ROWS, nasty
from tests.factories.callstats import SourceFactory

UNKNOWN_WORD = "1004;07.03.2025;10:00:00;Lokal;94567890;Satt over;20,0;"
pytestmark = [pytest.mark.browser]


@pytest.mark.django_db(transaction=True)
def test_a_mapping_is_made_from_a_sample(live_server, page, look, central, leader, tmp_path):
    source = SourceFactory(slug="pbx", central=central, profile="table", queues={})
    leader.set_password(PASSWORD)
    leader.language = "en"
    leader.save()
    sample = tmp_path / "Samtalelogg mars.csv"
    sample.write_bytes(nasty(*ROWS, UNKNOWN_WORD))

    page.goto(f"{live_server.url}/telephony/sources/{source.slug}/mapping/versions/")
    log_in(page, leader)
    look("mapping-versions-empty")
    page.get_by_role("link", name="Make the first from a sample").click()
    look("mapping-start")
    page.locator("input[type=file]").set_input_files(sample)
    page.get_by_role("button", name="Look at the sample").click()

    expect(page.get_by_role("heading", name="What the sample means")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("91234567")
    expect(page.get_by_label("What “Kø” is")).to_have_value("queue")
    expect(page.get_by_label("Decimal mark")).to_have_value(",")
    look("mapping-guess")
    page.get_by_label("What “Samtaletid” is").select_option(label="not used")
    page.get_by_label(re.compile("Satt over")).select_option("unknown")
    page.get_by_role("heading", name="How the file is written").click()
    page.get_by_label("Lines to leave out").click()  # waits until the fold is open
    page.get_by_label("Lines to leave out").press("Enter")
    expect(page).to_have_url(re.compile("#result$"))
    expect(page.get_by_role("heading", name="The result")).to_be_focused()
    look("mapping-result")

    save = page.get_by_role("button", name="Save the mapping")
    save.click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("The dates can be read in two ways")
    look("mapping-open-question")
    page.get_by_label(re.compile("day before month")).check()
    page.get_by_label(re.compile("LV 116117")).select_option(label="116 117 (116117)")
    page.get_by_label(re.compile("Lokal")).select_option(index=2)
    page.get_by_role("button", name="Save the mapping").click()

    expect(page.locator("main")).to_contain_text("Version 1 is saved")
    look("mapping-versions")
    version = source.mapping_version
    assert version.mapping["columns"]["arrived_at"] == ["Dato", "Klokkeslett"]
    assert version.mapping["time_formats"] == ["%d.%m.%Y %H:%M:%S"]
    assert version.mapping["outcomes"] == {
        "Besvart": "answered",
        "Tapt": "abandoned",
        "Satt over": "unknown",
    }
    assert "talk_seconds" not in version.mapping["columns"]
    assert set(source.queue_lines.values_list("queue", flat=True)) == {"LV 116117", "Lokal"}
    assert not MappingDraft.objects.exists()
