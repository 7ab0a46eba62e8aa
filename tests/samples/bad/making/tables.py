"""Bad files of the profile table: delimited text with a mapping."""

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

PROFILE = "table"
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


def cases() -> list[Case]:
    good = lines(*GOOD)
    login = {"code": "missing_columns", "place": {"line": 1}}
    everything = (*_values(), *_times(), *_untrue(), *_torn(), *_headers(), *_encodings())
    return [
        *anything.for_profile(PROFILE, good=good, mapping="norwegian", login=login),
        *of_profile(
            PROFILE, anything.zip_of(good, code="archive_not_supported"), mapping="norwegian"
        ),
        *of_profile(PROFILE, *everything, mapping="norwegian"),
        *of_profile(PROFILE, *_other_mappings()),
    ]


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
        part(
            "told_twice_otherwise.csv",
            lines(*GOOD, other, ROW),
            "One id with two waits: the first stands, the contradiction is named.",
            (5, "id", "duplicate_in_file"),
            calls=3,
            ignored=1,
        ),
    ]


def _torn() -> list[dict[str, Any]]:
    unclosed = GOOD[1].replace("main", '"main')
    return [
        part(
            "cut_row.csv",
            lines(*GOOD[:3]) + GOOD[3][:30],
            "The download was cut within the last call.",
            (4, None, "ragged_row"),
            calls=2,
        ),
        part(
            "one_column_more.csv",
            replaced(GOOD, {3: f"{ROW};x;y"}),
            "A row with more columns than the header names.",
            (3, None, "ragged_row"),
            calls=2,
        ),
        part(
            "mixed_delimiters.csv",
            replaced(GOOD, {4: GOOD[3].replace(";", ",")}),
            "One row is divided by commas.",
            (4, None, "ragged_row"),
            calls=2,
        ),
        part(
            "thousand_columns.csv",
            replaced(GOOD, {3: "x;" * 5_000 + "x"}),
            "A row of five thousand columns.",
            (3, None, "ragged_row"),
            calls=2,
        ),
        whole(
            "unclosed_quote.csv",
            replaced(GOOD, {2: unclosed}) + "x\n" * 60,
            "unclosed_quote",
            "One quotation mark too many swallows the rows after it.",
            place={"line": 2},
        ),
        whole(
            "unclosed_quote_near_the_end.csv",
            replaced(GOOD, {2: unclosed}),
            "unclosed_quote",
            "The quote is never closed: two calls are swallowed by one field.",
            place={"line": 2},
        ),
        part(
            "header_again.csv",
            inserted(GOOD, 3, HEAD, "a9;24.10"),
            "Two exports glued: the header is no call, the torn row is named.",
            (4, None, "ragged_row"),
            calls=3,
            ignored=1,
        ),
        part(
            "bom_between_two_files.csv",
            inserted(GOOD, 3, "\ufeff" + HEAD, "\ufeff", "\ufeffa9"),
            "Two files glued, each with its BOM: the second header is no row, the torn one is.",
            (5, None, "ragged_row"),
            calls=3,
            ignored=2,
        ),
    ]


def _headers() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        whole(
            "no_header.csv",
            lines(*GOOD[1:]),
            "missing_columns",
            "The rows alone: nothing names the columns.",
            place={"line": 1},
        ),
        whole(
            "missing_column.csv",
            good.replace(";Ventetid;", ";Varighet;", 1),
            "missing_columns",
            "A column of the mapping is not in the file.",
            place={"columns": ["Ventetid"], "line": 1},
        ),
        whole(
            "broken_letters.csv",
            good.encode().decode("latin-1"),
            "missing_columns",
            "UTF-8 read as Latin-1 and saved again: Kø has become KÃ¸.",
            place={"columns": ["Kø"], "line": 1},
        ),
        whole(
            "huge_header.csv",
            lines("K" * 140_000, *GOOD[1:]),
            "missing_columns",
            "A name of 140 000 letters is more than a reader of CSV takes.",
            place={"line": 1},
        ),
    ]


def _encodings() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    latin = good.encode().replace("Lagt på".encode(), "Lagt på".encode("latin-1"))
    code = "wrong_encoding"
    return [
        whole(
            "one_latin_row.csv",
            latin,
            code,
            "One row is in another encoding: half of the file was pasted in.",
            place={"line": 3, "encoding": "utf-8"},
        ),
        whole(
            "surrogate.csv",
            good.encode().replace(b"main", b"\xed\xa0\x80", 1),
            code,
            "Half of a surrogate pair, written as if it were a letter.",
            place={"line": 2},
        ),
        whole(
            "overlong.csv",
            good.encode().replace(b"main", b"m\xc0\xafn", 1),
            code,
            "A slash in two bytes, which UTF-8 forbids.",
            place={"line": 2},
        ),
    ]


