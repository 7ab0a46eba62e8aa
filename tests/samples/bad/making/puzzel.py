"""Bad files of the profile puzzel-call-events."""

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

PROFILE = "puzzel-call-events"
HEAD = (
    "rec_id,customer_key,call_id,call_sequence,media_type_id,dte_start,duration_tot_sec,"
    "duration_speak_sec,dte_speak_start,source,destination,queue_key,event_type,result_code,ciq"
)
A, B, C = "1234567890123456781", "1234567890123456783", "1234567890123456785"
END = "00000001"
# Three calls: A answered (2-4), B given up (5-6), C timed out (7-8).
GOOD = (
    HEAD,
    f"1,0,{A},1,1,2025-10-24 18:00:00.000,5,0,NULL,{END},00116117,NULL,i,k,NULL",
    f"2,0,{A},2,1,2025-10-24 18:00:05.000,60,0,NULL,{END},NULL,legevakt,q,k,NULL",
    f"3,0,{A},3,1,2025-10-24 18:01:00.000,99,90,2025-10-24 18:01:05.000,{END},"
    "101,legevakt,c,k,NULL",
    f"4,0,{B},1,1,2025-10-24 18:10:00.000,5,0,NULL,{END},00116117,NULL,i,k,NULL",
    f"5,0,{B},2,1,2025-10-24 18:10:05.000,45,0,NULL,{END},NULL,legevakt,q,h,NULL",
    f"6,0,{C},1,1,2025-10-24 18:20:00.000,5,0,NULL,{END},00116117,NULL,i,k,NULL",
    f"7,0,{C},2,1,2025-10-24 18:20:05.000,60,0,NULL,{END},NULL,legevakt,q,t,NULL",
)
QUEUED = GOOD[5]
AT = "2025-10-24 18:10:05.000"


def cases() -> list[Case]:
    good = lines(*GOOD)
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login={"code": "no_header"}),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_ids(), *_times(), *_values(), *_untrue(), *_torn(), *_headers()),
    ]


def _ids() -> list[dict[str, Any]]:
    rounded = {A: "1234567890123450000", B: "1234567890123460000", C: "1234567890123470000"}
    all_rounded = lines(*GOOD)
    for told, kept in rounded.items():
        all_rounded = all_rounded.replace(told, kept)
    code = "lossy_id"
    return [
        part(
            "rounded_in_words.csv",
            lines(*GOOD).replace(B, "1.23457E+18"),
            "Excel has cut the id: it could be any of ten thousand calls.",
            (5, "id", code),
            (6, "id", code),
            calls=2,
        ),
        part(
            "all_rounded.csv",
            all_rounded,
            "Every long id ends in zeros: a float was here, and two calls may have become one.",
            *((line, "id", code) for line in range(2, 9)),
        ),
        part(
            "id_as_decimal.csv",
            lines(*GOOD).replace(B, f"{B}.0"),
            "An id written as a decimal has been a float.",
            (5, "id", code),
            (6, "id", code),
            calls=2,
        ),
        part(
            "no_id.csv",
            lines(*GOOD).replace(B, "NULL"),
            "Events of no call.",
            (5, "id", "missing_field"),
            (6, "id", "missing_field"),
            calls=2,
        ),
        part(
            "letters_in_id.csv",
            lines(*GOOD).replace(B, "kall-3"),
            "Puzzel's ids are numbers; this is another system's table.",
            (5, "id", "invalid_number"),
            (6, "id", "invalid_number"),
            calls=2,
        ),
        part(
            "huge_id.csv",
            lines(*GOOD).replace(B, "9" * 5_000),
            "An id of five thousand digits.",
            (5, "id", code),
            (6, "id", code),
            calls=2,
        ),
        part(
            "id_of_other_digits.csv",
            lines(*GOOD).replace(f"{B},2,", f"{B},٢,"),
            "A place among the events in Arabic digits.",
            (6, "call_sequence", "invalid_number"),
            calls=3,
        ),
        part(
            "no_sequence.csv",
            lines(*GOOD).replace(f"{B},2,", f"{B},,"),
            "An event without its place among the others.",
            (6, "call_sequence", "missing_field"),
            calls=3,
        ),
    ]


def _times() -> list[dict[str, Any]]:
    told = (
        ("gap_hour.csv", "2025-03-30 02:30:00.000", "nonexistent_time", "It never was."),
        ("excel_date.csv", "24.10.2025 18:10", "invalid_time", "Opened and saved in Excel."),
        ("serial_day.csv", "45954.7570", "invalid_time", "A day's number in Excel's calendar."),
        ("month_13.csv", "2025-13-24 18:10:05.000", "invalid_time", "No such month."),
        ("no_time.csv", "NULL", "invalid_time", "An event at no time."),
        ("year_1900.csv", "1900-01-01 00:00:00.000", "implausible_time", "SQL Server's nothing."),
        ("next_year.csv", "2026-10-24 18:10:05.000", "implausible_time", "A year ahead."),
    )
    return [
        part(
            name,
            replaced(
                GOOD,
                {5: GOOD[4].replace("2025-10-24 18:10:00.000", text), 6: QUEUED.replace(AT, text)},
            ),
            wrong,
            (5, "arrived_at", code),
            calls=2,
        )
        for name, text, code, wrong in told
    ]


