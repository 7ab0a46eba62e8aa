"""Bad files of the profile canonical: JSON, NDJSON and CSV with our own names."""

from __future__ import annotations

import json
from typing import Any

from tests.samples.bad.making import anything
from tests.samples.bad.making.cases import Case, lines, of_profile, part, replaced, whole

PROFILE = "canonical"
GOOD: tuple[dict[str, Any], ...] = tuple(
    {
        "id": f"c{number}",
        "arrived_at": f"2025-10-24T21:5{number}:00+02:00",
        "queue": "lv_116117",
        "outcome": "answered",
        "wait_seconds": 10 * number,
    }
    for number in (1, 2, 3)
)
CSV = (
    "id,arrived_at,queue,outcome,wait_seconds",
    *(",".join(str(value) for value in row.values()) for row in GOOD),
)
AT, LATER = "2025-10-24T21:52:00+02:00", "2025-10-24T21:53:00+02:00"


def cases() -> list[Case]:
    good = lines(*CSV)
    login = {"code": "unknown_field", "place": {"field": "<!DOCTYPE html>"}}
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login=login),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_unreadable(), *_rows(), *_legs(), *_no_rows(), *_csv()),
    ]


def _unreadable() -> list[dict[str, Any]]:
    text, code = json.dumps({"calls": GOOD}, indent=1), "invalid_json"
    nd = lines(*(json.dumps(row) for row in GOOD))
    digits = lines(json.dumps(GOOD[0]).replace("10}", "1" * 5_000 + "}"))
    return [
        whole("cut.json", text[:-60], code, "The body was cut: JSON has no whole rows then."),
        whole("cut.ndjson", nd[:-30], code, "The last line is cut.", place={"line": 3}),
        whole("brackets.json", "[" * 100_000, code, "100 000 brackets: a bomb for what recurses."),
        whole("objects.ndjson", '{"legs":' * 10_000, code, "10 000 objects in one another."),
        whole("calls_is_object.json", '{"calls": {}}', code, "The list of calls is no list."),
        whole("calls_is_null.json", '{"calls": null}', code, "The list of calls is nothing."),
        whole("digits.ndjson", digits, code, "A number of five thousand digits."),
        whole("trailing_comma.json", text.replace("}\n ]", "},\n ]"), code, "No JSON: a comma."),
        whole(
            "surrogate.json",
            json.dumps([GOOD[0] | {"queue": "X"}]).replace('"X"', '"\\ud800"'),
            code,
            "Half of a surrogate pair is no letter.",
        ),
    ]


def _rows() -> list[dict[str, Any]]:
    time, order = "invalid_time", "impossible_order"
    told = (
        ("unknown_field.json", {"caller": "x"}, "caller", "unknown_field", "Nothing slips in."),
        ("no_id.json", {"id": None}, "id", "missing_field", "No id."),
        ("id_is_list.json", {"id": ["c2"]}, "id", "unknown_value", "A list is no id."),
        ("id_is_float.json", {"id": 2.5}, "id", "unknown_value", "A float may have lost digits."),
        ("nul_in_id.json", {"id": "c\x002"}, "id", "unknown_value", "No column holds a NUL."),
        ("huge_id.json", {"id": "c" * 5_000}, "id", "unknown_value", "It fits no column."),
        ("no_line.json", {"queue": None}, "queue", "missing_field", "Neither queue nor number."),
        ("naive.json", {"arrived_at": "2025-10-24T21:52:00"}, "arrived_at", time, "No offset."),
        ("offset_25.json", {"arrived_at": AT.replace("02:00", "25:00")}, "arrived_at", time, "No."),
        ("epoch.json", {"arrived_at": 1761335520}, "arrived_at", time, "Seconds, unasked for."),
        ("truth.json", {"arrived_at": True}, "arrived_at", "unknown_value", "True is no time."),
        (
            "year_1904.json",
            {"arrived_at": "1904-01-01T00:00:00Z"},
            "arrived_at",
            "implausible_time",
            "The first day of 1904's calendar.",
        ),
        (
            "next_year.json",
            {"arrived_at": "2026-10-24T21:52:00Z"},
            "arrived_at",
            "implausible_time",
            "A year ahead.",
        ),
        ("outcome.json", {"outcome": "lost"}, "outcome", "unknown_outcome", "Of no list."),
        ("no_outcome.json", {"outcome": ""}, "outcome", "missing_field", "How did it end?"),
        ("nan.json", {"wait_seconds": float("nan")}, "wait_seconds", "invalid_duration", "NaN."),
        (
            "infinity.json",
            {"wait_seconds": float("inf")},
            "wait_seconds",
            "invalid_duration",
            "A wait without end.",
        ),
        ("minus.json", {"wait_seconds": -1}, "wait_seconds", "negative_duration", "Minus."),
        ("ages.json", {"wait_seconds": 1e300}, "wait_seconds", "implausible_duration", "1e300 s."),
        ("words.json", {"wait_seconds": "ten"}, "wait_seconds", "invalid_duration", "A word."),
        (
            "answered_first.json",
            {"answered_at": "2025-10-24T21:51:59+02:00"},
            "answered_at",
            order,
            "Early.",
        ),
        (
            "ended_first.json",
            {"answered_at": LATER, "ended_at": AT},
            "ended_at",
            order,
            "Ended before it was answered.",
        ),
        (
            "forwarded.json",
            {"forwarded_to": "mars"},
            "forwarded_to",
            "unknown_value",
            "Of no list.",
        ),
        ("video.json", {"video": "perhaps"}, "video", "unknown_value", "Neither yes nor no."),
        ("version.json", {"version": 1.5}, "version", "invalid_number", "No whole number."),
        ("number.json", {"number": "hidden"}, "number", "invalid_number", "No number called."),
    )
    return [
        part(name, changed(**facts), wrong, (2, field, code), calls=2)
        for name, facts, field, code, wrong in told
    ]


