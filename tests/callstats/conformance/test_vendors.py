"""A vendor that sends right passes every check; each wrong one fails just what it should."""

import pytest

from callstats.calls.models import Call
from callstats.conformance.rules import CHECKS
from tests.callstats.conformance.conftest import SCENARIO, ended, reasons
from tests.callstats.conformance.vendors import WRONG, Vendor, right

pytestmark = pytest.mark.usefixtures("clock")

# vendor → (check, one of its reasons)
REASONS = {
    "the doubled hour's second half always": (
        "dst-autumn",
        "The call dst-autumn-1 arrived at 2025-10-26T01:30:00Z, expected 2025-10-26T00:30:00Z:"
        " the doubled hour was resolved to its second half.",
    ),
    "local time as UTC": (
        "moments",
        "The call ordinary-1 arrived at 2025-01-15T11:00:00Z, expected 2025-01-15T10:00:00Z:"
        " the local time was sent as if it were UTC.",
    ),
    "winter's offset all the year": (
        "moments",
        "The call ordinary-2 arrived at 2025-07-15T11:00:00Z, expected 2025-07-15T10:00:00Z:"
        " it has the offset of winter, +01:00.",
    ),
    "waits in whole minutes": (
        "waits",
        "The call abandoned-2 waited 0 s, expected 3 s: the wait was rounded to whole minutes.",
    ),
    "waits in whole seconds": (
        "waits",
        "The call wait-120-4 waited 120 s, expected 120.4 s: the wait was rounded to whole"
        " seconds.",
    ),
    "waits by the wall clock": (
        "dst-spring",
        "The call dst-spring-3 waited 3,780 s, expected 180 s: the wait was reckoned by the"
        " clock on the wall, which was changed meanwhile.",
    ),
    "waits of the last queue": (
        "transfer",
        "The call transfer-1 waited 120 s, expected 180 s: only the wait in its last queue was"
        " sent.",
    ),
    "a call for each queue": (
        "transfer",
        "transfer-2/2 is a stay of the call transfer-2 in one queue, not a call of its own.",
    ),
    "a new id each time": (
        "duplicate",
        "duplicate-1-again is the call duplicate-1 under another id. Give a call the same id"
        " each time.",
    ),
    "nothing twice": (
        "duplicate",
        "The calls came only once. Send the delivery again, with another Idempotency-Key or none.",
    ),
    "one of two twice": (
        "duplicate",
        "The call duplicate-2 came only once. Send the whole delivery again.",
    ),
    "no version": (
        "stale",
        "The call stale-1 was replaced by its older version. Send version, higher each time.",
    ),
    "no offset": (
        "offsets",
        "arrived_at of midnight-1 is 2025-05-31T23:59:30.000: it has no offset from UTC.",
    ),
    "the caller by name": (
        "nothing-refused",
        "The row ordinary-1 is refused: caller. The field is not known, and what is not known is"
        " not taken in.",
    ),
}


def test_who_sends_right_passes_every_check(line):
    line.sends(right())
    report = line.report()
    assert ended(report, "pass") == set(CHECKS)
    assert report["conforms"] is True
    assert report["conforms_at"] == "2025-11-10T12:00:00Z"
    assert Call.objects.count() == 31


def test_a_key_is_not_required(line):
    line.sends(Vendor(has_keys=False))
    report = line.report()
    assert ended(report, "not_seen") == {"idempotency-key"}
    assert report["conforms"] is True


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_vendor_fails_just_what_it_should_and_is_told_why(line, clock, name):
    vendor, failed, unseen = WRONG[name]
    for body, headers in vendor.requests(line.get(SCENARIO).json()):
        assert line.send(body, **headers).status_code in (200, 422)
        clock.shift(1)
    report = line.report()
    assert (ended(report, "fail"), ended(report, "not_seen")) == (failed, unseen)
    assert report["conforms"] is False
    assert report["conforms_at"] is None
    if name in REASONS:
        check, words = REASONS[name]
        assert words in reasons(report, check)


def test_every_reason_is_of_a_vendor():
    assert set(REASONS) <= set(WRONG)


def test_before_anything_came_nothing_is_passed(line):
    report = line.report()
    assert ended(report, "not_seen") == set(CHECKS)
    assert report["conforms"] is False


def test_a_queue_without_a_number_is_told(line, source):
    source.queue_lines.all().delete()
    line.sends(right())
    report = line.report()
    assert ended(report, "fail") == {"nothing-refused"}
    told = reasons(report, "nothing-refused")
    assert "these queues or numbers are not mapped: main" in told[0]
    assert len(told) == len(set(told))
