"""Bad files of the profile 3cx-call-report."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import anything
from tests.samples.bad.making.cases import (
    Case,
    inserted,
    lines,
    of_profile,
    part,
    replaced,
    whole,
)

PROFILE = "3cx-call-report"
HEAD = "Call Time,Caller ID,,Destination,Status,Ringing,Talking,Totals,Cost,Reason,Play"
# Lines 1 title, 2 header, 3-4 an answered call, 5 given up, 6-7 answered, 8-9 footer.
GOOD = (
    "Type: Call Reports,,",
    HEAD,
    "10/24/2025 9:15:00 PM,Fiktiv (00000001),,Q 801 Legevakt,answered,00:00:00,00:00:31,,,,",
    ",Fiktiv (00000001),,Operatør (101),answered,00:00:08,00:03:00,,,,",
    "10/24/2025 9:10:00 PM,Fiktiv (00000002),,Q 801 Legevakt,unanswered,00:00:00,00:00:40,,,,",
    "10/24/2025 9:05:00 PM,Fiktiv (00000003),,Q 801 Legevakt,answered,00:00:01,00:00:59,,,,",
    ",Fiktiv (00000003),,Operatør (102),answered,00:00:04,00:01:00,,,,",
    "Total:,,,,,0.00:00:13,0.00:06:10,,,,",
    ",,,3CX Ltd.",
)
GIVEN_UP = GOOD[4]
AT = "10/24/2025 9:10:00 PM"
OFF = {"ignored": 3}  # title, Total: and 3CX Ltd.


def cases() -> list[Case]:
    good = lines(*GOOD)
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login={"code": "no_header"}),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_cut(), *_times(), *_orders(), *_values(), *_headers()),
        *of_profile(PROFILE, *_settings()),
    ]


def _cut() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        part(
            "without_footer.csv",
            lines(*GOOD[:7]),
            "Without its footer the report is cut: rows of the last call may be missing.",
            (6, None, "cut_off"),
            calls=2,
            ignored=1,
        ),
        part(
            "cut_in_a_row.csv",
            good[: good.index("Operatør (102)")],
            "The last row is torn, and so the call it belongs to.",
            (7, None, "ragged_row"),
            calls=2,
            ignored=1,
        ),
        part(
            "begins_with_a_continuation.csv",
            replaced(GOOD, {3: None}),
            "The row of an operator whose call is not in the file.",
            (3, None, "orphan_row"),
            calls=2,
            **OFF,
        ),
        part(
            "two_reports_the_first_cut.csv",
            lines(*GOOD[:6]) + good,
            "Two reports glued, and the first of them has no end.",
            (6, None, "cut_off"),
            calls=5,
            ignored=5,
        ),
        part(
            "comma_in_a_name.csv",
            replaced(GOOD, {4: GOOD[3].replace("Operatør (101)", "Fiktiv, Operatør (101)")}),
            "A comma in an unquoted name moves the columns: was it answered, or not?",
            (4, "outcome", "unknown_outcome"),
            calls=2,
            **OFF,
        ),
        whole(
            "unclosed_quote.csv",
            replaced(GOOD, {3: GOOD[2].replace("Q 801", '"Q 801')}) + ",x\n" * 60,
            "unclosed_quote",
            "One quotation mark too many swallows the rows after it.",
            place={"line": 3},
        ),
    ]


def _times() -> list[dict[str, Any]]:
    told = (
        ("gap_hour.csv", "03/30/2025 2:30:00 AM", "nonexistent_time", "The clock sprang over it."),
        ("month_13.csv", "13/32/2025 9:10:00 PM", "invalid_time", "Neither order makes a date."),
        ("leap_day.csv", "02/29/2025 9:10:00 PM", "invalid_time", "2025 has no such day."),
        ("hour_25.csv", "10/24/2025 25:10:00", "invalid_time", "A day has 24 hours."),
        ("no_seconds.csv", "10/24/2025 9:10 PM", "invalid_time", "Opened and saved in Excel."),
        ("formula.csv", "=TODAY()", "invalid_time", "A formula in place of a time."),
        ("year_1904.csv", "10/23/1904 9:10:00 PM", "implausible_time", "A day of 1904's calendar."),
        ("next_year.csv", "10/24/2026 9:10:00 PM", "implausible_time", "A year ahead."),
    )
    return [
        part(
            name,
            replaced(GOOD, {5: GIVEN_UP.replace(AT, text)}),
            wrong,
            (5, "arrived_at", code),
            calls=2,
            **OFF,
        )
        for name, text, code, wrong in told
    ]


def _orders() -> list[dict[str, Any]]:
    both = lines(*GOOD).replace("10/24/2025", "10/11/2025")
    return [
        whole(
            "either_order.csv",
            both,
            "date_order_unknown",
            "The tenth of November or the eleventh of October: the report does not say.",
            place={"line": 3},
        ),
        whole(
            "both_orders.csv",
            replaced(GOOD, {5: GIVEN_UP.replace("10/24/2025", "24/10/2025")}),
            "date_order_unknown",
            "One row fits only one order, another only the other.",
            place={"line": 5},
        ),
        whole(
            "other_order_than_set.csv",
            lines(*GOOD),
            "wrong_date_order",
            "The source is set to day before month, and the server writes month first.",
            mapping="3cx_day_first",
            place={"line": 3, "formats": ["dmy"]},
        ),
    ]


def _values() -> list[dict[str, Any]]:
    long = {"Legevakt": "Legevakt " + "k" * 5_000}
    told = (
        ("status.csv", {"unanswered": "besvart"}, 5, "outcome", "unknown_outcome", "Translated."),
        ("formula_status.csv", {"unanswered": "=1+1"}, 5, "outcome", "unknown_outcome", "No word."),
        ("length.csv", {"00:00:40": "40 %"}, 5, "wait_seconds", "invalid_duration", "A share."),
        ("clock_75.csv", {"00:00:40": "00:75:00"}, 5, "wait_seconds", "invalid_duration", "75 min"),
        ("minus.csv", {"00:00:40": "-00:00:40"}, 5, "wait_seconds", "negative_duration", "Minus."),
        (
            "two_days.csv",
            {"00:00:40": "2.00:00:40"},
            5,
            "wait_seconds",
            "implausible_duration",
            "No caller waits two days.",
        ),
        (
            "five_hours.csv",
            {"00:00:40": "05:00:00"},
            5,
            "wait_seconds",
            "implausible_duration",
            "No caller waits five hours.",
        ),
        ("huge_queue.csv", long, 5, "queue", "unknown_value", "A queue that fits no column."),
        (
            "other_digits.csv",
            {"00:00:40": "٠٠:٠٠:٤٠"},
            5,
            "wait_seconds",
            "invalid_duration",
            "Arabic digits.",
        ),
    )
    return [_value(*each) for each in told]


def _value(
    name: str, change: dict[str, str], line: int, field: str, code: str, wrong: str
) -> dict[str, Any]:
    [(old, new)] = change.items()
    row = GOOD[line - 1].replace(old, new)
    return part(name, replaced(GOOD, {line: row}), wrong, (line, field, code), calls=2, **OFF)


def _headers() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        whole(
            "no_header.csv",
            replaced(GOOD, {2: None}),
            "no_header",
            "The titles and the rows, and nothing that names the columns.",
        ),
        whole(
            "missing_column.csv",
            good.replace(",Ringing,", ",Ring,", 1),
            "missing_columns",
            "A column under another name could be anything.",
            place={"columns": ["Ringing"], "line": 2},
        ),
        whole(
            "other_delimiter.csv",
            good.replace("Call Time,", "Call Time;", 1),
            "missing_columns",
            "The header is divided otherwise than the rows.",
            place={"line": 2},
        ),
        part(
            "header_again.csv",
            inserted(GOOD, 5, HEAD, "x,y"),
            "A header in the middle is no call; the stray row under it is named.",
            (3, None, "cut_off"),
            (6, None, "ragged_row"),
            calls=2,
            ignored=4,
        ),
    ]


def _settings() -> list[dict[str, Any]]:
    good, code = lines(*GOOD), "bad_mapping"
    return [
        whole(
            "unknown_setting.csv",
            good,
            code,
            "A setting that this profile does not have would be left unheard.",
            mapping="3cx_unknown_setting",
            place={"key": "columns"},
        ),
        whole(
            "impossible_setting.csv",
            good,
            code,
            "An order of dates that there is none of.",
            mapping="3cx_impossible_order",
            place={"key": "date_order"},
        ),
    ]


MAPPINGS = {
    "3cx_day_first": {"date_order": "dmy"},
    "3cx_unknown_setting": {"columns": {"id": "Call Time"}},
    "3cx_impossible_order": {"date_order": "ymd"},
}
