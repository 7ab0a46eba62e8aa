"""Reasons in plain words: no codes, and numbers and moments as the reader writes them."""

from datetime import UTC, datetime
from decimal import Decimal

from django.utils import translation

from callstats.conformance.findings import Finding, unseen, wrong
from callstats.conformance.words import said


def said_in(language: str, finding: Finding) -> str:
    with translation.override(language):
        return said(finding)


def test_an_import_that_failed_is_told_with_what_it_says_on_its_own_page():
    params = {"queues": ["nope", "natt"]}
    failed = wrong("import_failed", name="calls.json", reason="unmapped_queues", params=params)
    told = said_in("en", failed)
    assert told.startswith("calls.json: Nothing is stored: these queues or numbers are not mapped")
    assert "nope, natt" in told
    assert "unmapped_queues" not in told


def test_a_refused_row_is_told_with_the_reason_of_the_import():
    refused = wrong("row_refused", call="wait-1", field="wait_seconds", reason="negative_duration")
    told = said_in("en", refused)
    assert told == "The row wait-1 is refused: wait_seconds. The duration is negative."


def test_a_row_without_id_or_field_has_no_hole_in_its_reason():
    told = said_in("en", wrong("row_refused", field="", reason="unreadable_line"))
    assert told == "The row – is refused: –. The line is cut, or cannot be read."


def test_waits_have_the_mark_of_the_language_and_no_empty_decimals():
    facts = {"found": Decimal("120.000"), "expected": Decimal("120.400")}
    waited = wrong("wait_differs", call="wait-2", **facts)
    assert "120 s" in said_in("nn", waited)
    assert "120,4 s" in said_in("nn", waited)
    assert "120.4 s" in said_in("en", waited)


def test_hours_are_told_as_the_clock_on_the_wall_shows_them():
    hours = [datetime(2025, 6, 24, hour, tzinfo=UTC) for hour in (0, 1)]
    missing = said_in("nn", unseen("hours_missing", hours=hours))
    assert "24.06.2025 02:00, 24.06.2025 03:00" in missing
