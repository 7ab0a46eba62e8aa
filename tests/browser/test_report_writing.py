"""The leader writes a chapter of the annual report by the keyboard, in nynorsk."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reporting.annual_report.models import ChapterText
from tests.browser.test_main_job import PASSWORD, log_in
from tests.browser.test_minutes_by_keyboard import press, tab_to, write
from tests.factories.reporting import calls_in_year, draft

pytestmark = [pytest.mark.broker, pytest.mark.browser]


@pytest.fixture
def report(cooperation, central, leader):
    """A draft of 2025 with January's calls; the leader reads nynorsk."""
    leader.language = "nn"
    leader.set_password(PASSWORD)
    leader.save()
    calls_in_year(central=central)
    return draft(cooperation=cooperation, by=leader)


@pytest.mark.django_db(transaction=True)
def test_a_chapter_is_written_with_a_preview_and_a_suggestion(
    live_server, page, look, report, leader
):
    page.goto(live_server.url)
    log_in(page, leader)
    expect(page.locator("main")).to_be_visible()
    page.goto(live_server.url + reverse("annual_report_write", args=[report.pk]))
    look("report-write")
    tab_to(page, page.get_by_role("link", name="Aktivitet og svartid"))
    page.keyboard.press("Enter")
    preview = page.get_by_role("region", name="Førehandsvising")
    expect(preview.locator("svg").first).to_be_visible()

    write(page, "Tekst på nynorsk", "Januar var roleg.")
    write(page, "Tekst på bokmål", "Januar var rolig.")
    expect(preview).to_contain_text("Januar var roleg.")
    assert not ChapterText.objects.exists()
    press(page, re.compile("Ta inn i begge tekstane.*forslag 1"))
    expect(page.get_by_text("Det du ser, er ikkje lagra enno.")).to_be_visible()
    expect(page.get_by_text("Står i begge tekstane.")).to_have_count(1)
    expect(preview.locator("svg").first).to_be_visible()
    look("report-write-chapter")

    press(page, "Lagre kapittelet")
    expect(page.get_by_text("Kapittelet er lagra.")).to_be_visible()
    texts = dict(ChapterText.objects.values_list("language", "text"))
    assert texts["nn"].startswith("Januar var roleg.\n\n")
    assert texts["nb"].startswith("Januar var rolig.\n\n")