def changed(**facts: Any) -> str:
    rows = [GOOD[0], GOOD[1] | facts, GOOD[2]]
    return json.dumps({"calls": rows}, indent=1)


def _legs() -> list[dict[str, Any]]:
    leg = {"queue": "a", "entered_at": AT, "left_at": LATER}
    told = (
        ("legs_is_text.json", "a,b", "legs", "unknown_value", "Legs are a list."),
        ("leg_is_text.json", ["a"], "legs", "unknown_value", "A leg is an object."),
        (
            "leg_caller.json",
            [leg | {"caller": "x"}],
            "legs.caller",
            "unknown_field",
            "Nothing slips in.",
        ),
        (
            "leg_backwards.json",
            [leg | {"left_at": GOOD[0]["arrived_at"]}],
            "legs",
            "impossible_order",
            "Left first.",
        ),
        ("leg_without_queue.json", [{"entered_at": AT}], "queue", "missing_field", "Which queue?"),
    )
    return [
        part(name, changed(legs=legs), wrong, (2, field, code), calls=2)
        for name, legs, field, code, wrong in told
    ]


def _no_rows() -> list[dict[str, Any]]:
    nd = lines(*(json.dumps(row) for row in GOOD), "null", "7", "[]")
    twice = lines(*(json.dumps(row) for row in (*GOOD, GOOD[1] | {"wait_seconds": 99}, GOOD[1])))
    keys = lines(json.dumps(GOOD[0]).replace('"queue"', '"id": "other", "queue"'))
    return [
        part(
            "no_objects.ndjson",
            nd,
            "Lines that are JSON, but no calls.",
            *((line, "id", "missing_field") for line in (4, 5, 6)),
            calls=3,
        ),
        part(
            "told_twice_otherwise.ndjson",
            twice,
            "One id with two waits: the first stands, the contradiction is named.",
            (4, "id", "duplicate_in_file"),
            calls=3,
            ignored=1,
        ),
        whole(
            "key_twice.ndjson",
            keys,
            "invalid_json",
            "One object with two ids: which of them is meant, nobody can tell.",
            place={"line": 1},
        ),
    ]


def _csv() -> list[dict[str, Any]]:
    good = lines(*CSV)
    told = (
        ("minus.csv", "answered,20", "answered,-20", "wait_seconds", "negative_duration", "Minus."),
        ("naive.csv", "+02:00", "", "arrived_at", "invalid_time", "No offset."),
        ("formula.csv", "answered", "=1+1", "outcome", "unknown_outcome", "A formula."),
        ("no_id.csv", "c2", "", "id", "missing_field", "No id."),
        ("rounded_id.csv", "c2", "1.2E+18", "id", "lossy_id", "A spreadsheet was here."),
        (
            "decimal_comma.csv",
            "answered,20",
            'answered,"2,5"',
            "wait_seconds",
            "invalid_duration",
            "A comma.",
        ),
    )
    rows = [
        part(name, replaced(CSV, {3: CSV[2].replace(old, new)}), wrong, (3, field, code), calls=2)
        for name, old, new, field, code, wrong in told
    ]
    return [
        *rows,
        part("cut.csv", good[:-30], "Cut in the last row.", (4, None, "ragged_row"), calls=2),
        whole(
            "unknown_column.csv",
            good.replace("queue", "caller", 1),
            "unknown_field",
            "A column that is not known is not taken in.",
            place={"field": "caller"},
        ),
        whole(
            "missing_column.csv",
            good.replace("outcome", "urgency", 1),
            "missing_columns",
            "No row can have an outcome.",
            place={"columns": ["outcome"], "line": 1},
        ),
        whole(
            "semicolons.csv",
            good.replace(",", ";"),
            "wrong_delimiter",
            "Saved by a Norwegian Excel: the header is one long name.",
            place={"delimiter": ",", "line": 1},
        ),
    ]
