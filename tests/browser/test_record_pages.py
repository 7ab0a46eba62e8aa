"""The record's pages in a browser: the demonstration's cooperation, in nynorsk and bokmål."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from legevakt.demo import cooperation as demonstration
from legevakt.demo import record
from legevakt.lib.periods import local_day
from municipalities.access.operations import grant
from municipalities.models import User
from municipalities.rules import Role
from tests.browser.conftest import PAGE_WIDTH, WIDTHS
from tests.browser.test_main_job import PASSWORD, log_in

pytestmark = [pytest.mark.broker, pytest.mark.browser]
FILE = """kommunenummer;frå;til;skyldige;leverte;innleigde;udekte
4633;01.10.2025;31.12.2025;3;2;1;0
4632;01.01.2027;31.01.2027;6;7;0;0
4601;01.01.2027;31.01.2027;3;2;1;0
"""
TABS = 60


@pytest.fixture
def founded():
    """Everything that the demonstration has agreed, decided, checked and counted."""
    call_command("load_register", verbosity=0)
    at = timezone.now()
    founded = demonstration.found(on=local_day(at))
    record.write(founded=founded, at=at)
    return founded


@pytest.fixture
def person(founded):
    """The secretary, who runs the legevakt too, and so sees every page."""
    secretary = User.objects.get(email="sekretariat@alver.example")
    grant(user=secretary, cooperation=founded, municipality=founded.host, role=Role.LEADER)
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


@pytest.fixture
def paths(founded):
    """Name → address of every page that is looked at, without the preview of a file."""
    slug = founded.slug
    agreement = founded.agreements.get(layer="political")
    partner = founded.participants.get(municipality__number="4633")

    def of(name: str, *more) -> str:
        return reverse(name, args=[slug, *more])

    return {
        "hub": of("cooperation"),
        "version": of("agreement_version", agreement.pk, 2),
        "comparison": of("agreement_compare", agreement.pk) + "?from=1&to=2",
        "obligations": of("obligations"),
        "decision": of("decision", founded.decisions.earliest("pk").pk),
        "hearing": of("hearing", founded.hearings.get().pk),
        "checklist": of("central_checklist", slug),
        "competence": of("competence", slug),
        "doctors": of("doctors"),
        "participants": of("participants"),
        "join": of("participant_new"),
        "leave": of("participant_end", partner.pk),
        "merge": of("participants_merge"),
        "split": of("participant_split", partner.pk),
        "history": of("history", "agreementversion", agreement.versions.get(number=2).pk),
        "search": of("agreement_search") + "?q=legevakt",
        "todo": f"{reverse('todo')}?cooperation={slug}",
    }


def upload(page) -> None:
    """Check a file of shifts: one row counted already, one to be looked at, one refused."""
    file = {"name": "vakter.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form button[type=submit]").press("Enter")
    expect(page.locator("main table").first).to_be_visible()


def fits(page, name: str) -> None:
    page.set_viewport_size({"width": WIDTHS["narrow"], "height": 900})
    assert page.evaluate(PAGE_WIDTH) <= WIDTHS["narrow"], f"{name} scrolls sideways"
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})


def reach(page, target) -> None:
    """By the keyboard alone: past the header by the skip link, then on by Tab."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{page.url}: Tab does not reach {target}")


@pytest.mark.django_db(transaction=True)
def test_the_record_is_read_in_both_written_forms(live_server, page, look, person, founded, paths):
    page.goto(live_server.url)
    log_in(page, person)
    expect(page.locator("main")).to_be_visible()
    for name, path in paths.items():
        page.goto(live_server.url + path)
        look(f"record-{name}")
    importing = live_server.url + reverse("shifts_import", args=[founded.slug])
    page.goto(importing)
    upload(page)
    look("record-preview")

    User.objects.filter(pk=person.pk).update(language="nb")
    for name, path in list(paths.items())[::3]:
        page.goto(live_server.url + path)
        assert page.locator("html").get_attribute("lang") == "nb"
        fits(page, name)
    page.goto(importing)
    upload(page)
    fits(page, "preview")

    for name, link in (
        ("obligations", "obligation_new"),
        ("participants", "participant_new"),
        ("doctors", "shifts_import"),
    ):
        page.goto(live_server.url + paths[name])
        reach(page, page.locator(f"main a[href='{reverse(link, args=[founded.slug])}']").first)
    page.goto(live_server.url + paths["merge"])
    reach(page, page.locator("main form button[type=submit]"))
    page.keyboard.press("Enter")
    expect(page.locator("main [data-error-summary]")).to_be_focused()
