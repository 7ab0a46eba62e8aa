"""The main job: a call log goes in; indicator, overview, annual report and e-mail come out."""

import json
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from callstats.feeds.operations import add_source
from callstats.imports.models import CallImport
from reporting.deliveries import operations as deliveries
from reporting.deliveries import tasks as sending
from reporting.models import AnnualReport, Delivery

SAMPLES = Path(__file__).parents[1] / "samples"
LOGS = ("asterisk20_2025-10-24_queue_log.0", "asterisk20_2025-10-24_queue_log")
QUEUES = {"lv_116117": "116117", "lv_direkte": "lokal8", "lv_overlop": "116117"}
FIRST_OF_MARCH = datetime(2026, 3, 1, 7, 0, 30, tzinfo=UTC)  # 08:00:30 in Oslo

pytestmark = [pytest.mark.broker, pytest.mark.pdf]


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_from_the_log_to_the_received_report(
    central, leader, host_director, partner_director, as_person, worker, mailbox, until, clock
):
    clock.move_to(FIRST_OF_MARCH)
    source = add_source(
        slug="pbx", central=central, profile="asterisk-queue-log", queues=QUEUES, at=timezone.now()
    )
    leaders_browser = as_person(leader)

    for name in LOGS:
        import_by_page(leaders_browser, source, name, until)

    level = service_level("2025-10-24", "2025-10-25")
    assert (level["offered"], level["answered"], level["within_two_minutes"]) == (160, 135, 120)

    leaders_browser.post(
        reverse("annual_report_prepare", args=[central.cooperation.slug]), {"year": 2025}
    )
    report = AnnualReport.objects.get(year=2025)
    until(lambda: report.documents.filter(state="done").count() == 2)
    step(leaders_browser, report, "check")
    until(lambda: report.documents.filter(state="done").count() == 2)
    directors_browser = as_person(host_director)
    step(directors_browser, report, "approve")
    step(directors_browser, report, "issue")
    report.refresh_from_db()
    assert report.state == "issued"

    deliveries.set_schedule(
        cooperation=central.cooperation,
        kind="annual_report",
        months_after=3,
        day=1,
        local_time=time(8, 0),
        roles=("host_director", "partner_director"),
        is_active=True,
        at=FIRST_OF_MARCH - timedelta(days=60),
    )
    sending.send_due.delay()
    sending.send_due.delay()  # a second beat
    until(lambda: Delivery.objects.filter(state="sent").count() == 2)

    received = [message_from_bytes(e.content, policy=default) for e in mailbox.received]
    assert sorted(str(m["To"]) for m in received) == sorted(
        [host_director.email, partner_director.email]
    )
    for message in received:
        (attached,) = message.iter_attachments()
        assert attached.get_content_type() == "application/pdf"
        with pikepdf.open(_as_file(attached.get_content())) as pdf:
            assert str(pdf.Root.Lang).startswith("nn")


def step(browser, report, name):
    """Check, approve or issue the report as it is shown."""
    report.refresh_from_db()
    browser.post(
        reverse(f"annual_report_{name}", args=[report.pk]),
        {"content_sha256": report.content_sha256},
    )


def import_by_page(browser, source, name, until):
    """Upload, wait for the preview, confirm, wait for the end."""
    with (SAMPLES / name).open("rb") as file:
        answer = browser.post(reverse("import_upload"), {"source": source.pk, "file": file})
    pk = answer.url.rstrip("/").rsplit("/", 1)[1]
    until(lambda: CallImport.objects.get(pk=pk).state == "checked")
    browser.post(reverse("import_confirm", args=[pk]))
    until(lambda: CallImport.objects.get(pk=pk).is_finished)
    assert CallImport.objects.get(pk=pk).state == "completed"


def service_level(first: str, end: str) -> dict:
    out = StringIO()
    call_command(
        "service_level",
        "--central=nordhordland",
        f"--from={first}",
        f"--to={end}",
        "--json",
        stdout=out,
    )
    return json.loads(out.getvalue())


def _as_file(content: bytes):
    from io import BytesIO

    return BytesIO(content)
