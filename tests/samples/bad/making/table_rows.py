"""Tables in which a row is wrong: what a value is, when it was, and what cannot be true."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import glued
from tests.samples.bad.making.cases import part, replaced

HEAD = "Id;Dato;Klokkeslett;Kø;Nummer;Status;Ventetid;Svart;Slutt;Video;Versjon;Sendt til"
GOOD = (
    HEAD,
    "a1;24.10.2025;21:51:03;main;116117;Besvart;00:01:30;;;ja;1;AMK",
    "a2;24.10.2025;21:52:10;main;116117;Lagt på;00:02:00;;;nei;1;",
    "a3;24.10.2025;21:55:31;main;116117;Besvart;00:02:01;;;;1;",
)
ROW = GOOD[2]
NORWEGIAN: dict[str, Any] = {
    "columns": {
        "id": "Id",
        "arrived_at": ["Dato", "Klokkeslett"],
        "queue": "Kø",
        "number": "Nummer",
        "outcome": "Status",
        "wait_seconds": "Ventetid",
        "answered_at": "Svart",
        "ended_at": "Slutt",
        "video": "Video",
        "version": "Versjon",
        "forwarded_to": "Sendt til",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
    "forwarded": {"AMK": "amk"},
}


def facts() -> list[dict[str, Any]]:
    return [*_values(), *_times(), *_untrue()]


def _values() -> list[dict[str, Any]]:
    wait, line = "00:02:00", "main;116117"
    told = (
        ("no_id.csv", "a2;", ";", "id", "missing_field", "A row without an id."),
        ("rounded_id.csv", "a2;", "1,23457E+18;", "id", "lossy_id", "Excel has cut the id."),
        ("huge_id.csv", "a2;", "a" * 5_000 + ";", "id", "unknown_value", "It fits no column."),
        ("huge_queue.csv", "main", "k" * 5_000, "queue", "unknown_value", "Too long a name."),
        ("no_line.csv", line, ";", "queue", "missing_field", "Neither queue nor number."),
        ("number.csv", "116117", "skjult", "number", "invalid_number", "No number was called."),
        ("number_of_20.csv", "116117", "1" * 20, "number", "invalid_number", "Too many digits."),
        ("status.csv", "Lagt på", "Borte", "outcome", "unknown_outcome", "A word of no list."),
        ("no_status.csv", "Lagt på", "", "outcome", "missing_field", "How did it end?"),
        ("formula_status.csv", "Lagt på", "=1+1", "outcome", "unknown_outcome", "No word."),
        ("error_cell.csv", "Lagt på", "#N/A", "outcome", "unknown_outcome", "A failed look-up."),
        ("share.csv", wait, "84 %", "wait_seconds", "invalid_duration", "A share is no wait."),
        ("two_marks.csv", wait, "1,2,3", "wait_seconds", "invalid_duration", "Two commas."),
        ("nan.csv", wait, "NaN", "wait_seconds", "invalid_duration", "No number, says the file."),
        ("infinity.csv", wait, "Infinity", "wait_seconds", "invalid_duration", "Without end."),
        ("exponent.csv", wait, "1e3", "wait_seconds", "invalid_duration", "Rounded by Excel."),
        ("minus.csv", wait, "-120", "wait_seconds", "negative_duration", "Minus."),
        ("minus_sign.csv", wait, "−120", "wait_seconds", "negative_duration", "A printed minus."),
        ("five_hours.csv", wait, "05:00:00", "wait_seconds", "implausible_duration", "Too long."),
        ("thousand_digits.csv", wait, "9" * 1_000, "wait_seconds", "invalid_duration", "Huge."),
        ("other_digits.csv", wait, "١٢٠", "wait_seconds", "invalid_duration", "Arabic digits."),
        ("video.csv", ";nei;", ";kanskje;", "video", "unknown_value", "Neither yes nor no."),
        ("version.csv", ";nei;1;", ";nei;1.5;", "version", "invalid_number", "No whole number."),
        ("forwarded.csv", ";1;", ";1;Mars;", "forwarded_to", "unknown_value", "Of no list."),
    )
    return [
        part(
            name,
            replaced(GOOD, {3: ROW.replace(old, new).replace(";Mars;", ";Mars")}),
            wrong,
            (3, field, code),
            calls=2,
        )
        for name, old, new, field, code, wrong in told
    ]


def _times() -> list[dict[str, Any]]:
    at = "24.10.2025;21:52:10"
    told = (
        ("gap_hour.csv", "30.03.2025;02:30:00", "nonexistent_time", "The clock sprang over it."),
        ("february_30.csv", "30.02.2025;21:52:10", "invalid_time", "No such day."),
        ("hour_24.csv", "24.10.2025;24:00:00", "invalid_time", "Of this day or the next?"),
        ("second_60.csv", "24.10.2025;21:52:61", "invalid_time", "No such second."),
        ("day_only.csv", "24.10.2025;", "invalid_time", "A day without its clock."),
        ("clock_only.csv", ";21:52:10", "invalid_time", "A clock without its day."),
        ("no_time.csv", ";", "missing_field", "Neither day nor clock."),
        (
            "with_offset.csv",
            "24.10.2025;21:52:10+02:00",
            "invalid_time",
            "An offset not asked for.",
        ),
        ("formula.csv", "=TODAY();=NOW()", "invalid_time", "Formulas in place of a time."),
        ("serial_day.csv", "45954;0,911", "invalid_time", "A day's number in Excel's calendar."),
        ("year_0.csv", "00.00.0000;00:00:00", "invalid_time", "No such day."),
        ("year_1904.csv", "23.10.1904;21:52:10", "implausible_time", "A day of 1904's calendar."),
        ("next_year.csv", "24.10.2026;21:52:10", "implausible_time", "A year ahead."),
        ("short_year.csv", "24.10.25;21:52:10", "implausible_time", "The year 25, it says."),
    )
    return [
        part(
            name,
            replaced(GOOD, {3: ROW.replace(at, text)}),
            wrong,
            (3, "arrived_at", code),
            calls=2,
        )
        for name, text, code, wrong in told
    ]


def _untrue() -> list[dict[str, Any]]:
    day = "24.10.2025"
    early = ROW.replace(";;;nei", f";{day} 21:52:09;;nei")
    ended = ROW.replace(";;;nei", f";{day} 21:54:10;{day} 21:54:09;nei")
    other = ROW.replace("00:02:00", "00:00:10")
    order = "impossible_order"
    return [
        part(
            "answered_before_it_came.csv",
            replaced(GOOD, {3: early}),
            "Answered a second before it came.",
            (3, "answered_at", order),
            calls=2,
        ),
        part(
            "ended_before_it_was_answered.csv",
            replaced(GOOD, {3: ended}),
            "Ended a second before it was answered.",
            (3, "ended_at", order),
            calls=2,
        ),
        glued.told_twice(GOOD, other),
    ]
