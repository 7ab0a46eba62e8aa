"""A month is imported, computed, checked, published, found lacking, revised; each step is kept."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from callstats.feeds.models import Source
from callstats.feeds.operations import add_source
from callstats.imports.models import CallImport
from callstats.periods import tasks
from callstats.periods.models import IndicatorPeriod
from legevakt.lib.periods import Period
from tests.factories.callstats import TokenFactory, call, canonical_csv, canonical_json
from tests.factories.webhooks import WebhookEndpointFactory

OCTOBER = Period.month(2025, 10)
THIRD_OF_NOVEMBER = datetime(2025, 11, 3, 7, 30, tzinfo=UTC)
FIFTH_OF_JANUARY = datetime(2026, 1, 5, 8, tzinfo=UTC)
LATE = call("late", arrived_at=OCTOBER.starts_at + timedelta(hours=300), outcome="abandoned")
REASON = "The exchange kept one call back."

pytestmark = pytest.mark.broker


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_a_month_is_published_and_revised_in_the_open(
    central, leader, host_director, as_person, worker, mailbox, until, clock
):
    clock.move_to(THIRD_OF_NOVEMBER)
    webhook = WebhookEndpointFactory(
        cooperation=central.cooperation, event_types=["indicator.published", "indicator.revised"]
    )
    source = add_source(
        slug="pbx",
        central=central,
        profile="canonical",
        queues={"lv_116117": "116117"},
        at=THIRD_OF_NOVEMBER,
    )
    token = TokenFactory(source=source)
    leaders, directors = as_person(leader), as_person(host_director)

    # A month with a call an hour, every fifth too late, by the page; Celery computes it.
    import_by_page(leaders, source, canonical_csv(month_of_rows()), until)
    until(lambda: IndicatorPeriod.objects.filter(starts_on=OCTOBER.starts_on).exists())
    assert parts_on(leaders) == "596 of 745"

    # The leader is asked by e-mail, once, and checks what the page shows.
    for _beat in range(2):
        tasks.ask_for_checks.delay()
    until(lambda: len(mailbox.received) == 1)
    assert "October 2025" in page(leaders, reverse("dashboard"))
    post(leaders, "period_check", seen_on(leaders))
    assert "waits for you to publish it" in page(directors, reverse("dashboard"))
    post(directors, "period_publish", {})
    first = IndicatorPeriod.objects.get(starts_on=OCTOBER.starts_on, ends_on=OCTOBER.ends_on)
    assert (first.checked_by, first.published_by) == (leader, host_director)
    assert first.imports["imports"] == 1

    # What is published stays: a late row is refused, the database refuses, nothing differs.
    assert send(token, LATE)["errors"][0]["code"] == "period_locked"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE callstats_indicatorfigure SET numerator = 0")
    assert verified() == {"figures": first.figures.count(), "deviations": [], "under_revision": []}

    # A year is not published before its months.
    said = post(leaders, "period_check", seen_on(leaders, "2025"), period="2025")
    assert "The period is not over." in said
    clock.move_to(FIFTH_OF_JANUARY)
    leaders, directors = as_person(leader), as_person(host_director)  # the sessions have ended
    post(leaders, "period_check", seen_on(leaders, "2025"), period="2025")
    why = {"provisional_reason": "There is data for October only."}
    assert "twelve months" in post(directors, "period_publish", why, period="2025")
    assert not IndicatorPeriod.objects.years().filter(state="published").exists()

    # A revision is opened with its reason: now the late row comes in; the old figure counts.
    post(leaders, "period_revise", {"reason": REASON})
    assert send(token, LATE)["counts"]["created"] == 1
    assert verified()["under_revision"] == ["2025-10"]
    tasks.recompute_central.delay(central_id=central.pk)
    until(lambda: "596 of 746" in page(leaders, period_url(revision=2)))
    assert parts_on(leaders) == "596 of 745"

    # Checked and published again: the new one counts, the old one stands, the change is shown.
    post(leaders, "period_check", seen_on(leaders, revision=2))
    post(directors, "period_publish", {})
    assert parts_on(leaders) == "596 of 746"
    assert parts_on(leaders, revision=1) == "596 of 745"
    told = page(leaders, period_url())
    assert REASON in told
    assert "80.0% (596 of 745)" in told
    assert "79.9% (596 of 746)" in told
    first.refresh_from_db()
    assert (first.state, first.imports["imports"]) == ("published", 1)
    assert verified()["deviations"] == []
    assert send(token, LATE | {"id": "later"})["errors"][0]["code"] == "period_locked"

    # Other systems were told of both.
    published, revised = [m.payload["data"] for m in webhook.messages.order_by("pk")]
    assert (published["revision"], published["numerator"], published["denominator"]) == (
        1,
        596,
        745,
    )
    assert (revised["revision"], revised["denominator"], revised["reason"]) == (2, 746, REASON)


def month_of_rows() -> list[dict]:
    """A call an hour through October; four of five are answered within two minutes."""
    return [
        call(
            f"c{n}",
            arrived_at=OCTOBER.starts_at + timedelta(hours=n),
            wait_seconds=300 if n % 5 == 0 else 20,
        )
        for n in range(OCTOBER.hours())
    ]


def import_by_page(browser: Client, source: Source, content: bytes, until) -> None:
    """Upload, wait for the preview, confirm, wait for the end."""
    file = SimpleUploadedFile("october.csv", content, content_type="text/csv")
    answer = browser.post(reverse("import_upload"), {"source": source.pk, "file": file})
    pk = answer.url.rstrip("/").rsplit("/", 1)[1]
    until(lambda: CallImport.objects.get(pk=pk).state == "checked")
    browser.post(reverse("import_confirm", args=[pk]))
    until(lambda: CallImport.objects.get(pk=pk).is_finished)
    assert CallImport.objects.get(pk=pk).state == "completed"


def send(token, row: dict) -> dict:
    """One call by the API; what it answers."""
    answer = Client().post(
        "/api/v1/call-imports",
        canonical_json([row]),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token.key}"},
    )
    return answer.json()


def period_url(period: str = "2025-10", *, revision: int | None = None) -> str:
    url = reverse("period", args=["nordhordland", period])
    return f"{url}?revision={revision}" if revision else url


def page(browser: Client, url: str) -> str:
    return " ".join(browser.get(url).content.decode().split())


def parts_on(browser: Client, *, revision: int | None = None) -> str:
    return browser.get(period_url(revision=revision)).context["parts"]


def seen_on(browser: Client, period: str = "2025-10", *, revision: int | None = None) -> dict:
    """What the page's own form sends."""
    context = browser.get(period_url(period, revision=revision)).context
    return {"seen": context["seen"], "shown": context["shown"]}


def post(browser: Client, name: str, data: dict, *, period: str = "2025-10") -> str:
    """Press the button; the page it leads to."""
    url = reverse(name, args=["nordhordland", period])
    return browser.post(url, data, follow=True).content.decode()


def verified() -> dict:
    out = StringIO()
    call_command("verify_published", "--central=nordhordland", "--json", stdout=out)
    return json.loads(out.getvalue())["nordhordland"]