def _values() -> list[dict[str, Any]]:
    told = (
        (
            "result.csv",
            6,
            (",q,h,", ",q,z,"),
            5,
            "outcome",
            "unknown_outcome",
            "A code of no list.",
        ),
        ("no_result.csv", 6, (",q,h,", ",q,,"), 5, "outcome", "missing_field", "How did it end?"),
        ("no_queue.csv", 6, ("legevakt", "NULL"), 5, "queue", "missing_field", "Which queue?"),
        ("length.csv", 6, (",45,", ",45 %,"), 6, "wait_seconds", "invalid_duration", "A share."),
        ("minus.csv", 6, (",45,", ",-45,"), 6, "wait_seconds", "negative_duration", "Minus."),
        ("two_days.csv", 6, (",45,", ",172800,"), 6, "wait_seconds", "implausible_duration", "No."),
        (
            "five_hours.csv",
            6,
            (",45,", ",18000,"),
            5,
            "wait_seconds",
            "implausible_duration",
            "No.",
        ),
        ("huge_queue.csv", 6, ("legevakt", "k" * 5_000), 5, "queue", "unknown_value", "Too long."),
        (
            "speak_without_time.csv",
            4,
            ("2025-10-24 18:01:05.000", "18:01"),
            4,
            "answered_at",
            "invalid_time",
            "When the operator answered cannot be read.",
        ),
    )
    return [
        part(
            name,
            replaced(GOOD, {line: GOOD[line - 1].replace(*change)}),
            wrong,
            (place, field, code),
            calls=2,
        )
        for name, line, change, place, field, code, wrong in told
    ]


def _untrue() -> list[dict[str, Any]]:
    early = GOOD[3].replace("2025-10-24 18:01:05.000", "2025-10-24 17:59:00.000")
    backwards = GOOD[2].replace("18:00:05.000", "17:59:05.000")
    return [
        part(
            "answered_before_it_came.csv",
            replaced(GOOD, {4: early}),
            "The operator speaks before the caller has come to the queue.",
            (2, "answered_at", "impossible_order"),
            calls=2,
        ),
        part(
            "queued_before_it_began.csv",
            replaced(GOOD, {3: backwards}),
            "The queue is entered before the call begins: the clock was set back between.",
            (2, "arrived_at", "impossible_order"),
            calls=2,
        ),
        part(
            "without_its_beginning.csv",
            replaced(GOOD, {5: None}),
            "The export begins in the middle of a call, which waits for its beginning.",
            calls=2,
            pending=1,
        ),
    ]


def _torn() -> list[dict[str, Any]]:
    return [
        part(
            "cut_row.csv",
            lines(*GOOD[:7]) + GOOD[7][:40],
            "The download was cut: the torn row may be the call's own.",
            (7, None, "cut_off"),
            (8, None, "ragged_row"),
            calls=2,
        ),
        part(
            "comma_in_a_queue.csv",
            replaced(GOOD, {3: GOOD[2].replace("legevakt", "natt, legevakt")}),
            "A comma in an unquoted name moves the columns of one event.",
            (2, None, "cut_off"),
            (3, None, "ragged_row"),
            calls=2,
        ),
        whole(
            "unclosed_quote.csv",
            replaced(GOOD, {3: GOOD[2].replace("legevakt", '"legevakt')}) + "x\n" * 60,
            "unclosed_quote",
            "One quotation mark too many swallows the rows after it.",
            place={"line": 3},
        ),
        part(
            "header_again.csv",
            inserted(GOOD, 5, HEAD, "a,b"),
            "Two exports glued; the stray row between them could belong to either call.",
            (2, None, "cut_off"),
            (6, None, "ragged_row"),
            (7, None, "cut_off"),
            calls=1,
            ignored=1,
        ),
    ]


def _headers() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        whole("no_header.csv", lines(*GOOD[1:]), "no_header", "Nothing names the columns."),
        whole(
            "missing_column.csv",
            good.replace("queue_key", "queue", 1),
            "missing_columns",
            "Puzzel's statistics have other columns than its raw data.",
            place={"columns": ["queue_key"], "line": 1},
        ),
        whole(
            "unknown_setting.csv",
            good,
            "bad_mapping",
            "A setting that this profile does not have would be left unheard.",
            mapping="puzzel_unknown_setting",
            place={"key": "delimiter"},
        ),
        whole(
            "no_phone.csv",
            good,
            "bad_mapping",
            "An empty list of media types would leave every call out.",
            mapping="puzzel_no_phone",
            place={"key": "phone_media_types"},
        ),
    ]


MAPPINGS = {
    "puzzel_unknown_setting": {"delimiter": ";"},
    "puzzel_no_phone": {"phone_media_types": []},
}