def _other_mappings() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    wrong_keys = {name: key for name, (_, key) in WRONG.items()}
    return [
        whole(
            "utf8_as_latin.csv",
            good,
            "wrong_encoding",
            "The mapping says Latin-1, and every ø would be stored as Ã¸.",
            mapping="latin",
            place={"line": 1, "found": "utf-8"},
        ),
        whole(
            "wrong_delimiter.csv",
            good,
            "wrong_delimiter",
            "The mapping says comma.",
            mapping="commas",
            place={"delimiter": ",", "line": 1},
        ),
        whole(
            "no_such_header.csv",
            good,
            "no_header",
            "No line fits the pattern of the header.",
            mapping="header_by_pattern",
        ),
        whole(
            "header_beyond_the_end.csv",
            good,
            "no_header",
            "The header is said to be on line 40 of a file of four.",
            mapping="header_on_line_40",
            place={"line": 40},
        ),
        whole(
            "american_dates.csv",
            replaced(GOOD, {3: ROW.replace("24.10.2025", "10.24.2025")}),
            "wrong_date_order",
            "One date has month before day: the others may be turned as well.",
            mapping="norwegian",
            place={"line": 3},
        ),
        part(
            "epoch_of_other_digits.csv",
            lines("Id;Dato;Epoke;Kø;Status", "a1;24.10.2025 21:51:03;١٧٦١٣٣٦٤١٠;main;Borte"),
            "An epoch in Arabic digits beside a time; the outcome is of no list.",
            (2, "outcome", "unknown_outcome"),
            mapping="with_epoch",
        ),
        part(
            "days_beyond_counting.csv",
            lines(
                "Id;Dato;Epoke;Kø;Status;Vent", f"a1;24.10.2025 21:51:03;;main;Besvart;{'9' * 30}"
            ),
            "A wait of 10^30 days.",
            (2, "wait_seconds", "invalid_duration"),
            mapping="in_days",
        ),
        part(
            "one_leg_torn.csv",
            lines(
                "Samtale;Tid;Kø;Status;Ventetid",
                "c1;24.10.2025 21:51:03;main;Videre;30",
                "c1;24.10.2025 21:51:33;natt;Besvart;-5",
                "c2;24.10.2025 21:52:03;main;Besvart;20",
                ";24.10.2025 21:53:03;main;Besvart;20",
            ),
            "One leg of a call is wrong, so the call is not whole; one leg is of no call.",
            (2, "group", "leg_refused"),
            (3, "wait_seconds", "negative_duration"),
            (5, "group", "missing_field"),
            mapping="legs",
            calls=1,
        ),
        *(
            whole(
                f"mapping_{name}.csv",
                good,
                "bad_mapping",
                "A mapping that cannot be followed is refused before the file is read.",
                mapping=f"wrong_{name}",
                place={"key": key},
            )
            for name, key in wrong_keys.items()
        ),
    ]


def _with(**others: Any) -> dict[str, Any]:
    return NORWEGIAN | others


_SHORT: dict[str, Any] = {
    "columns": {"id": "Id", "arrived_at": "Dato", "epoch": "Epoke", "queue": "Kø"},
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": NORWEGIAN["outcomes"],
}
_COLUMNS = _SHORT["columns"] | {"outcome": "Status"}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "without_times": ({k: v for k, v in NORWEGIAN.items() if k != "time_formats"}, "time_formats"),
    "with_both_orders": (_with(time_formats=["%d.%m.%Y", "%m.%d.%Y"]), "time_formats"),
    "of_no_encoding": (_with(encoding="klingon"), "encoding"),
    "of_no_zone": (_with(zone="Europe/Atlantis"), "zone"),
    "of_no_outcome": (_with(outcomes={"Besvart": "svart"}), "outcomes"),
    "looking_back": (_with(header_line="(?<=a)b"), "header_line"),
    "of_no_pattern": (_with(footer_regex="("), "footer_regex"),
    "unknown_key": (_with(python="print(1)"), "python"),
    "column_zero": (_with(columns=NORWEGIAN["columns"] | {"id": 0}), "columns"),
    "without_group": (_with(kind="row-per-leg", wait="column"), "group"),
}
MAPPINGS: dict[str, Any] = {
    "norwegian": NORWEGIAN,
    "latin": _with(encoding="latin-1"),
    "commas": _with(delimiter=","),
    "header_by_pattern": _with(header_line="^Anrop nr"),
    "header_on_line_40": _with(header_line=40),
    "with_epoch": _SHORT | {"columns": _COLUMNS},
    "in_days": _SHORT
    | {"columns": _COLUMNS | {"wait_seconds": "Vent"}, "duration_unit": "d", "wait": "column"},
    "legs": {
        "kind": "row-per-leg",
        "group": "Samtale",
        "wait": "sum_of_legs",
        "columns": {
            "arrived_at": "Tid",
            "queue": "Kø",
            "outcome": "Status",
            "wait_seconds": "Ventetid",
        },
        "time_formats": ["%d.%m.%Y %H:%M:%S"],
        "outcomes": {"Besvart": "answered", "Videre": "timeout"},
    },
} | {f"wrong_{name}": mapping for name, (mapping, _) in WRONG.items()}
