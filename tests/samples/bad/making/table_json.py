"""Bad files of the profile table: JSON of somebody's own, with a mapping of dotted paths."""

from __future__ import annotations

import json
from typing import Any

from tests.samples.bad.making.cases import Case, lines, of_profile, part, whole

PROFILE = "table"
GOOD: tuple[dict[str, Any], ...] = (
    {"id": "j1", "time": {"at": "2025-10-24T21:51:03Z"}, "q": "main", "end": "ok", "wait": 90},
    {"id": "j2", "time": {"at": "2025-10-24T21:52:10Z"}, "q": "main", "end": "ok", "wait": 120},
    {"id": "j3", "time": {"at": "2025-10-24T21:55:31Z"}, "q": "main", "end": "gone", "wait": 5},
)
MAPPINGS = {
    "json": {
        "format": "json",
        "columns": {
            "id": "id",
            "arrived_at": "time.at",
            "queue": "q",
            "outcome": "end",
            "wait_seconds": "wait",
        },
        "time_formats": ["rfc3339"],
        "outcomes": {"ok": "answered", "gone": "abandoned"},
    },
}
MAPPINGS["json_records"] = MAPPINGS["json"] | {"records": "data.calls"}


def cases() -> list[Case]:
    return of_profile(PROFILE, *_unreadable(), *_rows(), *_records(), mapping="json")


def _unreadable() -> list[dict[str, Any]]:
    text, code = json.dumps(GOOD, indent=1), "invalid_json"
    return [
        whole("cut.json", text[:-40], code, "The download was cut: JSON has no whole rows then."),
        whole("brackets.json", "[" * 100_000, code, "100 000 brackets: a bomb for what recurses."),
        whole(
            "objects.json",
            '{"time":' * 10_000,
            code,
            "10 000 objects, each within the other.",
            place={"line": 1},
        ),
        whole("single_quotes.json", text.replace('"', "'"), code, "Python's way of writing."),
        whole(
            "comments.json", "// calls\n" + text, code, "JSON has no comments.", place={"line": 1}
        ),
        whole(
            "trailing_text.json",
            text + "\nDone.",
            code,
            "A program's last word after the JSON.",
            place={"line": text.count("\n") + 2},
        ),
        whole(
            "other_fields.json",
            json.dumps([{"callId": 1, "started": 2}]),
            "missing_columns",
            "Another service's JSON: none of the mapping's paths are in it.",
        ),
    ]


def changed(place: int, **facts: Any) -> str:
    rows = [row | (facts if at == place else {}) for at, row in enumerate(GOOD, 1)]
    return lines(*(json.dumps(row) for row in rows))


def _rows() -> list[dict[str, Any]]:
    naive = {"at": "2025-10-24T21:52:10"}
    told = (
        ("list_for_text.ndjson", {"q": ["main", "night"]}, "q", "unknown_value", "A list of two."),
        ("object_for_text.ndjson", {"wait": {"s": 1}}, "wait", "unknown_value", "An object."),
        ("naive_time.ndjson", {"time": naive}, "arrived_at", "invalid_time", "No offset."),
        ("time_is_text.ndjson", {"time": "later"}, "arrived_at", "missing_field", "No path."),
        ("null_id.ndjson", {"id": None}, "id", "missing_field", "No id."),
        ("float_id.ndjson", {"id": 1.2e30}, "id", "lossy_id", "An id that was a float."),
        ("nan.ndjson", {"wait": float("nan")}, "wait_seconds", "invalid_duration", "No number."),
        ("minus.ndjson", {"wait": -1}, "wait_seconds", "negative_duration", "Minus one second."),
        ("truth.ndjson", {"end": True}, "outcome", "unknown_outcome", "True is no outcome."),
    )
    rows = [
        part(name, changed(2, **facts), wrong, (2, field, code), calls=2)
        for name, facts, field, code, wrong in told
    ]
    no_rows = lines(*(json.dumps(row) for row in GOOD), "null", "7", '"text"', "[]")
    digits = changed(2, wait=1).replace('"wait": 1}', f'"wait": {"9" * 50_000}}}')
    return [
        *rows,
        part(
            "no_objects.ndjson",
            no_rows,
            "Lines that are JSON, but no objects.",
            *((line, None, "unknown_value") for line in (4, 5, 6)),
            calls=3,
        ),
        part(
            "digits.ndjson",
            digits,
            "A wait of fifty thousand digits.",
            (2, "wait_seconds", "invalid_duration"),
            calls=2,
        ),
        whole(
            "surrogate.ndjson",
            changed(2, q="X").replace('"X"', '"\\ud800"'),
            "invalid_json",
            "Half of a surrogate pair is no letter.",
        ),
    ]


def _records() -> list[dict[str, Any]]:
    return [
        whole(
            "no_records.json",
            json.dumps({"data": {"items": GOOD}}),
            "missing_columns",
            "The list of calls is not where the mapping says.",
            mapping="json_records",
            place={"columns": ["data.calls"]},
        ),
        part(
            "records_of_numbers.json",
            json.dumps({"data": {"calls": [GOOD[0], 1, 2]}}),
            "A list of calls with numbers in it.",
            (2, None, "unknown_value"),
            (3, None, "unknown_value"),
            mapping="json_records",
            calls=1,
        ),
    ]
