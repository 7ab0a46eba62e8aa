"""Webhooks hear of an import when it is stored, and only then."""

from callstats.imports.models import ImportState
from municipalities.models import WebhookMessage
from municipalities.rules import EventType
from tests.factories.callstats import SourceFactory, call, canonical_csv
from tests.factories.municipalities import CentralFactory
from tests.factories.webhooks import WebhookEndpointFactory

GOOD, BAD = call("a"), call("b", wait_seconds=-1)


def told() -> list[tuple]:
    messages = WebhookMessage.objects.order_by("pk")
    return [(message.event_type, message.payload["data"]) for message in messages]


def test_a_completed_import_is_told_with_its_counts(source, cooperation, run):
    WebhookEndpointFactory(cooperation=cooperation, event_types=list(EventType))
    done = run(source, canonical_csv([GOOD]))
    ((event, data),) = told()
    assert event == "import.completed"
    assert (data["import"], data["source"]) == (str(done.pk), source.slug)
    assert (data["counts"]["created"], data["affected_periods"]) == (1, ["2025-10"])


def test_refused_rows_are_told_as_such(source, cooperation, run):
    WebhookEndpointFactory(cooperation=cooperation, event_types=["import.rows_rejected"])
    run(source, canonical_csv([GOOD]))
    run(source, canonical_csv([GOOD, BAD]))
    ((event, data),) = told()
    assert (event, data["counts"]["rejected"]) == ("import.rows_rejected", 1)


def test_what_is_not_stored_is_not_told(source, cooperation, run):
    WebhookEndpointFactory(cooperation=cooperation, event_types=list(EventType))
    done = run(source, canonical_csv([GOOD, BAD]), is_atomic=True)
    assert (done.state, done.error_code) == (ImportState.FAILED, "rows_refused")
    assert (done.received, done.created, done.rejected) == (2, 0, 1)
    assert [row.code for row in done.refused_rows.all()] == ["negative_duration"]
    assert told() == []


def test_a_central_of_no_cooperation_tells_nobody(run, db):
    source = SourceFactory(central=CentralFactory(cooperation=None))
    assert run(source, canonical_csv([GOOD])).state == ImportState.COMPLETED
    assert told() == []
