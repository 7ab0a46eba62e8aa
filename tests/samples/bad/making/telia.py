"""Bad files of the profile telia-samtalelogg."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import anything, glued
from tests.samples.bad.making.cases import (
    Case,
    lines,
    of_profile,
    part,
    replaced,
    whole,
)

PROFILE = "telia-samtalelogg"
HEAD = "Samtale-ID;Tidspunkt;Innringer;Aksessnummer;Kø;Ventetid;Samtaletid;Snakket med;Status"
GOOD = (
    HEAD,
    "s1;24.10.2025 21:50:03;00000001;116117;Legevakt;00:00:12;00:03:40;Operatør A;Besvart",
    "s2;24.10.2025 21:52:10;00000002;116117;Legevakt;00:02:00;;;Forlot kø",
    "s3;24.10.2025 21:55:31;00000003;116117;Legevakt;00:02:01;00:04:10;Operatør B;Besvart",
)
ROW = GOOD[2]
AT = "24.10.2025 21:52:10"


def cases() -> list[Case]:
    good = lines(*GOOD)
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login={"code": "no_header"}),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_headers(), *_times(), *_values(), *_torn(), *_twice()),
    ]


def _headers() -> list[dict[str, Any]]:
    good, sums = lines(*GOOD), "aggregates_not_calls"
    return [
        whole("no_header.csv", lines(*GOOD[1:]), "no_header", "Nothing names the columns."),
        whole(
            "no_waits.csv",
            good.replace(";Ventetid;", ";Varighet;", 1),
            "missing_columns",
            "Without the column of waits there is nothing to count.",
            place={"columns": ["Ventetid"], "line": 1},
        ),
        whole(
            "letters_of_another_encoding.csv",
            lines(*GOOD).encode().decode("latin-1").encode(),
            "missing_columns",
            "UTF-8 read as Latin-1 and saved again: Kø has become KÃ¸.",
            place={"columns": ["Kø"], "line": 1},
        ),
        whole(
            "sums_in_english.csv",
            lines("Queue;Received contacts;Established contacts;Lost contacts", "Q;160;135;2"),
            sums,
            "ACE Report: sums by queue, with no calls in them.",
            place={"line": 1},
        ),
        whole(
            "sums_in_norwegian.csv",
            lines("Kø;Antall samtaler;Prosent besvarte;Ubesvarte", "Legevakt;160;84,4;25"),
            sums,
            "Kørapport: sums by queue, with no calls in them.",
            place={"line": 1},
        ),
        glued.header_again(GOOD, "s9;24.10"),
    ]


def _times() -> list[dict[str, Any]]:
    told = (
        ("gap_hour.csv", "30.03.2025 02:30:00", "nonexistent_time", "The clock sprang over it."),
        ("february_30.csv", "30.02.2025 21:52:10", "invalid_time", "No such day."),
        ("hour_24.csv", "24.10.2025 24:52:10", "invalid_time", "A day ends at 24."),
        ("day_only.csv", "24.10.2025", "invalid_time", "A day without its clock."),
        ("in_words.csv", "i går 21:52", "invalid_time", "Yesterday: of which day?"),
        ("serial_day.csv", "45954,911", "invalid_time", "A day's number in Excel's calendar."),
        ("year_1904.csv", "23.10.1904 21:52:10", "implausible_time", "A day of 1904's calendar."),
        ("next_year.csv", "24.10.2026 21:52:10", "implausible_time", "A year ahead."),
    )
    rows = [
        part(
            name,
            replaced(GOOD, {3: ROW.replace(AT, text)}),
            wrong,
            (3, "arrived_at", code),
            calls=2,
        )
        for name, text, code, wrong in told
    ]
    return [
        *rows,
        glued.american_dates("american.csv", GOOD),
    ]


def _values() -> list[dict[str, Any]]:
    wait = "00:02:00"
    told = (
        ("status.csv", "Forlot kø", "Borte", "outcome", "unknown_outcome", "A word of no list."),
        ("no_status.csv", "Forlot kø", "", "outcome", "missing_field", "How did it end?"),
        (
            "no_line.csv",
            "116117;Legevakt",
            ";",
            "queue",
            "missing_field",
            "Neither queue nor number.",
        ),
        ("number.csv", "116117", "skjult", "number", "invalid_number", "No number was called."),
        ("no_id.csv", "s2;", ";", "id", "missing_field", "A row without its id among others."),
        ("rounded_id.csv", "s2;", "1,23E+18;", "id", "lossy_id", "Excel has cut the id."),
        ("huge_id.csv", "s2;", "s" * 5_000 + ";", "id", "unknown_value", "It fits no column."),
        ("huge_queue.csv", "Legevakt", "k" * 5_000, "queue", "unknown_value", "Too long a name."),
        ("share.csv", wait, "84 %", "wait_seconds", "invalid_duration", "A share is no wait."),
        ("clock_75.csv", wait, "1:75:00", "wait_seconds", "invalid_duration", "75 minutes."),
        ("formula.csv", wait, "=A1+B1", "wait_seconds", "invalid_duration", "No answer, a sum."),
        ("broken_cell.csv", wait, "#######", "wait_seconds", "invalid_duration", "Too narrow."),
        ("minus.csv", wait, "-00:02:00", "wait_seconds", "negative_duration", "Minus."),
        ("five_hours.csv", wait, "05:00:00", "wait_seconds", "implausible_duration", "Too long."),
        ("digits.csv", wait, "٠٠:٠٢:٥", "wait_seconds", "invalid_duration", "Arabic digits."),
        (
            "overflow.csv",
            wait,
            "5124095576030431:00:15",
            "wait_seconds",
            "invalid_duration",
            "Hours that run over a machine word, to a few seconds.",
        ),
    )
    return [
        part(name, replaced(GOOD, {3: ROW.replace(old, new)}), wrong, (3, field, code), calls=2)
        for name, old, new, field, code, wrong in told
    ]


def _torn() -> list[dict[str, Any]]:
    return [
        glued.cut_row(GOOD),
        part(
            "semicolon_in_a_name.csv",
            replaced(GOOD, {4: GOOD[3].replace("Operatør B", "Operatør;B")}),
            "A semicolon in an unquoted name moves the status.",
            (4, None, "ragged_row"),
            calls=2,
        ),
        glued.unclosed_quote(GOOD, "Legevakt"),
        glued.mixed_delimiters(GOOD),
    ]


def _twice() -> list[dict[str, Any]]:
    other = ROW.replace("00:02:00", "00:00:10")
    return [
        glued.told_twice(GOOD, other),
        part(
            "not_over_yet.csv",
            replaced(GOOD, {3: ROW.replace("Forlot kø", "Ingen status enda"), 4: "s3;x"}),
            "A call that is not over waits; a torn row is named.",
            (4, None, "ragged_row"),
            calls=1,
            pending=1,
        ),
    ]
